"""A plain RSS feed of torrents: what a site offers to any feed reader, with nothing to search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import (
    BadAnswer,
    Capabilities,
    Context,
    Indexer,
    IndexerSettings,
    LoginFailed,
    NotFound,
    Query,
    Rejected,
    Release,
    ServerFault,
    read_hash,
    read_line,
    read_number,
    read_xml,
)
from radarr_desktop_plugins.torznab.items import Item, read_item

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from httpx import Response

LARGEST_FEED = 8 * 1024 * 1024
LARGEST_TORRENT = 16 * 1024 * 1024
MOST_REDIRECTS = 5
_KEY = re.compile(r"[0-9A-Za-z]{16,}")
_SIZE = re.compile(r"\b([0-9]{1,4}(?:[.,][0-9]{1,3})?)\s?(K|M|G|T)i?B\b", re.IGNORECASE)
_UNITS = {"K": 1, "M": 2, "G": 3, "T": 4}


class RssSettings(IndexerSettings):
    """Where the feed is."""

    url: SecretStr = Field(
        title="Address of the feed",
        description="As the site gives it to feed readers; a passkey in it stays secret.",
    )
    automatic_search: bool = Field(
        default=False,
        title="Automatic search",
        description="A feed has nothing but its newest; on: these are looked through again for each movie.",
    )


class Rss(Indexer[RssSettings]):
    """Addresses of torrents may hold keys, so they live here only; the feed is read again if need be."""

    name = "RSS feed"
    description = "The newest torrents of any site that has a feed; it cannot be searched."

    def __init__(self, settings: RssSettings, context: Context) -> None:
        super().__init__(settings, context)
        self._items: dict[str, Item] = {}

    async def test(self) -> None:
        """Read it: there must be torrents."""
        if not await self.recent():
            raise Rejected(f"{self._me} is a feed, but lists no torrents. Check the address.")

    async def capabilities(self) -> Capabilities:
        """None but its newest."""
        return Capabilities(text=False)

    async def recent(self) -> Sequence[Release]:
        """All it has."""
        entries = await self._read()
        found = {item.release.guid: item for one in entries if (item := self._item(one))}
        if entries and not found:
            raise BadAnswer(
                f"{self._me} lists its entries in a form that this version does not know, or none is a torrent. "
                "Check the address."
            )
        self._items = found
        releases = [item.release for item in found.values()]
        return sorted(releases, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True)

    async def search(self, query: Query) -> Sequence[Release]:
        """Those of its newest that have the movie's words in their names."""
        wanted = set(_words(query.title))
        return [one for one in await self.recent() if wanted and wanted <= set(_words(one.title))]

    async def torrent(self, release: Release) -> bytes | str:
        """Fetch the .torrent, or its magnet link."""
        if release.guid not in self._items:
            await self.recent()
        if release.guid not in self._items:
            raise NotFound(f"{read_line(release.title)} is no longer in the feed {self._me}.")
        address = self._items[release.guid].address
        for _ in range(MOST_REDIRECTS + 1):
            if address.lower().startswith("magnet:"):
                return address
            if not address.lower().startswith(("http://", "https://")):
                break
            response = await self.context.http.request("GET", address, max_answer=LARGEST_TORRENT)
            if not response.is_redirect:
                return self._content(response, release)
            address = urljoin(address, response.headers.get("location", ""))
        raise BadAnswer(f"{self._me} does not lead to the torrent of {read_line(release.title)}. Take another one.")

    @property
    def _me(self) -> str:
        return self.context.name

    @property
    def _secret(self) -> str:
        """What in the address is most like a key."""
        return max(_KEY.findall(self.settings.url.get_secret_value()), key=len, default="")

    async def _read(self) -> list[Element]:
        response = await self.context.http.request(
            "GET",
            self.settings.url.get_secret_value(),
            headers={"Accept": "application/rss+xml, application/xml, text/xml"},
            max_answer=LARGEST_FEED,
        )
        self._check(response)
        root = read_xml(response)
        if root.tag.rpartition("}")[2].lower() != "rss" or root.find("channel") is None:
            raise BadAnswer(f"{self._me} answered with something that is no RSS feed. Check the address.")
        return root.findall("channel/item")

    def _check(self, response: Response) -> None:
        status = response.status_code
        if status == 200:
            return
        if status in (401, 403):
            raise LoginFailed(f"{self._me} refused the address ({status}). Copy it again from the site.")
        if status in (404, 410):
            raise BadAnswer(f"{self._me} has nothing there ({status}). Copy the address again from the site.")
        if response.is_redirect:
            raise BadAnswer(f"{self._me} pointed elsewhere ({status}). Copy the address again from the site.")
        raise ServerFault(f"{self._me} cannot work right now (it answered {status}). It is asked again later.")

    def _item(self, element: Element) -> Item | None:
        """As in a Torznab feed, with what plain feeds write elsewhere put where it belongs."""
        told = {one.tag.rpartition("}")[2].lower(): (one.text or "").strip() for one in element}
        known = {
            "infohash": read_hash(told.get("infohash", "")),
            "size": str(read_number(told.get("contentlength", "")) or _size(told.get("description", "")) or ""),
            "magneturl": told.get("magneturi", ""),
        }
        named = {one.get("name", "").lower() for one in element if one.tag.rpartition("}")[2] == "attr"}
        for name, value in known.items():
            if value and name not in named:
                element.append(element.makeelement("attr", {"name": name, "value": value}))
        return read_item(element, self._secret)

    def _content(self, response: Response, release: Release) -> bytes:
        title = read_line(release.title)
        if response.status_code in (404, 410):
            raise NotFound(f"{title} is no longer to be had from {self._me} ({response.status_code}).")
        self._check(response)
        if response.content[:1] != b"d":
            page = response.content.lstrip()[:1] == b"<"
            sent = "a web page" if page else "something that is no torrent" if response.content else "an empty file"
            raise BadAnswer(f"{self._me} sent {sent} instead of the torrent of {title}. Take another one.")
        return response.content


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())


def _size(text: str) -> int:
    """Bytes, where a description says "Size: 8.4 GB"; never more than a release has."""
    found = _SIZE.search(text[:5000])
    return int(float(found[1].replace(",", ".")) * 1024 ** _UNITS[found[2].upper()]) if found else 0
