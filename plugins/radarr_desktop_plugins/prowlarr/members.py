"""An indexer as Prowlarr lists it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from radarr_desktop.plugin_api import BadAnswer, read_line, read_number

MOVIES = range(2000, 3000)
MOST_CATEGORIES = 100
_IDS = {"imdbid", "tmdbid"}


@dataclass(frozen=True, slots=True)
class Member:
    """A torrent indexer."""

    id: int
    name: str
    enabled: bool
    priority: int
    categories: tuple[int, ...]
    """Of movies; none: it has none."""
    has_feed: bool
    can_search: bool
    takes_ids: bool
    """Can a movie be searched by its ids?"""
    has_pages: bool
    """Can it be asked for what follows the first page?"""


def read_members(rows: Sequence[Mapping[str, Any]]) -> list[Member]:
    """Those of use here: neither for Usenet nor without movies. Each id once."""
    read = [one for row in rows if (one := _member(row))]
    if rows and not read and not any(row.get("protocol") == "usenet" for row in rows):
        raise BadAnswer(
            "Prowlarr lists its indexers in a form that this version does not know. "
            "See whether there is a newer version of the program."
        )
    return [one for one in {each.id: each for each in read}.values() if one.categories]


def _member(row: Mapping[str, Any]) -> Member | None:
    number, name, can = read_number(row.get("id")), read_line(row.get("name"), 100), row.get("capabilities")
    if not 0 < number < 10**9 or not name or row.get("protocol") != "torrent" or not isinstance(can, dict):
        return None
    params = can.get("movieSearchParams")
    return Member(
        id=number,
        name=name,
        enabled=row.get("enable") is True,
        priority=min(max(read_number(row.get("priority"), 25), 1), 50),
        categories=_movies(can.get("categories")),
        has_feed=row.get("supportsRss") is not False,
        can_search=row.get("supportsSearch") is not False,
        takes_ids=bool(_IDS & {str(one).lower() for one in params}) if isinstance(params, list) else False,
        has_pages=row.get("supportsPagination") is not False,
    )


def _movies(categories: object) -> tuple[int, ...]:
    """Their numbers, in order."""
    found: list[int] = []
    for one in categories if isinstance(categories, list) else ():
        below = one.get("subCategories") if isinstance(one, dict) else None
        for each in [one, *(below if isinstance(below, list) else [])]:
            number = read_number(each.get("id")) if isinstance(each, dict) else 0
            if number in MOVIES and number not in found:
                found.append(number)
    return tuple(found[:MOST_CATEGORIES])
