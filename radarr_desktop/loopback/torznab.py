"""A Torznab feed on loopback, as Prowlarr and Jackett serve it, that misbehaves on request."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import urlencode
from xml.etree import ElementTree as Tree

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.server import Server, gone_within

FOREVER = 10**9
WEB_PAGE = "<!DOCTYPE html><html><head><title>Login</title></head><body>Please log in.<br></body></html>"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
NAMESPACE = "http://torznab.com/schemas/2015/feed"


class Fault(StrEnum):
    """How it can misbehave."""

    WRONG_KEY = "error 100 with status 200"
    SUSPENDED = "error 101 with status 401"
    REQUEST_LIMIT = "error 500, request limit reached"
    TOO_MANY = "429 with Retry-After"
    DISABLED = "410, the indexer is switched off"
    BAD_PARAMETER = "400 and error 201"
    BROKEN = "error 900"
    HTML = "a web page instead of XML"
    JSON = "JSON instead of XML"
    TRUNCATED = "XML cut off in the middle"
    CONTROL = "control characters and bare ampersands in the XML"
    ENTITIES = "entities that the document declares itself"
    SERVER_ERROR = "500"
    SLOW = "no answer for a while"
    CLOSED = "the connection breaks off"
    TORRENT_HTML = "a web page instead of the torrent"
    TORRENT_CIRCLE = "a download that leads to itself"


_ERRORS = {
    Fault.WRONG_KEY: (200, 100, "Invalid API Key"),
    Fault.SUSPENDED: (401, 101, "Account suspended"),
    Fault.REQUEST_LIMIT: (200, 500, "Request limit reached (100/100)"),
    Fault.DISABLED: (410, 410, "Indexer is disabled"),
    Fault.BAD_PARAMETER: (400, 201, "Incorrect parameter"),
    Fault.BROKEN: (200, 900, "Unknown error"),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One item of a feed."""

    title: str
    data: bytes = b""
    """The .torrent."""
    magnet: str = ""
    """A download is redirected to it instead."""
    number: int = 0
    """Set by the feed when 0."""
    size: int = 0
    seeders: int = 0
    leechers: int = 0
    imdb: int = 0
    tmdb: int = 0
    info_hash: str = ""
    category: int = 2040
    attributes: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    usenet: bool = False
    added: datetime = datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived; the key is left out."""

    at: float
    """On the loop's clock."""
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


