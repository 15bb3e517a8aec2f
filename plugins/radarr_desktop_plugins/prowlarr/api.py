"""Prowlarr's API, version 1: one question, one answer, or the error it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from radarr_desktop.plugin_api import (
    BadAnswer,
    Http,
    LoginFailed,
    Rejected,
    ServerFault,
    Unreachable,
    read_json,
    read_line,
)


class Api:
    """A Prowlarr at an address."""

    def __init__(self, base_url: str, api_key: str, http: Http) -> None:
        self.base_url = base_url.rstrip("/")
        self._key = api_key
        self._http = http

    async def check(self) -> None:
        """Is it Prowlarr, and does it take the key?"""
        status = await self._ask("/api/v1/system/status", {})
        if not isinstance(status, dict):
            raise BadAnswer("Prowlarr answered something that is not its API. Check the address, or wait.")
        if read_line(status.get("appName")) != "Prowlarr":
            raise Rejected("Another program than Prowlarr answers there. Check the address and the port.")

    async def listed(self, path: str, params: Mapping[str, Any] | None = None) -> list[Mapping[str, Any]]:
        """The rows of a list."""
        rows = await self._ask(path, params or {})
        if not isinstance(rows, list) or (rows and not any(isinstance(row, dict) for row in rows)):
            raise BadAnswer("Prowlarr answered without a list of what was asked for. It is asked again later.")
        return [row for row in rows if isinstance(row, dict)]

    async def _ask(self, path: str, params: Mapping[str, Any]) -> Any:
        response = await self._http.request(
            "GET",
            self.base_url + path,
            params=params,
            headers={"Accept": "application/json", "X-Api-Key": self._key},
        )
        status = response.status_code
        if status == 200:
            return read_json(response)
        if status in (401, 403):
            raise LoginFailed(f"Prowlarr refused the API key ({status}). Copy it again from its settings.")
        if 300 <= status < 400:
            raise BadAnswer(f"Prowlarr pointed elsewhere ({status}). Check the address and its URL base.")
        if status == 404:
            raise BadAnswer("Prowlarr has nothing there (404). Check the address and its URL base.")
        if status == 400:
            raise ServerFault("None of Prowlarr's indexers could be asked (400). See there why.")
        raise (ServerFault if status >= 500 else Unreachable)(
            f"Prowlarr cannot work right now (it answered {status}). It is asked again later."
        )
