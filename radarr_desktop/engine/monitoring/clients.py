"""Download clients are tested now and then: a save path or a setting that cannot be is told before it hurts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from radarr_desktop.domain.events import PluginsChanged
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind

JOB = "check_clients"


class ClientChecks:
    """What the last test of each client said."""

    def __init__(self, bus: Bus, jobs: Jobs, plugins: PluginHost) -> None:
        self._plugins = plugins
        self._faults: dict[int, str] = {}
        jobs.handle(JOB, self._check)
        bus.subscribe(PluginsChanged, self._changed)

    def faults(self) -> Mapping[int, str]:
        """Sentences, by the id of the client."""
        return {id_: fault for id_, fault in self._faults.items() if fault}

    async def _check(self, payload: Mapping[str, Any]) -> None:
        self._faults = dict(await self._plugins.test_all(PluginKind.DOWNLOAD_CLIENT))

    def _changed(self, event: PluginsChanged) -> None:
        """Whoever saves settings tests them."""
        if event.kind == PluginKind.DOWNLOAD_CLIENT.value:
            self._faults = {}
