"""A download that waits for the user is imported by hand, and ended by it."""

from __future__ import annotations

from pathlib import Path

from radarr_desktop.domain.events import ImportBlocked, ManualImportProgressed
from radarr_desktop.domain.records import GrabState
from radarr_desktop.engine.imports.told import Told, Wish
from tests.fakes.film import film
from tests.integration.stage import Stage

NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"


def test_a_blocked_download_shows_its_videos_and_is_ended_by_the_one_that_is_chosen(quick: Stage) -> None:
    running, manual = quick.running, quick.running.engine.manual
    movie = quick.add(search=False)
    folder = running.folder / "shared" / NAME
    folder.mkdir(parents=True)
    for name in (f"{NAME}.mkv", "The.Salt.Meridian.2025.Making.Of.mkv"):
        (folder / name).write_bytes(film(name.encode(), size=500_000))
    foreign = Path(movie.folder) / "The Salt Meridian (2025) Bluray-1080p-KITE.mkv"
    foreign.parent.mkdir()
    foreign.write_bytes(b"the user's own")
    torrent = quick.world.do(quick.world.world.share(folder, NAME))
    grab = running.do(running.engine.search.drop(torrent.data, movie_id=movie.id)).grab
    assert grab is not None
    running.wait_for_event(ImportBlocked)
    found = {file.name: file for file in running.do(manual.look(grab_id=grab.id))}
    assert set(found) == {f"{NAME}.mkv", "The.Salt.Meridian.2025.Making.Of.mkv"}
    film_file = found[f"{NAME}.mkv"]
    assert (film_file.movie_id, film_file.grab_id, film_file.rejections) == (movie.id, grab.id, ())
    assert film_file.guesses[0].reasons[0].sentence == "It was downloaded for this movie."
    assert running.do(manual.grab_of(grab.hashes[0].upper())) == grab.id
    running.do(manual.take([Wish(film_file.path, movie.id, Told(group="ME"), grab.id)], mode="move"))
    running.wait_for_event(ManualImportProgressed)
    running.do(running.engine.jobs.idle())
    assert running.do(running.engine.downloads.get(grab.id)).state is GrabState.IMPORTED
    file = running.do(running.engine.movies.get(movie.id)).file
    assert file is not None
    assert (file.release_title, file.group) == (grab.title, "ME")
    assert foreign.read_bytes() == b"the user's own"
    assert Path(film_file.path).exists()  # what is seeded stays, also when a move was asked for
