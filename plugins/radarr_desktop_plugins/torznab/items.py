"""One item of a feed as a release, and the address of its torrent, which stays in memory."""

from __future__ import annotations

import email.utils
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import (
    IndexerFlag,
    Release,
    is_open_magnet,
    read_hash,
    read_imdb_id,
    read_line,
    read_magnet_hash,
    read_page,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PREFIX = "torznab-"
_MAGNET = "magnet:?"
_DOWNLOAD = {
    0.0: IndexerFlag.FREELEECH,
    0.25: IndexerFlag.FREELEECH_75,
    0.5: IndexerFlag.HALFLEECH,
    0.75: IndexerFlag.FREELEECH_25,
}
_TAGS = {"internal": IndexerFlag.INTERNAL, "scene": IndexerFlag.SCENE, "exclusive": IndexerFlag.EXCLUSIVE}
_TAGS["freeleech"] = IndexerFlag.FREELEECH


@dataclass(frozen=True, slots=True)
class Item:
    """A release, and where its torrent is."""

    release: Release
    address: str
    """Of the .torrent, or a magnet link. It may hold keys, so it is never stored, shown or logged."""


def is_usenet(item: Element) -> bool:
    """Is it something for Usenet, which is not fetched here?"""
    return any("nzb" in one.get("type", "").lower() for one in item.iter("enclosure"))


def read_item(item: Element, key: str) -> Item | None:
    """What an item says; None when it lacks a name, or anything to fetch. ``key`` is the feed's."""
    facts = _attributes(item)
    title = read_line(item.findtext("title"))
    enclosure = next((one for one in item.iter("enclosure") if one.get("url")), None)
    address = _address(item, enclosure, facts)
    if not title or not address or is_usenet(item):
        return None
    magnet = address if address.lower().startswith(_MAGNET) else ""
    info_hash = read_hash(facts.get("infohash", "")) or read_magnet_hash(facts.get("magneturl", "") or magnet)
    release = Release(
        guid=guid_of((item.findtext("guid") or address).strip(), key),
        title=title,
        size=_size(item, enclosure, facts),
        published=_moment(item.findtext("pubDate")),
        seeders=_count(facts.get("seeders")),
        leechers=_leechers(facts),
        info_hash=info_hash,
        imdb_id=read_imdb_id(facts.get("imdb") or facts.get("imdbid") or ""),
        tmdb_id=_tmdb(facts.get("tmdbid")),
        info_url=_page(item, key, info_hash),
        magnet=magnet if len(magnet) < 4000 and magnet.isprintable() and is_open_magnet(magnet, key) else "",
        flags=_flags(facts, item),
        grabs=_count(facts.get("grabs")),
    )
    return Item(release, address)


def lister_of(item: Element) -> str:
    """Whose it is, where Jackett answers for many."""
    return read_line(item.findtext("jackettindexer"), 100)


def guid_of(told: str, key: str) -> str:
    """A name for an item; what the feed calls it may be its address, with a key."""
    plain = told.replace(key, "") if key else told
    return PREFIX + hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:40]


def _address(item: Element, enclosure: Element | None, facts: Mapping[str, str]) -> str:
    """The file first, which tells more than a link; a ``link`` may be the address of a page, so it comes late."""
    told = [enclosure.get("url", "") if enclosure is not None else "", facts.get("magneturl", "")]
    told += [item.findtext("link") or "", item.findtext("guid") or ""]
    return next((one.strip() for one in told if one.strip().lower().startswith((_MAGNET, "http://", "https://"))), "")


def _attributes(item: Element) -> dict[str, str]:
    """The first of each name; whatever prefix the feed gave its namespace."""
    facts: dict[str, str] = {}
    for one in item:
        if one.tag.rpartition("}")[2] == "attr" and (name := one.get("name", "").lower()):
            facts.setdefault(name, one.get("value", "").strip())
    return facts


def _tags(item: Element) -> set[str]:
    return {
        one.get("value", "").strip().lower()
        for one in item
        if one.tag.rpartition("}")[2] == "attr" and one.get("name", "").lower() == "tag"
    }


def _flags(facts: Mapping[str, str], item: Element) -> frozenset[IndexerFlag]:
    down, up = _factor(facts.get("downloadvolumefactor")), _factor(facts.get("uploadvolumefactor"))
    flags = {_TAGS[tag] for tag in _tags(item) if tag in _TAGS}
    if down == 0 and up == 0:
        flags = flags - {IndexerFlag.FREELEECH} | {IndexerFlag.NEUTRAL}
    elif down in _DOWNLOAD:
        flags.add(_DOWNLOAD[down])
    if up == 2:
        flags.add(IndexerFlag.DOUBLE_UPLOAD)
    return frozenset(flags)


def _page(item: Element, key: str, info_hash: str) -> str:
    comments = (item.findtext("comments") or "").strip().removesuffix("#comments")
    return read_page(comments, key, info_hash) or read_page(item.findtext("guid") or "", key, info_hash)


def _size(item: Element, enclosure: Element | None, facts: Mapping[str, str]) -> int:
    told = [facts.get("size"), item.findtext("size"), enclosure.get("length") if enclosure is not None else None]
    return next((size for one in told if (size := _count(one))), 0)


def _leechers(facts: Mapping[str, str]) -> int | None:
    """``peers`` are both kinds together."""
    leechers, peers, seeders = (_count(facts.get(name)) for name in ("leechers", "peers", "seeders"))
    if leechers is not None or peers is None:
        return leechers
    return max(0, peers - (seeders or 0))


def _count(value: str | None) -> int | None:
    text = (value or "").strip()
    if not re.fullmatch(r"[0-9]{1,19}", text):
        return None
    number = int(text)
    return number if number < 2**63 else None


def _factor(value: str | None) -> float:
    text = (value or "").strip()
    return float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", text) else 1.0


def _tmdb(value: str | None) -> int:
    number = _count(value) or 0
    return number if number < 2**31 else 0


def _moment(value: str | None) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime((value or "").strip()[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
