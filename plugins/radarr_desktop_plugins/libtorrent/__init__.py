"""The built-in downloader: a BitTorrent client inside the program, for people without one."""

from __future__ import annotations

import asyncio
import contextlib
import locale
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from pydantic import Field

from radarr_desktop.plugin_api import (
    Download,
    DownloadClient,
    DownloadClientSettings,
    DownloadFile,
    NotFound,
    Order,
    Rejected,
    Torrent,
    Unreachable,
)
from radarr_desktop_plugins.libtorrent.words import why

if TYPE_CHECKING:
    from radarr_desktop_plugins.libtorrent.session import Session

R = TypeVar("R")


class Encryption(StrEnum):
    """Whether connections to peers are encrypted."""

    PREFERRED = "preferred"
    REQUIRED = "required"
    OFF = "off"


class LibtorrentSettings(DownloadClientSettings):
    """Where downloads go and how the network is used."""

    download_folder: Path = Field(
        title="Download folder",
        description="Each download gets a folder of its own in here. Best on the disk your library is on.",
    )
    port: int = Field(0, ge=0, le=65535, title="Port", description="For incoming peers; 0 takes any free one.")
    encryption: Encryption = Field(
        Encryption.PREFERRED,
        title="Encryption",
        description="Connections to peers.",
        json_schema_extra={"advanced": True},
    )
    download_limit: int = Field(0, ge=0, le=10_000_000, title="Download limit", description="KB/s, 0 for none.")
    upload_limit: int = Field(0, ge=0, le=10_000_000, title="Upload limit", description="KB/s, 0 for none.")
    slow_download_limit: int = Field(
        1000,
        ge=0,
        le=10_000_000,
        title="Download limit, slowed down",
        description="KB/s while you slow it down in the queue or the tray, 0 for none.",
    )
    slow_upload_limit: int = Field(
        200,
        ge=0,
        le=10_000_000,
        title="Upload limit, slowed down",
        description="KB/s while you slow it down, 0 for none.",
    )
    interface: str = Field(
        "",
        max_length=64,
        pattern=r"^[\w.:%-]*$",
        title="Network interface",
        description="A device name or an address, e.g. tun0; empty for all. With a VPN, its device.",
        json_schema_extra={"advanced": True},
    )
    dht: bool = Field(
        True,
        title="DHT",
        description="Find peers without a tracker; never for private torrents.",
        json_schema_extra={"advanced": True},
    )
    lsd: bool = Field(
        True,
        title="Local peers",
        description="Find peers in your own network; never for private torrents.",
        json_schema_extra={"advanced": True},
    )


