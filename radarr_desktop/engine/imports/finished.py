"""What the client of a finished download says of it now, and where its files lie here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine.downloads.remote_paths import RemotePaths
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadFile, DownloadState, NotFound, PluginError


@dataclass(frozen=True, slots=True)
class Finished:
    """A download whose files are all there."""

    name: str
    folder: Path
    files: Sequence[DownloadFile]


class FinishedDownloads:
    """Asks the clients."""

    def __init__(self, plugins: PluginHost, remote_paths: RemotePaths) -> None:
        self._plugins = plugins
        self._remote_paths = remote_paths

    async def of(self, grab: Grab) -> Finished | None:
        """None while its client does not know it, as right after a start, or has not finished it after all."""
        client = self._client(grab)
        found = await self._ask(client, grab)
        if found is None or found[0].state is not DownloadState.COMPLETED:
            return None
        download, files = found
        return Finished(download.name, await self._remote_paths.locate(client, download.folder, files), files)

    def _client(self, grab: Grab) -> Live[DownloadClient[Any]]:
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None)
        if client is None:
            todo = "Set it up again, or import the file by hand."
            raise Problem(Kind.CONFLICT, f"The download client of {grab.title} is not set up any more.", todo=todo)
        return client

    async def _ask(self, client: Live[DownloadClient[Any]], grab: Grab) -> tuple[Download, list[DownloadFile]] | None:
        names = frozenset(grab.hashes) | {one[:40] for one in grab.hashes}
        try:
            downloads = await self._plugins.call(client, lambda plugin: plugin.downloads())
            download = next((each for each in downloads if each.hashes & names), None)
            if download is None:
                return None
            return download, list(await self._plugins.call(client, lambda plugin: plugin.files(download.id)))
        except NotFound:
            return None
        except PluginError as error:
            raise problem_of(error) from error
