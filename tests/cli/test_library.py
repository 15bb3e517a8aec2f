"""An existing collection, and files by hand, from the command line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from radarr_desktop.loopback.tmdb import Film
from tests.api.served import Served
from tests.cli.conftest import Run
from tests.fakes.film import film


def test_a_collection_is_scanned_listed_and_adopted(run: Run, served: Served) -> None:
    served.tmdb.add(Film(810_001, "Amber Lantern", 2011, cinemas=date(2011, 3, 1)))
    folder = served.library / "Amber Lantern (2011)"
    folder.mkdir()
    (folder / "movie.mkv").write_bytes(film(minutes=1))
    (served.library / "Odds").mkdir()
    (served.library / "Odds" / "ends.mkv").write_bytes(film(b"odds"))
    assert run("library", "list").code == 4
    assert run("library", "undo").out == "Nothing was adopted.\n"
    assert run("library", "undo", "last").code == 4
    ran = run("library", "scan", str(served.library))
    assert ran.code == 0, ran.err
    assert "is done: 2\u00a0places, of which\n  1 ready to be adopted\n  1 nobody knows\n" in ran.out
    ran = run("library", "list", "--state", "certain")
    assert "Amber Lantern (2011) tmdb:810001" in ran.out
    assert "The title is the same. The year is the same." in ran.out
    (odds,) = run("library", "list", "--state", "unknown", "--json").json["items"]
    assert run("library", "choose", str(odds["id"]), "nonsense").code == 2
    assert "left_out" in run("library", "choose", str(odds["id"]), "none").out
    ran = run("library", "adopt")
    assert ran.code == 0, ran.err
    assert "1 adopted" in ran.out
    assert run("library", "adopt").code == 1
    (adopted,) = run("library", "undo", "--json").json
    assert f"library undo {adopted['id']}\n" in ran.out
    assert re.search(rf"{adopted['id']}  +\S+ ago +1  done", run("library", "undo").out)
    assert run("library", "undo", "yesterday").code == 2
    assert run("library", "undo", "4711").code == 4
    assert "was taken back" in run("library", "undo", "last").out
    assert not [one for one in served.client.get("/api/v3/movie").json() if one["tmdbId"] == 810_001]
    assert (folder / "movie.mkv").is_file()
    assert "looked into." in run("library", "rescan").out
    away = served.library.rename(served.folder / "away")
    ran = run("library", "rescan")
    assert (ran.code, "missing or empty" in ran.out) == (1, True)
    away.rename(served.library)
    assert run("library", "stop").code == 1
    assert run("library", "pause", "--scan", "9").code == 4
    assert run("library", "scan", str(served.library), "--detach", "--json").json["state"] == "running"


def test_import_shows_suggestions_and_takes_what_is_sure(run: Run, served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "from a friend"
    folder.mkdir()
    (folder / "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE.mkv").write_bytes(film(minutes=1))
    (folder / "holidays.mkv").write_bytes(film(b"holidays"))
    ran = run("import", str(folder))
    assert ran.code == 0, ran.err
    assert re.search(r"KITE\.mkv +\d.* Bluray-1080p +The Salt Meridian \(2025\) +\d+", ran.out)
    assert "holidays.mkv: No movie of this name is known." in ran.out
    ran = run("import", str(folder), "--yes")
    assert (ran.code, ran.out) == (0, "1\u00a0file imported, 1 left where they are.\n")
    assert next(served.library.rglob("*.mkv")).samefile(folder / "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE.mkv")
    ran = run("import", str(folder / "holidays.mkv"), "--yes")
    assert ran.code == 5
    assert "Nothing was imported." in ran.err
    assert run("import", str(folder), "--movie", "salt meridian").code == 5  # two videos: which one?
