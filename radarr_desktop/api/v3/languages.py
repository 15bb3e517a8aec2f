"""/language: the languages of the v3 API."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.domain.problem import Kind, Problem

# fmt: off
_TABLE = (
    (1, "English", "en"), (2, "French", "fr"), (3, "Spanish", "es"), (4, "German", "de"), (5, "Italian", "it"),
    (6, "Danish", "da"), (7, "Dutch", "nl"), (8, "Japanese", "ja"), (9, "Icelandic", "is"), (10, "Chinese", "zh"),
    (11, "Russian", "ru"), (12, "Polish", "pl"), (13, "Vietnamese", "vi"), (14, "Swedish", "sv"),
    (15, "Norwegian", "no"), (16, "Finnish", "fi"), (17, "Turkish", "tr"), (18, "Portuguese", "pt"),
    (19, "Flemish", ""), (20, "Greek", "el"), (21, "Korean", "ko"), (22, "Hungarian", "hu"), (23, "Hebrew", "he"),
    (24, "Lithuanian", "lt"), (25, "Czech", "cs"), (26, "Hindi", "hi"), (27, "Romanian", "ro"), (28, "Thai", "th"),
    (29, "Bulgarian", "bg"), (30, "Portuguese (Brazil)", ""), (31, "Arabic", "ar"), (32, "Ukrainian", "uk"),
    (33, "Persian", "fa"), (34, "Bengali", "bn"), (35, "Slovak", "sk"), (36, "Latvian", "lv"),
    (37, "Spanish (Latino)", ""), (38, "Catalan", "ca"), (39, "Croatian", "hr"), (40, "Serbian", "sr"),
    (41, "Bosnian", "bs"), (42, "Estonian", "et"), (43, "Tamil", "ta"), (44, "Indonesian", "id"),
    (45, "Telugu", "te"), (46, "Macedonian", "mk"), (47, "Slovenian", "sl"), (48, "Malayalam", "ml"),
    (49, "Kannada", "kn"), (50, "Albanian", "sq"), (51, "Afrikaans", "af"), (52, "Marathi", "mr"),
    (53, "Tagalog", "tl"), (54, "Urdu", "ur"), (55, "Romansh", "rm"), (56, "Mongolian", "mn"), (57, "Georgian", "ka"),
)
# fmt: on


class Language(Answer):
    id: int
    name: str


class LanguageResource(Answer):
    id: int
    name: str
    name_lower: str


UNKNOWN = Language(id=0, name="Unknown")
ORIGINAL = Language(id=-2, name="Original")
_BY_NAME = {name.casefold(): Language(id=id, name=name) for id, name, _ in _TABLE}
_BY_CODE = {code: _BY_NAME[name.casefold()] for _, name, code in _TABLE if code}
_BY_CODE |= {"cn": _BY_CODE["zh"], "nb": _BY_CODE["no"]}  # as TMDb writes Cantonese and Bokmål


def language_of(code: str) -> Language:
    """The language with this ISO 639-1 code."""
    return _BY_CODE.get(code.lower(), UNKNOWN)


def languages_of(names: Iterable[str], original: str = "") -> list[Language]:
    """The languages a release name tells; without any, the movie's own language is meant."""
    return [_BY_NAME[one] for name in names if (one := name.casefold()) in _BY_NAME] or [language_of(original)]


async def _list(call: Call[Query, None]) -> list[LanguageResource]:
    return [_resource(language) for language in (ORIGINAL, UNKNOWN, *_BY_NAME.values())]


async def _get(call: Call[Query, None]) -> LanguageResource:
    for language in (UNKNOWN, *_BY_NAME.values()):
        if language.id == call.id:
            return _resource(language)
    raise Problem(Kind.NOT_FOUND, f"There is no language {call.id}.")


def _resource(language: Language) -> LanguageResource:
    return LanguageResource(id=language.id, name=language.name, name_lower=language.name.lower())


ENDPOINTS = (
    Endpoint("GET", "/api/v3/language", _list, list[LanguageResource]),
    Endpoint("GET", "/api/v3/language/{id}", _get, LanguageResource),
)
