"""qBittorrent, from 4.1 on, through its Web UI."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from radarr_desktop.plugin_api import (
    Context,
    Download,
    DownloadClient,
    DownloadFile,
    NotFound,
    Order,
    Program,
    Rejected,
    Start,
    Torrent,
    Unreachable,
    read_json,
)
from radarr_desktop_plugins.qbittorrent import offers, versions
from radarr_desktop_plugins.qbittorrent.checks import check
from radarr_desktop_plugins.qbittorrent.listing import Listing
from radarr_desktop_plugins.qbittorrent.settings import Layout, QBittorrentSettings
from radarr_desktop_plugins.qbittorrent.torrents import number, text
from radarr_desktop_plugins.qbittorrent.web_api import WebApi, rows, said

if TYPE_CHECKING:
    import httpx

__all__ = ["Layout", "QBittorrent", "QBittorrentSettings"]

PATIENCE = 10.0
"""Seconds a torrent may take to appear or vanish after qBittorrent said yes."""
FETCHING = 20.0
"""The same for one that it has to fetch from an address."""
MISSING = "missingFiles"
_WORKING = 2
"""A tracker that answers."""
_ORDERS: dict[Order, tuple[str, dict[str, str]]] = {
    Order.FIRST: ("topPrio", {}),
    Order.LAST: ("bottomPrio", {}),
    Order.FORCE: ("setForceStart", {"value": "true"}),
    Order.UNFORCE: ("setForceStart", {"value": "false"}),
    Order.RECHECK: ("recheck", {}),
    Order.REANNOUNCE: ("reannounce", {}),
}


class QBittorrent(DownloadClient[QBittorrentSettings]):
    """Keeps a copy of qBittorrent's list up to date by the differences it sends."""

    name = "qBittorrent"
    description = "Downloads with your qBittorrent, in a category of its own."
    info_url = "https://www.qbittorrent.org"
    programs = (
        Program("qbittorrent", "org.qbittorrent.qBittorrent"),
        Program("qbittorrent-nox", has_window=False),
    )
    fetching: float = FETCHING

    def __init__(self, settings: QBittorrentSettings, context: Context) -> None:
        super().__init__(settings, context)
        self._api = WebApi(context.http, settings.base_url, settings.username, settings.password, settings.api_key)
        self._listing = Listing(frozenset(filter(None, (settings.category, settings.imported_category))))
        self._session = 0
        self._lock = asyncio.Lock()

    @property
    def host(self) -> str:
        """Of its address; its folders may have other names there, also in a container of this machine."""
        return urlsplit(self.settings.base_url).hostname or ""

    async def test(self) -> None:
        """Prove address, login, version, categories and save path."""
        self._api.forgive()
        await check(self._api, self.settings)

    async def add(self, torrent: Torrent) -> str:
        """Hand over the torrent file or the magnet link; the id once qBittorrent lists it."""
        if known := await self._known(torrent):
            return known
        answer = await self._offer(torrent)
        if answer.status_code == 415:
            raise Rejected(f"qBittorrent cannot read the torrent file of “{torrent.name}”. Take another release.")
        refused = answer.status_code == 409 or said(answer) == "Fails."
        if not refused:
            self._api.accept(answer)
        patience = 1.0 if refused else self.fetching if torrent.url else PATIENCE
        if await self._until(lambda: self._find(torrent) is not None, patience):
            id_ = str(await self._known(torrent))
            await self._apply(torrent, id_)
            return id_
        if refused:
            raise Rejected(f"qBittorrent did not take “{torrent.name}”. Its log may say why.")
        raise Unreachable(f"qBittorrent took “{torrent.name}” but does not list it. Look into its log.")

    async def downloads(self) -> Sequence[Download]:
        """The torrents of our category."""
        await self._refresh()
        return self._listing.ours()

    async def files(self, id: str) -> Sequence[DownloadFile]:
        """The files of one torrent."""
        found, missing = await self._own(id)
        if missing:
            raise _not_found(missing)
        answer = await self._api.get("torrents/files", hash=found[0])
        if answer.status_code == 404:
            raise _not_found([id])
        self._api.accept(answer)
        return [
            DownloadFile(
                text(row, "name"), int(number(row, "size")), number(row, "progress"), number(row, "priority") > 0
            )
            for row in rows(read_json(answer))
        ]

    async def remove(self, *ids: str, delete_files: bool) -> None:
        """Forget those that are ours; returns when qBittorrent lists them no more."""
        own, _ = await self._own(*ids)
        if not own:
            return
        await self._tell("delete", own, deleteFiles="true" if delete_files else "false")
        if not await self._until(lambda: not any(one in self._listing for one in own)):
            raise Unreachable("qBittorrent said yes to removing a torrent but still lists it. Look into its log.")

    async def pause(self, *ids: str) -> None:
        """Stop transferring."""
        await self._each("pause" if await self._api.version() < versions.STOP_AND_START else "stop", ids)

    async def resume(self, *ids: str) -> None:
        """Go on transferring, at full speed what was held back."""
        version = await self._api.version()
        await self._each("resume" if version < versions.STOP_AND_START else "start", ids)
        if version < versions.STOPS_AT_METADATA:
            own, _ = await self._own(*ids)
            if slow := [one for one in own if self._listing.download_limit(one) == offers.SLOW]:
                await self._tell("setDownloadLimit", slow, limit="0")

    async def order(self, order: Order, *ids: str) -> None:
        """Pass it on; a queue that is switched off has no first and no last."""
        if order is not Order.IMPORTED:
            verb, values = _ORDERS[order]
            is_too_old = order is Order.REANNOUNCE and await self._api.version() < versions.REANNOUNCES
            await self._each("" if is_too_old else verb, ids, **values)
            if order is Order.RECHECK:
                await self._wake(ids)
        elif category := self.settings.imported_category:
            await self._api.post("torrents/createCategory", category=category)
            await self._each("setCategory", ids, category=category)
        else:
            await self._each("", ids)

    async def _wake(self, ids: Sequence[str]) -> None:
        """One whose files were missing is not checked, at least in 4.5, before it is resumed."""
        own, _ = await self._own(*ids)
        if lost := [one for one in own if self._listing.state(one) == MISSING]:
            await self.resume(*lost)

    async def slowed(self) -> bool:
        """Do what it calls its alternative limits hold?"""
        answer = await self._api.get("transfer/speedLimitsMode")
        self._api.accept(answer)
        return said(answer) == "1"

    async def slow_down(self, *, slow: bool) -> None:
        """All versions can turn it round; not all can be told which way."""
        if await self.slowed() is not slow:
            self._api.accept(await self._api.post("transfer/toggleSpeedLimitsMode"))

    async def complaint(self, id: str) -> str:
        """What the trackers say; the first rows are no trackers."""
        found, missing = await self._own(id)
        if missing:
            raise _not_found(missing)
        answer = await self._api.get("torrents/trackers", hash=found[0])
        self._api.accept(answer)
        told = [row for row in rows(read_json(answer)) if not text(row, "url").startswith("** [")]
        if any(number(row, "status") == _WORKING for row in told):
            return ""
        return next((text(row, "msg") for row in told if text(row, "msg")), "")

    async def sharing(self, id: str) -> Sequence[str]:
        """Of all categories: torrents for other trackers are often put into another one."""
        found, _ = await self._own(id)
        if not found:
            return []
        files = {file.path for file in await self.files(found[0])}
        shared = []
        for other in self._listing.beside(found[0]):
            answer = await self._api.get("torrents/files", hash=other)
            self._api.accept(answer)
            if any(text(row, "name") in files for row in rows(read_json(answer))):
                shared.append(self._listing.name(other))
        return shared

    async def _each(self, verb: str, ids: Sequence[str], **values: str) -> None:
        own, missing = await self._own(*ids)
        if own and verb:
            await self._tell(verb, own, **values)
        if missing:
            raise _not_found(missing)

    async def _tell(self, verb: str, own: Sequence[str], **values: str) -> None:
        answer = await self._api.post(f"torrents/{verb}", hashes="|".join(own), **values)
        if answer.status_code != 409 or not verb.endswith("Prio"):
            self._api.accept(answer)

    async def _apply(self, torrent: Torrent, id_: str) -> None:
        """What not every version understands while adding."""
        terms, goals = torrent.terms, offers.goals(torrent)
        if goals and await self._api.version() < versions.LIMITS_NEW_ONES:
            usual = {"ratioLimit": "-2", "seedingTimeLimit": "-2"}
            await self._tell("setShareLimits", [id_], **(usual | goals))
        if terms.first or self.settings.first:
            await self._tell("topPrio", [id_])
        if terms.start is Start.FORCED:
            await self._tell("setForceStart", [id_], value="true")
        if mark := offers.mark(torrent):
            await self._tell("removeTags", [id_], tags=mark)
            self._api.accept(await self._api.post("torrents/deleteTags", tags=mark))

    async def _offer(self, torrent: Torrent) -> httpx.Response:
        version = await self._api.version()
        if torrent.url and not torrent.hashes and version < versions.TAGS_NEW_ONES:
            raise Rejected(f"This qBittorrent is too old to fetch “{torrent.name}” from an address. Update it.")
        part = {"torrents": ("a.torrent", torrent.data, "application/x-bittorrent")} if torrent.data else None
        return await self._api.post("torrents/add", files=part, **offers.form(torrent, self.settings, version))

    async def _known(self, torrent: Torrent) -> str | None:
        """The id of this torrent when qBittorrent has it; one without a category becomes ours."""
        await self._refresh()
        id_ = self._find(torrent)
        if id_ is None or self._listing.is_ours(id_):
            return id_
        if other := self._listing.category(id_):
            raise Rejected(
                f"qBittorrent has “{torrent.name}” already, in the category “{other}”. "
                f"Move it to “{self.settings.category}” there."
            )
        await self._api.post("torrents/createCategory", category=self.settings.category)
        await self._tell("setCategory", [id_], category=self.settings.category)
        return id_

    def _find(self, torrent: Torrent) -> str | None:
        mark = offers.mark(torrent)
        return self._listing.find(_names(torrent)) or (self._listing.tagged(mark) if mark else None)

    async def _own(self, *ids: str) -> tuple[list[str], list[str]]:
        """qBittorrent's ids of those that are ours, and what names none of ours."""
        found: dict[str, str | None] = {}
        for is_fresh in (False, True):
            if is_fresh:
                await self._refresh()
            found = {one: self._listing.find([one.lower()]) for one in ids}
            if all(own and self._listing.is_ours(own) for own in found.values()):
                break
        ours = {one: own for one, own in found.items() if own and self._listing.is_ours(own)}
        return list(dict.fromkeys(ours.values())), [one for one in found if one not in ours]

    async def _until(self, reached: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        deadline = time.monotonic() + seconds
        while True:
            await self._refresh()
            if reached():
                return True
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.1)

    async def _refresh(self) -> None:
        """Merge what changed since the last time; a new session starts over."""
        async with self._lock:
            change = await self._api.json("sync/maindata", rid=self._listing.rid)
            if self._session != self._api.logins and self._listing.rid:
                change = await self._api.json("sync/maindata", rid=0)
            self._session = self._api.logins
            self._listing.merge(change)


def _names(torrent: Torrent) -> frozenset[str]:
    return frozenset(one for name in torrent.hashes for one in (name.lower(), name[:40].lower()))


def _not_found(ids: Sequence[str]) -> NotFound:
    return NotFound(f"qBittorrent has no torrent {', '.join(one[:64] for one in ids[:3])} in our category.")
