"""One row of Prowlarr's search as a release, and the address of its torrent, which stays in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from radarr_desktop.plugin_api import (
    IndexerFlag,
    Release,
    is_open_magnet,
    read_hash,
    read_imdb_id,
    read_line,
    read_magnet_hash,
    read_number,
    read_page,
)
from radarr_desktop_plugins.torznab.items import Item, guid_of

_FLAGS = {
    "freeleech": IndexerFlag.FREELEECH,
    "freeleech75": IndexerFlag.FREELEECH_75,
    "freeleech25": IndexerFlag.FREELEECH_25,
    "halfleech": IndexerFlag.HALFLEECH,
    "neutralleech": IndexerFlag.NEUTRAL,
    "doubleupload": IndexerFlag.DOUBLE_UPLOAD,
    "internal": IndexerFlag.INTERNAL,
    "exclusive": IndexerFlag.EXCLUSIVE,
    "scene": IndexerFlag.SCENE,
}
_MOST_FLAGS = 50
_MAGNET = "magnet:?"


def is_usenet(row: Mapping[str, Any]) -> bool:
    """Is it something for Usenet, which is not fetched here?"""
    return row.get("protocol") == "usenet"


def read_row(row: Mapping[str, Any], indexer: str, key: str) -> Item | None:
    """What a row of this indexer says; None when it lacks a name, or anything to fetch. ``key`` is Prowlarr's."""
    title = read_line(row.get("title"))
    links = [one.strip() for name in ("downloadUrl", "magnetUrl") if isinstance(one := row.get(name), str)]
    address = next((one for one in links if one.lower().startswith((_MAGNET, "http://", "https://"))), "")
    if not title or not address or is_usenet(row):
        return None
    magnet = next((one for one in links if one.lower().startswith(_MAGNET)), "")
    info_hash = read_hash(row.get("infoHash")) or read_magnet_hash(magnet)
    told = row.get("guid")
    tmdb_id = read_number(row.get("tmdbId"))
    release = Release(
        guid=guid_of(f"{read_number(row.get('indexerId'))} {told if isinstance(told, str) and told else address}", key),
        title=title,
        size=read_number(row.get("size")),
        published=_moment(row.get("publishDate")),
        seeders=_count(row.get("seeders")),
        leechers=_count(row.get("leechers")),
        info_hash=info_hash,
        imdb_id=read_imdb_id(row.get("imdbId")),
        tmdb_id=tmdb_id if tmdb_id < 2**31 else 0,
        info_url=_page(row.get("infoUrl"), key, info_hash),
        magnet=magnet if is_open_magnet(magnet) and not (key and key in magnet) else "",
        flags=_flags(row.get("indexerFlags")),
        grabs=_count(row.get("grabs")),
        indexer=indexer or read_line(row.get("indexer"), 100),
    )
    return Item(release, address)


def _page(url: object, key: str, info_hash: str) -> str:
    return read_page(url, key, info_hash) if isinstance(url, str) else ""


def _flags(told: object) -> frozenset[IndexerFlag]:
    names = [one.lower() for one in told[:_MOST_FLAGS] if isinstance(one, str)] if isinstance(told, list) else []
    return frozenset(_FLAGS[one] for one in names if one in _FLAGS)


def _count(value: object) -> int | None:
    return None if value is None else read_number(value)


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value[:40].strip()) if isinstance(value, str) else None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC) if moment else None
    except (OverflowError, ValueError):
        return None
