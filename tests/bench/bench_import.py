"""Files on their way into the library: how many a second, against the bare cost of the disk, and the look into one."""

from __future__ import annotations

import asyncio
import functools
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.imports import choose
from radarr_desktop.engine.imports.order import Order
from radarr_desktop.engine.imports.probe import Prober
from radarr_desktop.engine.monitoring import logs
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from tests.bench.figure import Figure
from tests.fakes.film import film, sparse_film

FILES = 1_000
AT_ONCE = 16
"""Imports that are under way together: while one file is looked into, another one gets its place."""
LARGE = 60 * 10**9
NAME = "Film.Number.{:04}.2020.1080p.BluRay.x264-KITE.mkv"
MEDIA = Path(__file__).parent.parent / "media"


class Shelf:
    """A program without loops and services, movies without files, and a download for each."""

    def __init__(self, folder: Path, count: int, lay: Callable[[Path, int], None]) -> None:
        self.folder = folder
        self.downloads, self.library = folder / "downloads", folder / "library"
        for each in (self.downloads, self.library):
            each.mkdir()
        self.files = [self.downloads / NAME.format(number) for number in range(count)]
        for number, path in enumerate(self.files):
            lay(path, number)
        os.sync()

    async def opened(self) -> Engine:
        """Ready to import, its reader of media warm."""
        paths = Paths.default(self.folder / "data")
        paths.make()
        logs.set_up(paths.log, tuple)
        engine = Engine(paths, "0", secret_store=EncryptedFile(paths))
        await engine.open()
        profile = await engine.profiles.add(make_profile("Any", ["Bluray-1080p"]))
        await engine.db.run(lambda: self._add(profile.id))
        await engine.prober.probe(MEDIA / "avc.mkv")
        return engine

    def _add(self, profile_id: int) -> None:
        library = str(self.library)
        for number in range(len(self.files)):
            info = MovieInfo(tmdb_id=number + 1, title=f"Film Number {number:04}", year=2020, runtime=100)
            folder = f"{library}/Film Number {number:04} (2020)"
            movies.insert(Movie(0, info, (Slot(0, "", profile_id, library),), folder, added=datetime.now(UTC)))


def placed(count: int, lay: Callable[[Path, int], None]) -> float:
    """Seconds in which so many files that were looked into get their place: journalled, linked, synced, committed."""
    folder = Path(tempfile.mkdtemp(prefix="bench-import-"))
    try:
        return asyncio.run(_place_all(Shelf(folder, count, lay)))
    finally:
        shutil.rmtree(folder)


async def _place_all(shelf: Shelf) -> float:
    engine = await shelf.opened()
    features, placer = engine.imports._features, engine.imports._placer
    waiting = []
    for movie_id, path in reversed(list(enumerate(shelf.files, 1))):
        movie = await engine.movies.get(movie_id)
        found, video = await asyncio.to_thread(choose.given, path)
        async with features.opened(found, movie.slot, f"bench-{movie_id}", movie_id=movie_id) as opened:
            feature = await features.look_into(opened, video or choose.movie_in(opened.scan, path.name), minutes=0)
        parsed = parse_release(path.stem)
        waiting.append((Order(movie, movie.slot, feature.path, parsed, path.stem, media=feature.media), feature))

    async def one() -> None:
        order, feature = waiting.pop()

        async def prepare() -> Order:
            return order

        assert await placer.place(order.movie.id, feature, prepare)

    return await _timed(engine, waiting, one)


def imported(count: int, lay: Callable[[Path, int], None]) -> float:
    """Seconds that so many imports take, all the way: looked into, judged and placed."""
    folder = Path(tempfile.mkdtemp(prefix="bench-import-"))
    try:
        return asyncio.run(_import_all(Shelf(folder, count, lay)))
    finally:
        shutil.rmtree(folder)


async def _import_all(shelf: Shelf) -> float:
    engine = await shelf.opened()
    waiting = list(enumerate(shelf.files, 1))
    waiting.reverse()

    async def one() -> None:
        movie_id, path = waiting.pop()
        await engine.imports.file(str(path), movie_id)

    return await _timed(engine, waiting, one)


