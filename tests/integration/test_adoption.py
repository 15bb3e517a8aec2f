"""Places of a collection, taken into the library as they lie; over restarts, and given back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.collection import ItemState
from radarr_desktop.domain.events import AdoptionUndone, CollectionAdopted
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import HistoryKind, JobState
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.store import side_files
from tests.fakes.collection import lay_out, shelved
from tests.fixtures_engine import world_and_engine
from tests.integration.places import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Shelf(world, running)


def test_what_is_certain_is_adopted_as_it_lies(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    shelf.know(810_003, "Paper Harbour", 2007)
    video = shelf.put("Amber Lantern (2011)/Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv")
    subtitle = shelf.put("Amber Lantern (2011)/Amber.Lantern.2011.1080p.BluRay.x264-KITE.en.srt", b"1")
    flat = shelf.put("Paper.Harbour.2007.720p.WEB-DL.mkv")
    shelf.put("Holidays/DSC0001.mkv")
    scan = shelf.scan()
    shelf.adopt(scan)
    assert shelf.running.do(shelf.running.engine.collection.scan(scan.id)).counts == {
        ItemState.ADOPTED: 2,
        ItemState.UNKNOWN: 1,
    }
    amber, paper = (
        next(movie for movie in shelf.running.do(shelf.running.engine.movies.all()) if movie.info.tmdb_id == each)
        for each in (810_001, 810_003)
    )
    assert (amber.folder, amber.slot.root_folder) == (str(video.parent), str(shelf.library))
    assert amber.file is not None
    assert (amber.file.path, amber.file.quality.name, amber.file.group) == (str(video), "Bluray-1080p", "KITE")
    assert paper.file is not None
    assert (paper.file.path, paper.folder) == (str(flat), str(shelf.library / "Paper Harbour (2007)"))
    told = shelf.running.do(shelf.running.engine.history.page(movie_id=amber.id, kinds=[HistoryKind.IMPORTED])).entries
    assert [entry.data["method"] for entry in told] == ["found"]
    sides = shelf.running.do(shelf.running.engine.db.read(lambda: side_files.of_movie(amber.id)))
    assert [(side.path, side.language, side.owned) for side in sides] == [(str(subtitle), "en", False)]
    assert subtitle.exists()
    shelf.running.do(shelf.running.engine.rescan.movie(paper.id))
    assert shelf.running.do(shelf.running.engine.movies.get(paper.id)).file == paper.file
    again = shelf.scan()
    assert again.id != scan.id
    assert {path: item.state for path, item in shelf.items(again).items()} == {
        "Amber Lantern (2011)": ItemState.KNOWN,
        "Paper.Harbour.2007.720p.WEB-DL.mkv": ItemState.KNOWN,
        "Holidays": ItemState.UNKNOWN,
    }


def test_the_end_of_an_adoption_is_told_and_the_rest_of_one_that_is_stopped_stays_as_it_was(shelf: Shelf) -> None:
    films = list(shelved(40))
    for each in films:
        shelf.tmdb.add(each.film)
    lay_out(shelf.library, films)
    scan, running = shelf.scan(), shelf.running
    first = next(iter(shelf.items(scan).values()))
    shelf.adopt(scan, first)
    (end,) = [event for event in running.events if isinstance(event, CollectionAdopted)]
    assert (end.scan_id, end.adopted, end.refused, end.problem) == (scan.id, 1, 0, "")

    def added() -> int:
        return running.do(running.engine.collection.scan(scan.id)).counts.get(ItemState.ADOPTED, 0)

    job = running.do(running.engine.collection.adopt(scan.id))
    running.wait_for(lambda: added() > 1, "some are added")
    running.do(running.engine.collection.stop_adopting(job.id))
    running.do(running.engine.jobs.idle())
    count = added()
    assert 1 < count < 40
    assert len(running.do(running.engine.movies.all())) == count
    last = [event for event in running.events if isinstance(event, CollectionAdopted)][-1]
    assert (last.job_id, last.problem) == (job.id, "")
    with pytest.raises(Problem, match="There is no adoption"):
        running.do(running.engine.collection.stop_adopting(running.do(running.engine.jobs.all())[-1].id))


def test_an_adoption_is_undone_but_for_what_changed_meanwhile(shelf: Shelf) -> None:
    for number, title in enumerate(("Amber Lantern", "Iron Orchard", "Paper Harbour")):
        shelf.know(820_000 + number, title, 2000 + number)
        shelf.put(f"{title.replace(' ', '.')}.{2000 + number}.720p.BluRay/movie.mkv")
    running, collection = shelf.running, shelf.running.engine.collection
    wanted = running.do(running.engine.movies.add(NewMovie(820_000)))
    scan = shelf.scan()
    job = running.do(collection.adopt(scan.id))
    running.do(running.engine.jobs.idle())
    paper = next(movie for movie in running.do(running.engine.movies.all()) if movie.title.startswith("Paper"))
    assert paper.file is not None
    running.do(running.engine.movies.delete_file(paper.file.id))
    before = sorted(os.walk(shelf.library))
    for _ in range(2):
        running.do(collection.undo_adoption(job.id))
        running.do(running.engine.jobs.idle())
    left = {movie.id for movie in running.do(running.engine.movies.all())}
    assert left == {wanted.id, paper.id}  # one was there before, of the other the file is another one now
    assert sorted(os.walk(shelf.library)) == before
    assert running.do(collection.scan(scan.id)).counts == {ItemState.CERTAIN: 1, ItemState.ADOPTED: 2}
    told = [event for event in running.events if isinstance(event, AdoptionUndone)]
    assert [(event.movies, event.kept) for event in told] == [(1, 1), (0, 1)]
    shelf.adopt(scan)
    assert len(running.do(running.engine.movies.all())) == 3
    with pytest.raises(Problem, match="There is no adoption"):
        running.do(collection.undo_adoption(running.do(running.engine.jobs.all())[-1].id))


def test_what_was_adopted_and_given_back_before_a_restart_is_counted_too(shelf: Shelf) -> None:
    films = list(shelved(40))
    for each in films:
        shelf.tmdb.add(each.film)
    lay_out(shelf.library, films)
    scan, running = shelf.scan(), shelf.running
    job = running.do(running.engine.collection.adopt(scan.id))

    def restarted(enough: Callable[[int], bool]) -> None:
        def count() -> int:
            return running.do(running.engine.collection.scan(scan.id)).counts.get(ItemState.ADOPTED, 0)

        running.wait_for(lambda: enough(count()), "some of it")
        running.stop()
        running.start()
        running.do(running.engine.jobs.idle())

    restarted(lambda adopted: adopted > 3)
    assert [one for one in running.events if isinstance(one, CollectionAdopted)][-1].adopted == 40
    running.do(running.engine.collection.undo_adoption(job.id))
    restarted(lambda adopted: adopted < 37)
    assert [(one.movies, one.kept) for one in running.events if isinstance(one, AdoptionUndone)] == [(40, 0)]
    assert running.do(running.engine.movies.all()) == []


def test_what_an_undo_brought_back_is_no_other_file_when_it_is_adopted_again(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    shelf.put("Amber Lantern (2011)/movie.mkv")
    running, collection, scan = shelf.running, shelf.running.engine.collection, shelf.scan()
    job = running.do(collection.adopt(scan.id))
    running.do(running.engine.jobs.idle())
    running.do(collection.undo_adoption(job.id))
    running.do(running.engine.jobs.idle())
    (removal, *_) = running.do(running.engine.undo.operations())
    running.do(running.engine.undo.undo(removal.operation.id))
    shelf.adopt(scan, *shelf.items(scan).values())
    (item,) = shelf.items(scan).values()
    (movie,) = running.do(running.engine.movies.all())
    assert (item.state, item.note, item.movie_id) == (ItemState.KNOWN, "", movie.id)


def test_a_movie_of_the_library_without_a_file_gets_the_one_that_is_found(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    movie = shelf.running.do(shelf.running.engine.movies.add(NewMovie(810_001)))
    asked = len(shelf.tmdb.requests)
    video = shelf.put("Amber.Lantern.2011.720p/Amber.Lantern.2011.720p.BluRay.mkv")
    shelf.put("Others/Amber.Lantern.2011.2160p.BluRay.mkv")
    scan = shelf.scan()
    assert len(shelf.tmdb.requests) == asked  # the library knew
    shelf.adopt(scan, shelf.items(scan)["Amber.Lantern.2011.720p"])
    movie = shelf.running.do(shelf.running.engine.movies.get(movie.id))
    assert movie.file is not None
    assert (movie.folder, movie.file.path) == (str(video.parent), str(video))
    shelf.adopt(scan)
    other = shelf.items(scan)["Others"]
    assert (other.state, other.note) == (
        ItemState.DOUBTFUL,
        "Amber Lantern (2011) is in the library already, with another file.",
    )


def test_an_adoption_whose_folder_was_looked_through_again_says_that_it_cannot_be_undone(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    shelf.put("Amber Lantern (2011)/movie.mkv")
    running, collection = shelf.running, shelf.running.engine.collection
    job = running.do(collection.adopt(shelf.scan().id))
    running.do(running.engine.jobs.idle())
    shelf.scan()
    with pytest.raises(Problem, match="Its folder was looked through again since"):
        running.do(collection.undo_adoption(job.id))
    assert len(running.do(running.engine.movies.all())) == 1


def test_what_could_not_be_adopted_before_a_restart_is_counted_too(shelf: Shelf) -> None:
    films = list(shelved(40))
    for each in films:
        shelf.tmdb.add(each.film)
    lay_out(shelf.library, films)
    scan, running = shelf.scan(), shelf.running
    places = list(shelf.items(scan).values())
    for place in (*places[:2], places[-1]):
        assert place.video is not None
        (shelf.library / place.video.path).unlink()
    running.do(running.engine.collection.adopt(scan.id))

    def adopted() -> int:
        return running.do(running.engine.collection.scan(scan.id)).counts.get(ItemState.ADOPTED, 0)

    running.wait_for(lambda: adopted() > 3, "some of it")
    running.stop()
    running.start()
    running.do(running.engine.jobs.idle())
    told = [one for one in running.events if isinstance(one, CollectionAdopted)]
    assert (told[-1].adopted, told[-1].refused) == (37, 3)


def test_a_file_that_became_another_movies_meanwhile_is_refused(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    shelf.know(810_002, "Paper Harbour", 2007)
    video = shelf.put("Amber.Lantern.2011.mkv")
    running, collection, scan = shelf.running, shelf.running.engine.collection, shelf.scan()
    other = running.do(running.engine.movies.add(NewMovie(810_002, folder=str(shelf.library))))
    running.do(running.engine.rescan.movie(other.id))
    job = running.do(collection.adopt(scan.id))
    running.do(running.engine.jobs.idle())
    assert running.do(running.engine.jobs.get(job.id)).state is JobState.DONE
    (item,) = shelf.items(scan).values()
    assert (item.state, item.note) == (ItemState.DOUBTFUL, f"{video.name} belongs to Paper Harbour (2007) already.")
    (movie,) = running.do(running.engine.movies.all())
    assert movie.file is not None
    assert movie.file.path == str(video)
