"""A download client of this machine that does not run: found, started, and waited for until it answers."""

from __future__ import annotations

import asyncio
import ipaddress
import subprocess
from typing import Any

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.monitoring import programs
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.plugin_api import DownloadClient, PluginError, TimedOut, Unreachable

PATIENCE = 30.0
"""Seconds that it may take to answer."""
_PAUSE = 0.5

log = structlog.get_logger(__name__)


class Starter:
    """Offers what is there, and nothing that runs elsewhere or answers."""

    def __init__(self, plugins: PluginHost, patience: float = PATIENCE) -> None:
        self._plugins = plugins
        self._patience = patience
        self._starting: set[int] = set()

    async def offers(self) -> dict[int, str]:
        """The clients that could be started, by their id, with the name of the program."""
        silent = [client for client in self._plugins.clients() if _is_here(client) and client.guard.state == "failing"]
        return {client.id: client.plugin.name for client in silent if await self._command(client)}

    async def start(self, client_id: int) -> None:
        """Start it, and return when it answers. Raises ``Problem`` where it does not."""
        client = next((one for one in self._plugins.clients() if one.id == client_id), None)
        if client is None:
            raise Problem(Kind.NOT_FOUND, f"There is no download client {client_id}.")
        name = client.plugin.name
        command = await self._command(client) if _is_here(client) else ()
        if not command:
            what, todo = f"{client.name} cannot be started from here.", f"Start {name} where it is installed."
            raise Problem(Kind.CONFLICT, what, f"No program of this machine is known to be {name}.", todo)
        if client_id in self._starting:
            raise Problem(Kind.CONFLICT, f"{name} is being started already.", todo="Wait a moment.")
        self._starting.add(client_id)
        try:
            await self._until_it_answers(client, await self._run(name, command))
        finally:
            self._starting.discard(client_id)

    async def _run(self, name: str, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        try:
            process = await asyncio.to_thread(programs.start, command)
        except OSError as fault:
            what, why = f"{name} could not be started.", f"The system says of {command[0]}: {fault.strerror}."
            raise Problem(Kind.STORAGE, what, why, "Check its permissions, or start it yourself.") from fault
        log.info("client.started", command=command[0], pid=process.pid)
        return process

    async def _until_it_answers(self, client: Live[DownloadClient[Any]], process: subprocess.Popen[bytes]) -> None:
        name, clock = client.plugin.name, asyncio.get_running_loop().time
        deadline, said = clock() + self._patience, ""
        while clock() < deadline:
            await asyncio.sleep(_PAUSE)
            if process.returncode:
                what, why = f"{name} was started and ended at once.", f"It ended with code {process.returncode}."
                raise Problem(Kind.UNREACHABLE, what, why, "Start it yourself and look at what it says.")
            try:
                await self._plugins.call(client, lambda plugin: plugin.test(), insist=True)
            except (Unreachable, TimedOut) as fault:
                said = str(fault)
            except PluginError:
                return  # it answers; what it has against us is told as always
            else:
                return
        todo = "Look whether its Web UI is switched on, and listens at the address in the settings."
        raise Problem(Kind.UNREACHABLE, f"{name} was started and does not answer.", said, todo)

    async def _command(self, client: Live[DownloadClient[Any]]) -> tuple[str, ...]:
        return await asyncio.to_thread(programs.command_of, client.plugin.programs)


def _is_here(client: Live[DownloadClient[Any]]) -> bool:
    """Is its address one of this machine's own?"""
    host = client.plugin.host
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
