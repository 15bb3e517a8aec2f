"""What a feed can do, as it tells itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import Capabilities, read_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_PAGE = 100
_IDS = {"imdbid": "imdb", "tmdbid": "tmdb"}


@dataclass(frozen=True, slots=True)
class Caps:
    """The defaults are for a feed that tells nothing."""

    can: Capabilities = field(default_factory=lambda: Capabilities(ids=frozenset({"imdb"})))
    movies: bool = True
    """Has it a search for movies? Else all is asked of the general one."""
    general: bool = True
    raw: bool = False
    """May a text keep its punctuation?"""


def read_caps(root: Element) -> Caps:
    """Whatever is missing or odd is as most feeds have it."""
    general, movies = root.find("./searching/search"), root.find("./searching/movie-search")
    has_movies = _is_available(movies)
    parameters = _parameters(movies) if has_movies else set()
    limits = root.find("./limits")
    told = [_number(limits.get(name)) for name in ("max", "default")] if limits is not None else []
    return Caps(
        can=Capabilities(
            ids=frozenset(id for name, id in _IDS.items() if name in parameters),
            text=_is_available(general) or "q" in parameters,
            page=min(LARGEST_PAGE, max([*told, 0]) or LARGEST_PAGE),
            categories=_categories(root),
        ),
        movies=has_movies,
        general=_is_available(general) or not has_movies,
        raw=general is not None and general.get("searchEngine", "").lower() == "raw",
    )


def _is_available(search: Element | None) -> bool:
    return search is not None and search.get("available", "yes").strip().lower() in ("yes", "true", "1")


def _parameters(search: Element | None) -> set[str]:
    told = search.get("supportedParams", "q") if search is not None else ""
    return {name.strip().lower() for name in told.split(",")}


def _categories(root: Element) -> dict[int, str]:
    found: dict[int, str] = {}
    for one in [*root.iter("category"), *root.iter("subcat")]:
        if (number := _number(one.get("id"))) and len(found) < 2000:
            found[number] = read_line(one.get("name"), 100)
    return found


def _number(value: str | None) -> int:
    text = (value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
