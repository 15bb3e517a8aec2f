"""A libtorrent session on 127.0.0.1 that seeds what it is given."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from radarr_desktop.loopback.server import HOST
from radarr_desktop.loopback.torrents import TorrentFile

SETTINGS: dict[str, Any] = {
    "listen_interfaces": f"{HOST}:0",
    "outgoing_interfaces": HOST,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    # closing waits seconds for a uTP peer that does not answer the call, and holds the whole interpreter meanwhile
    "enable_outgoing_utp": False,
    "allow_multiple_connections_per_ip": True,  # every peer here is 127.0.0.1
    "min_reconnect_time": 1,
    "announce_to_all_trackers": True,
    "announce_to_all_tiers": True,
    # at the end the interpreter is held until the tracker has heard "stopped", and the tracker may live in it
    "stop_tracker_timeout": 0,
}


class Seeder:
    """Peers find it through the tracker; it never asks anybody for anything."""

    def __init__(self) -> None:
        self._session: Any = None
        self._handles: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        self._session = await asyncio.to_thread(_open)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handles.clear()
        session, self._session = self._session, None
        await asyncio.to_thread(session.pause)
        del session

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._session.listen_port())

    async def seed(self, torrent: TorrentFile, folder: Path, *, rate: int = 0, whole: bool = True) -> None:
        """Offer the content that lies in ``folder``; ``rate`` in bytes a second, 0 for no limit.

        Not ``whole``: only those pieces of it that are right.
        """
        add = (self._session, torrent.data, folder, rate, whole)
        self._handles[torrent.info_hash] = await asyncio.to_thread(_add, *add)

    def given(self, torrent: TorrentFile) -> int:
        """Bytes of its content that others have fetched; what they asked about it does not count."""
        return int(self._handles[torrent.info_hash].status().total_payload_upload)

    async def limit(self, torrent: TorrentFile, rate: int) -> None:
        """Change the speed, bytes a second; 0 for no limit."""
        await asyncio.to_thread(self._handles[torrent.info_hash].set_upload_limit, rate)

    async def connect(self, torrent: TorrentFile, port: int) -> None:
        """Dial a downloader: it waits a minute before it redials a peer it has lost."""
        await asyncio.to_thread(self._handles[torrent.info_hash].connect_peer, (HOST, port))

    async def remove(self, torrent: TorrentFile) -> None:
        """Leave the swarm."""
        await asyncio.to_thread(self._session.remove_torrent, self._handles.pop(torrent.info_hash))


def _open() -> Any:
    import libtorrent as lt  # here: a world that only answers searches needs none of its 8 MB

    pack: Any = SETTINGS | {"alert_mask": lt.alert.category_t.error_notification}
    return lt.session(pack)


def _add(session: Any, data: bytes, folder: Path, rate: int, whole: bool) -> Any:
    import libtorrent as lt

    params = lt.load_torrent_buffer(data)
    params.save_path = str(folder)
    if whole:
        params.flags |= lt.torrent_flags.seed_mode
    params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
    handle = session.add_torrent(params)
    if rate:
        handle.set_upload_limit(rate)  # of this torrent: session limits leave loopback peers alone
    return handle
