"""A Prowlarr on loopback: its list of indexers, and the feed of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.server import Server, gone_within
from radarr_desktop.loopback.torznab import Feed, Listing, error

FOREVER = 10**9
WEB_PAGE = "<!DOCTYPE html><html><head><title>Prowlarr</title></head><body>Loading</body></html>"
_BELOW = re.compile(r"/(\d+)/(api|download)")
_TOKEN = re.compile(r"\{(\w+):(\w+)\}")


class Fault(StrEnum):
    """How it can misbehave."""

    WRONG_KEY = "401"
    HTML = "a web page instead of JSON"
    TRUNCATED = "JSON cut off in the middle"
    DRIFT = "an object instead of a list"
    EMPTY = "no indexers at all"
    OTHER = "another program's status"
    ALL_FAILED = "400, no indexer could be searched"
    TOO_MANY = "429 with Retry-After"
    SERVER_ERROR = "500"
    SLOW = "no answer for a while"
    CLOSED = "the connection breaks off"


@dataclass
class Kept:
    """One of its indexers."""

    id: int
    name: str
    feed: Feed
    enable: bool = True
    priority: int = 25
    protocol: str = "torrent"
    categories: tuple[int, ...] = (2000, 2040)
    disabled_till: datetime | None = None
    more: dict[str, Any] = field(default_factory=dict)
    """Instead of, or beside, what it tells otherwise."""


class LoopbackProwlarr(Server):
    """``async with LoopbackProwlarr() as prowlarr:`` serves at ``prowlarr.url``."""

    def __init__(self, key: str = made_up("prowlarr")) -> None:
        super().__init__()
        self.key = key
        self.kept: dict[int, Kept] = {}
        self.requests: list[str] = []
        self.searches: list[list[tuple[str, str]]] = []
        """What was asked in each search of several indexers."""
        self.delay = 60.0
        """Seconds that the fault SLOW takes."""
        self._faults: dict[Fault, int] = {}

    def keep(self, id: int, name: str, **more: Any) -> Kept:
        """Add an indexer."""
        feed = Feed(self.key, name, f"/{id}")
        feed.base = self.url
        self.kept[id] = Kept(id, name, feed, **more)
        return self.kept[id]

    def change_key(self, key: str) -> None:
        """The one before is refused from now on, in all its feeds too."""
        self.key = key
        for one in self.kept.values():
            one.feed.key = key

    def fail(self, fault: Fault, times: int = FOREVER) -> None:
        """Misbehave for this many requests the fault applies to."""
        self._faults[fault] = times

    def heal(self) -> None:
        """Behave again."""
        self._faults.clear()

    def _failing(self, fault: Fault) -> bool:
        left = self._faults.get(fault, 0)
        self._faults[fault] = max(0, left - 1)
        return left > 0

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.requests.append(request.url.path)
        if self._failing(Fault.CLOSED):
            await self.drop(scope, receive)
            return
        if self._failing(Fault.SLOW) and await gone_within(self.delay, receive):
            return
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if below := _BELOW.fullmatch(request.url.path):
            one = self.kept.get(int(below[1]))
            if one is None or not one.enable:
                return error(410, "Indexer is disabled", 410)
            return one.feed.answer(request)
        if self._failing(Fault.WRONG_KEY) or request.headers.get("x-api-key") != self.key:
            return JSONResponse({"error": "Unauthorized"}, 401)
        if response := self._fault(request.url.path):
            return response
        told = JSONResponse(self._told(request))
        if self._failing(Fault.TRUNCATED):
            return Response(bytes(told.body)[: len(told.body) // 2], media_type="application/json")
        return told

    def _fault(self, path: str) -> Response | None:
        if self._failing(Fault.HTML):
            return HTMLResponse(WEB_PAGE)
        if self._failing(Fault.SERVER_ERROR):
            return JSONResponse({"message": "Internal error"}, 500)
        if self._failing(Fault.TOO_MANY):
            return JSONResponse({"message": "Too many requests"}, 429, {"Retry-After": "30"})
        if path == "/api/v1/search" and self._failing(Fault.ALL_FAILED):
            return JSONResponse({"message": "Search failed: all indexers unavailable"}, 400)
        return None

    def _told(self, request: Request) -> Any:
        path = request.url.path
        if path == "/api/v1/system/status":
            return {"appName": "Radarr" if self._failing(Fault.OTHER) else "Prowlarr", "version": "2.1.0.5000"}
        if self._failing(Fault.DRIFT):
            return {"records": []}
        if path == "/api/v1/search":
            return self._found(request)
        if path == "/api/v1/indexer":
            return [] if self._failing(Fault.EMPTY) else [_row(one) for one in self.kept.values()]
        return [
            {"indexerId": one.id, "disabledTill": one.disabled_till.strftime("%Y-%m-%dT%H:%M:%SZ")}
            for one in self.kept.values()
            if one.disabled_till
        ]

    def _found(self, request: Request) -> list[dict[str, Any]]:
        """What its indexers list of this; one that takes no ids finds nothing by them."""
        query = request.query_params
        self.searches.append(query.multi_items())
        text, ids = query.get("query", ""), {int(one) for one in query.getlist("indexerIds")}
        tokens = {name.lower(): value for name, value in _TOKEN.findall(text)}
        asked = {"q": _TOKEN.sub("", text), "cat": ",".join(query.getlist("categories")), **tokens}
        asked |= {"offset": query.get("offset", "0"), "limit": query.get("limit", "100")}
        members = [one for one in self.kept.values() if one.enable and one.protocol == "torrent" and one.id in ids]
        able = [one for one in members if not tokens or tokens.keys() & set(one.feed.ids)]
        return [_found_row(one, listing) for one in able for listing in one.feed.find(asked)]


def _found_row(one: Kept, listing: Listing) -> dict[str, Any]:
    return {
        "guid": f"https://tracker.example/torrents/{listing.number}",
        "indexerId": one.id,
        "indexer": one.name,
        "title": listing.title,
        "size": listing.size,
        "files": 1,
        "grabs": 7,
        "imdbId": listing.imdb,
        "tmdbId": listing.tmdb,
        "publishDate": listing.added.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "infoUrl": f"https://tracker.example/torrents/{listing.number}",
        "downloadUrl": one.feed.link(listing.number),
        "infoHash": listing.info_hash or None,
        "seeders": listing.seeders,
        "leechers": listing.leechers,
        "protocol": "usenet" if listing.usenet else "torrent",
        "indexerFlags": list(listing.tags),
        "categories": [{"id": listing.category, "name": "Movies/HD"}],
    }


def _row(one: Kept) -> dict[str, Any]:
    movies = [{"id": number, "name": f"Movies/{number}", "subCategories": []} for number in one.categories]
    row = {
        "id": one.id,
        "name": one.name,
        "enable": one.enable,
        "priority": one.priority,
        "protocol": one.protocol,
        "privacy": "private",
        "supportsRss": True,
        "supportsSearch": True,
        "capabilities": {
            "limitsMax": 100,
            "categories": [*movies, {"id": 5000, "name": "TV", "subCategories": []}],
            "movieSearchParams": ["q", *(f"{name.removesuffix('id')}Id" for name in one.feed.ids)],
        },
    }
    return row | one.more
