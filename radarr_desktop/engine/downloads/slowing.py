"""Slow mode: the lower limits that clients keep for when others need the line, turned on and off at once."""

from __future__ import annotations

from typing import Any

import structlog

from radarr_desktop.domain.events import SlowModeChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.plugins.host import Live, PluginHost, problem_of
from radarr_desktop.plugin_api import DownloadClient, PluginError

log = structlog.get_logger(__name__)


class SlowMode:
    """Clients keep it themselves, and may be told by others: nothing of it is remembered here."""

    def __init__(self, bus: Bus, plugins: PluginHost) -> None:
        self._bus = bus
        self._plugins = plugins

    async def is_on(self) -> bool | None:
        """Is every client slowed down that can be? None while there is none, or none that answers."""
        found = []
        for client in self._plugins.clients():
            try:
                found.append(await self._of(client))
            except PluginError as error:
                log.info("slow_mode.not_told", client=client.name, problem=str(error))
        able = [slow for slow in found if slow is not None]
        return all(able) if able else None

    async def turn(self, *, slow: bool) -> None:
        """Slow all down that can be, or none any more. One that does not answer keeps no other from it."""
        faults: list[PluginError] = []
        able = 0
        for client in self._plugins.clients():
            try:
                if await self._of(client) is not None:
                    able += 1
                    await self._plugins.call(client, lambda plugin: plugin.slow_down(slow=slow))
            except PluginError as error:
                faults.append(error)
        self._bus.publish(SlowModeChanged(slow=await self.is_on()))
        if faults:
            raise problem_of(faults[0]) from faults[0]
        if not able:
            todo = "Set limits in the client itself."
            raise Problem(Kind.CONFLICT, "No download client can be slowed down.", todo=todo)

    async def _of(self, client: Live[DownloadClient[Any]]) -> bool | None:
        return await self._plugins.call(client, lambda plugin: plugin.slowed())
