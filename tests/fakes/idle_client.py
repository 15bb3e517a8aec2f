"""A download client that takes everything and does nothing, for the drop-in folder of a test."""

from __future__ import annotations

from collections.abc import Sequence

from radarr_desktop.plugin_api import Download, DownloadClient, DownloadFile, Order, Settings, Torrent


class Idle(DownloadClient[Settings]):
    """It is there, and no more."""

    name = "Idle"

    async def test(self) -> None:
        """Always fine."""

    async def add(self, torrent: Torrent) -> str:
        """Taken."""
        return torrent.hashes[0]

    async def downloads(self) -> Sequence[Download]:
        """None."""
        return ()

    async def files(self, id: str) -> Sequence[DownloadFile]:
        """None."""
        return ()

    async def remove(self, *ids: str, delete_files: bool) -> None:
        """Nothing is there."""

    async def pause(self, *ids: str) -> None:
        """Nothing moves."""

    async def resume(self, *ids: str) -> None:
        """Nothing moves."""

    async def order(self, order: Order, *ids: str) -> None:
        """Nothing moves."""
