"""One row of HDBits' answer as a release: every field may be missing, of another type, or odd."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from radarr_desktop.plugin_api import IndexerFlag, Release

MOVIE, TV, DOCUMENTARY, DEMO = 1, 2, 3, 7
FULL_DISC, CAPTURE, REMUX = 1, 4, 5


def release(row: object, details: str) -> Release | None:
    """What a row lists, or None where it has no id or no name; ``details``: the address without the id."""
    if not isinstance(row, dict):
        return None
    id_, title = number(row.get("id")), _title(row)
    if not id_ or not title:
        return None
    imdb = row.get("imdb")
    imdb_id = number(_without_tt(imdb.get("id"))) if isinstance(imdb, dict) else 0
    info_hash = str(row.get("hash", "")).lower()
    return Release(
        guid=f"hdbits-{id_}",
        title=title,
        size=number(row.get("size")),
        published=_moment(row),
        seeders=number(row.get("seeders")),
        leechers=number(row.get("leechers")),
        info_hash=info_hash if re.fullmatch(r"[0-9a-f]{40}", info_hash) else "",
        imdb_id=f"tt{imdb_id:07d}" if imdb_id else "",
        info_url=f"{details}{id_}",
        flags=_flags(row),
        grabs=None if row.get("times_completed") is None else number(row["times_completed"]),
    )


def _title(row: dict[str, Any]) -> str:
    """The file name, which is the release's own; discs and demos have none worth reading."""
    name, file = clean(row.get("name")), clean(row.get("filename")).removesuffix(".torrent")
    if number(row.get("type_category")) == DEMO or number(row.get("type_medium")) == FULL_DISC:
        return name or file
    return file or name


def _flags(row: dict[str, Any]) -> frozenset[IndexerFlag]:
    category, medium = number(row.get("type_category")), number(row.get("type_medium"))
    internal = number(row.get("type_origin")) == 1
    flags = set()
    if row.get("freeleech") in ("yes", True, 1, "1"):
        flags.add(IndexerFlag.FREELEECH)
    elif category == DEMO:
        flags.add(IndexerFlag.NEUTRAL)
    elif medium in (FULL_DISC, CAPTURE, REMUX) or category in (TV, DOCUMENTARY) or internal:
        flags.add(IndexerFlag.HALFLEECH)
    if internal:
        flags.add(IndexerFlag.INTERNAL)
    if number(row.get("type_exclusive")) == 1:
        flags.add(IndexerFlag.EXCLUSIVE)
    return frozenset(flags)


def _moment(row: dict[str, Any]) -> datetime | None:
    if stamp := number(row.get("utadded")):
        try:
            return datetime.fromtimestamp(stamp, UTC)
        except (OverflowError, ValueError, OSError):
            return None
    try:
        return datetime.strptime(str(row.get("added")), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _without_tt(value: object) -> object:
    return value.removeprefix("tt") if isinstance(value, str) else value


def number(value: object, otherwise: int = 0) -> int:
    """A number however HDBits wrote it; never negative, never longer than a database can hold."""
    try:
        number = int(value) if isinstance(value, int | float | str) else otherwise
    except (OverflowError, ValueError):
        return otherwise
    return number if 0 <= number < 2**63 else otherwise


def clean(value: object) -> str:
    """One line of readable text, at most 500 characters."""
    text = value[:2000] if isinstance(value, str) else ""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())[:500]
