"""Days of the backlog played in moments: the real schedule, limits and database, a clock of its own, and services that
count what they are asked, and now and then refuse."""

from __future__ import annotations

import contextlib
import random
import shutil
import statistics
from collections import deque
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.budget import Urgency, urgency
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.clock import Clock
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins.host import Draft, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.quality.formats import Formats
from radarr_desktop.engine.search.asking import Asking
from radarr_desktop.engine.search.backlog import Backlog
from radarr_desktop.engine.search.turns import Turns
from radarr_desktop.engine.secrets import EncryptedFile, Secrets
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import MovieInfo, RateLimited, Release
from radarr_desktop.store import backlog, movies, profiles
from radarr_desktop.store.database import Database
from tests.fakes.clock import BEGIN
from tests.fakes.quick_time import QuickClock, run_quickly
from tests.fakes.rooms import database

PLUGIN = Path(__file__).with_name("limited_plugin.py")
CLIENT = Path(__file__).with_name("idle_client.py")
HOUR, DAY = 3600.0, 86_400.0
TICK = 300.0
FEED = 900.0
MANUAL = 12
"""Searches by hand a day."""
REFUSED = 1 / 250
"""Of all requests, with 429."""
HOURLY = (40, 30, 24)


class Service:
    """One tracker: its limits, who broke them, and when it refuses."""

    def __init__(self, clock: Clock, hourly: int, chance: random.Random) -> None:
        self._clock = clock
        self._hourly = hourly
        self._chance = chance
        self._hour: deque[float] = deque()
        self._closed_until = 0.0
        self._after_refusal = 0
        self.requests = 0
        self.refusals = 0
        self.violations = 0

    def asked(self, kind: str) -> list[Release]:
        """A request came."""
        now = self._clock.now()
        self.requests += 1
        while self._hour and self._hour[0] <= now - HOUR:
            self._hour.popleft()
        too_soon = bool(self._hour) and now - self._hour[-1] < 2.0
        self._hour.append(now)
        if now < self._closed_until:
            self._after_refusal += 1
        self.violations += too_soon + (len(self._hour) > self._hourly) + (self._after_refusal > 1)
        if now < self._closed_until or self._chance.random() < REFUSED:
            return self._refuse(now)
        return []

    def _refuse(self, now: float) -> list[Release]:
        self.refusals += 1
        if now >= self._closed_until:
            self._after_refusal = 0
            self._closed_until = now + self._chance.choice((60.0, 900.0, 3600.0))
        raise RateLimited("Too many requests (429).", self._closed_until - now)


SERVICES: dict[str, Service] = {}


@dataclass
class Month:
    """What came of it."""

    services: list[Service]
    waits: dict[int, list[float]] = field(default_factory=dict)
    """Of each movie, seconds it stood in line before each of its searches; the first one first."""
    never: int = 0
    """Movies that were not searched at all."""

    @property
    def violations(self) -> int:
        return sum(one.violations for one in self.services)

    @property
    def spread(self) -> float:
        """p95 to p50 of how long movies waited for their first search."""
        return _spread([waits[0] for waits in self.waits.values()])

    @property
    def spread_of_all(self) -> float:
        """The same of what each movie waited in all; an hour in line at two indexers is one hour."""
        return _spread([sum(waits) for waits in self.waits.values()])


def _spread(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1] / statistics.median(waits)


class _Searches:
    """Searches as the program does, without anything to be found; notes how long who waited."""

    def __init__(self, db: Database, asking: Asking, turns: Turns, month: Month) -> None:
        self._db = db
        self._asking = asking
        self._turns = turns
        self._month = month

    async def by_itself(self, movie_id: int, indexers: Collection[int]) -> frozenset[int]:
        """For the backlog."""
        now = self._turns.now
        turns = await self._db.read(lambda: backlog.turns([movie_id]))
        due = min(turn.due for turn in turns.values())
        since = max([due, *(turn.asked for turn in turns.values() if turn.asked)])
        answered = await self.search(movie_id, indexers)
        if answered:
            self._month.waits.setdefault(movie_id, []).append(max(0.0, (now - since).total_seconds()))
        return answered

    async def search(self, movie_id: int, indexers: Collection[int] | None) -> frozenset[int]:
        """On these indexers, or on all."""
        movie = await self._db.read(lambda: movies.get(movie_id))
        assert movie is not None
        offers = [offer async for offer in self._asking.about(movie, indexers)]
        answered = frozenset(offer.indexer.id for offer in offers if offer.answered)
        await self._turns.searched(movie, answered)
        return answered


