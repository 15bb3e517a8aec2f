"""A receiver of webhooks on loopback: what somebody else's program would be told."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from radarr_desktop.loopback.server import Server


class Inbox:
    """Keeps every notice it gets."""

    def __init__(self) -> None:
        self.notices: list[dict[str, Any]] = []
        self._server = Server(Starlette(routes=[Route("/notices", self._take, methods=["POST", "PUT"])]))

    @property
    def url(self) -> str:
        """Where notices go."""
        return f"{self._server.url}/notices"

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.__aexit__(kind, error, trace)

    async def _take(self, request: Request) -> Response:
        self.notices.append(json.loads(await request.body()))
        return Response(status_code=204)
