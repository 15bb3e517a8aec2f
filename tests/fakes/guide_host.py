"""A host that serves files of a guide, with pages, API and raw files as GitHub has them."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.engine.quality.fetch import Hosts
from radarr_desktop.loopback.server import Server


class GuideHost(Server):
    """``files`` by path; a text that starts with ``http`` is where a file has moved to."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes | str] = {}
        self.asked: list[str] = []

    @property
    def hosts(self) -> Hosts:
        """This host in GitHub's place."""
        return Hosts(self.url, f"{self.url}/api", f"{self.url}/raw")

    def put(self, path: str, body: Any) -> str:
        """Serve a JSON file; its address."""
        self.files[path] = body if isinstance(body, bytes) else json.dumps(body).encode()
        return f"{self.url}{path}"

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One file."""
        self.asked.append(scope["path"])
        found = self.files.get(scope["path"])
        if isinstance(found, str):
            await RedirectResponse(found)(scope, receive, send)
            return
        status = 404 if found is None else 200
        await Response(found or b"", status, media_type="application/json")(scope, receive, send)
