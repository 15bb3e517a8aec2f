"""/language: the languages of the v3 API."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Query
from radarr_desktop.domain import languages as domain
from radarr_desktop.domain.problem import Kind, Problem


class Language(Answer):
    id: int
    name: str


class LanguageBody(Body):
    id: int = 0


class LanguageResource(Answer):
    id: int
    name: str
    name_lower: str


def language_shape(language: domain.Language) -> Language:
    """A language as the API has it."""
    return Language(id=language.id, name=language.name)


UNKNOWN = language_shape(domain.UNKNOWN)
_LISTED = (
    domain.ANY,
    domain.ORIGINAL,
    domain.UNKNOWN,
    *sorted(domain.LANGUAGES, key=lambda language: language.name),
)


def language_of(code: str) -> Language:
    """The language with this ISO code."""
    return language_shape(domain.language_by_code(code) or domain.UNKNOWN)


def languages_of(names: Iterable[str], original: str = "") -> list[Language]:
    """The languages a release name tells; without any, the movie's own language is meant."""
    found = [domain.language_by_name(name) for name in names]
    return [language_shape(one) for one in found if one is not None] or [language_of(original)]


def told_languages(bodies: Iterable[LanguageBody]) -> tuple[str, ...] | None:
    """The names of those that somebody says; None where no real one is among them."""
    known = [domain.language_by_id(each.id) for each in bodies]
    return tuple(each.name for each in known if each is not None and each.id > 0) or None


async def _list(call: Call[Query, None]) -> list[LanguageResource]:
    return [_resource(language) for language in _LISTED]


async def _get(call: Call[Query, None]) -> LanguageResource:
    language = domain.language_by_id(call.id)
    if language is None:
        raise Problem(Kind.NOT_FOUND, f"There is no language {call.id}.")
    return _resource(language)


def _resource(language: domain.Language) -> LanguageResource:
    return LanguageResource(id=language.id, name=language.name, name_lower=language.name.lower())


ENDPOINTS = (
    Endpoint("GET", "/api/v3/language", _list, list[LanguageResource]),
    Endpoint("GET", "/api/v3/language/{id}", _get, LanguageResource),
)
