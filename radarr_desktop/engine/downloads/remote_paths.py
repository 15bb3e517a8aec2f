"""Where the folders of download clients lie on this machine: entered by hand, or found by comparing files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.remote_path import RemotePath, as_remote, is_full, mapped
from radarr_desktop.engine.downloads.places import Places, is_meant, search
from radarr_desktop.engine.library.shelves import plain_path
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.plugin_api import Download, DownloadClient, DownloadFile, DownloadState, PluginError
from radarr_desktop.store import profiles
from radarr_desktop.store import remote_paths as store
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A client's folder that cannot be found here by its own name, and where its files lie."""

    host: str
    remote: str
    found: tuple[str, ...]
    """Empty: nowhere. Several: somebody has to choose."""


class RemotePaths:
    """One question of all imports: where is this folder here?"""

    def __init__(self, db: Database, plugins: PluginHost) -> None:
        self._db = db
        self._plugins = plugins

    async def all(self) -> list[RemotePath]:
        """Every mapping, by id."""
        return await self._db.read(store.every)

    async def add(self, host: str, remote: str, local: str) -> RemotePath:
        """Say where a folder of a client lies here."""
        return await self._save(RemotePath(0, host, remote, local))

    async def change(self, mapping: RemotePath) -> RemotePath:
        """The same, anew: whoever changed it stands for it."""
        await self._known(mapping.id)
        return await self._save(replace(mapping, derived=False))

    async def remove(self, mapping_id: int) -> None:
        """Forget a mapping."""
        await self._known(mapping_id)
        await self._db.run(lambda: store.delete(mapping_id))

    async def local(self, client: Live[DownloadClient[Any]], folder: str) -> Path:
        """Where a client's folder should lie here; the disk is not asked."""
        return mapped(client.plugin.host, folder, await self.all()) or Path(folder)

    async def locate(self, client: Live[DownloadClient[Any]], folder: str, files: Sequence[DownloadFile]) -> Path:
        """Where a finished download lies here: by its own name or a mapping, else where all its files are found.

        What is found is remembered. Raises a ``Problem`` where that would be a guess.
        """
        host, usual = client.plugin.host, await self.local(client, folder)
        if not host or not is_full(folder) or await asyncio.to_thread(is_meant, usual, files):
            return usual
        if (places := await self._search(files)).is_whole and len(places.found) == 1:
            found = await self._db.run(lambda: store.save(RemotePath(0, host, folder, str(places.found[0]), True)))
            log.info("remote_path.derived", client=client.name, remote=found.remote, local=found.local)
            return places.found[0]
        if places.found:
            what = f"The folder {folder} of {client.name} may be one of several here."
            why = f"The files lie in {' and in '.join(map(str, places.found[:3]))}."
            raise Problem(Kind.CONFLICT, what, why, "Say which one it is: add a remote path mapping.")
        return usual

    async def suggest(self, client_id: int) -> list[Suggestion]:
        """For each folder of a client that is not to be found here: where its files lie."""
        client = next((one for one in self._plugins.clients() if one.id == client_id), None)
        if client is None:
            raise Problem(Kind.NOT_FOUND, f"There is no download client {client_id}.")
        found = []
        for download, files in await self._finished(client):
            if not await asyncio.to_thread(is_meant, await self.local(client, download.folder), files):
                places = (await self._search(files)).found
                found.append(Suggestion(client.plugin.host, download.folder, tuple(map(str, places))))
        return found

    async def _finished(self, client: Live[DownloadClient[Any]]) -> list[tuple[Download, Sequence[DownloadFile]]]:
        """A finished download of each folder, with its files."""

        async def ask(plugin: DownloadClient[Any]) -> list[tuple[Download, Sequence[DownloadFile]]]:
            finished = [one for one in await plugin.downloads() if one.state is DownloadState.COMPLETED]
            return [(one, await plugin.files(one.id)) for one in {one.folder: one for one in finished}.values()]

        try:
            return await self._plugins.call(client, ask)
        except PluginError as error:
            raise problem_of(error) from error

    async def _search(self, files: Sequence[DownloadFile]) -> Places:
        roots = [Path(folder.path) for folder in await self._db.read(profiles.all_folders)]
        beside = [root.parent for root in roots if root.parent not in (Path(root.anchor), Path.home())]
        known = [Path(mapping.local) for mapping in await self.all()]
        return await asyncio.to_thread(search, [*known, *roots, *beside], files)

    async def _save(self, mapping: RemotePath) -> RemotePath:
        host, what = mapping.host.strip().rstrip(":/"), "This remote path cannot be used."
        if not host:
            raise Problem(Kind.BAD_INPUT, what, "It names no host.", field="host")
        if not is_full(mapping.remote):
            raise Problem(Kind.BAD_INPUT, what, f"“{mapping.remote}” is no full path.", field="remote_path")
        local = plain_path(mapping.local)
        if not local.is_absolute() or not await asyncio.to_thread(local.is_dir):
            raise Problem(Kind.BAD_INPUT, what, f"There is no folder {mapping.local} here.", field="local_path")
        plain = replace(mapping, host=host, remote=str(as_remote(mapping.remote)), local=str(local))
        others = [one for one in await self.all() if one.id != plain.id and one.remote == plain.remote]
        if any(one.host.casefold() == host.casefold() and not one.derived for one in others):
            raise Problem(Kind.CONFLICT, what, f"{host} has a mapping of {plain.remote} already.", field="remote_path")
        return await self._db.run(lambda: store.save(plain))

    async def _known(self, mapping_id: int) -> None:
        if mapping_id not in {one.id for one in await self.all()}:
            raise Problem(Kind.NOT_FOUND, f"There is no remote path mapping {mapping_id}.")