class Libtorrent(DownloadClient[LibtorrentSettings]):
    """Runs a libtorrent session; every call of it happens on one thread of its own."""

    name = "Built-in downloader"
    description = "Downloads by itself, no other program needed. Private trackers may only accept clients they know."
    info_url = "https://libtorrent.org"

    _ports: ClassVar[set[int]] = set()
    """Held by this program: other settings are tested while the downloader runs."""
    _session: Session | None = None
    _worker: ThreadPoolExecutor
    _watcher: threading.Thread

    async def start(self) -> None:
        """Open the session and take up what was there before."""
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="libtorrent")
        opening = self._worker.submit(self._open)
        try:
            session = await asyncio.wrap_future(opening)
        except BaseException:
            opening.add_done_callback(_discard)  # cancelled, it still opens: two sessions must not share a folder
            self._worker.shutdown(wait=False)
            raise
        self._watcher = threading.Thread(
            target=session.watch, args=(self._worker,), name="libtorrent-alerts", daemon=True
        )
        self._watcher.start()
        self._session = session
        self._ports.add(self.settings.port)

    async def close(self) -> None:
        """Save everything and leave the swarms."""
        session, self._session = self._session, None
        if session:
            self._ports.discard(self.settings.port)
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._worker, session.save_all)
            session.end_watch()
            await asyncio.to_thread(self._watcher.join)
            await loop.run_in_executor(self._worker, session.end)
            self._worker.shutdown()

    async def test(self) -> None:
        """Prove that the library is there, the folder can be written to and the port be had."""
        await asyncio.to_thread(_require_library)
        await asyncio.to_thread(_probe, self.settings.download_folder)
        if self._session is None and self.settings.port not in self._ports | {0}:
            await asyncio.to_thread(_bind, self.settings.interface, self.settings.port)
        elif self._session and (fault := self._session.listen_fault):
            raise Rejected(fault)

    @property
    def port(self) -> int:
        """Where peers reach it; 0 while it is closed."""
        return self._session.port if self._session else 0

    async def add(self, torrent: Torrent) -> str:
        """Keep the torrent on disk, then start it."""
        return await self._run(lambda session: session.add(torrent))

    async def downloads(self) -> Sequence[Download]:
        """Every torrent of this session."""
        return await self._run(lambda session: session.downloads())

    async def files(self, id: str) -> Sequence[DownloadFile]:
        """The files of one torrent."""
        return await self._run(lambda session: session.files(id))

    async def remove(self, *ids: str, delete_files: bool) -> None:
        """Forget the torrents; their files only go on request, and only those in their own folders."""
        await self._each(ids, lambda id_: lambda session: session.remove(id_, delete_files=delete_files))

    async def pause(self, *ids: str) -> None:
        """Stop transferring."""
        await self._each(ids, lambda id_: lambda session: session.pause(id_))

    async def resume(self, *ids: str) -> None:
        """Go on, also after an error."""
        await self._each(ids, lambda id_: lambda session: session.resume(id_))

    async def order(self, order: Order, *ids: str) -> None:
        """Check files again or ask trackers again; everything else has nothing to do here."""
        await self._each(ids, lambda id_: lambda session: session.order(order, id_))

    async def slowed(self) -> bool:
        """Do the lower limits hold?"""
        return await self._run(lambda session: session.limits.are_slow)

    async def slow_down(self, *, slow: bool) -> None:
        """Let them hold, or the usual ones."""
        await self._run(lambda session: session.slow_down(slow=slow))

    async def complaint(self, id: str) -> str:
        """What the trackers say."""
        return await self._run(lambda session: session.complaint(id))

    async def _each(self, ids: Sequence[str], verb: Callable[[str], Callable[[Session], None]]) -> None:
        """Do it with all that are there, then tell of the first that was not."""
        missing: list[NotFound] = []
        for id_ in ids:
            try:
                await self._run(verb(id_))
            except NotFound as fault:
                missing.append(fault)
        if missing:
            raise missing[0]

    def _open(self) -> Session:
        _require_library()
        from radarr_desktop_plugins.libtorrent.session import Session

        try:
            return Session(self.settings, self.context.data_dir, self.context.log)
        except OSError as fault:
            message = f"The built-in downloader cannot use its own folder {fault.filename}: {why(fault.errno)}."
            raise Unreachable(message) from fault

    async def _run(self, verb: Callable[[Session], R]) -> R:
        """Use the session on its own thread."""
        if self._session is None:
            raise Unreachable("The built-in downloader is not running. Switch it on in the settings.")
        return await asyncio.get_running_loop().run_in_executor(self._worker, verb, self._session)


def _discard(opening: Future[Session]) -> None:
    if not opening.cancelled() and not opening.exception():
        opening.result().end()


def _require_library() -> None:
    if sys.flags.utf8_mode:  # where no locale is set Python speaks UTF-8 all the same; libtorrent writes “Am.lie”
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    try:
        import libtorrent  # noqa: F401  8 MB: only loaded when this downloader is used
    except ImportError as fault:
        raise Rejected(
            f"The built-in downloader lacks its library libtorrent ({fault}). "
            "Install libtorrent for this Python, or connect qBittorrent instead."
        ) from fault


def _probe(folder: Path) -> None:
    """Write a byte and take it away again."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, prefix=".radarr-desktop-") as probe:
            probe.write(b"1")
            os.fsync(probe.fileno())
    except OSError as fault:
        raise Rejected(f"{folder} cannot be written to: {why(fault.errno)}. Choose another folder.") from fault


def _bind(interface: str, port: int) -> None:
    """See whether the port is free; a device's name is left to the session."""
    host = interface if interface[:1].isdigit() else ""
    try:
        socket.create_server((host, port)).close()
    except OSError as fault:
        raise Rejected(f"Port {port} cannot be used: {why(fault.errno)}. Choose another port, or 0.") from fault
