"""An HTTP server on a free port of 127.0.0.1, run on the caller's loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import uvicorn
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HOST = "127.0.0.1"


class Server:
    """Serve one ASGI application between ``async with`` and its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._socket = socket.create_server((HOST, 0))
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}
        self._uvicorn = _Uvicorn(
            uvicorn.Config(
                _forgiving(app),
                interface="asgi3",
                http=self._protocol(),
                loop="none",
                ws="none",
                lifespan="off",
                proxy_headers=False,
                access_log=False,
                log_config=None,
                log_level="warning",
                timeout_graceful_shutdown=1,
            )
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://{HOST}:{self._socket.getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._uvicorn.serve([self._socket]), name=f"loopback {self.url}")
        await self._uvicorn.ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._uvicorn.should_exit = True
        for transport in list(self._transports.values()):
            transport.abort()
        if self._task:
            await self._task
        self._socket.close()

    async def drop(self, scope: Scope, receive: Receive) -> None:
        """Break the connection this request came on, without an answer."""
        self._transports[tuple(scope["client"])].abort()
        while (await receive())["type"] != "http.disconnect":
            pass

    def _protocol(self) -> type[HttpToolsProtocol]:
        transports = self._transports

        class Protocol(HttpToolsProtocol):
            """Remembers the connections, so that they can be broken."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                transports[transport.get_extra_info("peername")] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                transports.pop(self.transport.get_extra_info("peername"), None)
                super().connection_lost(exc)

        return Protocol


def _forgiving(app: ASGIApp) -> ASGIApp:
    async def forgiving(scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ClientDisconnect):  # a client may go away, even within its request
            await app(scope, receive, send)

    return forgiving


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program this server is a guest in."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
