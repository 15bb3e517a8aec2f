"""Which movie is meant."""

from __future__ import annotations

import re
from typing import Any

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.program import Program


def titled(movie: dict[str, Any]) -> str:
    """Title and year as people say it."""
    return f"{movie['title']} ({movie['year']})" if movie.get("year") else str(movie["title"])


def find_movie(program: Program, words: str) -> dict[str, Any]:
    """The movie of the library with this title (year optional), ``tmdb:`` id or library id."""
    movies = program.get("/api/v3/movie")
    wanted = " ".join(words.split()).casefold()
    if id := re.fullmatch(r"tmdb:(\d+)", wanted):
        found = [movie for movie in movies if movie["tmdbId"] == int(id[1])]
    else:
        found = [movie for movie in movies if wanted in (movie["title"].casefold(), titled(movie).casefold())]
        found = found or [movie for movie in movies if str(movie["id"]) == wanted]
        found = found or [movie for movie in movies if wanted and wanted in titled(movie).casefold()]
    if not found:
        raise Stop(Exit.NOT_FOUND, f"“{words}” is not in the library. Add it with: radarr-desktop add “{words}”")
    if len(found) > 1:
        names = "\n".join(f"  {movie['id']}  {titled(movie)}" for movie in found)
        raise Stop(Exit.USAGE, f"“{words}” can be any of these. Name one by its number:\n{names}")
    return dict(found[0])
