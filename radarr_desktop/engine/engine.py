"""The engine: owns every part, starts and stops them in order; window, port and command line call its verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import structlog

from radarr_desktop.domain.records import Job
from radarr_desktop.domain.reputation.standing import Reputation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.clock import Clock, SystemClock
from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.decisions.deciding import Decider
from radarr_desktop.engine.decisions.history import History
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.decisions.memory import Memory
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.decisions.recheck import Recheck
from radarr_desktop.engine.decisions.rules import Rules
from radarr_desktop.engine.decisions.surroundings import Surroundings
from radarr_desktop.engine.downloads.blocklist import Blocklist
from radarr_desktop.engine.downloads.failing import Failures
from radarr_desktop.engine.downloads.filing import Filing
from radarr_desktop.engine.downloads.mending import Mender
from radarr_desktop.engine.downloads.queue import Downloads
from radarr_desktop.engine.downloads.remote_paths import RemotePaths
from radarr_desktop.engine.downloads.removing import Remover
from radarr_desktop.engine.downloads.slowing import SlowMode
from radarr_desktop.engine.downloads.striking import Strikes
from radarr_desktop.engine.downloads.track import Tracker
from radarr_desktop.engine.downloads.unseen import Unseen
from radarr_desktop.engine.downloads.watching import Watch
from radarr_desktop.engine.imports.features import Features
from radarr_desktop.engine.imports.finished import FinishedDownloads
from radarr_desktop.engine.imports.importer import Imports
from radarr_desktop.engine.imports.left import LeftDownloads
from radarr_desktop.engine.imports.packs import Packs
from radarr_desktop.engine.imports.placer import Placer
from radarr_desktop.engine.imports.probe import Prober
from radarr_desktop.engine.inbox.folders import WatchFolders
from radarr_desktop.engine.inbox.inbox import Inbox
from radarr_desktop.engine.inbox.taking import Taking
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.journal.trash import Trash
from radarr_desktop.engine.journal.undo import Undo
from radarr_desktop.engine.library.files import MovieFiles
from radarr_desktop.engine.library.images import Images
from radarr_desktop.engine.library.index import LibraryIndex
from radarr_desktop.engine.library.metadata import Metadata
from radarr_desktop.engine.library.movies import Movies, NewMovie
from radarr_desktop.engine.library.moving import Moving
from radarr_desktop.engine.library.names import Names
from radarr_desktop.engine.library.renaming import Renaming
from radarr_desktop.engine.library.rescan import Rescan
from radarr_desktop.engine.library.shelves import RootFolders, Tags
from radarr_desktop.engine.library.sidecars import Sidecars
from radarr_desktop.engine.monitoring.clients import ClientChecks
from radarr_desktop.engine.monitoring.health import HealthItem, check_health
from radarr_desktop.engine.monitoring.starting import Starter
from radarr_desktop.engine.notifications.answers import Answers
from radarr_desktop.engine.notifications.notices import Notifications
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.quality.definitions import Definitions
from radarr_desktop.engine.quality.formats import Formats
from radarr_desktop.engine.quality.guides import Guides
from radarr_desktop.engine.quality.profiles import Profiles
from radarr_desktop.engine.reputation.reputations import Reputations
from radarr_desktop.engine.schedule import Schedule
from radarr_desktop.engine.search.acquire import Pipeline
from radarr_desktop.engine.search.analyzer import Analyzer
from radarr_desktop.engine.search.asking import Asking
from radarr_desktop.engine.search.backlog import Backlog
from radarr_desktop.engine.search.calendar import Calendar
from radarr_desktop.engine.search.indexer_states import IndexerStates
from radarr_desktop.engine.search.looking import Looker
from radarr_desktop.engine.search.mass import MassSearch
from radarr_desktop.engine.search.next_best import NextBestReleases
from radarr_desktop.engine.search.outbox import Outbox
from radarr_desktop.engine.search.push import Push
from radarr_desktop.engine.search.pushed import PushedTorrents
from radarr_desktop.engine.search.search import Search
from radarr_desktop.engine.search.sending import Sender
from radarr_desktop.engine.search.sources import Sources
from radarr_desktop.engine.search.turns import Turns
from radarr_desktop.engine.search.waiting import Waiting
from radarr_desktop.engine.secrets import Secrets, Store
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.engine.timed import TIMED
from radarr_desktop.store.database import Database

if TYPE_CHECKING:
    from radarr_desktop.engine.decisions.seen import Seen
    from radarr_desktop.engine.decisions.whatif import WhatIf
    from radarr_desktop.engine.decisions.why import Decisions
    from radarr_desktop.engine.imports.manual import ManualImport
    from radarr_desktop.engine.library.collection import Collection
    from radarr_desktop.engine.library.identify import Identifier
    from radarr_desktop.engine.reputation.statistics import Statistics

log = structlog.get_logger(__name__)


class Engine:
    """Belongs to one asyncio loop; made, started and stopped on it."""

    def __init__(
        self, paths: Paths, version: str, *, secret_store: Store | None = None, clock: Clock | None = None
    ) -> None:
        self.paths = paths
        self.version = version
        self.started_at = datetime.now(UTC)
        self.bus = Bus()
        self.db = Database(paths.database)
        self.secrets = Secrets(paths, secret_store)
        self.settings = AppSettings(self.db, self.secrets)
        self.jobs = Jobs(self.db)
        self._clock = clock or SystemClock()
        self.plugins = PluginHost(self.db, self.secrets, self.bus, paths, version, self._clock)

        self._make_library()
        self._make_rules()
        judge, reader = self._make_deciding()
        self._make_search(judge, reader)
        self._make_downloads(judge)
        self.notifications = Notifications(self.bus, self.jobs, self.plugins)
        Answers(self.bus, self.plugins, self.undo)
        self.schedule = Schedule(self.db, self.jobs, TIMED)
        self._handle_jobs()

    def _make_library(self) -> None:
        self._metadata = Metadata(self.plugins)
        self._changes = Changes(self.db, self.bus, self.jobs)
        self.undo = Undo(self.db, self._changes)
        self.trash = Trash(self.db, self.settings, self._changes)
        self.movies = Movies(self.db, self.bus, self.jobs, self._metadata, self.settings, self._changes)
        self.prober = Prober()
        self.rescan = Rescan(self.db, self.bus, self.jobs, self.movies, self.settings, self._changes, self.prober)
        self.images = Images(self.paths.images, self._metadata, self.movies)
        self.sidecars = Sidecars(self.db, self.bus, self.jobs, self.settings, self.images, self._changes)
        self.files = MovieFiles(self.db, self.bus, self.movies)
        self.folders = RootFolders(self.db)
        self.tags = Tags(self.db)
        self.history = History(self.db)
        self._index = LibraryIndex(self.db, self.bus)

    def _make_rules(self) -> None:
        self.profiles = Profiles(self.db, self.bus)
        self.formats = Formats(self.db, self.bus)
        self.definitions = Definitions(self.db, self.bus)
        self.guides = Guides(self.db, self.formats, self.profiles, self.definitions, self.version)
        self.names = Names(self.bus, self.settings, self.formats, self.definitions, self.guides)
        self.renaming = Renaming(self.db, self.bus, self.jobs, self.movies, self.names, self._changes, self.undo)
        self.moving = Moving(self.db, self.jobs, self.movies, self.settings, self._changes)
        self.rules = Rules(self.db, self.bus, self.settings, self.plugins)

    def _make_deciding(self) -> tuple[Judge, Reader]:
        self._aside = Aside()
        reader = Reader(self._aside)
        self._surroundings = surroundings = Surroundings(self.db, self.plugins, self.settings)
        decider = Decider(self._aside, self.formats.compiled)
        self.recheck = Recheck(self.db, surroundings, reader, decider)
        self.reputations = Reputations(self.db, self.bus, self.jobs)
        self.memory = Memory(self.db, self.settings, reader, self.version)
        return Judge(self.db, surroundings, decider, self._reputation), reader

    def _reputation(self) -> Reputation:
        return self.reputations.current

    def _make_search(self, judge: Judge, reader: Reader) -> None:
        self.waiting = Waiting(self.db, self.bus, self.jobs)
        self._sender = Sender(self.db, self.bus, self.jobs, self.plugins, Outbox(self.paths.torrents))
        self._pushed = PushedTorrents(self.paths.data / "pushed", self.version)
        looker = Looker(self.db, self.bus, self.plugins, self.settings, self._pushed)
        pipeline = Pipeline(self.db, self.bus, looker, self._index, reader, judge, self.waiting, self._sender)
        self._asking = Asking(self.db, self.bus, self.plugins)
        turns = Turns(self.db, self.bus, self._asking, self.settings, self.formats, self._clock)
        self.calendar = Calendar(self.db, self.plugins, turns)
        self._candidates = NextBestReleases(self.db, self.jobs, self.settings, judge, pipeline)
        self.search = Search(self.db, self.bus, self.jobs, self._asking, turns, self.movies, judge, pipeline)
        self.mass_search = MassSearch(self.jobs, self.plugins, self.movies, self._asking)
        self.backlog = Backlog(self.db, self.jobs, self.plugins, self._asking, turns, self.search)
        self.analyzer = Analyzer(self.db, self.bus, self.jobs, self.plugins, reader)
        self.indexers = IndexerStates(self.db, self.plugins)
        self.sources = Sources(self.db, self.bus, self.jobs, self.plugins)
        self.push = Push(self.db, self.plugins, reader, pipeline, self._pushed)

    def _make_downloads(self, judge: Judge) -> None:
        self._remover = Remover(self.db, self.jobs, self.plugins, self.settings)
        self.failures = Failures(self.db, self.bus, self.jobs, self.plugins, self.settings, self._candidates)
        strikes, mender = Strikes(self.db), Mender(self.plugins)
        watch = Watch(self.bus, self.plugins, self.settings, self.failures, strikes, mender)
        self._tracker = Tracker(self.db, self.bus, self.jobs, self.plugins, watch.look)
        Unseen(self.db, self.bus, self.jobs, self.plugins, self.settings, self.failures)
        Filing(self.db, self.jobs, self.plugins)
        self.starter = Starter(self.plugins)
        self._client_checks = ClientChecks(self.bus, self.jobs, self.plugins)
        self.downloads = Downloads(self.db, self.bus, self.plugins, self._tracker, watch, self._remover)
        self.slow_mode = SlowMode(self.bus, self.plugins)
        self.blocklist = Blocklist(self.db, self.bus, self.jobs, self.settings)
        self.remote_paths = RemotePaths(self.db, self.plugins)
        finished = FinishedDownloads(self.plugins, self.remote_paths)
        features = Features(self.db, self.bus, self.settings, self.prober, finished)
        placer = Placer(self.db, self.jobs, self.settings, self.names, self._changes)
        self.packs = Packs(self.db, self.bus, self.movies, judge, features, placer, self._index)
        left = LeftDownloads(self.db, self.bus, self.jobs, self.failures)
        self.imports = Imports(self.db, self.jobs, self.movies, judge, features, placer, self.packs, left)
        self._judge, self._finished = judge, finished
        self.inbox = Inbox(self.db, self.bus, self.jobs, Taking(self.db, self.search, lambda: self.manual))
        self.watch_folders = WatchFolders(self.db, self.bus, self.inbox)

    # What follows is rarely used, and loaded when it is: what is never needed takes no memory.

    @cached_property
    def decisions(self) -> Decisions:
        """Why a movie has the file it has, or none."""
        from radarr_desktop.engine.decisions.why import Decisions

        return Decisions(self.db)

    @cached_property
    def whatif(self) -> WhatIf:
        """What other rules would have come to."""
        from radarr_desktop.engine.decisions.whatif import WhatIf

        compiled = self.formats.compiled
        return WhatIf(self.db, self.bus, self.settings, self._surroundings, compiled, self._reputation)

    @cached_property
    def seen(self) -> Seen:
        """The releases seen, as profiles and formats are edited."""
        from radarr_desktop.engine.decisions.seen import Seen

        return Seen(self.db, self._aside, self.formats.compiled)

    @cached_property
    def collection(self) -> Collection:
        """Existing collections, looked through and adopted."""
        from radarr_desktop.engine.library.adopt import Adoption
        from radarr_desktop.engine.library.collection import Collection
        from radarr_desktop.engine.library.placing import Placing

        placing = Placing(self.db, self._aside, self.prober, self._identifier)
        adoption = Adoption(self.db, self.bus, self.jobs, self.movies, self._identifier)
        return Collection(self.db, self.bus, self.jobs, self.folders, placing, adoption)

    @cached_property
    def statistics(self) -> Statistics:
        """The releases seen, in numbers."""
        from radarr_desktop.engine.reputation.statistics import Statistics

        return Statistics(self.db, self._aside, self.reputations)

    @cached_property
    def manual(self) -> ManualImport:
        """Manual import, with suggestions."""
        from radarr_desktop.engine.imports.manual import ManualImport
        from radarr_desktop.engine.imports.suggest import Suggester

        suggester = Suggester(self.db, self._identifier, self.prober, self._judge, self._finished)
        return ManualImport(self.bus, self.jobs, self.movies, self.imports, suggester)

    @cached_property
    def _identifier(self) -> Identifier:
        from radarr_desktop.engine.library.identify import Identifier

        return Identifier(self.db, self._index, self._metadata)

    async def open(self) -> None:
        """Make folders, open the database: from here on the verbs that only read work."""
        self.paths.make()
        await self.db.open()

    async def start(self) -> None:
        """Load plugins, end what a crash interrupted, then work."""
        await self.profiles.make_usual()
        await self.plugins.start()
        await self.recover()
        await self.reputations.start()
        await self._sender.resume()
        await self.jobs.start()
        self._tracker.start()
        self.inbox.start()
        await self.schedule.start()
        log.info("engine.started", version=self.version)

    async def recover(self) -> None:
        """End what a crash interrupted, before anything else is done with files."""
        await self._changes.recover()
        await self.imports.recover()

    async def stop(self) -> None:
        """The same in reverse."""
        await self.schedule.stop()
        await self.inbox.stop()
        await self._tracker.stop()
        await self.jobs.stop()
        await self._asking.stop()
        await self.bus.drain()
        await self.plugins.stop()
        await self.prober.close()
        await self._aside.stop()
        await self.db.close()
        log.info("engine.stopped")

    async def health(self) -> list[HealthItem]:
        """What does not work."""
        away = [
            HealthItem("watch folder", "warning", folder.problem, "Mount its disk, or watch another folder.")
            for folder in await self.watch_folders.all()
            if folder.problem
        ]
        held = [HealthItem("library", "warning", said) for said in self.rescan.held]
        todo = "The backlog finds them; or search the movies you miss."
        gaps = [HealthItem("indexer", "warning", said, todo) for said in await self.search.feeds.missed()]
        return [*await self._health(), *away, *held, *gaps]

    async def _health(self) -> list[HealthItem]:
        damage = self.db.damage or self.db.hindrance
        faults, not_added = self._client_checks.faults(), await self._not_added()
        return await check_health(
            self.plugins, self.folders, self.remote_paths, self.secrets, not_added, damage, faults
        )

    def speeds(self) -> tuple[int, int]:
        """Bytes a second down and up, of the last look at the clients."""
        return self._tracker.speeds

    async def _not_added(self) -> list[Job]:
        """Given-up jobs of movies that are still missing, the newest of each."""
        newest = {int(job.payload["tmdb_id"]): job for job in await self.jobs.dead("add_movie")}
        return [job for tmdb_id, job in newest.items() if await self.movies.by_tmdb(tmdb_id) is None]

    def _handle_jobs(self) -> None:
        self.jobs.handle("scan_collection", self._scan_collection)
        self.jobs.handle("adopt_collection", self._adopt_collection)
        self.jobs.handle("undo_adoption", self._undo_adoption)
        self.jobs.handle("manual_import", self._import_by_hand)
        self.jobs.handle("import_folder", self._import_folder)
        self.jobs.handle("take_guide", self.guides.job)
        self.jobs.handle("reset_definitions", self._reset_definitions)
        self.jobs.handle("add_movie", self._add_movie)
        self.jobs.handle("refresh_movie", self._refresh_movie)
        self.jobs.handle("refresh_movies", self._refresh_movies)
        self.jobs.handle("refresh_downloads", self._refresh_downloads)
        self.jobs.handle("housekeeping", self._housekeeping)

    async def _scan_collection(self, payload: Mapping[str, Any]) -> None:
        await self.collection.scan_job(payload)

    async def _adopt_collection(self, payload: Mapping[str, Any]) -> None:
        await self.collection.adopt_job(payload)

    async def _undo_adoption(self, payload: Mapping[str, Any]) -> None:
        await self.collection.undo_job(payload)

    async def _import_by_hand(self, payload: Mapping[str, Any]) -> None:
        await self.manual.job(payload)

    async def _import_folder(self, payload: Mapping[str, Any]) -> None:
        await self.manual.scan_job(payload)

    async def _reset_definitions(self, payload: Mapping[str, Any]) -> None:
        await self.definitions.reset()

    async def _add_movie(self, payload: Mapping[str, Any]) -> None:
        if await self.movies.by_tmdb(int(payload["tmdb_id"])) is None:
            await self.movies.add(NewMovie(**payload))

    async def _refresh_movie(self, payload: Mapping[str, Any]) -> None:
        movie = await self.movies.refresh(int(payload["movie_id"]))
        await self.sidecars.follow(movie.id)

    async def _refresh_movies(self, payload: Mapping[str, Any]) -> None:
        for movie in await self.movies.all():
            await self.jobs.enqueue("refresh_movie", {"movie_id": movie.id}, priority=-20)

    async def _refresh_downloads(self, payload: Mapping[str, Any]) -> None:
        await self.downloads.refresh()

    async def _housekeeping(self, payload: Mapping[str, Any]) -> None:
        await self.jobs.forget()
        await self.memory.forget()
        await self.reputations.gather()  # before what it is made of is forgotten
        await self.blocklist.expire()
        await self.indexers.forget_old()
        await self.reputations.refresh()
        await self.memory.read_anew()
        await self.waiting.forget_old()
        await self.push.sweep()
        await self.trash.sweep(datetime.now(UTC))
