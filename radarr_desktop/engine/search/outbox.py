"""Torrents on their way to a download client. The calls block."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from radarr_desktop.domain.records import Grab
from radarr_desktop.engine.secrets import write_private
from radarr_desktop.plugin_api import Torrent


class Outbox:
    """Torrents lie here, private, from the decision until a client has them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, torrent: Torrent) -> None:
        """Keep a torrent safe; it may hold the user's passkey."""
        write_private(self._path(torrent.hashes), torrent.data or (torrent.magnet or torrent.url).encode())

    def get(self, grab: Grab) -> Torrent | None:
        """The torrent of a grab, if it still lies here."""
        try:
            content = self._path(grab.hashes).read_bytes()
        except FileNotFoundError:
            return None
        if content.startswith(b"d"):
            return Torrent(grab.title, grab.hashes, data=content)
        if content.startswith(b"http"):
            return Torrent(grab.title, (), url=content.decode())  # nobody knows its hash yet
        return Torrent(grab.title, grab.hashes, magnet=content.decode())

    def remove(self, grab: Grab) -> None:
        """The client has it."""
        self._path(grab.hashes).unlink(missing_ok=True)

    def keep_only(self, waiting: Iterable[Grab]) -> None:
        """Drop everything but the torrents of these grabs."""
        wanted = {self._path(grab.hashes) for grab in waiting}
        for path in self._folder.iterdir():
            if path not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, hashes: tuple[str, ...]) -> Path:
        return self._folder / f"{hashes[0]}.torrent"
