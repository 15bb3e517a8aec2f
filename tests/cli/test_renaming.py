"""`rename`: a preview first, then a yes."""

from __future__ import annotations

from radarr_desktop.domain.naming import Naming
from tests.api.served import Served
from tests.cli.conftest import Run
from tests.fakes.film import film


def test_rename_shows_first_and_renames_with_a_yes(run: Run, served: Served) -> None:
    source = served.folder / "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE.mkv"
    source.write_bytes(film())
    movie = served.client.get("/api/v3/movie").json()[0]
    served.call(served.engine.imports.file(str(source), movie["id"]))
    assert run("rename", "--all").out == "Every movie has the names that the rules make.\n"
    assert run("rename").code == 2
    served.call(served.engine.names.save(Naming("{Movie Title}", "{Movie Title} {Quality}")))
    shown = run("rename", "salt")
    assert shown.code == 5
    assert shown.out.splitlines() == [
        "The Salt Meridian (2025)",
        f"  {served.library}/The Salt Meridian (2025)",
        f"  → {served.library}/The Salt Meridian",
        "    The Salt Meridian (2025) Bluray-1080p-KITE.mkv",
        "    → The Salt Meridian Bluray-1080p.mkv",
        "0\u00a0movies keep their names.",
    ]
    assert "Nothing was renamed" in shown.err
    renamed = run("rename", "--all", "--yes", "--json")
    assert (renamed.code, renamed.json["renamed"]) == (0, 1)
    assert (served.library / "The Salt Meridian" / "The Salt Meridian Bluray-1080p.mkv").is_file()
    served.call(served.engine.names.save(Naming("{Movie Title}", "{Movie Title}")))
    (served.library / "The Salt Meridian" / "The Salt Meridian.mkv").write_text("mine", encoding="utf-8")
    left = run("rename", "--all", "--files-only", "--yes")
    assert left.code == 5
    assert "Left out: " in left.out
    back = run("rename", "--undo")
    assert (back.code, back.out) == (0, "1\u00a0movie called as before.\n")
    assert (served.library / "The Salt Meridian (2025)" / "The Salt Meridian (2025) Bluray-1080p-KITE.mkv").is_file()
    assert run("rename", "--undo").code == 4