class Feed:
    """What one indexer lists, and how it answers."""

    def __init__(self, key: str, title: str = "Loopback", path: str = "") -> None:
        self.key = key
        self.title = title
        self.path = path
        """Before ``/api`` and ``/download``."""
        self.listings: list[Listing] = []
        self.requests: list[Seen] = []
        self.ids: tuple[str, ...] = ("imdbid", "tmdbid")
        """Parameters its search for movies takes besides ``q``."""
        self.page = 100
        self.limits: tuple[int, int] | None = None
        """Requests made and allowed, as it tells them."""
        self.grab_limits: tuple[int, int] | None = None
        """The same of downloads."""
        self.retry_after = "30"
        self.base = ""
        """Of the server it is on."""
        self._faults: dict[Fault, int] = {}

    def add(self, listing: Listing) -> Listing:
        """List an item; the newest is the one added last unless ``added`` says otherwise."""
        listed = replace(listing, number=listing.number or len(self.listings) + 1)
        self.listings.append(listed)
        return listed

    def fail(self, fault: Fault, times: int = FOREVER) -> None:
        """Misbehave for this many requests the fault applies to."""
        self._faults[fault] = times

    def heal(self) -> None:
        """Behave again."""
        self._faults.clear()

    def failing(self, fault: Fault) -> bool:
        """Is it this request's turn to fail so?"""
        left = self._faults.get(fault, 0)
        self._faults[fault] = max(0, left - 1)
        return left > 0

    def answer(self, request: Request) -> Response:
        """Answer one request below ``path``."""
        query = {name: value for name, value in request.query_params.items() if name != "apikey"}
        self.requests.append(Seen(asyncio.get_running_loop().time(), request.url.path, query))
        if response := self._fault():
            return response
        if request.query_params.get("apikey") != self.key:
            return error(100, "Invalid API Key")
        if request.url.path.endswith("/download"):
            return self._download(request.query_params.get("link", ""))
        if query.get("t") == "caps":
            return _xml(self._caps())
        if query.get("t") not in ("search", "movie"):
            return error(202, "No such function", 400) if query.get("t") else error(200, "Missing parameter: t", 400)
        text = Tree.tostring(self._found(query), encoding="unicode", xml_declaration=True)
        if self.failing(Fault.TRUNCATED):
            text = text[: len(text) // 2]
        if self.failing(Fault.CONTROL):
            text = text.replace("<title>", "<title>\x07Tom & ").replace("</title>", "&#x1;</title>")
        return Response(text, media_type="application/rss+xml")

    def _fault(self) -> Response | None:
        for fault, (status, code, description) in _ERRORS.items():
            if self.failing(fault):
                return error(code, description, status)
        if self.failing(Fault.TOO_MANY):
            return error(429, "Too many requests", 429, {"Retry-After": self.retry_after})
        if self.failing(Fault.HTML):
            return HTMLResponse(WEB_PAGE)
        if self.failing(Fault.JSON):
            return Response('{"error":"Indexer is disabled"}', media_type="application/json")
        if self.failing(Fault.ENTITIES):
            return Response(ENTITIES, media_type="application/xml")
        return HTMLResponse("<h1>Error</h1>", 500) if self.failing(Fault.SERVER_ERROR) else None

    def _download(self, number: str) -> Response:
        if self.failing(Fault.TORRENT_HTML):
            return HTMLResponse(WEB_PAGE)
        if self.failing(Fault.TORRENT_CIRCLE):
            return RedirectResponse(self.link(number), 301)
        found = next((one for one in self.listings if str(one.number) == number), None)
        if found is None:
            return error(300, "No such item", 404)
        if found.magnet:
            return Response(status_code=301, headers={"Location": found.magnet})
        return Response(found.data, media_type="application/x-bittorrent")

    def _caps(self) -> Tree.Element:
        root = Tree.Element("caps")
        Tree.SubElement(root, "server", title=self.title)
        Tree.SubElement(root, "limits", default=str(self.page), max=str(self.page))
        searching = Tree.SubElement(root, "searching")
        Tree.SubElement(searching, "search", available="yes", supportedParams="q")
        Tree.SubElement(searching, "movie-search", available="yes", supportedParams=",".join(["q", *self.ids]))
        categories = Tree.SubElement(root, "categories")
        movies = Tree.SubElement(categories, "category", id="2000", name="Movies")
        Tree.SubElement(movies, "subcat", id="2040", name="Movies/HD")
        return root

    def find(self, query: Mapping[str, str]) -> list[Listing]:
        """A page of what it lists of this, newest first."""
        found = sorted(self.listings, key=lambda one: (one.added, one.number), reverse=True)
        if wanted := {int(one) for one in query.get("cat", "").split(",") if one}:
            found = [one for one in found if {one.category, one.category // 1000 * 1000} & wanted]
        if "imdbid" in query and "imdbid" in self.ids:
            found = [one for one in found if one.imdb == int(query["imdbid"].removeprefix("tt"))]
        if "tmdbid" in query and "tmdbid" in self.ids:
            found = [one for one in found if one.tmdb == int(query["tmdbid"])]
        if words := _words(query.get("q", "")):
            found = [one for one in found if words <= _words(one.title)]
        start, limit = int(query.get("offset", "0")), min(int(query.get("limit", "100")), self.page)
        return found[start : start + limit]

    def _found(self, query: Mapping[str, str]) -> Tree.Element:
        root = Tree.Element("rss", version="2.0")
        channel = Tree.SubElement(root, "channel")
        _text(channel, "title", self.title)
        if limits := _told("api", self.limits) | _told("grab", self.grab_limits):
            Tree.SubElement(channel, f"{{{NAMESPACE}}}apilimits", limits)
        for one in self.find(query):
            self._item(channel, one)
        return root

    def _item(self, channel: Tree.Element, one: Listing) -> None:
        item, link = Tree.SubElement(channel, "item"), self.link(one.number)
        _text(item, "title", one.title)
        _text(item, "guid", f"https://tracker.example/torrents/{one.number}")
        _text(item, "comments", f"https://tracker.example/torrents/{one.number}#comments")
        _text(item, "pubDate", format_datetime(one.added))
        _text(item, "size", str(one.size))
        _text(item, "link", link)
        kind = "application/x-nzb" if one.usenet else "application/x-bittorrent"
        Tree.SubElement(item, "enclosure", url=link, length=str(one.size), type=kind)
        told = {
            "category": str(one.category),
            "seeders": str(one.seeders),
            "peers": str(one.seeders + one.leechers),
            "imdb": f"{one.imdb:07d}" if one.imdb else "",
            "tmdbid": str(one.tmdb or ""),
            "infohash": one.info_hash,
            **one.attributes,
        }
        for name, value in [*told.items(), *(("tag", tag) for tag in one.tags)]:
            if value:
                Tree.SubElement(item, f"{{{NAMESPACE}}}attr", name=name, value=value)

    def link(self, number: int | str) -> str:
        """Where the torrent of an item is."""
        return f"{self.base}{self.path}/download?{urlencode({'apikey': self.key, 'link': number, 'file': 'a.torrent'})}"


class LoopbackTorznab(Server):
    """``async with LoopbackTorznab() as torznab:`` serves ``torznab.feed`` at ``torznab.url``."""

    def __init__(self, key: str = made_up("torznab")) -> None:
        super().__init__()
        self.feed = Feed(key)
        self.feed.base = self.url
        self.delay = 60.0
        """Seconds that the fault SLOW takes."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.feed.failing(Fault.CLOSED):
            await self.drop(scope, receive)
            return
        if self.feed.failing(Fault.SLOW) and await gone_within(self.delay, receive):
            return
        await self.feed.answer(Request(scope, receive))(scope, receive, send)


def error(code: int, description: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A Torznab error."""
    root = Tree.Element("error", code=str(code), description=description)
    return _xml(root, status, headers)


def _xml(root: Tree.Element, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    body = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, status, headers, "application/xml")


def _told(kind: str, limits: tuple[int, int] | None) -> dict[str, str]:
    return {f"{kind}Current": str(limits[0]), f"{kind}Max": str(limits[1])} if limits else {}


def _text(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(parent, name).text = text


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
