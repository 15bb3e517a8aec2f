"""The HTTP client plugins use: bounded answers, and transport faults as named errors."""

from __future__ import annotations

import email.utils
import json
import logging
import re
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from radarr_desktop.plugin_api.errors import BadAnswer, RateLimited, ServerFault, TimedOut, Unreachable

if TYPE_CHECKING:
    import httpx

MAX_ANSWER = 32 * 1024 * 1024
"""Bytes; a longer answer is refused."""
MAX_WAIT = 86_400.0
"""Seconds; a service cannot silence us for longer."""


async def _at_once() -> None:
    """There is no line to stand in."""


class Http:
    """A thin, polite ``httpx`` client. Redirects are not followed: a plugin decides what a redirect means.

    Each request waits for ``turn`` first, where the engine keeps the pauses and counts.
    """

    def __init__(self, user_agent: str, timeout: float = 20.0, turn: Callable[[], Awaitable[None]] = _at_once) -> None:
        self._user_agent = user_agent
        self._timeout = timeout
        self._turn = turn
        self._client: httpx.AsyncClient | None = None

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            import httpx  # here, not above: 80 ms that a start without network use need not pay

            logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole addresses, with their keys
            self._client = httpx.AsyncClient(headers={"User-Agent": self._user_agent}, timeout=self._timeout)
        return self._client

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        max_answer: int = MAX_ANSWER,
    ) -> httpx.Response:
        """Send one request; the answer is read whole, whatever its status.

        Raises ``Unreachable`` for transport faults and 502 to 504, ``RateLimited`` for 429, ``BadAnswer`` for an
        answer over ``max_answer`` bytes. Other statuses are the caller's to judge.
        """
        import httpx

        await self._turn()
        try:
            async with self._open().stream(
                method, url, params=params, headers=headers, json=json, data=data, files=files
            ) as response:
                body = bytearray()
                expected = response.headers.get("content-length", "")
                too_much = expected.isdecimal() and int(expected[:20]) > max_answer
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if too_much or len(body) > max_answer:
                        raise BadAnswer(f"{host_of(url)} sends more than {max_answer // 1024} KB and was cut off.")
        except httpx.TimeoutException as fault:
            raise TimedOut(f"{host_of(url)} did not answer within {self._timeout:g} s.") from fault
        except httpx.ConnectError as fault:
            raise Unreachable(f"{host_of(url)} cannot be reached: {_reason(fault)}.") from fault
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as fault:
            raise Unreachable("The address cannot be used: write it in full, like https://host:port/path.") from fault
        except httpx.HTTPError as fault:
            raise Unreachable(f"The exchange with {host_of(url)} broke off: {_reason(fault)}.") from fault
        answer = httpx.Response(
            response.status_code,
            headers=[(k, v) for k, v in response.headers.multi_items() if k not in _TRANSPORT_HEADERS],
            content=bytes(body),
            request=response.request,
        )
        if answer.status_code == 429:
            raise RateLimited(f"{host_of(url)} asked to slow down (429).", retry_after(answer.headers))
        if answer.status_code in (502, 503, 504):
            raise ServerFault(f"{host_of(url)} answered {answer.status_code}: it cannot work right now.")
        return answer

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()


_TRANSPORT_HEADERS = {"content-encoding", "content-length", "transfer-encoding"}


def read_json(response: httpx.Response) -> Any:
    """The answer as JSON; control characters in strings are tolerated, anything else is a ``BadAnswer``."""
    try:
        return json.loads(response.content, strict=False)
    except (ValueError, RecursionError) as fault:
        host = host_of(str(response.request.url))
        page = response.content.lstrip()[:1] == b"<"
        kind = "an HTML page instead of JSON" if page else "JSON that is cut off or damaged"
        raise BadAnswer(f"{host} answered {response.status_code} with {kind}.") from fault


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds from a ``Retry-After`` header (seconds or an HTTP date), or None."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(float(value), MAX_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return min(max(0.0, moment.timestamp() - (time.time() if now is None else now)), MAX_WAIT)


def host_of(url: str) -> str:
    """Scheme, host and port only: paths and queries may carry keys."""
    import httpx

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return "The address"
    port = f":{parsed.port}" if parsed.port else ""
    return f"{parsed.scheme}://{parsed.host}{port}" if parsed.host else "The address"


def _reason(fault: Exception) -> str:
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "its name is not known here. Check the address, and the network"
        if isinstance(cause, ConnectionRefusedError):
            return "nothing listens there. Check the address, and whether it runs"
        cause = cause.__cause__ or cause.__context__
    text = re.sub(r"^\[Errno -?\d+\] ", "", str(fault).strip().rstrip("."))
    return text[0].lower() + text[1:] if text else "the connection was lost"
