"""Everything between the socket and a handler: who may ask, what is read, how faults are told."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.api.answers import NotAccepted, answer, fault, not_accepted, problem_answer, unreadable
from radarr_desktop.api.endpoint import MAX_ID, Call, Endpoint
from radarr_desktop.api.reading import MAX_BODY, TooLarge, Unreadable, read_body, read_query
from radarr_desktop.api.shown import ShownReleases
from radarr_desktop.domain.problem import Kind, Problem

if TYPE_CHECKING:
    from starlette.routing import Router

    from radarr_desktop.engine.engine import Engine

log = structlog.get_logger(__name__)

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Gate:
    """The ASGI application: checks host, origin and key, then routes without regard to case."""

    def __init__(
        self, engine: Engine, endpoints: Callable[[], Iterable[Endpoint]], *, host: str, keys: Iterable[str]
    ) -> None:
        self._engine = engine
        self._endpoints = endpoints
        self._keys = [key.encode() for key in keys if key]
        self._hosts = LOOPBACK | {host.lower()}
        self._any_address = _is_wildcard(host)
        self._running: set[asyncio.Task[object]] = set()
        self._given_up = False
        self._router: Router | None = None
        """Made when somebody asks something for the first time."""
        self._open: set[str] = set()
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        scope["path"] = scope["path"].lower().rstrip("/") or "/"
        request = Request(scope, receive)
        try:
            router = self._router or await self._made()
            refused = self._refuse(request)
            await (refused or router)(scope, receive, send)
        except asyncio.CancelledError:
            if not self._given_up:
                raise
        except ClientDisconnect:
            log.debug("port.client_gone")
        finally:
            self._running.discard(task)

    async def _made(self) -> Router:
        """In a thread, because the loop goes on while all of the table is imported."""
        async with self._making:
            if self._router is None:
                self._open, made = await asyncio.to_thread(self._make)
                self._router = made
            return self._router

    def _make(self) -> tuple[set[str], Router]:
        from starlette.routing import Route, Router  # here, with the table: nobody needs them until somebody asks

        shown = ShownReleases()
        by_path: dict[str, dict[str, Endpoint]] = {}
        for one in self._endpoints():
            by_path.setdefault(one.path.lower(), {})[one.method] = one
        anonymous = {path for path, methods in by_path.items() if all(one.anonymous for one in methods.values())}
        fixed_first = sorted(by_path.items(), key=lambda one: "{" in one[0])
        routes = [Route(path, Resource(self._engine, shown, methods)) for path, methods in fixed_first]
        return anonymous, Router(routes, redirect_slashes=False, default=_nothing_here)

    async def finish(self, patience: float) -> None:
        """Wait up to ``patience`` seconds for the requests that run."""
        if self._running:
            await asyncio.wait(self._running, timeout=patience)

    def give_up(self) -> None:
        """Cancel the requests that still run; their connections are gone already."""
        self._given_up = True
        for task in self._running:
            task.cancel()

    def _refuse(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if not self._is_ours(host):
            return fault(403, "This address is not served here.", "Use http://127.0.0.1 and the port.", Kind.REFUSED)
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return fault(403, "Requests from other web pages are refused.", kind=Kind.REFUSED)
        if request.scope["path"] in self._open or self._knows_key(request):
            return None
        return Response(status_code=401)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._hosts:
            return True
        return self._any_address and _is_address(name)

    def _knows_key(self, request: Request) -> bool:
        given = next((value for name, value in request.query_params.multi_items() if name.lower() == "apikey"), None)
        if given is None:
            given = request.headers.get("x-api-key")
        if given is None:
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            given = token.strip() if scheme.lower() == "bearer" else ""
        asked = given.encode("utf-8", "surrogateescape")
        return any(hmac.compare_digest(asked, key) for key in self._keys)


class Resource:
    """One path with its methods."""

    def __init__(self, engine: Engine, shown: ShownReleases, methods: Mapping[str, Endpoint]) -> None:
        self._engine = engine
        self._shown = shown
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        endpoint = self._methods.get(request.method)
        if endpoint is None:
            allowed = ", ".join(sorted(self._methods))
            refusal = fault(405, f"{request.method} is not possible here.", f"Possible are: {allowed}.")
            refusal.headers["Allow"] = allowed
            return refusal
        try:
            return await self._call(endpoint, request)
        except Problem as problem:
            if problem.kind is Kind.INTERNAL:
                log.error("port.failed", path=endpoint.path, problem=str(problem))
            return problem_answer(problem)
        except NotAccepted as reasons:
            return not_accepted(reasons.failures)
        except Unreadable as reason:
            return unreadable(reason.place, str(reason))
        except TooLarge:
            return fault(413, f"The body is over {MAX_BODY // 1024 // 1024} MB.", "Send less.")
        except ClientDisconnect:
            raise
        except Exception:
            log.exception("port.failed", method=endpoint.method, path=endpoint.path)
            return fault(
                500, "This could not be done because of a fault in the program.", "See the log.", Kind.INTERNAL
            )

    async def _call(self, endpoint: Endpoint, request: Request) -> Response:
        path = {name: str(value) for name, value in request.path_params.items()}
        if any(name.endswith("id") and not _is_id(value) for name, value in path.items()):
            return fault(404, "There is nothing with this id.", "An id is a whole number.", Kind.NOT_FOUND)
        query = read_query(request.query_params.multi_items(), endpoint.query)
        body = None if endpoint.body is None else await read_body(request, endpoint.body)
        result = await endpoint.handler(Call(self._engine, self._shown, path, query, body))
        if isinstance(result, Response):
            return result
        headers = {"Location": f"{endpoint.path}/{result.id}"} if endpoint.status == 201 else None
        return answer(result, endpoint.status, headers)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 10 and int(value) <= MAX_ID


def _is_wildcard(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    await fault(404, "There is nothing at this path.", kind=Kind.NOT_FOUND)(scope, receive, send)
