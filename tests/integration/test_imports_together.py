"""Imports that wait at the same time go together: each is whole or not at all, whatever becomes of the others."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.naming import path_key
from radarr_desktop.domain.operations import Change, Operation, OperationKind
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.imports import choose
from radarr_desktop.engine.imports.features import Feature
from radarr_desktop.engine.imports.order import Order
from radarr_desktop.engine.imports.placer import Placer, Prepare
from radarr_desktop.engine.journal import moves
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, world_and_engine

COUNT = 12
NAMES = tuple(f"Film.Number.{number:02}.2020.1080p.BluRay.x264-KITE.mkv" for number in range(COUNT))

Outcome = MovieFile | BaseException


class Shelf:
    """Movies without files, and a download for each."""

    def __init__(self, running: RunningEngine) -> None:
        self.running, self.engine = running, running.engine
        profile_id = running.do(self.engine.profiles.all())[0].id
        self.downloads = [running.downloads / name for name in NAMES]
        for path in self.downloads:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(film(path.name.encode()))
        self.movies = [self._add(number, profile_id) for number in range(COUNT)]

    def _add(self, number: int, profile_id: int) -> Movie:
        title, root = f"Film Number {number:02}", str(self.running.library)
        info = MovieInfo(tmdb_id=number + 1, title=title, year=2020, runtime=100)
        movie = Movie(0, info, (Slot(0, "", profile_id, root),), f"{root}/{title} (2020)", added=datetime.now(UTC))
        return self.running.do(self.engine.db.run(lambda: movies.insert(movie)))

    def import_all(self, which: Sequence[int], *, given_up: int = -1) -> list[Outcome]:
        """All at once, in this order; who waits for ``given_up`` goes away at the first chance."""

        async def work() -> list[Outcome]:
            tasks = [
                asyncio.create_task(self.engine.imports.file(str(self.downloads[one]), self.movies[one].id))
                for one in which
            ]
            if given_up >= 0:
                await asyncio.sleep(0)
                tasks[given_up].cancel()
            return await asyncio.gather(*tasks, return_exceptions=True)

        return self.running.do(work())

    def place_all(self, prepared: Mapping[int, Prepare]) -> list[Outcome | None]:
        """All in one go: they wait while somebody else changes files."""
        changes = Changes(self.engine.db, self.engine.bus, self.engine.jobs)
        placer = Placer(self.engine.db, self.engine.jobs, self.engine.settings, self.engine.names, changes)

        async def work() -> list[Outcome | None]:
            async with changes.alone():
                tasks = [
                    asyncio.create_task(placer.place(self.movies[number].id, self.feature(number), prepare))
                    for number, prepare in prepared.items()
                ]
                await asyncio.sleep(0)
            return await asyncio.gather(*tasks, return_exceptions=True)

        return self.running.do(work())

    def feature(self, number: int) -> Feature:
        """The video of a download."""
        path = self.downloads[number]
        found, video = choose.given(path)
        return Feature(found, video or choose.movie_in(found, path.name), None, path)

    def prepare(self, number: int) -> Prepare:
        """It is the movie's."""
        movie, path = self.movies[number], self.downloads[number]

        async def work() -> Order:
            return Order(movie, movie.slot, path, parse_release(path.stem), path.stem)

        return work

    def rows(self) -> dict[str, str]:
        """Where files are by the database, with their downloads."""
        with contextlib.closing(sqlite3.connect(f"file:{self.running.paths.database}?mode=ro", uri=True)) as db:
            assert db.execute("select count(*) from journal where open").fetchone() == (0,)
            return dict(db.execute("select path, original_path from movie_file").fetchall())

    def check(self) -> None:
        """Every file of the library has a row, every row the very file that was downloaded."""
        rows = self.rows()
        found = [path for path in self.running.library.rglob("*.mkv") if moves.TRASH not in str(path)]
        assert sorted(map(str, found)) == sorted(rows)
        assert all(Path(path).samefile(origin) for path, origin in rows.items())


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with world_and_engine(tmp_path, with_movie=False) as (_, running):
        yield Shelf(running)


