"""/config/naming: patterns and rules of names, and what they make of an example."""

from __future__ import annotations

from dataclasses import replace

from radarr_desktop.api.answers import Failure, NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Query
from radarr_desktop.domain.naming import Colon, Naming, NamingError

_PROPERTIES = {"file": "standardMovieFormat", "folder": "movieFolderFormat"}
_COLONS = {colon.value.lower(): colon for colon in Colon} | {str(place): colon for place, colon in enumerate(Colon)}
"""Older clients send their numbers."""


class NamingConfigResource(Answer):
    id: int
    rename_movies: bool
    replace_illegal_characters: bool
    colon_replacement_format: str
    standard_movie_format: str
    movie_folder_format: str


class NamingConfigBody(Body):
    rename_movies: bool | None = None
    replace_illegal_characters: bool | None = None
    colon_replacement_format: str | int | None = None
    standard_movie_format: str | None = None
    movie_folder_format: str | None = None


class ExamplesQuery(Query):
    rename_movies: bool | None = None
    replace_illegal_characters: bool | None = None
    colon_replacement_format: str | None = None
    standard_movie_format: str | None = None
    movie_folder_format: str | None = None


class NamingExamplesResource(Answer):
    movie_example: str
    movie_folder_example: str


async def _get(call: Call[Query, object]) -> NamingConfigResource:
    naming = (await call.engine.settings.media()).naming
    return NamingConfigResource(
        id=1,
        rename_movies=naming.rename,
        replace_illegal_characters=naming.replace_illegal,
        colon_replacement_format=naming.colon.value,
        standard_movie_format=naming.file,
        movie_folder_format=naming.folder,
    )


async def _save(call: Call[Query, NamingConfigBody]) -> NamingConfigResource:
    """What the body does not name stays."""
    naming = _wanted(call.body, (await call.engine.settings.media()).naming)
    told = {"file": naming.file, "folder": naming.folder}
    if errors := call.engine.names.examples(naming).errors:
        raise NotAccepted(*(_refused(one, told[one.field]) for one in errors))
    await call.engine.names.save(naming)
    return await _get(call)


def _refused(error: NamingError, pattern: str) -> Failure:
    """With the place in the pattern."""
    refused = failure(_PROPERTIES[error.field], str(error), pattern)
    if error.end:
        refused.detailed_description = f"At character {error.start + 1}: {pattern[error.start : error.end]}"
    return refused


async def _examples(call: Call[ExamplesQuery, None]) -> NamingExamplesResource:
    """Of patterns that are not saved yet; a pattern with a mistake has an empty one."""
    made = call.engine.names.examples(_wanted(call.query, (await call.engine.settings.media()).naming))
    return NamingExamplesResource(movie_example=made.file.removesuffix(".mkv"), movie_folder_example=made.folder)


def _wanted(asked: NamingConfigBody | ExamplesQuery, naming: Naming) -> Naming:
    given = {
        "rename": asked.rename_movies,
        "replace_illegal": asked.replace_illegal_characters,
        "colon": _colon(asked.colon_replacement_format),
        "file": asked.standard_movie_format,
        "folder": asked.movie_folder_format,
    }
    return replace(naming, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _colon(word: str | int | None) -> Colon | None:
    if word is None:
        return None
    if str(word).lower() not in _COLONS:
        known = f"Use one of {', '.join(colon.value for colon in Colon)}."
        raise NotAccepted(failure("colonReplacementFormat", known, word))
    return _COLONS[str(word).lower()]


ENDPOINTS = (
    Endpoint("GET", "/api/v3/config/naming", _get, NamingConfigResource),
    Endpoint("GET", "/api/v3/config/naming/examples", _examples, NamingExamplesResource, ExamplesQuery),
    Endpoint("GET", "/api/v3/config/naming/{id}", _get, NamingConfigResource),
    Endpoint("PUT", "/api/v3/config/naming/{id}", _save, NamingConfigResource, body=NamingConfigBody, status=202),
)
