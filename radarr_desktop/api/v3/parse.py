"""/parse: what a release name says, and of which movie it is."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.custom_formats import CustomFormatResource
from radarr_desktop.api.v3.languages import Language, languages_of
from radarr_desktop.api.v3.matched_formats import Asked, matched
from radarr_desktop.api.v3.movie_shapes import MovieResource
from radarr_desktop.api.v3.movies import resource_of
from radarr_desktop.api.v3.shapes import QualityModel, quality_model
from radarr_desktop.domain.custom_formats.subject import simple_title
from radarr_desktop.domain.parsing import ParsedRelease, parse_release

LONGEST = 1000
"""Characters of a name."""


class ParsedMovieInfo(Answer, kw_only=True):
    movie_titles: list[str]
    original_title: str
    release_title: str
    simple_release_title: str
    quality: QualityModel
    languages: list[Language]
    release_group: str | None = None
    release_hash: str | None = None
    edition: str
    year: int
    imdb_id: str | None = None
    tmdb_id: int
    hardcoded_subs: str | None = None
    movie_title: str
    primary_movie_title: str


class ParseResource(Answer, kw_only=True):
    title: str
    parsed_movie_info: ParsedMovieInfo | None = None
    movie: MovieResource | None = None
    languages: list[Language] | None = None
    custom_formats: list[CustomFormatResource] | None = None
    custom_format_score: int


class ParseQuery(Query):
    title: str = ""


def _info(parsed: ParsedRelease) -> ParsedMovieInfo:
    return ParsedMovieInfo(
        movie_titles=list(parsed.titles),
        original_title=parsed.title,
        release_title=parsed.name,
        simple_release_title=simple_title(parsed),
        quality=quality_model(parsed.quality, parsed.revision),
        languages=languages_of(parsed.languages),
        release_group=parsed.group or None,
        release_hash=parsed.hash or None,
        edition=parsed.edition,
        year=parsed.year,
        imdb_id=parsed.imdb_id or None,
        tmdb_id=parsed.tmdb_id,
        hardcoded_subs=parsed.hardcoded_subs or None,
        movie_title=parsed.title,
        primary_movie_title=parsed.title,
    )


async def _parse(call: Call[ParseQuery, None]) -> ParseResource:
    title = call.query.title.strip()[:LONGEST]
    parsed = parse_release(title)
    if parsed.refused or not parsed.title:
        return ParseResource(title=title, custom_format_score=0)
    movie = await call.engine.search.movie_of(parsed)
    (formats,) = await matched(call.engine, [Asked(parsed, movie=movie)])
    return ParseResource(
        title=title,
        parsed_movie_info=_info(parsed),
        movie=await resource_of(call.engine, movie) if movie else None,
        languages=languages_of(parsed.languages, movie.info.original_language if movie else ""),
        custom_formats=formats.formats,
        custom_format_score=formats.score,
    )


ENDPOINTS = (Endpoint("GET", "/api/v3/parse", _parse, ParseResource, ParseQuery),)