def play(folder: Path, *, count: int, days: int) -> Month:
    """So many missing movies for so many days: the backlog every five minutes, feeds and people beside it."""
    return run_quickly(_play(folder, count, days))


@dataclass
class Stage:
    """The parts of the program that search by themselves, and what they search."""

    bus: Bus
    db: Database
    host: PluginHost
    asking: Asking
    turns: Turns


@contextlib.asynccontextmanager
async def staged(folder: Path, clock: Clock, count: int, chance: random.Random) -> AsyncIterator[Stage]:
    """So many missing movies and three services."""
    paths, bus = Paths.default(folder / "home"), Bus()
    paths.make()
    paths.drop_in.mkdir(exist_ok=True)
    shutil.copy(PLUGIN, paths.drop_in / "limited.py")
    shutil.copy(CLIENT, paths.drop_in)
    async with database(paths.data) as db:
        secrets = Secrets(paths, EncryptedFile(paths))
        host = PluginHost(db, secrets, bus, paths, "1.0", clock)
        await host.start()
        SERVICES.update({f"S{hourly}": Service(clock, hourly, chance) for hourly in HOURLY})
        for hourly in HOURLY:
            settings = {"service": f"S{hourly}", "hourly": hourly}
            await host.save(Draft(PluginKind.INDEXER, "limited", f"S{hourly}", settings), force=True)
        await host.save(Draft(PluginKind.DOWNLOAD_CLIENT, "idle", "Idle", {}), force=True)
        await db.run(lambda: _fill(count))
        asking = Asking(db, bus, host)
        yield Stage(bus, db, host, asking, Turns(db, bus, asking, AppSettings(db, secrets), Formats(db, bus), clock))
        await host.stop()


async def _play(folder: Path, count: int, days: int) -> Month:
    clock, chance = QuickClock(), random.Random(5)
    async with staged(folder, clock, count, chance) as stage:
        db, asking, turns = stage.db, stage.asking, stage.turns
        month = Month([SERVICES[f"S{hourly}"] for hourly in HOURLY])
        searches = _Searches(db, asking, turns, month)
        work = Backlog(db, Jobs(db), stage.host, asking, turns, searches)
        end, feed, manual = BEGIN + days * DAY, BEGIN, BEGIN
        while clock.now() < end:
            tick = clock.now() + TICK
            await work.work()
            if clock.now() >= feed:
                feed += FEED
                for live in stage.host.indexers():
                    with urgency(Urgency.FEED):
                        await asking.feed(live, lambda plugin: plugin.recent())
            if clock.now() >= manual:
                manual += DAY / MANUAL
                await searches.search(chance.randint(1, count), None)
            await clock.sleep(max(0.0, tick - clock.now()))
        found = await db.read(backlog.turns)
        asked = {movie_id for (movie_id, _), turn in found.items() if turn.asked is not None}
        month.never = count - len(asked)
        return month


def _fill(count: int) -> None:
    profile = profiles.save_profile(make_profile("Month", ["Bluray-1080p"]))
    added = datetime.fromtimestamp(BEGIN, UTC) - timedelta(hours=1)
    for number in range(1, count + 1):
        info = MovieInfo(number, f"Film {number}", 2020, f"tt{number:07d}", digital_release=date(2020, 1, 1))
        movies.insert(Movie(0, info, (Slot(0, "", profile.id, "/m"),), f"/m/{number}", added=added))
