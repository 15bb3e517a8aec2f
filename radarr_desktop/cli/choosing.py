"""Which movie is meant."""

from __future__ import annotations

from typing import Any

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import one_line

MOST = 20
"""Movies that are named where several fit."""


def titled(movie: dict[str, Any]) -> str:
    """Title and year as people say it."""
    return f"{movie['title']} ({movie['year']})" if movie.get("year") else str(movie["title"])


def find_movie(program: Program, words: str) -> dict[str, Any]:
    """The movie of the library with this title (year optional), id (`tmdb:27205`, `tt1375666`) or number."""
    found = program.get("/api/v4/movie/named", words=words)
    if not found:
        said = one_line(words)
        raise Stop(Exit.NOT_FOUND, f"“{said}” is not in the library. Add it with: radarr-desktop add “{said}”")
    if len(found) > 1:
        lines = [f"  {movie['id']}  {one_line(titled(movie))}" for movie in found[:MOST]]
        if len(found) > MOST:
            lines.append(f"and {len(found) - MOST:,} more: give more of the title")
        head = f"“{one_line(words)}” can be any of these. Name one by its number:"
        raise Stop(Exit.USAGE, "\n".join([head, *lines]))
    return dict(found[0])
