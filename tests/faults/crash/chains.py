"""Ways from the program to qBittorrent: a failed download is followed by the next best, a dropped torrent is fetched.

A failed one is told, blocked and taken from its client, and the next best of what is stored is grabbed there. One
torrent for a slot, never two, and none left out where there is one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.records import GrabState
from radarr_desktop.domain.watching import WatchFolder
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.paths import Paths
from radarr_desktop.loopback.releases import GOOD
from tests.fixtures_engine import RunningEngine, WorldThread
from tests.integration.test_failing import SECOND, SLOW, offer_second

FIRST = 1
"""The number of the grab that fails."""
INBOX = "inbox"
STATES = 'select state from "grab" order by id'


@dataclass(frozen=True, slots=True)
class Chain:
    """``prepare`` comes before, undisturbed; ``act`` begins it. The others are asked with the program's folder."""

    name: str
    prepare: Callable[[RunningEngine, WorldThread], None]
    act: Callable[[RunningEngine], None]
    is_before: Callable[[Path], bool]
    """Has nothing happened yet that lasts?"""
    is_over: Callable[[Path], bool]
    torrent: str
    """What its client has at the end, and nothing else."""
    rows: tuple[tuple[int, str], ...]
    """What the database must say then."""


def asked(folder: Path, question: str) -> list[str]:
    """A column of the database."""
    path = f"file:{Paths.default(folder / 'data').database}?mode=ro"
    with closing(sqlite3.connect(path, uri=True, timeout=30)) as db:
        return [str(row[0]) for row in db.execute(question)]


def _grabbed(running: RunningEngine, world: WorldThread) -> None:
    """The best release takes its time, and so would the next best."""
    offer_second(world)
    for title in (world.world.good, SECOND):
        world.do(world.world.seeder.limit(world.world.torrents[title], SLOW))
    movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, search=False)))
    assert running.do(running.engine.search.run(movie.id)).grab is not None
    running.do(running.engine.jobs.idle())


def _give_up(running: RunningEngine) -> None:
    running.do(running.engine.failures.fail(FIRST, Reason.DOWNLOAD_STALLED, "It stalled."))


def _dropped(running: RunningEngine, world: WorldThread) -> None:
    """A torrent lies in a folder that is to be watched."""
    world.do(world.world.seeder.limit(world.world.torrents[world.world.good], SLOW))
    running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, search=False)))
    (running.folder / INBOX / "dropped.torrent").write_bytes(world.world.torrents[world.world.good].data)


def _watch(running: RunningEngine) -> None:
    if not running.do(running.engine.watch_folders.all()):
        running.do(running.engine.watch_folders.add(WatchFolder(0, str(running.folder / INBOX))))


def _is_fetched(folder: Path) -> bool:
    return [str(path.relative_to(folder / INBOX)) for path in (folder / INBOX).rglob("*.*")] == ["done/dropped.torrent"]


_HISTORY = "select count(*) from history where kind = '{}'"
_NOTICES = "select count(*) from job where kind = 'announce' and payload ->> 'event' = '{}'"
CHAINS = (
    Chain(
        "the next best",
        _grabbed,
        _give_up,
        lambda folder: asked(folder, STATES) == [GrabState.DOWNLOADING],
        lambda folder: asked(folder, STATES) == [GrabState.FAILED, GrabState.DOWNLOADING],
        SECOND,
        (
            (1, _HISTORY.format("downloadFailed")),
            (2, _HISTORY.format("grabbed")),
            (1, _NOTICES.format("GrabFailed")),
            (2, _NOTICES.format("ReleaseGrabbed")),
            (1, "select count(*) from blocklist where cause = 'DownloadStalled'"),
            (1, "select count(*) from failure where code = 'DownloadStalled'"),
        ),
    ),
    Chain(
        "a dropped torrent",
        _dropped,
        _watch,
        lambda folder: not asked(folder, "select id from watch_folder"),
        lambda folder: asked(folder, STATES) == [GrabState.DOWNLOADING] and _is_fetched(folder),
        GOOD,
        (
            (1, _HISTORY.format("grabbed")),
            (1, _NOTICES.format("ReleaseGrabbed")),
            (0, _NOTICES.format("InboxRefused")),
        ),
    ),
)
