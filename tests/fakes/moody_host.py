"""A plugin host on a data folder of its own, with a plugin that misbehaves on demand."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from radarr_desktop.domain.events import PluginsChanged
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.clock import Clock
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins.host import Draft, Live, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.secrets import EncryptedFile, Secrets
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.plugin_api import Release
from tests.fakes.rooms import database

SECRET = made_up("moody")
PLUGIN = Path(__file__).with_name("moody_plugin.py")


class MoodyHost:
    """A host on a data folder, and the mood of its plugin."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths.default(folder / "home")
        self.moods = folder / "moods"
        self.mood("fine")
        self.events: list[str] = []

    def mood(self, word: str) -> None:
        """What the plugin does from now on."""
        self.moods.write_text(word, encoding="utf-8")

    def diary(self) -> list[str]:
        """What the plugin noted."""
        path = self.moods.with_suffix(".diary")
        return path.read_text(encoding="utf-8").split() if path.exists() else []

    @asynccontextmanager
    async def host(self, store: EncryptedFile | None = None, clock: Clock | None = None) -> AsyncIterator[PluginHost]:
        """A started host."""
        self.paths.make()
        self.paths.drop_in.mkdir(exist_ok=True)
        shutil.copy(PLUGIN, self.paths.drop_in / "moody.py")
        bus = Bus()
        bus.subscribe(PluginsChanged, lambda event: self.events.append(event.kind))
        async with database(self.paths.data) as db:
            host = PluginHost(db, Secrets(self.paths, store), bus, self.paths, "1.0", clock)
            await host.start()
            yield host
            await host.stop()

    def draft(self, name: str = "Mine", **changes: Any) -> Draft:
        """An instance of the plugin."""
        settings = {"moods": str(self.moods), "passkey": SECRET, **changes.pop("settings", {})}
        return replace(Draft(PluginKind.INDEXER, "moody", name, settings), **changes)


async def recent(host: PluginHost, live: Live[Any] | None = None, **options: Any) -> list[Release]:
    return list(await host.call(live or host.indexers()[0], lambda plugin: plugin.recent(), **options))
