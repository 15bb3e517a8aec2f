"""What people type or paste to find a movie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from radarr_desktop.domain.parsing import parse_release

_TMDB = re.compile(r"^(?:tmdb(?:id)?:\s*|https?://(?:www\.)?themoviedb\.org/movie/)(\d{1,9})", re.IGNORECASE)
_IMDB = re.compile(
    r"^(?:imdb(?:id)?:\s*|https?://(?:www\.|m\.)?imdb\.com/(?:[a-z-]+/)?title/)?(tt\d{7,10})\b", re.IGNORECASE
)
_YEAR = re.compile(r"^(?P<title>.+?)[ ,]+(?P<open>\()?(?P<year>(?:19|20)\d\d)\)?$")


@dataclass(frozen=True, slots=True)
class Term:
    """One of the ids, or a text with perhaps a year."""

    text: str = ""
    year: int = 0
    typed: str = ""
    """All of it, where nobody can tell whether its last number is the year."""
    tmdb_id: int = 0
    imdb_id: str = ""


def read_term(term: str) -> Term:
    """Ids, links to the databases, release names and plain titles."""
    term = term.strip()
    if match := _TMDB.match(term):
        return Term(tmdb_id=int(match[1]))
    if match := _IMDB.match(term):
        return Term(imdb_id=match[1].lower())
    if match := _YEAR.match(term):
        return Term(match["title"].strip(), int(match["year"]), "" if match["open"] else term)
    if term.count(".") + term.count("_") > 1:
        parsed = parse_release(term)
        if parsed.title:
            return Term(parsed.title, parsed.year)
    return Term(term)
