"""Torznab: what Prowlarr, Jackett and some trackers speak; searched by ids first."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import (
    BadAnswer,
    Capabilities,
    Context,
    Indexer,
    NotFound,
    Query,
    RateLimited,
    Rejected,
    Release,
    keeping,
    read_line,
)
from radarr_desktop_plugins.torznab.caps import Caps, read_caps
from radarr_desktop_plugins.torznab.download import download
from radarr_desktop_plugins.torznab.errors import HOUR, NotAvailable, of_status, read_answer
from radarr_desktop_plugins.torznab.items import PREFIX, is_usenet, lister_of, read_item
from radarr_desktop_plugins.torznab.settings import TorznabSettings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_FEED = 8 * 1024 * 1024
MOST_PAGES = 3
"""Of one search; a movie has rarely more than 100 releases."""
CAPS_KEPT = 24 * HOUR
ADDRESSES_KEPT = 20_000

_MANY = re.compile(r"/indexers/(?:all|[^/]*[!+,:][^/]*)/", re.IGNORECASE)
"""Jackett's address of all its indexers, or of those that a filter lets through."""


class Torznab(Indexer[TorznabSettings]):
    """A Torznab feed. Addresses of torrents hold keys, so they live here only, and are asked for again if need be."""

    name = "Torznab"
    description = "A feed of Prowlarr, Jackett or a tracker that speaks Torznab."
    info_url = "https://torznab.github.io/spec-1.3-draft/"

    def __init__(self, settings: TorznabSettings, context: Context) -> None:
        super().__init__(settings, context)
        self._caps: Caps | None = None
        self._caps_at = 0.0
        self._spent_until = self._fetched_until = 0.0
        self._addresses: dict[str, str] = {}
        self._is_many = _MANY.search(settings.base_url) is not None

    async def test(self) -> None:
        """Ask what it can do, then for its newest: both must be there."""
        self._caps = None
        caps = await self._known_caps()
        wanted, there = set(self.settings.categories), set(caps.can.categories)
        if wanted and there and not wanted & there:
            raise Rejected(f"{self._me} has none of the chosen categories. It has {_some(sorted(there))}.")
        items = await self._page(self._newest(caps), 0, caps)
        if not items:
            raise Rejected(f"{self._me} answered, but lists nothing in the chosen categories. Choose others.")
        if all(is_usenet(item) for item in items):
            raise Rejected(f"{self._me} is a Usenet indexer. This program takes torrents only.")

    async def capabilities(self) -> Capabilities:
        """As it tells; kept for a day."""
        return (await self._known_caps()).can

    async def recent(self) -> Sequence[Release]:
        """The newest in the chosen categories."""
        return await self._listed(0)

    async def older(self, page: int) -> Sequence[Release]:
        """Further pages of the same."""
        return await self._listed(page)

    async def search(self, query: Query) -> Sequence[Release]:
        """By the ids it knows; by title and year only when there are none or nothing was found."""
        caps = await self._known_caps()
        if caps.movies and (ids := _ids(query, caps)):
            try:
                if found := await self._find({"t": "movie"} | ids, caps):
                    return found
            except NotAvailable as refusal:
                self.context.log.debug("searched by text instead: %s", refusal)
        words = _words(query.title, caps)
        if not words or not caps.can.text:
            return []
        text = f"{words} {query.year}" if query.year else words
        return await self._find({"t": "search" if caps.general else "movie", "q": text}, caps)

    async def torrent(self, release: Release) -> bytes | str:
        """Fetch the .torrent, or its magnet link; after a restart its address is searched again."""
        if not release.guid.startswith(PREFIX):
            raise NotFound(f"{read_line(release.title)} is not a release of {self._me}.")
        address = self._addresses.get(release.guid) or await self._found_again(release)
        if (wait := self._fetched_until - time.monotonic()) > 0 and not address.lower().startswith("magnet:"):
            raise RateLimited(f"{self._me} said that its downloads are used up for now.", wait)
        return await download(self.context, address, release, self._key)

    @property
    def _me(self) -> str:
        return self.context.name

    @property
    def _key(self) -> str:
        return self.settings.api_key.get_secret_value()

    async def _known_caps(self) -> Caps:
        now = time.monotonic()
        if self._caps is None or now - self._caps_at > CAPS_KEPT:
            try:
                root = await self._ask({"t": "caps"})
            except NotAvailable:
                self._caps = Caps()
            else:
                if root.tag != "caps":
                    raise BadAnswer(
                        f"{self._me} does not tell what it can do. Check the address and the path of the API."
                    )
                self._caps = read_caps(root)
            self._caps_at = now
        return self._caps

    async def _listed(self, page: int) -> list[Release]:
        caps = await self._known_caps()
        found = self._releases(await self._page(self._newest(caps), page * caps.can.page, caps))
        return sorted(found, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True)

    def _newest(self, caps: Caps) -> dict[str, str]:
        return {"t": "movie" if caps.movies else "search"}

    async def _find(self, wanted: dict[str, str], caps: Caps) -> list[Release]:
        """All pages of a search; a page that is not full is the last."""
        found: dict[str, Release] = {}
        with keeping(found.values()):
            for page in range(MOST_PAGES):
                items = await self._page(wanted, page * caps.can.page, caps)
                known = len(found)
                found |= {one.guid: one for one in self._releases(items)}
                if len(items) < caps.can.page or len(found) == known:
                    break
        return list(found.values())

    async def _page(self, wanted: dict[str, str], offset: int, caps: Caps) -> list[Element]:
        categories = {"cat": ",".join(map(str, self.settings.categories))} if self.settings.categories else {}
        paging = {"extended": "1", "offset": str(offset), "limit": str(caps.can.page)}
        root = await self._ask(wanted | categories | paging)
        channel = root.find("channel")
        if root.tag != "rss" or channel is None:
            raise BadAnswer(f"{self._me} answered with something that is no feed. It is asked again later.")
        self._note_limits([*root, *channel])
        return channel.findall("item")

    async def _ask(self, wanted: dict[str, str]) -> Element:
        if (wait := self._spent_until - time.monotonic()) > 0:
            raise RateLimited(f"{self._me} said that its requests are used up for now.", wait)
        base, path = self.settings.base_url.rstrip("/"), self.settings.api_path.strip("/")
        response = await self.context.http.request(
            "GET",
            f"{base}/{path}" if path else base,
            params=wanted | ({"apikey": self._key} if self._key else {}),
            headers={"Accept": "application/rss+xml, application/xml, text/xml"},
            max_answer=LARGEST_FEED,
        )
        root = read_answer(self._me, response, self._key)
        if root is None:
            raise of_status(self._me, response) or BadAnswer(f"{self._me} answered nothing.")
        return root

    def _note_limits(self, parts: Sequence[Element]) -> None:
        """A feed may tell how many requests and downloads it still takes: none more are sent when that is none."""
        for one in parts:
            if one.tag.rpartition("}")[2] == "apilimits":
                until = time.monotonic() + HOUR
                self._spent_until = until if _is_spent(one, "apiCurrent", "apiMax") else self._spent_until
                self._fetched_until = until if _is_spent(one, "grabCurrent", "grabMax") else self._fetched_until

    def _releases(self, items: Sequence[Element]) -> list[Release]:
        found: dict[str, Release] = {}
        for element in items:
            if item := read_item(element, self._key):
                release = replace(item.release, indexer=lister_of(element)) if self._is_many else item.release
                found.setdefault(release.guid, release)
                self._addresses.pop(item.release.guid, None)
                self._addresses[item.release.guid] = item.address
        for guid in list(self._addresses)[: max(0, len(self._addresses) - ADDRESSES_KEPT)]:
            del self._addresses[guid]
        if items and not found and not all(is_usenet(element) for element in items):
            raise BadAnswer(
                f"{self._me} lists its releases in a form that this version does not know. "
                "See whether there is a newer version of the program."
            )
        if len(found) < len(items):
            self.context.log.debug(
                "%d of %d items are no torrents, or had no name", len(items) - len(found), len(items)
            )
        return list(found.values())

    async def _found_again(self, release: Release) -> str:
        """A release's address; its ids lead there, else its name."""
        await self.search(Query(release.title, 0, release.imdb_id, release.tmdb_id))
        if release.guid not in self._addresses and (release.imdb_id or release.tmdb_id):
            await self.search(Query(release.title))
        if release.guid not in self._addresses:
            raise NotFound(f"{read_line(release.title)} is no longer listed by {self._me}.")
        return self._addresses[release.guid]


def _is_spent(limits: Element, current: str, most: str) -> bool:
    told = [limits.get(name, "") for name in (current, most)]
    return all(re.fullmatch(r"[0-9]{1,9}", text) for text in told) and 0 < int(told[1]) <= int(told[0])


def _ids(query: Query, caps: Caps) -> dict[str, str]:
    ids = {}
    imdb = re.fullmatch(r"tt([0-9]{1,10})", query.imdb_id)
    if imdb and "imdb" in caps.can.ids:
        ids["imdbid"] = imdb[1]
    if query.tmdb_id and "tmdb" in caps.can.ids:
        ids["tmdbid"] = str(query.tmdb_id)
    return ids


def _words(title: str, caps: Caps) -> str:
    return read_line(title) if caps.raw else " ".join(re.findall(r"\w+", title))


def _some(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
