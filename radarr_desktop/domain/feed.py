"""How far an indexer's feed was read, and whether it was read without a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from radarr_desktop.plugin_api import Release

REMEMBERED = 200
"""Releases of the last look: some of them may be gone by the next."""


@dataclass(frozen=True, slots=True)
class Place:
    """What was newest at the last look that came through."""

    guids: tuple[str, ...]
    published: datetime | None
    """When the newest of them came out."""
    at: datetime
    missed: str = ""
    """What may have been missed last, as a sentence; empty: nothing ever."""
    missed_at: datetime | None = None
    """At which look."""


def reaches(place: Place, releases: Iterable[Release]) -> bool:
    """Does this part of a feed go back to what was seen last? One known release will do, or one that is older."""
    known = set(place.guids)
    return any(one.guid in known or _is_older(one, place) for one in releases)


def _is_older(release: Release, place: Place) -> bool:
    return place.published is not None and release.published is not None and release.published < place.published


def place_of(releases: Sequence[Release], at: datetime, before: Place | None) -> Place:
    """Where the next look must come to; a feed without releases leaves it where it was."""
    before = before or Place((), None, at)
    if not releases:
        return replace(before, at=at)
    told = [one.published for one in releases if one.published is not None and one.published <= at]
    newest = max((one for one in (before.published, *told) if one is not None), default=None)
    return replace(before, guids=tuple(one.guid for one in releases[:REMEMBERED]), published=newest, at=at)


def gap(name: str, place: Place, releases: Sequence[Release], *, pages: int) -> str:
    """What cannot be reached any more, as a sentence."""
    told = [one.published for one in releases if one.published is not None]
    since = place.published or place.at
    span = f"between {_clock(since)} and {_clock(min(told))}" if told else f"since {_clock(since)}"
    why = f"{pages} {'page' if pages == 1 else 'pages'} back" if pages else "its feed has one page"
    return f"Releases of {name} may have been missed {span}: they are no longer in reach ({why})."


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%d %b %H:%M}"
