"""What was seen lately, in numbers: the sizes of each quality, and how many releases each custom format matches."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat, subject_of
from radarr_desktop.domain.decision.case import ASSUMED_RUNTIME, MB
from radarr_desktop.domain.decision.rating import matched_by
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.decisions.whatif import USUAL_DAYS
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import seen as store
from radarr_desktop.store.database import Database

IN_A_THREAD = 200
"""Releases matched in this process; for more the other one is worth its start."""
BATCH = 1000

_release = msgspec.json.Decoder(Release)
_parsed = msgspec.json.Decoder(ParsedRelease)
_info = msgspec.json.Decoder(MovieInfo)
_ids = msgspec.json.Decoder(tuple[int, ...])
_formats = msgspec.msgpack.Decoder(list[CustomFormat])


class Seen:
    """Asked by who edits a profile."""

    def __init__(self, db: Database, aside: Aside, formats: Callable[[], Awaitable[CompiledFormats]]) -> None:
        self._db = db
        self._aside = aside
        self._formats = formats

    async def sizes(self, days: int = USUAL_DAYS) -> Mapping[int, Sequence[float]]:
        """MB per minute of every release of each quality, by its id."""
        found: dict[int, list[float]] = defaultdict(list)
        for quality_id, size, minutes in await self._db.read(partial(store.sizes, _since(days))):
            if size:
                found[quality_id].append(size / MB / (minutes or ASSUMED_RUNTIME))
        return dict(found)

    async def matches(self, days: int = USUAL_DAYS) -> Mapping[int, int]:
        """How many releases each custom format matches, by its id."""
        formats = await self._formats()
        counts = Counter({format.id: 0 for format in formats.formats})
        rows = await self._db.read(partial(store.subjects, _since(days)))
        if len(rows) <= IN_A_THREAD:
            counts.update(await asyncio.to_thread(_count, rows, formats))
            return counts
        known = await asyncio.to_thread(msgspec.msgpack.encode, formats.formats)
        for start in range(0, len(rows), BATCH):
            counts.update(await self._aside.run(_count_aside, rows[start : start + BATCH], formats.version, known))
        return counts


def _since(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


_known = CompiledFormats(())
"""Of the process aside: the formats it was given last."""


def _count_aside(rows: Sequence[tuple[Any, ...]], version: str, packed: bytes) -> dict[int, int]:
    global _known
    if _known.version != version:
        _known = CompiledFormats(_formats.decode(packed))
    return _count(rows, _known)


def _count(rows: Sequence[tuple[Any, ...]], formats: CompiledFormats) -> dict[int, int]:
    counts: Counter[int] = Counter()
    movies: dict[str, MovieInfo] = {}
    for body, parsed, told, known, known_by in rows:
        info = movies.get(told) or movies.setdefault(told, _info.decode(told))
        if known_by == matched_by(formats.version, info):
            counts.update(_ids.decode(known))
            continue
        release = _release.decode(body)
        subject = subject_of(_parsed.decode(parsed), size=release.size, flags=release.flags, movie=info)
        counts.update(formats.match(subject))
    return counts