def test_each_has_its_own_operation_and_history(shelf: Shelf) -> None:
    outcomes = shelf.import_all(range(COUNT))
    assert [one.movie_id for one in outcomes if isinstance(one, MovieFile)] == [movie.id for movie in shelf.movies]
    shelf.check()
    entries = shelf.running.do(shelf.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries
    assert len({entry.data["operation"] for entry in entries}) == COUNT
    assert len({entry.correlation for entry in entries}) == COUNT
    shelf.running.do(shelf.engine.undo.undo(int(entries[3].data["operation"])))
    assert len(shelf.rows()) == COUNT - 1


def test_one_that_cannot_be_done_hinders_no_other(shelf: Shelf) -> None:
    (first,) = shelf.import_all([0])
    assert isinstance(first, MovieFile)
    taken = Path(first.path.replace("Number 00", "Number 05"))
    taken.parent.mkdir()
    taken.write_bytes(b"somebody's own")
    outcomes = shelf.import_all(range(1, COUNT))
    refused = outcomes.pop(4)
    assert isinstance(refused, Problem)
    assert str(taken) in str(refused)
    assert all(isinstance(one, MovieFile) for one in outcomes)
    assert taken.read_bytes() == b"somebody's own"
    taken.unlink()
    shelf.check()
    assert len(shelf.rows()) == COUNT - 1


def test_two_of_one_movie_go_one_after_the_other(shelf: Shelf) -> None:
    shelf.downloads[1] = shelf.downloads[0].with_name("Film.Number.00.2020.720p.WEB-DL.x264-OTHER.mkv")
    shelf.downloads[1].write_bytes(film(b"another"))
    shelf.movies[1] = shelf.movies[0]
    assert all(isinstance(one, MovieFile) for one in shelf.import_all(range(COUNT)))
    shelf.check()
    assert len(shelf.rows()) == COUNT - 1
    assert len(list((shelf.running.library / moves.TRASH).rglob("*.mkv"))) == 1


def test_movies_whose_folders_differ_in_capitals_go_one_after_the_other(shelf: Shelf) -> None:
    first = Path(shelf.movies[0].folder)
    names = [first.name[:place] + first.name[place:].swapcase() for place in (0, 1, 2, 3)]
    with contextlib.closing(sqlite3.connect(shelf.running.paths.database)) as db:
        for movie, name in zip(shelf.movies, names, strict=False):
            folder = str(first.with_name(name))
            db.execute("update movie set folder = ?, folder_key = ? where id = ?", [folder, path_key(folder), movie.id])
        db.commit()
    assert all(isinstance(one, MovieFile) for one in shelf.import_all(range(COUNT)))
    shelf.check()
    assert {Path(path).parent.name for path in shelf.rows()} >= set(names)


def test_what_must_be_copied_lets_the_others_go_first(shelf: Shelf, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        assert Path(elsewhere).stat().st_dev != tmp_path.stat().st_dev
        shelf.downloads[0] = Path(shutil.move(shelf.downloads[0], elsewhere))
        media = shelf.running.do(shelf.engine.settings.media())
        shelf.running.do(shelf.engine.settings.save_media(replace(media, allow_copies=True)))
        assert all(
            isinstance(one, MovieFile)
            for one in shelf.place_all({number: shelf.prepare(number) for number in range(COUNT)})
        )
    entries = shelf.running.do(shelf.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries
    assert [entry.data["method"] for entry in entries] == ["copy", *["hardlink"] * (COUNT - 1)]


def test_what_is_not_to_be_done_any_more_is_left_out(shelf: Shelf) -> None:
    async def outdone() -> None:
        return None

    async def broken() -> Order:
        raise LookupError("the movie is gone")

    prepared = {number: shelf.prepare(number) for number in range(COUNT)}
    outcomes = shelf.place_all(prepared | {0: outdone, 4: broken})
    assert outcomes.pop(0) is None
    assert isinstance(outcomes.pop(3), LookupError)
    assert all(isinstance(one, MovieFile) for one in outcomes)
    shelf.check()
    assert len(shelf.rows()) == COUNT - 2


@pytest.mark.parametrize("who", [0, 3, COUNT - 1])
def test_one_that_nobody_waits_for_any_more_hinders_no_other(who: int, shelf: Shelf) -> None:
    outcomes = shelf.import_all(range(COUNT), given_up=who)
    assert isinstance(outcomes.pop(who), asyncio.CancelledError)
    assert all(isinstance(one, MovieFile) for one in outcomes)
    shelf.check()
    assert len(shelf.rows()) >= COUNT - 1


def test_where_closing_one_is_refused_the_others_are_closed(shelf: Shelf) -> None:
    engine, library = shelf.engine, shelf.running.library
    changes = Changes(engine.db, engine.bus, engine.jobs)
    wanted = []
    for movie in shelf.movies[:3]:
        file = library / f"{movie.id}.txt"
        file.write_text(movie.title, encoding="utf-8")
        step = moves.move_step(file, file.with_suffix(".moved"), root=library)
        wanted.append((Change(OperationKind.RENAME, movie.id, movie.title, (step,)), threading.Event()))

    def close(operation: Operation, *_: object) -> list[object]:
        if operation.movie_id == shelf.movies[1].id:
            raise Problem(Kind.CONFLICT, "Not this one.")
        return []

    changes.on_close(OperationKind.RENAME, close)  # type: ignore[arg-type]

    async def work() -> list[object]:
        async with changes.alone():
            return list(await changes.carry_out_all(wanted))

    done = shelf.running.do(work())
    assert [isinstance(one, Problem) for one in done] == [False, True, False]
    first, second, third = (movie.id for movie in shelf.movies[:3])
    assert {path.name for path in library.iterdir()} == {f"{first}.moved", f"{second}.txt", f"{third}.moved"}
    assert shelf.rows() == {}
