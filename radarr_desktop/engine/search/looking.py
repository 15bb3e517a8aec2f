"""A chosen release is looked into before it is taken; what was seen is remembered with its verdict."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.decision import Candidate, Check, Outcome, Verdict
from radarr_desktop.domain.decision.contents import Promise
from radarr_desktop.domain.decision.evaluate import with_check
from radarr_desktop.domain.events import ReleaseInspected
from radarr_desktop.domain.failure_reading import of_error
from radarr_desktop.domain.failures import Failure, Reason, reason_of
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.engine import correlation
from radarr_desktop.engine.budget import Urgency, urgency
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judged
from radarr_desktop.engine.downloads.blocklist import remember
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.search.inspect import Inspected, behind_address, inspect, look_into
from radarr_desktop.engine.search.offers import told_by
from radarr_desktop.engine.search.pushed import PushedTorrents
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import PluginError, Rejected
from radarr_desktop.store import blocklist, history, verdicts
from radarr_desktop.store.database import Database


class Looker:
    """Gets torrents from where they are, and looks into them."""

    def __init__(
        self, db: Database, bus: Bus, plugins: PluginHost, settings: AppSettings, pushed: PushedTorrents
    ) -> None:
        self._db = db
        self._bus = bus
        self._plugins = plugins
        self._settings = settings
        self._pushed = pushed

    async def look(self, movie: Movie, judged: Judged, *, force: bool) -> Inspected:
        """Look into one release. Raises the named errors of its indexer; ``force``: nothing is blocked."""
        inspected = await self._unless_known(movie, await self._inspected(movie, judged))
        await self._remember(movie, judged, inspected, block=inspected.is_final and not force)
        self._bus.publish(
            ReleaseInspected(
                correlation=correlation.current(),
                movie_id=movie.id,
                release_title=judged.candidate.release.title,
                files=inspected.files,
                accepted=inspected.check.outcome is Outcome.ACCEPTED,
                reason=inspected.check.sentence,
            )
        )
        return inspected

    async def given(self, item: bytes | str) -> Inspected:
        """Look into what the user has; which movie it is of is not known yet."""
        promise = Promise(unpacks=(await self._settings.media()).unpack)
        return await asyncio.to_thread(look_into, item, "", promise)

    async def _inspected(self, movie: Movie, judged: Judged) -> Inspected:
        candidate = judged.candidate
        release = candidate.release
        unpacks = (await self._settings.media()).unpack
        promise = Promise(release.size, movie.info.runtime, candidate.parsed.quality, unpacks)
        item = await self._pushed.get(release)
        if isinstance(item, str) and item.startswith("http"):
            return behind_address(item, release.title)
        if item is not None:
            return await asyncio.to_thread(look_into, item, release.title, promise, release.info_hash)
        indexer = next((live for live in self._plugins.indexers() if live.id == candidate.indexer_id), None)
        if indexer is None:
            what, todo = f"{candidate.release.title} cannot be fetched.", "Set the indexer up again, then search."
            raise Problem(Kind.NOT_FOUND, what, f"The indexer {candidate.indexer} is not set up any more.", todo)
        try:
            with urgency(Urgency.USER):  # whoever searched, what was found and chosen is worth its request
                return await inspect(self._plugins, indexer, release, promise)
        except PluginError as error:  # not the release's fault, but people ask why it was not taken
            check = Check("contents", "not fetched", "a sound torrent", Outcome.DELAYED, told_by(indexer, error))
            await self._remember(movie, judged, Inspected(check), block=False)
            reason = Reason.SERVER_ERROR if isinstance(error, Rejected) else of_error(error)
            failure, subject = Failure(reason, told_by(indexer, error)), _subject(movie, candidate)
            await self._db.run(lambda: remember(failure, subject, datetime.now(UTC)))
            raise

    async def _unless_known(self, movie: Movie, inspected: Inspected) -> Inspected:
        """A torrent may be on the blocklist though its indexer tells no hash, or lists it under another name."""
        hashes = inspected.torrent.hashes if inspected.torrent else ()
        now = datetime.now(UTC)
        known = await self._db.read(lambda: blocklist.by_hashes(movie.id, hashes, now)) if hashes else None
        if known is None or inspected.check.outcome is not Outcome.ACCEPTED:
            return inspected
        sentence = f"Its torrent is on the blocklist. {known.reason}"
        check = Check("contents", "a known torrent", "not blocked", Outcome.REJECTED, sentence)
        return replace(inspected, check=check, reason=reason_of(known.cause) or Reason.MANUALLY_REJECTED)

    async def _remember(self, movie: Movie, judged: Judged, inspected: Inspected, *, block: bool) -> None:
        verdict: Verdict = with_check(judged.verdict, inspected.check)
        candidate, now = judged.candidate, datetime.now(UTC)
        refused = inspected.check.outcome is Outcome.REJECTED

        def work() -> None:
            verdicts.remember(movie.slot.id, [(candidate.release_id, verdict)], now)
            if refused:
                reason, release = inspected.check.sentence, candidate.release
                if block:
                    remember(Failure(inspected.reason, reason), _subject(movie, candidate), now)
                history.happened(
                    HistoryEntry(
                        0,
                        movie.id,
                        HistoryKind.INSPECTED,
                        now,
                        release.title,
                        candidate.parsed.quality.id,
                        release.info_hash.upper(),
                        correlation.current(),
                        {"reason": reason, "indexer": candidate.indexer},
                    )
                )

        await self._db.run(work)


def _subject(movie: Movie, candidate: Candidate) -> Subject:
    release = candidate.release
    return Subject(movie.id, release.title, release.info_hash, candidate.indexer, candidate.parsed.group)
