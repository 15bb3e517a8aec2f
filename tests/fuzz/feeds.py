"""Feeds of indexers with hostile text in them."""

from __future__ import annotations

import contextlib
from xml.etree import ElementTree

import httpx

from radarr_desktop.plugin_api import BadAnswer, read_xml
from radarr_desktop.plugin_api.testing.indexer import check_release
from radarr_desktop_plugins.torznab.items import read_item
from tests.fuzz.clock import Clock

_ASKED = httpx.Request("GET", "http://127.0.0.1:1/api")
_PARTS = ("title", "guid", "comments", "pubDate", "size", "link")
_FACTS = ("size", "seeders", "peers", "imdb", "tmdbid", "infohash", "magneturl", "downloadvolumefactor", "tag")


def torznab(text: str, call: Clock) -> None:
    """A document, and an item with this in every place."""
    with contextlib.suppress(BadAnswer):
        call(read_xml, httpx.Response(200, content=text.encode("utf-8", "replace"), request=_ASKED))
    for address in (text, f"https://site.example/{text}", f"magnet:?{text}"):
        item = ElementTree.Element("item")
        for name in _PARTS:
            ElementTree.SubElement(item, name).text = text
        ElementTree.SubElement(item, "enclosure", url=address, length=text)
        for name in _FACTS:
            ElementTree.SubElement(item, "{http://torznab.com/schemas/2015/feed}attr", name=name, value=text)
        if found := call(read_item, item, text[:20]):
            check_release(found.release)
