"""qBittorrent, from 4.3 on, through its Web UI."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import (
    BadAnswer,
    Context,
    Download,
    DownloadClient,
    DownloadFile,
    NotFound,
    Rejected,
    Settings,
    Torrent,
    Unreachable,
    read_json,
)
from radarr_desktop_plugins.qbittorrent.torrents import HASH, download, hashes, number, text
from radarr_desktop_plugins.qbittorrent.web_api import WebApi, rows, said

if TYPE_CHECKING:
    import httpx

OLDEST = (2, 8, 0)
"""Web API of qBittorrent 4.3.3: older ones keep other names for layout and hashes."""
STOP_AND_START = (2, 11, 0)
"""From here (qBittorrent 5.0) on, pause and resume have these names."""
PATIENCE = 10.0
"""Seconds a torrent may take to appear or vanish after qBittorrent said yes."""
_MAGNET = re.compile(
    r"magnet:\?(?=.*xt(\.\d+)?=urn:(btih:([0-9a-f]{40}|[a-z2-7]{32})|btmh:1220[0-9a-f]{64})(&|$))[!-~]+", re.IGNORECASE
)


class QBittorrentSettings(Settings):
    """Where qBittorrent is and what belongs to this program in it."""

    base_url: str = Field(
        "http://localhost:8080", title="Address", description="Of its Web UI, with http:// or https://."
    )
    username: str = Field("", title="User name")
    password: SecretStr = Field(SecretStr(""), title="Password")
    api_key: SecretStr = Field(
        SecretStr(""),
        title="API key",
        description="Instead of user name and password, from qBittorrent 5.2 on.",
        json_schema_extra={"advanced": True},
    )
    category: str = Field(
        "radarr-desktop",
        min_length=1,
        max_length=100,
        title="Category",
        description="Only torrents with it are seen, paused or removed.",
    )
    save_path: str = Field(
        "",
        title="Save path",
        description="As qBittorrent sees it; empty for its own choice.",
        json_schema_extra={"advanced": True},
    )


class QBittorrent(DownloadClient[QBittorrentSettings]):
    """Keeps a copy of qBittorrent's list up to date by the differences it sends."""

    name = "qBittorrent"
    description = "Downloads with your qBittorrent, in a category of its own."
    info_url = "https://www.qbittorrent.org"

    def __init__(self, settings: QBittorrentSettings, context: Context) -> None:
        super().__init__(settings, context)
        self._api = WebApi(context.http, settings.base_url, settings.username, settings.password, settings.api_key)
        self._rows: dict[str, dict[str, Any]] = {}
        self._rid = 0
        self._session = 0
        self._lock = asyncio.Lock()

    async def test(self) -> None:
        """Prove address, login, version and category."""
        self._api.forgive()
        if await self._api.version() < OLDEST:
            raise Rejected("This qBittorrent is older than 4.3.3. Update it.")
        category = self.settings.category
        answer = await self._api.post("torrents/createCategory", category=category, savePath=self.settings.save_path)
        if answer.status_code != 409:
            self._api.accept(answer)
        known = await self._api.json("torrents/categories")
        if not isinstance(known, dict) or category not in known:
            raise Rejected(f"qBittorrent does not take “{category}” as a category. Choose another name.")

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
        names = _names(torrent)
        if await self._until(lambda: self._find(names) is not None, 1.0 if refused else PATIENCE):
            return str(await self._known(torrent))
        if refused:
            raise Rejected(f"qBittorrent did not take “{torrent.name}”. Its log may say why.")
        raise Unreachable(f"qBittorrent took “{torrent.name}” but does not list it. Look into its log.")

    async def downloads(self) -> Sequence[Download]:
        """The torrents of our category."""
        await self._refresh()
        return [download(id_, row) for id_, row in self._rows.items() if self._is_ours(row)]

    async def files(self, id: str) -> Sequence[DownloadFile]:
        """The files of one torrent."""
        answer = await self._api.get("torrents/files", hash=await self._own(id))
        if answer.status_code == 404:
            raise _not_found(id)
        self._api.accept(answer)
        return [
            DownloadFile(
                text(row, "name"), int(number(row, "size")), number(row, "progress"), number(row, "priority") > 0
            )
            for row in rows(read_json(answer))
        ]

    async def remove(self, id: str, *, delete_files: bool) -> None:
        """Forget the torrent if it is ours; returns when qBittorrent lists it no more."""
        try:
            own = await self._own(id)
        except NotFound:
            return
        self._api.accept(
            await self._api.post("torrents/delete", hashes=own, deleteFiles="true" if delete_files else "false")
        )
        if not await self._until(lambda: own not in self._rows):
            raise Unreachable("qBittorrent said yes to removing a torrent but still lists it. Look into its log.")

    async def pause(self, id: str) -> None:
        """Stop transferring."""
        await self._switch(id, "stop", "pause")

    async def resume(self, id: str) -> None:
        """Go on transferring."""
        await self._switch(id, "start", "resume")

    async def _switch(self, id_: str, verb: str, old_verb: str) -> None:
        own = await self._own(id_)
        if await self._api.version() < STOP_AND_START:
            verb = old_verb
        self._api.accept(await self._api.post(f"torrents/{verb}", hashes=own))

    async def _offer(self, torrent: Torrent) -> httpx.Response:
        # both names of the option: a version skips the one it does not know, and the user's default may be "stopped"
        wanted = {
            "category": self.settings.category,
            "contentLayout": "Original",
            "paused": "false",
            "stopped": "false",
        }
        if self.settings.save_path:
            wanted |= {"savepath": self.settings.save_path, "autoTMM": "false"}
        if torrent.data:
            part = {"torrents": ("a.torrent", torrent.data, "application/x-bittorrent")}
            return await self._api.post("torrents/add", files=part, **wanted)
        if not _MAGNET.fullmatch(torrent.magnet):  # a line break in it would smuggle in an address to fetch
            raise Rejected(f"“{torrent.name}” has no magnet link that can be read. Take another release.")
        return await self._api.post("torrents/add", urls=torrent.magnet, **wanted)

    async def _known(self, torrent: Torrent) -> str | None:
        """The id of this torrent when qBittorrent has it; one without a category becomes ours."""
        await self._refresh()
        id_ = self._find(_names(torrent))
        if id_ is None or self._is_ours(self._rows[id_]):
            return id_
        if other := text(self._rows[id_], "category"):
            raise Rejected(
                f"qBittorrent has “{torrent.name}” already, in the category “{other}”. "
                f"Move it to “{self.settings.category}” there."
            )
        await self._api.post("torrents/createCategory", category=self.settings.category)
        self._api.accept(await self._api.post("torrents/setCategory", hashes=id_, category=self.settings.category))
        return id_

    async def _own(self, id_: str) -> str:
        """qBittorrent's id of a torrent of ours. Raises ``NotFound``."""
        for fresh in (False, True):
            if fresh:
                await self._refresh()
            found = self._find({id_.lower()})
            if found and self._is_ours(self._rows[found]):
                return found
        raise _not_found(id_)

    def _find(self, names: Set[str]) -> str | None:
        return next((id_ for id_, row in self._rows.items() if not names.isdisjoint(hashes(id_, row))), None)

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        return text(row, "category") == self.settings.category

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
            change = await self._api.json("sync/maindata", rid=self._rid)
            if self._session != self._api.logins and self._rid:
                change = await self._api.json("sync/maindata", rid=0)
            self._session = self._api.logins
            if not isinstance(change, dict):
                raise BadAnswer("qBittorrent answered something else than its list. Check the address.")
            if change.get("full_update"):
                self._rows.clear()
            changed, removed = change.get("torrents") or {}, change.get("torrents_removed") or []
            if not isinstance(changed, dict) or not isinstance(removed, list):
                raise BadAnswer("qBittorrent answered something else than its list. Check the address.")
            for id_, row in changed.items():
                if isinstance(row, dict) and HASH.fullmatch(id_):
                    self._rows.setdefault(id_, {}).update(row)
            for id_ in removed:
                self._rows.pop(str(id_), None)
            self._rid = int(number(change, "rid"))


def _names(torrent: Torrent) -> frozenset[str]:
    return frozenset(one for name in torrent.hashes for one in (name.lower(), name[:40].lower()))


def _not_found(id_: str) -> NotFound:
    return NotFound(f"qBittorrent has no torrent {id_[:64]} in our category.")
