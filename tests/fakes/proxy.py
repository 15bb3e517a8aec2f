"""A proxy on loopback in front of a service, that lets its answers through or spoils them."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import re
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
DRIP = 0.05
"""Seconds between two bytes that drip."""
_ENOUGH = 64 << 10
_LENGTH = re.compile(rb"(?i)(?<=content-length: )[0-9]+")

Bend = Callable[[bytes], bytes]
"""Makes another body of the service's own."""


class Trouble(StrEnum):
    """What becomes of an answer."""

    NONE = "it arrives"
    STALL = "it never comes"
    RESET = "the connection is reset instead"
    TRUNCATE = "it ends in the middle"
    HALT = "it stops in the middle, and the connection stays"
    DRIP = "it comes byte by byte"
    CANNED = "another one comes: `Proxy.canned`"
    BEND = "its body is another one: `Proxy.bend`"


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that is not the service's."""

    status: int
    body: bytes = b"<html><body><h1>Error</h1></body></html>"
    kind: str = "text/html"
    again_in: int = 0
    """Seconds of a Retry-After header; 0 for none."""
    as_date: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """As it goes over the wire."""
        told = [f"HTTP/1.1 {self.status} Trouble", f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}"]
        if self.again_in:
            when = email.utils.formatdate(time.time() + self.again_in, usegmt=True)
            told.append(f"Retry-After: {when if self.as_date else self.again_in}")
        told += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join((*told, "Connection: close", "", "")).encode() + self.body


class Proxy:
    """``async with Proxy(url) as proxy:`` and ``proxy.url`` is the service, with the trouble one wants.

    It hands bytes on as they are but for the Host header, by which services know that they are meant.
    """

    def __init__(self, url: str) -> None:
        self._host, _, port = url.removeprefix("http://").partition(":")
        self._port = int(port)
        self._socket = socket.create_server((HOST, 0))
        self._at: tuple[str, int] = self._socket.getsockname()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.trouble = Trouble.NONE
        self.canned = Canned(500)
        self.bend: Bend = bytes
        self.requests = 0

    @property
    def url(self) -> str:
        """Its address, without a slash at its end."""
        return f"http://{self._at[0]}:{self._at[1]}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, sock=self._socket)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.go_down()

    async def answer_with(self, trouble: Trouble | Canned | Bend) -> None:
        """From the next request on."""
        if isinstance(trouble, Canned):
            self.canned, self.trouble = trouble, Trouble.CANNED
        elif isinstance(trouble, Trouble):
            self.trouble = trouble
        else:
            self.bend, self.trouble = trouble, Trouble.BEND

    async def go_down(self) -> None:
        """Nobody listens any more, and whoever is connected is cut off."""
        if self._server:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def come_up(self) -> None:
        """Listen again, at the same address."""
        self._server = await asyncio.start_server(self._connected, *self._at)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            upstream, to_upstream = await asyncio.open_connection(self._host, self._port)
            self._open.add(to_upstream)
            back = asyncio.create_task(self._hand_back(upstream, writer))
            try:
                await self._hand_on(reader, writer, to_upstream)
            finally:
                back.cancel()
                await asyncio.wait([back])
                to_upstream.close()
                self._open.discard(to_upstream)
        writer.close()
        self._open.discard(writer)

    async def _hand_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to_upstream: asyncio.StreamWriter
    ) -> None:
        ours, theirs = (f"{host}:{port}".encode() for host, port in (self._at, (self._host, self._port)))
        while data := await reader.read(_ENOUGH):
            self.requests += 1
            if self.trouble is Trouble.RESET:
                linger = struct.pack("ii", 1, 0)  # closing it now tells the other side that something is wrong
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return
            if self.trouble is Trouble.CANNED:
                writer.write(self.canned.raw())
                await writer.drain()
                return
            if self.trouble is not Trouble.STALL:
                to_upstream.write(data.replace(b"Host: " + ours, b"Host: " + theirs))
                await to_upstream.drain()

    async def _hand_back(self, upstream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await upstream.read(_ENOUGH):
                if self.trouble is Trouble.BEND:
                    data = await self._bent(upstream, data)
                if self.trouble in (Trouble.TRUNCATE, Trouble.HALT):
                    head, _, body = data.partition(b"\r\n\r\n")
                    writer.write(head + b"\r\n\r\n" + body[: len(body) // 2])
                    await writer.drain()
                    while self.trouble is Trouble.HALT and await upstream.read(_ENOUGH):
                        pass
                    break
                for piece in [data[at : at + 1] for at in range(len(data))] if self.trouble is Trouble.DRIP else [data]:
                    writer.write(piece)
                    await writer.drain()
                    if self.trouble is Trouble.DRIP:
                        await asyncio.sleep(DRIP)
            writer.close()

    async def _bent(self, upstream: asyncio.StreamReader, data: bytes) -> bytes:
        """The whole answer with another body."""
        while b"\r\n\r\n" not in data:
            data += await upstream.read(_ENOUGH)
        head, _, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert length, "an answer without a length is not bent here"
        body = self.bend(body + await upstream.readexactly(int(length[0]) - len(body)))
        return _LENGTH.sub(str(len(body)).encode(), head) + b"\r\n\r\n" + body
