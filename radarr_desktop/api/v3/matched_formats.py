"""Which custom formats releases match, as the v3 API shows them beside a release."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from radarr_desktop.api.v3.custom_formats import CustomFormatResource, format_name
from radarr_desktop.domain.custom_formats import subject_of
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import IndexerFlag

if TYPE_CHECKING:
    from radarr_desktop.engine.engine import Engine


@dataclass(frozen=True, slots=True)
class Asked:
    """A release, and the movie it is of."""

    parsed: ParsedRelease
    size: int = 0
    flags: frozenset[IndexerFlag] = frozenset()
    movie: Movie | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """The formats that match, and what they score in the movie's profile."""

    formats: list[CustomFormatResource]
    score: int = 0


async def matched(engine: Engine, asked: Sequence[Asked]) -> list[Matched]:
    """For each release, in order."""
    if not asked:  # polled often: profiles are not read for nothing
        return []
    compiled = await engine.formats.compiled()
    if not compiled.formats:
        return [Matched([]) for _ in asked]
    known = {one.id: one for one in compiled.formats}
    profiles = {profile.id: profile for profile in await engine.profiles.all()}

    def look(one: Asked) -> Matched:
        info = one.movie.info if one.movie else None
        ids = compiled.match(subject_of(one.parsed, size=one.size, flags=one.flags, movie=info))
        profile = profiles.get(one.movie.slot.profile_id) if one.movie else None
        return Matched([format_name(known[id]) for id in ids], profile.format_score(ids) if profile else 0)

    return await asyncio.to_thread(lambda: [look(one) for one in asked])
