"""Watch for downloads that are stuck: strikes against them, what is told of them, and the end of patience."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.events import QueueChanged
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.domain.stuck import RULES, DownloadSettings, Rule, Trouble, error_of, observe, trouble_of
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.downloads.failing import Failures
from radarr_desktop.engine.downloads.mending import Mender, explained
from radarr_desktop.engine.downloads.striking import Strikes
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadState, PluginError
from radarr_desktop.plugin_api.addresses import without_keys

EVERY = 30.0
"""Seconds between two looks that count."""
LONGEST_GAP = 90.0
"""What lies further apart counts as nothing: the client was away, or the machine slept."""
QUIET = timedelta(hours=1)
"""So long nobody is told of a download that stands still: that is usual."""
ONLINE = 1800.0
"""Seconds since an indexer answered in which the network surely worked."""
HEARD = 300.0
"""Seconds that an answer about trackers holds."""
_ASKED_AT_ONCE = 5

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Watch:
    """Looks when the tracker does. Nothing counts while everything stands still: then the network is down."""

    bus: Bus
    plugins: PluginHost
    settings: AppSettings
    failures: Failures
    strikes: Strikes
    mender: Mender
    every: float = EVERY
    longest_gap: float = LONGEST_GAP
    quiet: timedelta = QUIET
    heard: float = HEARD
    troubles: dict[int, Trouble] = field(default_factory=dict)
    """By grab."""
    _looked: dict[int, float] = field(default_factory=dict)
    """By client, on the loop's clock."""
    _open: dict[int, set[int]] = field(default_factory=dict)
    """Grabs by client."""
    _complaints: dict[int, tuple[float, str]] = field(default_factory=dict)
    """By grab: when, and what its trackers say."""

    async def look(self, client: Live[DownloadClient[Any]], pairs: Sequence[tuple[Grab, Download | None]]) -> None:
        """One client answered; these grabs are open with it, and this is what it says of them."""
        now = asyncio.get_running_loop().time()
        gap = now - self._looked.get(client.id, now - self.longest_gap - 1)
        if gap < self.every:
            return
        self._looked[client.id] = now
        await self.strikes.read()
        settings = await self._settings(client)
        fetched = [
            (grab, await explained(seen))
            for grab, seen in pairs
            if grab.state is GrabState.DOWNLOADING and seen is not None
        ]
        await self._ask_trackers(client, [grab for grab, seen in fetched if not seen.speed and not seen.seeds], now)
        seconds = gap if gap <= self.longest_gap else 0.0
        online = self._is_online([seen for _, seen in fetched], now)
        before = set(self.troubles)
        over: list[tuple[Grab, Trouble]] = []
        for place, (grab, seen) in enumerate(fetched):
            if place % 50 == 49:
                await asyncio.sleep(0)
            found = self._judge(grab, seen, settings, seconds, online=online)
            self._tell(grab, seen, found)
            over += [(grab, trouble) for _, trouble in found if seconds and trouble.left == timedelta()][:1]
        self._forget(client.id, {grab.id for grab, _ in pairs})
        await self.strikes.keep()
        await self.mender.look(client, fetched)
        if over:  # one at a time: if it is our fault, not all are lost
            await self._give_up(*over[0])
        if before != set(self.troubles):
            self.bus.publish(QueueChanged())

    async def _settings(self, client: Live[DownloadClient[Any]]) -> DownloadSettings:
        """What somebody slowed down on purpose is not too slow."""
        settings = await self.settings.downloads()
        if not settings.slow_kb:
            return settings
        try:
            slowed = await self.plugins.call(client, lambda plugin: plugin.slowed())
        except PluginError:  # the next look knows
            return settings
        return replace(settings, slow_kb=0) if slowed else settings

    def _judge(
        self, grab: Grab, download: Download, settings: DownloadSettings, seconds: float, *, online: bool
    ) -> list[tuple[Rule, Trouble]]:
        """What there is against one download now."""
        now, complaint = datetime.now(UTC), self._complaints.get(grab.id, (0.0, ""))[1]
        is_private = grab.private or bool(download.private)
        found = []
        for rule in RULES:
            key = (grab.id, rule.reason)
            counted = seconds if online or rule.told_by_others else 0.0
            strike = None
            if grab.wait_until is None or grab.wait_until <= now:
                strike = observe(rule, self.strikes.get(key), download, complaint, settings, counted, now)
            self.strikes.set(key, strike)
            if strike is not None:
                acts = settings.act_on_private or not (is_private and rule.spares_private)
                found.append((rule, trouble_of(rule, strike, download, complaint, settings, acts=acts)))
        return found

    def _tell(self, grab: Grab, download: Download, found: Sequence[tuple[Rule, Trouble]]) -> None:
        """What people should know of it, if anything."""
        told = next((one for rule, one in found if rule.told_by_others or one.lasts >= self.quiet), None)
        if told is None and download.state is DownloadState.ERROR:
            known = self.troubles.get(grab.id)
            told = Trouble(error_of(download), download.message, known.since if known else datetime.now(UTC))
        if told is None:
            self.troubles.pop(grab.id, None)
        else:
            self.troubles[grab.id] = told

    def _is_online(self, downloads: Iterable[Download], now: float) -> bool:
        """Does anything at all move, or has an indexer answered lately?"""
        if any(one.speed or one.upload_speed or one.seeds or one.peers for one in downloads):
            return True
        heard = [live.guard.answered_at for live in self.plugins.indexers()]
        return any(at is not None and now - at < ONLINE for at in heard)

    async def _ask_trackers(self, client: Live[DownloadClient[Any]], alone: Sequence[Grab], now: float) -> None:
        """Of those that nobody gives anything: their trackers may say why."""
        due = [grab for grab in alone if now - self._complaints.get(grab.id, (now - self.heard, ""))[0] >= self.heard]
        for grab in due[:_ASKED_AT_ONCE]:
            try:
                self._complaints[grab.id] = (now, await self._complaint(client, grab.hashes[0]))
            except PluginError:
                return

    async def _complaint(self, client: Live[DownloadClient[Any]], id_: str) -> str:
        return without_keys(await self.plugins.call(client, lambda plugin: plugin.complaint(id_)))

    async def _give_up(self, grab: Grab, trouble: Trouble) -> None:
        try:
            await self.failures.fail(grab.id, trouble.reason, trouble.sentence)
        except Problem as problem:  # it ended meanwhile
            log.info("download.not_given_up", release=grab.title, problem=str(problem))
        self.troubles.pop(grab.id, None)

    def _forget(self, client_id: int, open_ids: set[int]) -> None:
        """What has ended."""
        gone = self._open.get(client_id, set()) - open_ids
        self._open[client_id] = open_ids
        self.strikes.forget(gone)
        for grab_id in gone:
            self.troubles.pop(grab_id, None)
            self._complaints.pop(grab_id, None)
