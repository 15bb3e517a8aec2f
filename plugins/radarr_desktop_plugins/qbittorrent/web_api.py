"""qBittorrent's Web API: one session, and its refusals as named errors."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from radarr_desktop.plugin_api import BadAnswer, Http, LoginFailed, RateLimited, Rejected, Unreachable, read_json

if TYPE_CHECKING:
    import httpx

BAN = 3600.0
"""Seconds qBittorrent locks an address out after five failed logins, unless told otherwise."""


class WebApi:
    """Calls below ``/api/v2``. The whole cookie jar is kept: the cookie's name depends on version and port."""

    def __init__(self, http: Http, base_url: str, username: str, password: SecretStr, api_key: SecretStr) -> None:
        self._http = http
        self._base = base_url.rstrip("/")
        self._username = username
        self._password = password
        self._api_key = api_key.get_secret_value()
        self._lock = asyncio.Lock()
        self._refusal = ""
        self.logins = 0
        """How often a session was opened; what depends on a session is void when it grows."""
        self._version: tuple[int, ...] = ()

    async def get(self, path: str, **params: str | int) -> httpx.Response:
        """Read something."""
        return await self._call("GET", path, params=params)

    async def post(self, path: str, files: Any = None, **data: str) -> httpx.Response:
        """Change something."""
        return await self._call("POST", path, data=data, files=files)

    async def json(self, path: str, **params: str | int) -> Any:
        """Read something that is JSON."""
        answer = await self.get(path, **params)
        self.accept(answer)
        return read_json(answer)

    async def version(self) -> tuple[int, ...]:
        """The Web API's version, e.g. (2, 11, 4)."""
        if not self._version:
            answer = await self.get("app/webapiVersion")
            self.accept(answer)
            if not re.fullmatch(r"\d{1,4}(\.\d{1,4})+", text := said(answer)):
                raise BadAnswer(f"{self._base} answers, but not as qBittorrent does. Check the address.")
            self._version = tuple(map(int, text.split(".")))
        return self._version

    def forgive(self) -> None:
        """Try a login again although the last one was refused: somebody asked for it."""
        self._refusal = ""

    def accept(self, answer: httpx.Response) -> None:
        """Raise a named error unless the answer is a good one."""
        status = answer.status_code
        if status < 300:
            return
        if status < 400:
            raise Unreachable(f"The address of qBittorrent points elsewhere ({status}). Enter the final address.")
        if status == 401:
            raise LoginFailed(
                "qBittorrent refused the request (401). Allow this address in it: Web UI, Server domains."
            )
        if status == 404:
            raise BadAnswer(f"There is no qBittorrent Web UI at {self._base} (404). Check the address.")
        if status >= 500:
            raise Unreachable(f"qBittorrent cannot work right now (it answered {status}). Look into its log.")
        raise Rejected(f"qBittorrent refused this ({status}): {reason(answer)}.")

    async def _call(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send it; without a session, log in first; with one that has ended, log in once more."""
        seen = self.logins
        if not seen:
            await self._log_in(seen)
            seen = self.logins
        answer = await self._send(method, path, **content)
        if answer.status_code != 403:
            return answer
        if self._api_key:
            raise LoginFailed("qBittorrent refused the API key (403). Copy it again from its Web UI settings.")
        await self._log_in(seen)
        answer = await self._send(method, path, **content)
        if answer.status_code == 403:
            raise LoginFailed(f"qBittorrent wants a login (403) but does not keep it: {reason(answer)}.")
        return answer

    async def _log_in(self, seen: int) -> None:
        """Open a session, once however many callers ask, and never again after a refusal: it bans who insists."""
        async with self._lock:
            if self.logins != seen:
                return
            if self._refusal:
                raise LoginFailed(self._refusal)
            if not self._api_key and (self._username or self._password.get_secret_value()):
                await self._prove()
            elif seen:
                self._refuse("qBittorrent wants a user name and a password (403). Enter them.")
            self.logins += 1
            self._version = ()

    async def _prove(self) -> None:
        """Show user name and password. Versions before 5.2 say ``Ok.`` or ``Fails.``, later ones 204 or 401."""
        data = {"username": self._username, "password": self._password.get_secret_value()}
        answer = await self._send("POST", "auth/login", data=data)
        if answer.status_code == 403:
            raise RateLimited(
                "qBittorrent has locked this computer out after too many failed logins (403). "
                "Restart qBittorrent, or wait an hour.",
                BAN,
            )
        if answer.status_code == 401 or said(answer) == "Fails.":
            self._refuse(
                f"qBittorrent refused the user name or the password ({answer.status_code}). Enter them again; "
                "if they are right, allow this address in qBittorrent: Web UI, Server domains."
            )
        self.accept(answer)
        if answer.status_code != 204 and said(answer) not in ("Ok.", ""):
            raise BadAnswer(f"{self._base} answers a login, but not as qBittorrent does. Check the address.")

    def _refuse(self, message: str) -> None:
        self._refusal = message
        raise LoginFailed(message)

    async def _send(self, method: str, path: str, **content: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._api_key}"} if self._api_key else {}
        try:
            return await self._http.request(method, f"{self._base}/api/v2/{path}", headers=headers, **content)
        except BadAnswer:
            raise
        except Unreachable as fault:
            message = f"qBittorrent does not answer. {fault} Is it running, with its Web UI switched on?"
            raise type(fault)(message) from fault


def rows(answer: Any) -> list[Mapping[str, Any]]:
    """A list of objects, or ``BadAnswer``."""
    if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
        raise BadAnswer("qBittorrent answered something else than a list. Check the address.")
    return answer


def said(answer: httpx.Response) -> str:
    """The answer's first line or so; the encoding it claims is not asked, for it may name anything."""
    return " ".join(answer.content[:1000].decode("utf-8", "replace").split())[:200]


def reason(answer: httpx.Response) -> str:
    """What it said, to end a sentence with."""
    return said(answer).rstrip(".") or "it did not say why"
