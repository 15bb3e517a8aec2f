"""Torrents of releases that another program pushed: fetched once, kept private until they are taken or given up."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins.host import problem_of
from radarr_desktop.engine.secrets import write_private
from radarr_desktop.plugin_api import Http, PluginError, Release

PREFIX = "PUSH-"
LARGEST = 16 * 1024 * 1024
"""Bytes of a .torrent."""
MOST_REDIRECTS = 5
_MAGNET = "magnet:"


def guid_of(link: str) -> str:
    """A name for what was pushed; the link itself may hold a passkey."""
    return PREFIX + hashlib.sha256(link.encode()).hexdigest()[:40]


class PushedTorrents:
    """Lie in a folder only the user may read."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    async def fetch(self, guid: str, link: str) -> None:
        """Get what is behind a link and keep it; raises a ``Problem`` in the words of what went wrong."""
        item = link.encode() if link.startswith(_MAGNET) else await self._downloaded(link)
        await asyncio.to_thread(self._put, guid, item)

    async def keep(self, guid: str, link: str) -> None:
        """Keep the link itself: the client may reach what this program does not."""
        await asyncio.to_thread(self._put, guid, link.encode())

    async def get(self, release: Release) -> bytes | str | None:
        """The .torrent, magnet link or address of a pushed release, if it is one."""
        if not release.guid.startswith(PREFIX):
            return None
        if release.magnet:
            return release.magnet
        try:
            content = await asyncio.to_thread(self._path(release.guid).read_bytes)
        except FileNotFoundError:
            return None
        return content.decode() if content.startswith((_MAGNET.encode(), b"http")) else content

    async def keep_only(self, guids: Iterable[str]) -> None:
        """Drop every torrent but those of releases that still wait."""
        await asyncio.to_thread(self._sweep, {self._path(guid) for guid in guids if guid.startswith(PREFIX)})

    async def _downloaded(self, link: str) -> bytes:
        http = Http(f"radarr-desktop/{self._version}")
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = await http.request("GET", link, max_answer=LARGEST)
                if answer.is_success:
                    return answer.content
                if not answer.is_redirect:
                    raise _not_fetched(f"Its address answered {answer.status_code}.")
                link = urljoin(link, answer.headers.get("location", ""))
                if link.startswith(_MAGNET):
                    return link.encode()
        except PluginError as error:
            raise problem_of(error) from error
        finally:
            await http.close()
        raise _not_fetched("Its address leads in a circle.")

    def _put(self, guid: str, content: bytes) -> None:
        self._folder.mkdir(exist_ok=True, mode=0o700)
        write_private(self._path(guid), content)

    def _sweep(self, wanted: set[Path]) -> None:
        for path in self._folder.glob(f"{PREFIX}*.torrent"):
            if path not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, guid: str) -> Path:
        return self._folder / f"{guid}.torrent"


def _not_fetched(why: str) -> Problem:
    return Problem(Kind.UNREACHABLE, "The pushed release could not be fetched.", why, "Push it again.")
