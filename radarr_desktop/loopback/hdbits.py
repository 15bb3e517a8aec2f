"""An indexer on loopback that speaks HDBits' JSON API, and misbehaves on request."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback import hdbits_pages as pages
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.server import Server, gone_within

FOREVER = 10**9
LARGEST_PAGE = 100
RATE_LIMIT_PAGE = "<h1>Error</h1><p>Rate-limit exceeded. Please try again in 15 minutes.</p>"
CHALLENGE_PAGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    '<div id="challenge-running">Checking your browser</div></body></html>'
)
WEB_PAGE = "<!DOCTYPE html><html><head><title>HDBits</title></head><body><h1>Login</h1></body></html>"


class Fault(StrEnum):
    """How it can misbehave."""

    WRONG_PASSKEY = "wrong passkey"
    HTML = "a web page instead of JSON"
    TRUNCATED = "JSON cut off in the middle"
    RATE_LIMIT = "403 and the rate-limit page"
    TOO_MANY = "429 with Retry-After"
    SERVER_ERROR = "500"
    MISSING_FIELDS = "rows without most of their fields"
    OTHER_TYPES = "fields of other types"
    RENAMED_FIELDS = "rows of fields that nobody knows"
    LAYOUT = "a list in another layout"
    CHALLENGE = "403 and a page that wants a browser"
    SLOW = "no answer for a while"
    CLOSED = "the connection breaks off"
    TORRENT_HTML = "a web page instead of the torrent"
    TORRENT_EMPTY = "an empty torrent answer"
    TORRENT_DOWN = "503 instead of the torrent"


@dataclass(frozen=True, slots=True)
class Listing:
    """One torrent as HDBits lists it; ``imdb`` is the number without ``tt``."""

    name: str
    data: bytes = b""
    """The .torrent."""
    id: int = 0
    """Set by the server when 0."""
    filename: str = ""
    hash: str = ""
    size: int = 0
    seeders: int = 0
    leechers: int = 0
    imdb: int = 0
    category: int = 1
    codec: int = 1
    medium: int = 3
    origin: int = 0
    exclusive: int = 0
    freeleech: bool = False
    media_info: str = ""
    """On its page."""
    added: datetime = datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived; the passkey is left out."""

    at: float
    """On the loop's clock."""
    path: str
    query: dict[str, Any] = field(default_factory=dict)


