"""Manual import: suggestions with reasons, what the user changes, and the import of several files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.events import ManualImportProgressed
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import JobState
from radarr_desktop.engine.imports.suggest import ManualFile
from radarr_desktop.engine.imports.told import Told, Wish
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.loopback.tmdb import Film
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, world_and_engine

AMBER, PAPER = 810_001, 810_003


class Desk:
    """Two movies that are wanted, and a folder with files."""

    def __init__(self, running: RunningEngine) -> None:
        self.running = running
        self.manual = running.engine.manual
        self.folder = running.folder / "from a friend"
        self.amber = running.do(running.engine.movies.add(NewMovie(AMBER)))
        self.paper = running.do(running.engine.movies.add(NewMovie(PAPER)))

    def put(self, path: str, content: bytes | None = None) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(film(path.encode()) if content is None else content)
        return file

    def look(self, path: Path | None = None, **asked: Any) -> dict[str, ManualFile]:
        found = self.running.do(self.manual.look(str(path or self.folder), **asked))
        return {file.name: file for file in found}

    def take(self, *wishes: Wish, mode: str = "auto") -> JobState:
        job = self.running.do(self.manual.take(wishes, mode=mode))
        self.running.do(self.running.engine.jobs.idle())
        return self.running.do(self.running.engine.jobs.get(job.id)).state

    def movie(self, movie: Movie) -> Movie:
        return self.running.do(self.running.engine.movies.get(movie.id))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        world.world.tmdb.add(Film(AMBER, "Amber Lantern", 2011, "tt8100010", cinemas=date(2011, 3, 1)))
        world.world.tmdb.add(Film(PAPER, "Paper Harbour", 2007, cinemas=date(2007, 3, 1)))
        world.world.tmdb.add(Film(810_009, "Iron Orchard", 2003, cinemas=date(2003, 3, 1)))
        yield Desk(running)


def test_each_video_has_its_suggestion_and_what_speaks_against_it(desk: Desk) -> None:
    desk.put("Amber.Lantern.2011.1080p.BluRay.x264-KITE/Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv")
    desk.put("Amber.Lantern.2011.1080p.BluRay.x264-KITE/Sample/amber.sample.mkv", film(minutes=1))
    desk.put("Iron.Orchard.2003.720p.WEB-DL.mkv")
    desk.put("Paper.Harbour.2007.Trailer.mkv", film(minutes=3))
    desk.put("Harbour.mkv")
    desk.put("broken.mkv", b"no media at all" * 100)
    desk.put("notes.txt", b"hello")
    found = desk.look()
    amber = found["Amber.Lantern.2011.1080p.BluRay.x264-KITE/Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv"]
    assert (amber.movie_id, amber.quality.name, amber.group, amber.rejections) == (
        desk.amber.id,
        "Bluray-1080p",
        "KITE",
        (),
    )
    assert amber.minutes == 100
    assert amber.guesses[0].confidence == 100
    sample = found["Amber.Lantern.2011.1080p.BluRay.x264-KITE/Sample/amber.sample.mkv"]
    assert sample.rejections[0] == "It lies in the folder sample."
    iron = found["Iron.Orchard.2003.720p.WEB-DL.mkv"]
    assert (iron.movie_id, iron.guesses[0].title, iron.guesses[0].movie_id) == (0, "Iron Orchard", 0)
    assert iron.rejections == ("It seems to be Iron Orchard (2003), which is not in the library.",)
    assert (found["Harbour.mkv"].movie_id, found["Harbour.mkv"].quality.name) == (0, "HDTV-1080p")  # as its picture is
    assert any("is no media file" in said for said in found["broken.mkv"].rejections)
    trailer = found["Paper.Harbour.2007.Trailer.mkv"]
    assert trailer.rejections == ("It is not sure that it is Paper Harbour (2007). It runs 3 minutes, the movie 100.",)
    assert trailer.movie_id == 0  # its length speaks against the movie that its name tells
    (again,) = desk.running.do(desk.manual.reconsider([Wish(trailer.path, desk.paper.id)]))
    assert again.rejections == ("It lasts 3 min, the movie 100 min: it is a sample or a trailer.",)
    assert "notes.txt" not in found


def test_what_the_user_says_counts_and_is_kept_with_the_file(desk: Desk) -> None:
    source = desk.put("Harbour.mkv")
    told = Told(quality_id=7, version=2, group="ME", editions=("Director's Cut",), languages=("German",))
    (again,) = desk.running.do(desk.manual.reconsider([Wish(str(source), desk.paper.id, told)]))
    assert (again.movie_id, again.quality.name, again.group, again.rejections) == (
        desk.paper.id,
        "Bluray-1080p",
        "ME",
        (),
    )
    assert (again.editions, again.languages, again.revision.version) == (("Director's Cut",), ("German",), 2)
    assert desk.take(Wish(str(source), desk.paper.id, told)) is JobState.DONE
    file = desk.movie(desk.paper).file
    assert file is not None
    assert (file.quality.name, file.group, file.revision.version) == ("Bluray-1080p", "ME", 2)
    assert (file.editions, file.languages) == (("Director's Cut",), ("German",))
    assert Path(file.path).samefile(source)
    assert "Harbour.mkv" in desk.look(only_new=False)


def test_the_evaluator_says_no_to_what_is_worse_and_the_user_may_all_the_same(desk: Desk) -> None:
    good = desk.put("Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv")
    assert desk.take(Wish(str(good), desk.amber.id)) is JobState.DONE
    worse = desk.put("Amber.Lantern.2011.720p.HDTV.x264-ROOK.mkv")
    (said,) = desk.look(worse).values()
    assert said.movie_id == desk.amber.id
    assert said.rejections == ("HDTV-720p is no better than the file, which is Bluray-1080p.",)
    assert desk.take(Wish(str(worse), desk.amber.id)) is JobState.DONE
    file = desk.movie(desk.amber).file
    assert file is not None
    assert Path(file.path).samefile(worse)
    (newest, *_) = desk.running.do(desk.running.engine.undo.operations(desk.amber.id))
    desk.running.do(desk.running.engine.undo.undo(newest.operation.id))
    back = desk.movie(desk.amber).file
    assert back is not None
    assert Path(back.path).samefile(good)


def test_several_are_imported_and_one_that_cannot_be_does_not_hold_up_the_rest(desk: Desk) -> None:
    amber = desk.put("Amber.Lantern.2011.1080p.mkv")
    gone = desk.folder / "gone.mkv"
    paper = desk.put("Paper.Harbour.2007.1080p.mkv")
    wishes = [Wish(str(amber), desk.amber.id), Wish(str(gone), desk.paper.id), Wish(str(paper), desk.paper.id)]
    assert desk.take(*wishes) is JobState.DEAD
    told = [event for event in desk.running.events if isinstance(event, ManualImportProgressed)]
    assert [(event.done, event.total) for event in told] == [(1, 3), (2, 3), (3, 3)]
    problems = {Path(event.path).name: event.problem for event in told}
    assert "There is no file or folder" in problems.pop("gone.mkv")
    assert set(problems.values()) == {""}
    of_paper = [Path(event.path).name for event in told if event.movie_id == desk.paper.id]
    assert of_paper == ["gone.mkv", "Paper.Harbour.2007.1080p.mkv"]
    assert desk.movie(desk.amber).file is not None
    assert desk.movie(desk.paper).file is not None


def test_moving_takes_the_file_away_only_after_the_library_has_it(desk: Desk) -> None:
    source = desk.put("Amber.Lantern.2011.1080p.mkv")
    content = source.read_bytes()
    assert desk.take(Wish(str(source), desk.amber.id), mode="move") is JobState.DONE
    file = desk.movie(desk.amber).file
    assert file is not None
    assert Path(file.path).read_bytes() == content
    assert not source.exists()


def test_a_movie_s_own_folder_shows_what_is_not_its_file_yet(desk: Desk) -> None:
    source = desk.put("Amber.Lantern.2011.1080p.mkv")
    desk.take(Wish(str(source), desk.amber.id))
    folder = Path(desk.amber.folder)
    (folder / "Amber Lantern extended.mkv").write_bytes(film(b"extended"))
    found = desk.running.do(desk.manual.look(movie_id=desk.amber.id))
    assert [file.name for file in found] == ["Amber Lantern extended.mkv"]
    assert found[0].guesses[0].reasons[0].sentence == "You chose this movie."
    whole = desk.running.do(desk.manual.look(movie_id=desk.amber.id, only_new=False))
    assert sorted(bool(file.movie_file_id) for file in whole) == [False, True]


def test_nonsense_is_refused_before_anything_is_begun(desk: Desk) -> None:
    wish = Wish("/nowhere/film.mkv", desk.amber.id)
    for wishes, mode, words in (
        ([], "auto", "nothing to import"),
        ([wish], "teleport", "no way “teleport”"),
        ([replace(wish, movie_id=0)], "auto", "has no movie"),
        ([replace(wish, movie_id=99)], "auto", "There is no movie 99"),
    ):
        with pytest.raises(Problem, match=words):
            desk.running.do(desk.manual.take(wishes, mode=mode))
    with pytest.raises(Problem, match="There is no quality 4711"):
        desk.running.do(desk.manual.reconsider([Wish(str(desk.put("a.mkv")), 0, Told(quality_id=4711))]))
    for asked in ("relative", "/nowhere/at/all"):
        with pytest.raises(Problem) as refused:
            desk.running.do(desk.manual.look(asked))
        assert refused.value.kind in (Kind.BAD_INPUT, Kind.STORAGE)
    with pytest.raises(Problem, match="There is no download 5"):
        desk.running.do(desk.manual.look(grab_id=5))
