"""What services, torrents and disks can do wrong: told once and clearly, kept where people look, nothing lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import GrabState, HistoryKind, QueueItem, StoredRelease
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.monitoring.health import HealthItem
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Fault, Listing
from radarr_desktop.loopback.torrents import claiming, empty
from tests.fixtures_engine import RunningEngine, WorldThread, config_for, running_engine, world_and_engine

TITLE = "The.Salt.Meridian.2025.PROPER.1080p.BluRay.x264-HARM"
"""A release that is chosen before every other."""
ANOTHER_DISK = Path("/dev/shm")


class Scene:
    """A world, a program in it, and a movie that is wanted."""

    def __init__(self, world: WorldThread, running: RunningEngine) -> None:
        self.world = world
        self.hdbits = world.world.hdbits
        self.running = running
        self.movie: Movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))

    def search(self) -> str:
        """Search; the problem it ends with, if any."""
        try:
            self.running.do(self.running.engine.search.run(self.movie.id))
        except Problem as problem:
            return str(problem)
        return ""

    def health(self, source: str) -> HealthItem | None:
        """What health says about something."""
        return next((one for one in self.running.do(self.running.engine.health()) if one.source == source), None)

    def release(self, title: str) -> StoredRelease:
        """A release as ``why`` shows it."""
        why = self.running.do(self.running.engine.decisions.why(self.movie.id))
        return next(one for one in why.releases if one.release.title == title)

    def reasons(self, title: str) -> str:
        """Why it was not taken."""
        verdict = self.release(title).verdict
        return " ".join(verdict.rejections) if verdict else ""

    def told_in_history(self, title: str) -> str:
        """What the history says of a look into its torrent."""
        entries = self.running.do(self.running.engine.history.page(kinds=[HistoryKind.INSPECTED])).entries
        return next((str(entry.data["reason"]) for entry in entries if entry.title == title), "")

    def queued(self) -> QueueItem | None:
        """The one download."""
        queue = self.running.do(self.running.engine.downloads.queue())
        return queue[0] if queue else None

    def blocked(self) -> str:
        """Wait until the import needs the user; what the queue says."""

        def problem() -> str:
            item = self.queued()
            return item.grab.problem if item and item.grab.state is GrabState.BLOCKED else ""

        return self.running.wait_for(problem, "the import is blocked")

    def arrived(self) -> Path:
        """Wait for the file in the library."""

        def path() -> str:
            file = self.running.do(self.running.engine.movies.get(self.movie.id)).file
            return file.path if file else ""

        return Path(self.running.wait_for(path, "the movie is in the library"))

    def assert_runs_on(self) -> None:
        """The program answers, the movie is there, no work was given up."""
        key = {"X-Api-Key": self.running.api_key}
        movies = httpx.get(f"{self.running.url}/api/v3/movie", headers=key, timeout=60).json()
        assert [one["tmdbId"] for one in movies] == [self.movie.info.tmdb_id]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Scene(world, running)


@pytest.mark.parametrize(
    ("fault", "words", "todo"),
    [
        (Fault.WRONG_PASSKEY, ("HDBits", "passkey"), "Change its settings, then test it."),
        (Fault.CLOSED, ("HDBits",), "It is tried again by itself."),
        (Fault.HTML, ("HDBits", "an HTML page instead of JSON"), "It is tried again by itself."),
        (Fault.TRUNCATED, ("HDBits", "JSON that is cut off"), "It is tried again by itself."),
        (Fault.SERVER_ERROR, ("HDBits", "500"), "It is tried again by itself."),
        (Fault.RATE_LIMIT, ("HDBits",), "It is tried again by itself."),
    ],
)
def test_an_indexer_that_answers_wrong(scene: Scene, fault: Fault, words: tuple[str, ...], todo: str) -> None:
    scene.hdbits.fail(fault)
    problem = scene.search()
    assert problem.startswith("The Salt Meridian (2025) could not be searched.")
    health = scene.health("HDBits")
    assert health is not None
    assert health.todo == todo
    for word in words:
        assert word in problem
        assert word in health.message
    for text in (problem, health.message):
        assert scene.hdbits.passkey not in text
        assert "!" not in text
        assert "Error" not in text
    scene.assert_runs_on()

    scene.hdbits.heal()
    plugins = scene.running.engine.plugins
    assert scene.running.do(plugins.test_all(PluginKind.INDEXER))[0][1] == ""
    assert scene.health("HDBits") is None
    assert scene.search() == ""
    assert scene.arrived().read_bytes() == scene.world.world.seeded_file.read_bytes()


def test_an_indexer_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "downloads").mkdir()
    world = WorldThread(tmp_path)
    config = config_for(world, tmp_path, with_movie=False).replace(world.world.hdbits.url, "http://127.0.0.1:9")
    try:
        with running_engine(tmp_path, config) as running:
            scene = Scene(world, running)
            problem = scene.search()
            assert "HDBits" in problem
            assert "http://127.0.0.1:9" in problem
            assert "cannot be reached" in problem
            health = scene.health("HDBits")
            assert health is not None
            assert "http://127.0.0.1:9" in health.message
            scene.assert_runs_on()
    finally:
        world.close()


@pytest.mark.parametrize("fault", [Fault.TORRENT_HTML, Fault.TORRENT_EMPTY])
def test_a_torrent_that_is_none(scene: Scene, fault: Fault) -> None:
    scene.hdbits.fail(fault)
    scene.search()
    for title in (scene.world.world.fake, scene.world.world.good):
        assert scene.reasons(title) == "HDBits sent something else than its torrent."
        assert scene.told_in_history(title) == scene.reasons(title)
    assert scene.queued() is None
    scene.assert_runs_on()
    scene.hdbits.heal()
    scene.running.do(scene.running.engine.plugins.test_all(PluginKind.INDEXER))
    scene.search()
    assert scene.arrived().read_bytes() == scene.world.world.seeded_file.read_bytes()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"../../../evil.mkv": 500_000}, "does not stay inside the torrent's folder"),
        ({"/etc/evil.mkv": 500_000, "x": 1}, "does not stay inside the torrent's folder"),
        ({"a/../../evil.mkv": 500_000, "x": 1}, "does not stay inside the torrent's folder"),
        ({}, "without any content"),
    ],
)
def test_a_torrent_that_is_up_to_something(scene: Scene, tmp_path: Path, files: dict[str, int], words: str) -> None:
    tracker = scene.world.world.tracker.url
    torrent = claiming(files, tracker, name=".." if len(files) == 1 else "Salt") if files else empty(tracker)
    size = sum(files.values()) or 500_000
    number = int(scene.world.world.movie.imdb_id.removeprefix("tt"))
    listing = Listing(TITLE.replace(".", " "), seeders=900, imdb=number)
    scene.world.world.list_torrent(replace(listing, size=size), TITLE, torrent)
    before = _outside(tmp_path)
    assert scene.search() == ""
    assert words in scene.reasons(TITLE)
    assert words in scene.told_in_history(TITLE)
    assert scene.arrived().name.endswith("-KITE.mkv"), "the next release is taken"
    assert _outside(tmp_path) == before
    scene.assert_runs_on()


def test_a_library_on_another_file_system(tmp_path: Path) -> None:
    with _other_disk(tmp_path) as library, _with_library(tmp_path, library) as scene:
        scene.search()
        problem = scene.blocked()
        assert "cannot be linked" in problem
        assert "a hard link cannot cross file systems" in problem
        assert "Copy this one" in problem
        assert str(library) in problem
        assert not list(library.rglob("*.mkv"))
        scene.assert_runs_on()
        item = scene.queued()
        assert item
        engine, do = scene.running.engine, scene.running.do
        do(engine.imports.retry(item.grab.id))
        do(engine.jobs.idle())
        counted = {one.name: (one.count, one.blocked) for one in do(engine.blocklist.statistics()).by_reason}
        assert counted["ImportFailed(cannot_link)"] == (1, 0)  # once, however often it is tried again
        scene.running.do(scene.running.engine.imports.retry(item.grab.id, allow_copy=True))
        assert scene.arrived().read_bytes() == scene.world.world.seeded_file.read_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a small file system")
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", library], check=True)
    try:
        with _with_library(tmp_path, library, allow_copies=True) as scene:
            good, seeder = scene.world.world.torrents[scene.world.world.good], scene.world.world.seeder
            scene.world.do(seeder.limit(good, 60_000))
            scene.search()
            subprocess.run(["mount", "-o", "remount,size=400k", library], check=True)  # while it is downloaded
            scene.world.do(seeder.limit(good, 0))
            problem = scene.blocked()
            assert "There is no room for" in problem
            assert "Make room, then try again." in problem
            assert [path for path in library.rglob("*") if path.is_file()] == []
            scene.assert_runs_on()
            subprocess.run(["mount", "-o", "remount,size=400m", library], check=True)
            item = scene.queued()
            assert item
            scene.running.do(scene.running.engine.imports.retry(item.grab.id))
            assert scene.arrived().read_bytes() == scene.world.world.seeded_file.read_bytes()
    finally:
        subprocess.run(["umount", library], check=True)


def test_a_path_that_is_too_long_for_the_file_system(tmp_path: Path) -> None:
    library = _deep(tmp_path / "deep", 4040)
    with _with_library(tmp_path, library) as scene:
        scene.search()
        problem = scene.blocked()
        assert "The file system allows no name or path that long." in problem
        assert "shorter" in problem
        scene.assert_runs_on()
        assert len([path for path in (tmp_path / "downloads").rglob("*.mkv") if path.stat().st_size]) == 1


def test_a_title_that_is_too_long_for_the_file_system(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        film = replace(world.world.movie, title="The Salt Meridian " + "and on " * 60)
        world.world.tmdb.add(film)
        scene = Scene(world, running)
        number = int(film.imdb_id.removeprefix("tt"))
        assert [one.imdb for one in world.world.hdbits.listings if one.imdb == number]
        scene.search()
        path = scene.arrived()
        assert path.read_bytes() == world.world.seeded_file.read_bytes()
        assert path.parent.name.endswith("(2025)")
        assert path.name.endswith("(2025) Bluray-1080p-KITE.mkv")
        assert max(len(part.encode()) for part in path.parts) <= 255


@contextmanager
def _other_disk(tmp_path: Path) -> Iterator[Path]:
    if not ANOTHER_DISK.is_dir() or ANOTHER_DISK.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    library = ANOTHER_DISK / tmp_path.name
    library.mkdir()
    try:
        yield library
    finally:
        subprocess.run(["rm", "-r", library], check=True)


@contextmanager
def _with_library(tmp_path: Path, library: Path, *, allow_copies: bool = False) -> Iterator[Scene]:
    for name in ("downloads", "library"):
        (tmp_path / name).mkdir(exist_ok=True)
    world = WorldThread(tmp_path)
    try:
        config = config_for(world, tmp_path, with_movie=False).replace(str(tmp_path / "library"), str(library))
        if allow_copies:
            config = config.replace("allow_copies = false", "allow_copies = true")
        with running_engine(tmp_path, config) as running:
            yield Scene(world, running)
    finally:
        world.close()


def _deep(folder: Path, length: int) -> Path:
    """A folder whose path has nearly as many bytes as a path may have."""
    while len(str(folder)) < length:
        folder /= "d" * min(200, max(1, length - len(str(folder))))
    folder.mkdir(parents=True)
    return folder


def _outside(tmp_path: Path) -> set[Path]:
    """Every file that is neither the program's, nor the world's, nor in the two folders they share."""
    ours = {"data", "downloads", "library", "seeding"}
    found = {path for path in tmp_path.rglob("*") if path.relative_to(tmp_path).parts[0] not in ours}
    return found | set(tmp_path.parent.glob("*.mkv")) | set(Path("/etc").glob("*.mkv"))
