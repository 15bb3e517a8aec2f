"""A tracker on loopback that speaks UNIT3D's JSON API, and misbehaves on request."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.server import Server, gone_within

FOREVER = 10**9
WEB_PAGE = "<!DOCTYPE html><html><head><title>Login</title></head><body><h1>Login</h1></body></html>"


class Fault(StrEnum):
    """How it can misbehave."""

    LOGIN = "a redirect to the login page"
    UNAUTHENTICATED = "401"
    HTML = "a web page instead of JSON"
    TRUNCATED = "JSON cut off in the middle"
    DRIFT = "another shape of the answer"
    TOO_MANY = "429 with Retry-After"
    FORBIDDEN = "403"
    SERVER_ERROR = "500"
    SLOW = "no answer for a while"
    CLOSED = "the connection breaks off"


@dataclass(frozen=True, slots=True)
class Listing:
    """One torrent as it is listed."""

    name: str
    data: bytes = b""
    """The .torrent."""
    id: int = 0
    """Set by the server when 0."""
    size: int = 0
    seeders: int = 0
    leechers: int = 0
    imdb: int = 0
    tmdb: int = 0
    info_hash: str = ""
    category: int = 1
    freeleech: str = "0%"
    double_upload: bool = False
    internal: bool = False
    added: datetime = datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived; token and key are left out."""

    at: float
    """On the loop's clock."""
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


class LoopbackUnit3D(Server):
    """``async with LoopbackUnit3D() as tracker:`` serves at ``tracker.url``."""

    def __init__(self, token: str = made_up("unit3d"), key: str = made_up("unit3d link")) -> None:
        super().__init__()
        self.token = token
        self.key = key
        """In the links of torrents."""
        self.listings: list[Listing] = []
        self.requests: list[Seen] = []
        self.page = 100
        self.retry_after = "30"
        self.delay = 60.0
        """Seconds that the fault SLOW takes."""
        self._faults: dict[Fault, int] = {}

    def add(self, listing: Listing) -> Listing:
        """List a torrent; the newest is the one added last unless ``added`` says otherwise."""
        listed = replace(listing, id=listing.id or max((one.id for one in self.listings), default=1000) + 1)
        self.listings.append(listed)
        return listed

    def fail(self, fault: Fault, times: int = FOREVER) -> None:
        """Misbehave for this many requests the fault applies to."""
        self._faults[fault] = times

    def _failing(self, fault: Fault) -> bool:
        left = self._faults.get(fault, 0)
        self._faults[fault] = max(0, left - 1)
        return left > 0

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.requests.append(
            Seen(
                asyncio.get_running_loop().time(),
                request.url.path.replace(self.key, "KEY"),
                {name: value for name, value in request.query_params.items() if name != "api_token"},
            )
        )
        if self._failing(Fault.CLOSED):
            await self.drop(scope, receive)
            return
        if self._failing(Fault.SLOW) and await gone_within(self.delay, receive):
            return
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        path = request.url.path
        if response := self._fault():
            return response
        if download := re.fullmatch(r"/torrent/download/(\d+)\.(\w+)", path):
            return self._download(int(download[1]), download[2])
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return RedirectResponse(f"{self.url}/login", 302)
        if one := re.fullmatch(r"/api/torrents/(\d+)", path):
            found = next((each for each in self.listings if str(each.id) == one[1]), None)
            return JSONResponse(self._row(found) if found else {"message": "Not found"}, 200 if found else 404)
        if path != "/api/torrents/filter":
            return HTMLResponse(WEB_PAGE, 404)
        answer = JSONResponse(self._filtered(request))
        if self._failing(Fault.TRUNCATED):
            return Response(bytes(answer.body)[: len(answer.body) // 2], media_type="application/json")
        return answer

    def _fault(self) -> Response | None:
        if self._failing(Fault.LOGIN):
            return RedirectResponse(f"{self.url}/login", 302)
        if self._failing(Fault.UNAUTHENTICATED):
            return JSONResponse({"message": "Unauthenticated."}, 401)
        if self._failing(Fault.TOO_MANY):
            return JSONResponse({"message": "Too Many Attempts."}, 429, {"Retry-After": self.retry_after})
        if self._failing(Fault.HTML):
            return HTMLResponse(WEB_PAGE)
        if self._failing(Fault.DRIFT):
            return JSONResponse({"torrents": {"items": []}})
        if self._failing(Fault.FORBIDDEN):
            return HTMLResponse("<h1>Forbidden</h1>", 403)
        return HTMLResponse("<h1>Error</h1>", 500) if self._failing(Fault.SERVER_ERROR) else None

    def _download(self, number: int, key: str) -> Response:
        found = next((one for one in self.listings if one.id == number), None)
        if found is None or key != self.key:
            return HTMLResponse("<h1>Not found</h1>", 404)
        return Response(found.data, media_type="application/x-bittorrent")

    def _filtered(self, request: Request) -> dict[str, Any]:
        query = request.query_params
        found = _search(self.listings, query, {int(one) for one in query.getlist("categories[]")})
        size, page = min(int(query.get("perPage", "25")), self.page), int(query.get("page", "1"))
        part = found[(page - 1) * size : page * size]
        more = len(found) > page * size
        following = f"{self.url}/api/torrents/filter?{urlencode({'perPage': size, 'page': page + 1})}" if more else None
        return {"data": [self._row(one) for one in part], "links": {"next": following}, "meta": {"per_page": size}}

    def _row(self, one: Listing) -> dict[str, Any]:
        attributes = {
            "name": one.name,
            "category": "Movies",
            "category_id": one.category,
            "size": one.size,
            "num_file": 1,
            "times_completed": one.seeders * 3,
            "seeders": one.seeders,
            "leechers": one.leechers,
            "created_at": one.added.strftime("%Y-%m-%dT%H:%M:%S.000000Z"),
            "download_link": f"{self.url}/torrent/download/{one.id}.{self.key}",
            "details_link": f"{self.url}/torrents/{one.id}",
            "imdb_id": one.imdb,
            "tmdb_id": one.tmdb,
            "info_hash": one.info_hash,
            "freeleech": one.freeleech,
            "double_upload": one.double_upload,
            "internal": one.internal,
        }
        return {"type": "torrent", "id": str(one.id), "attributes": attributes}


def _search(listings: Sequence[Listing], query: Mapping[str, str], categories: set[int]) -> list[Listing]:
    found = sorted(listings, key=lambda one: (one.added, one.id), reverse=True)
    if categories:
        found = [one for one in found if one.category in categories]
    if imdb := query.get("imdbId"):
        found = [one for one in found if one.imdb == int(imdb)]
    if tmdb := query.get("tmdbId"):
        found = [one for one in found if one.tmdb == int(tmdb)]
    words = set(re.findall(r"\w+", query.get("name", "").lower()))
    return [one for one in found if words <= set(re.findall(r"\w+", one.name.lower()))]