class LoopbackHDBits(Server):
    """``async with LoopbackHDBits() as hdbits:`` serves at ``hdbits.url``."""

    def __init__(self, username: str = "salt", passkey: str = made_up("hdbits")) -> None:
        super().__init__()
        self.username = username
        self.passkey = passkey
        self.listings: list[Listing] = []
        self.requests: list[Seen] = []
        self.retry_after = "30"
        self.delay = 60.0
        """Seconds that the fault SLOW takes."""
        self.session = ""
        """The cookie with which its pages can be read."""
        self.discounts = False
        """Has the list the newer layout?"""
        self._faults: dict[Fault, int] = {}

    def add(self, listing: Listing) -> Listing:
        """List a torrent; the newest is the one added last unless ``added`` says otherwise."""
        number = listing.id or max((one.id for one in self.listings), default=789_000) + 1
        listed = replace(listing, id=number, filename=listing.filename or f"{listing.name}.torrent")
        self.listings.append(listed)
        return listed

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
        body = await request.body()
        if self._failing(Fault.CLOSED):
            self._note(scope["path"], {})
            await self.drop(scope, receive)
            return
        if self._failing(Fault.SLOW) and await gone_within(self.delay, receive):
            return
        await self._answer(request, body)(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        path = request.url.path
        if path == "/download.php" or path.startswith("/download.php/"):
            return self._download(request)
        if path in ("/browse.php", "/details.php"):
            return self._page(request)
        wanted = _object(body)
        self._note(path, {key: value for key, value in wanted.items() if key != "passkey"})
        if response := self._fault():
            return response
        if path not in ("/api/test", "/api/torrents") or request.method != "POST":
            return HTMLResponse(WEB_PAGE, 404)
        if refusal := self._refusal(wanted):
            return refusal
        if path == "/api/test":
            return JSONResponse({"status": 0, "message": "Auth OK"})
        found = _search(self.listings, wanted)
        answer = json.dumps({"status": 0, "data": self._drifted([_row(one) for one in found])})
        if self._failing(Fault.TRUNCATED):
            answer = answer[: len(answer) // 2]
        return Response(answer, media_type="application/json")

    def _drifted(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The API of another day."""
        if self._failing(Fault.MISSING_FIELDS):
            return [{key: row[key] for key in ("id", "name")} for row in rows]
        if self._failing(Fault.OTHER_TYPES):
            return [{key: _of_another_type(key, value) for key, value in row.items()} for row in rows]
        if self._failing(Fault.RENAMED_FIELDS):
            return [{f"torrent_{key}": value for key, value in row.items()} for row in rows]
        return rows

    def _note(self, path: str, query: dict[str, Any]) -> None:
        self.requests.append(Seen(asyncio.get_running_loop().time(), path, query))

    def _fault(self) -> Response | None:
        if self._failing(Fault.HTML):
            return HTMLResponse(WEB_PAGE)
        if self._failing(Fault.RATE_LIMIT):
            return HTMLResponse(RATE_LIMIT_PAGE, 403)
        if self._failing(Fault.TOO_MANY):
            return HTMLResponse("<h1>Too many requests</h1>", 429, {"Retry-After": self.retry_after})
        if self._failing(Fault.CHALLENGE):
            return HTMLResponse(CHALLENGE_PAGE, 403)
        return HTMLResponse("<h1>Error</h1>", 500) if self._failing(Fault.SERVER_ERROR) else None

    def _refusal(self, wanted: dict[str, Any]) -> Response | None:
        if not wanted:
            return _status(3, "Json missing or malformed")
        if not wanted.get("username") or not wanted.get("passkey"):
            return _status(4, "Auth data missing")
        if (wanted["username"], wanted["passkey"]) != (self.username, self.passkey):
            return _status(5, "Invalid authentication credentials")
        return _status(5, "Invalid authentication credentials") if self._failing(Fault.WRONG_PASSKEY) else None

    def _page(self, request: Request) -> Response:
        """A page for people, with their session."""
        query = dict(request.query_params)
        self._note(request.url.path, query)
        if response := self._fault():
            return response
        if not self.session or request.headers.get("cookie") != self.session:
            return RedirectResponse("/login")
        listed = sorted(self.listings, key=lambda one: (one.added, one.id), reverse=True)
        if request.url.path == "/details.php":
            found = next((one for one in listed if str(one.id) == query.get("id")), None)
            return HTMLResponse(pages.details(found)) if found else HTMLResponse("<h1>Error</h1>", 404)
        if self._failing(Fault.LAYOUT):
            return HTMLResponse(pages.changed(listed))
        chosen = [one for one in listed if f"filter_cat[{one.category}]" in query]
        return HTMLResponse(pages.browse(chosen, int(query.get("page", "0")), discounts=self.discounts))

    def _download(self, request: Request) -> Response:
        number = request.query_params.get("id", "")
        self._note(request.url.path, {"id": number})
        if response := self._fault():
            return response
        if self._failing(Fault.TORRENT_DOWN):
            return HTMLResponse("<h1>Error</h1>", 503)
        if self._failing(Fault.TORRENT_HTML) or request.query_params.get("passkey") != self.passkey:
            return HTMLResponse(WEB_PAGE)
        found = next((one for one in self.listings if str(one.id) == number), None)
        if not found:
            return HTMLResponse("<h1>Error</h1><p>No such torrent.</p>", 404)
        data = b"" if self._failing(Fault.TORRENT_EMPTY) else found.data
        disposition = {"Content-Disposition": f'attachment; filename="{found.id}.torrent"'}
        return Response(data, headers=disposition, media_type="application/x-bittorrent")


def _search(listings: Sequence[Listing], wanted: dict[str, Any]) -> list[Listing]:
    found = sorted(listings, key=lambda one: (one.added, one.id), reverse=True)
    for key in ("category", "codec", "medium", "origin"):
        if (numbers := _numbers(wanted.get(key))) is not None:
            found = [one for one in found if getattr(one, key) in numbers]
    if isinstance(imdb := wanted.get("imdb"), dict):
        number = str(imdb.get("id", "")).lstrip("0")
        found = [one for one in found if one.imdb and str(one.imdb) == number]
    if "id" in wanted:
        found = [one for one in found if str(one.id) == str(wanted["id"])]
    if "hash" in wanted:
        found = [one for one in found if one.hash.lower() == str(wanted["hash"]).lower()]
    if words := _words(str(wanted.get("search") or "")):
        found = [one for one in found if words <= _words(f"{one.name} {one.filename}")]
    limit = min(int(wanted.get("limit") or 30), LARGEST_PAGE)
    start = int(wanted.get("page") or 0) * limit
    return found[start : start + limit]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _numbers(value: object) -> set[int] | None:
    """The wanted enumeration values; nothing and an empty list both mean any."""
    if isinstance(value, int):
        return {value}
    return set(value) if isinstance(value, list) and value else None


def _row(one: Listing) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id,
        "hash": one.hash.upper(),
        "leechers": one.leechers,
        "seeders": one.seeders,
        "name": one.name,
        "descr": "[quote]\tmade for loopback[/quote]",
        "times_completed": one.seeders * 3,
        "size": one.size,
        "utadded": int(one.added.timestamp()),
        "added": one.added.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "comments": 0,
        "numfiles": 1,
        "filename": one.filename,
        "freeleech": "yes" if one.freeleech else "no",
        "type_category": one.category,
        "type_codec": one.codec,
        "type_medium": one.medium,
        "type_origin": one.origin,
        "type_exclusive": one.exclusive,
        "torrent_status": "",
        "bookmarked": 0,
        "wishlisted": 0,
        "tags": [""],
        "owner": 0,
    }
    row["imdb"] = {"id": one.imdb, "rating": None, "year": None} if one.imdb else []
    return row


def _of_another_type(key: str, value: object) -> object:
    """What is a number becomes a word and the other way round; names stay what they are."""
    if key in ("name", "filename"):
        return value
    return str(value) if isinstance(value, int) else [value]


def _status(number: int, message: str) -> Response:
    return JSONResponse({"status": number, "message": message})


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
