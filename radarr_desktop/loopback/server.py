"""An HTTP server on a free port of 127.0.0.1, run on the caller's loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

HOST = "127.0.0.1"
PATIENCE = 1.0
"""Seconds a request may take to notice that its connection is gone."""
_ROUNDS = 5
"""Of the loop, until a connection that was accepted just now is known."""


class Server(ABC):
    """Answers between ``async with`` and its end.

    uvicorn's protocol without its server: that one looks ten times a second whether it may go on, and for signals.
    """

    def __init__(self) -> None:
        self._socket = socket.create_server((HOST, 0))
        self._state = ServerState()
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://{HOST}:{self._socket.getsockname()[1]}"

    @abstractmethod
    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as an ASGI application."""

    async def __aenter__(self) -> Self:
        config = Config(
            self._serve, interface="asgi3", loop="none", ws="none", lifespan="off", proxy_headers=False, log_config=None
        )
        config.load()
        self._listener = await asyncio.get_running_loop().create_server(
            lambda: HttpToolsProtocol(config, self._state, {}), sock=self._socket
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listener:
            with contextlib.suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().remove_reader(self._socket)
            for _ in range(_ROUNDS):  # once it is closed, asyncio drops an accepted connection without closing it
                await asyncio.sleep(0)
            self._listener.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        if self._state.tasks:
            _, deaf = await asyncio.wait(list(self._state.tasks), timeout=PATIENCE)
            for task in deaf:
                task.cancel()

    async def drop(self, scope: Scope, receive: Receive) -> None:
        """Break the connection this request came on, without an answer."""
        client = tuple(scope["client"])
        for connection in list(self._state.connections):
            if isinstance(connection, HttpToolsProtocol) and connection.client == client:
                connection.transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ClientDisconnect):  # a client may go away, even within its request
            await self.answer(scope, receive, send)


async def gone_within(seconds: float, receive: Receive) -> bool:
    """Wait that long for the client to give up."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return False
    return True
