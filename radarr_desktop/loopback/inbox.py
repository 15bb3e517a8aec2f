"""A receiver of webhooks on loopback: what somebody else's program would be told."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.server import Server


class Inbox(Server):
    """Keeps every notice it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        """Where notices go."""
        return f"{super().url}/notices"

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a notice."""
        request = Request(scope, receive)
        known = request.url.path == "/notices" and request.method in ("POST", "PUT")
        if known:
            self.notices.append(json.loads(await request.body()))
        await Response(status_code=204 if known else 404)(scope, receive, send)
