"""The REST port: uvicorn on the engine's own loop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import structlog

from radarr_desktop.api.endpoint import Endpoint
from radarr_desktop.api.gate import Gate
from radarr_desktop.api.serving import Config, Server
from radarr_desktop.api.v3.system import V3_VERSION
from radarr_desktop.domain.problem import Kind, Problem

if TYPE_CHECKING:
    from radarr_desktop.engine.engine import Engine

log = structlog.get_logger(__name__)

PATIENCE = 0.2
"""Seconds that running requests get to finish when the port is closed."""
MOST_REQUESTS = 300
"""Connections and running requests; what comes on top is answered 503."""


class Port:
    """Listens while the engine runs. Signals and logs stay the program's own.

    ``token`` opens it besides the user's API key: this run's own commands use it.
    """

    def __init__(self, engine: Engine, *, token: str = "") -> None:
        self._engine = engine
        self._token = token
        self._gate: Gate | None = None
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where it listens, like ``http://127.0.0.1:7878``; empty while it does not."""
        return self._engine.settings.port_address

    async def start(self) -> None:
        """Listen. Raises ``Problem`` when the address cannot be had."""
        settings = await self._engine.settings.port()
        listener = _bind(settings.host, settings.port)
        keys = (settings.api_key, self._token)
        self._gate = Gate(self._engine, _endpoints, host=settings.host, keys=keys)
        self._server = _Server(
            Config(
                self._gate,
                loop="none",
                http="httptools",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                headers=[("X-Application-Version", V3_VERSION), ("X-Content-Type-Options", "nosniff")],
                limit_concurrency=MOST_REQUESTS,
                timeout_keep_alive=60,
            )
        )
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]), name="port")
        await self._server.listening.wait()
        host, port = listener.getsockname()[:2]
        self._engine.settings.port_address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        log.info("port.listens", address=self.address)

    async def stop(self) -> None:
        """Close the port; requests that run get a moment to finish."""
        if self._server is None or self._serving is None or self._gate is None:
            return
        self._server.close()
        await self._gate.finish(PATIENCE)
        self._server.hang_up()
        await asyncio.sleep(0)  # connections learn that they are lost
        self._gate.give_up()
        await self._serving
        self._server = self._serving = self._gate = None
        self._engine.settings.port_address = ""


def _endpoints() -> Sequence[Endpoint]:
    from radarr_desktop.api.table import ENDPOINTS  # here: two megabytes that nobody needs until somebody asks

    return ENDPOINTS


class _Server(Server):
    """uvicorn without its signal handlers and without its ten wake-ups a second."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()
        self._closed = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        self.server_state.default_headers = self.config.encoded_headers
        self.listening.set()
        await self._closed.wait()

    def close(self) -> None:
        """Stop listening."""
        for server in self.servers:
            server.close()

    def hang_up(self) -> None:
        """Drop all connections, and be done."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        self._closed.set()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay (40 ms an answer) off only where the protocol is spelled out
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would share the port with whoever has it
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.setblocking(False)
    except (OSError, OverflowError) as fault:
        listener.close()
        raise _problem(host, port, fault) from fault
    return listener


def _problem(host: str, port: int, fault: OSError | OverflowError) -> Problem:
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
        why = "Another program listens there, perhaps Radarr or this program itself."
        stop = f"Stop it (“ss -ltnp sport = :{port}” names it)"
        todo = f"{stop}, or start with --config FILE and a [port] table in it that names another port."
        return Problem(Kind.CONFLICT, f"The port {where} is taken.", why, todo, field="port")
    why = f"The system says: {fault.strerror if isinstance(fault, OSError) else fault}."
    return Problem(Kind.BAD_INPUT, f"The port cannot listen at {where}.", why, "Choose another one.", field="port")