async def _timed(engine: Engine, waiting: Sequence[object], one: Callable[[], Awaitable[None]]) -> float:
    """Seconds until nothing waits any more, several at once; then the engine is closed."""

    async def work() -> None:
        while waiting:
            await one()

    try:
        begun = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        took = time.perf_counter() - begun
        check(await engine.movies.all())
        return took
    finally:
        await engine.bus.drain()
        await engine.prober.close()
        await engine.db.close()
        logs.close()


def check(library: Sequence[Movie]) -> None:
    """Every movie has its file: the very one that was downloaded."""
    assert all(movie.file and Path(movie.file.path).samefile(movie.file.original_path) for movie in library)


def lay_small(path: Path, number: int) -> None:
    """A film of some kilobytes, other bytes for each."""
    path.write_bytes(film(str(number).encode()))


@functools.cache
def all_of_them() -> tuple[float, float]:
    """Seconds for all files: given their place, and bare; by turns, the median of five each."""
    ours, bare = [], []
    for _ in range(5):
        ours.append(placed(FILES, lay_small))
        bare.append(bare_cost())
    return statistics.median(ours), statistics.median(bare)


def bare_cost() -> float:
    """Seconds for the same files with nothing but a link, a sync of file and folder, and one commit of one row."""
    folder = Path(tempfile.mkdtemp(prefix="bench-bare-"))
    try:
        shelf = Shelf(folder, FILES, lay_small)
        database = sqlite3.connect(folder / "bare.db", isolation_level=None)
        for pragma in ("journal_mode = wal", "synchronous = full"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE file (path TEXT)")
        begun = time.perf_counter()
        for number, path in enumerate(shelf.files):
            place = shelf.library / f"Film Number {number:04} (2020)"
            place.mkdir()
            target = place / path.name
            target.hardlink_to(path)
            for each in (target, place):
                handle = os.open(each, os.O_RDONLY)
                os.fsync(handle)
                os.close(handle)
            database.execute("INSERT INTO file VALUES (?)", (str(target),))
        took = time.perf_counter() - begun
        database.close()
        return took
    finally:
        shutil.rmtree(folder)


def rate() -> float:
    """Files a second."""
    return FILES / all_of_them()[0]


def whole_rate() -> float:
    """Files a second through the whole import, the look into each and the judging of it too."""
    return FILES / imported(FILES, lay_small)


def against_bare() -> float:
    """How many times the bare cost."""
    ours, bare = all_of_them()
    return ours / bare


def probe_time() -> float:
    """Milliseconds for one file in the warm process, over real files of every kind."""
    files = [path for path in sorted(MEDIA.iterdir()) if path.suffix in (".mkv", ".mp4")]

    async def work() -> float:
        prober = Prober()
        await prober.probe(files[0])
        begun = time.perf_counter()
        for _ in range(20):
            for path in files:
                found = await prober.probe(path)
                assert found.is_sound
        took = time.perf_counter() - begun
        await prober.close()
        return took / (20 * len(files)) * 1000

    return asyncio.run(work())


def large_link() -> float:
    """Seconds for a file of 60 GB that takes no room, looked into and linked."""
    return imported(1, lambda path, _: sparse_film(path, LARGE))


FIGURES = [
    Figure(
        "import.rate",
        "Files a second given their place, journalled and synced",
        "files/s",
        200,
        rate,
        rounds=1,
        at_least=True,
    ),
    Figure("import.vs_bare", "The same against link, sync and commit alone", "x", 3, against_bare, rounds=1),
    Figure(
        "import.whole",
        "Imports a second, looking into each file and judging it too",
        "files/s",
        60,
        whole_rate,
        rounds=1,
        at_least=True,
    ),
    Figure("probe.file", "A look into one file", "ms", 5, probe_time),
    Figure("link.60gb", "A file of 60 GB into the library", "s", 1, large_link),
]
