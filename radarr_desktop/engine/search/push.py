"""Releases that another program found and pushes: the pipeline, entered with one release."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from radarr_desktop.domain.decision import Candidate, Purpose, Verdict
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine import correlation
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.search.acquire import Pipeline
from radarr_desktop.engine.search.offers import is_sane, public
from radarr_desktop.engine.search.pushed import PushedTorrents, guid_of
from radarr_desktop.plugin_api import Release, TimedOut, Unreachable
from radarr_desktop.store import pending
from radarr_desktop.store.database import Database

PUSHED = "pushed"
"""Stands for an indexer where none is named."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a pushed release."""

    candidate: Candidate
    movie: Movie | None = None
    """None: it is of no movie of the library."""
    verdict: Verdict | None = None
    grab: Grab | None = None
    doubt: str = ""
    """Why it is not sure which movie it is of, as a sentence."""


class Push:
    """One at a time: two programs that push the same release must not take it twice."""

    def __init__(
        self, db: Database, plugins: PluginHost, reader: Reader, pipeline: Pipeline, torrents: PushedTorrents
    ) -> None:
        self._db = db
        self._plugins = plugins
        self._reader = reader
        self._pipeline = pipeline
        self._torrents = torrents
        self._one = asyncio.Lock()

    async def push(self, release: Release, link: str, *, indexer_id: int = 0, indexer: str = "") -> Pushed:
        """Judge a release that is behind ``link`` (of a .torrent, or a magnet link), and take it if it is wanted."""
        named = replace(release, guid=guid_of(link), magnet=link if link.startswith("magnet:") else "")
        release = public(named)
        if not is_sane(release):
            raise Problem(Kind.BAD_INPUT, "The release has no name, or no size that can be.", field="title")
        candidate = await self._candidate(release, indexer_id, indexer)
        if candidate.parsed.refused:
            raise Problem(Kind.BAD_INPUT, "Unable to parse", f"“{release.title}” is no name of a movie.", field="title")
        with correlation.correlated():
            async with self._one:
                return await self._push(candidate, link)

    async def sweep(self) -> None:
        """Drop the torrents of releases that wait no more."""
        waiting = await self._db.read(pending.every)
        await self._torrents.keep_only(each.release.release.guid for each in waiting)

    async def _push(self, candidate: Candidate, link: str) -> Pushed:
        match = await self._pipeline.movie_of(candidate.parsed, candidate.release)
        if not match.movie_id:
            return Pushed(candidate, doubt=match.doubt.value)
        ((movie, _),) = wanted = await self._pipeline.movies_of({match.movie_id: [candidate]})
        (all_judged,) = await self._pipeline.judge(wanted, Purpose.PUSH)
        judged = next(each for each in all_judged if each.candidate.release.guid == candidate.release.guid)
        if not (judged.verdict.accepted or judged.verdict.waits):
            return Pushed(judged.candidate, movie, judged.verdict)
        try:
            await self._fetch(candidate.release.guid, link)
            grab = (await self._pipeline.run(wanted, Purpose.PUSH)).grab
        finally:
            await self.sweep()
        taken = grab if grab is not None and grab.release_id == judged.candidate.release_id else None
        return Pushed(judged.candidate, movie, judged.verdict, taken)

    async def _fetch(self, guid: str, link: str) -> None:
        """Get its torrent, or leave that to a client elsewhere that may reach what this program does not."""
        try:
            await self._torrents.fetch(guid, link)
        except Problem as problem:
            has_client = any(client.plugin.host for client in self._plugins.clients())
            if type(problem.__cause__) not in (Unreachable, TimedOut) or not has_client:
                raise
            await self._torrents.keep(guid, link)

    async def _candidate(self, release: Release, indexer_id: int, indexer: str) -> Candidate:
        (parsed,) = await self._reader.read([release.title])
        for live in self._plugins.indexers():
            if live.id == indexer_id or (indexer and live.name.casefold() == indexer.casefold()):
                return Candidate(release, parsed, live.id, live.name, live.stored.priority)
        return Candidate(release, parsed, 0, indexer or PUSHED)
