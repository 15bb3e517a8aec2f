"""Languages: the table of the v3 API, found by name, number or ISO code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radarr_desktop.domain.parsing import ParsedRelease


@dataclass(frozen=True, slots=True)
class Language:
    """One language; two are equal when their ids are."""

    id: int
    name: str = field(compare=False)


# fmt: off
_TABLE = (
    (1, "English", "en eng"), (2, "French", "fr fra fre"), (3, "Spanish", "es spa"), (4, "German", "de deu ger"),
    (5, "Italian", "it ita"), (6, "Danish", "da dan"), (7, "Dutch", "nl nld dut"), (8, "Japanese", "ja jpn"),
    (9, "Icelandic", "is isl ice"), (10, "Chinese", "zh zho chi cn"), (11, "Russian", "ru rus"),
    (12, "Polish", "pl pol"), (13, "Vietnamese", "vi vie"), (14, "Swedish", "sv swe"),
    (15, "Norwegian", "no nor nb nob nn nno"), (16, "Finnish", "fi fin"), (17, "Turkish", "tr tur"),
    (18, "Portuguese", "pt por"), (19, "Flemish", "nl-be"), (20, "Greek", "el ell gre"), (21, "Korean", "ko kor"),
    (22, "Hungarian", "hu hun"), (23, "Hebrew", "he heb iw"), (24, "Lithuanian", "lt lit"),
    (25, "Czech", "cs ces cze"), (26, "Hindi", "hi hin"), (27, "Romanian", "ro ron rum mo"), (28, "Thai", "th tha"),
    (29, "Bulgarian", "bg bul"), (30, "Portuguese (Brazil)", "pt-br"), (31, "Arabic", "ar ara"),
    (32, "Ukrainian", "uk ukr"), (33, "Persian", "fa fas per"), (34, "Bengali", "bn ben"),
    (35, "Slovak", "sk slk slo"), (36, "Latvian", "lv lav"), (37, "Spanish (Latino)", "es-mx"),
    (38, "Catalan", "ca cat"), (39, "Croatian", "hr hrv"), (40, "Serbian", "sr srp"), (41, "Bosnian", "bs bos"),
    (42, "Estonian", "et est"), (43, "Tamil", "ta tam"), (44, "Indonesian", "id ind"), (45, "Telugu", "te tel"),
    (46, "Macedonian", "mk mkd mac"), (47, "Slovenian", "sl slv"), (48, "Malayalam", "ml mal"),
    (49, "Kannada", "kn kan"), (50, "Albanian", "sq sqi alb"), (51, "Afrikaans", "af afr"), (52, "Marathi", "mr mar"),
    (53, "Tagalog", "tl tgl"), (54, "Urdu", "ur urd"), (55, "Romansh", "rm roh"), (56, "Mongolian", "mn mon khk"),
    (57, "Georgian", "ka kat geo"),
)
# fmt: on

ANY = Language(-1, "Any")
"""In a profile: every language will do."""
ORIGINAL = Language(-2, "Original")
"""The language the movie was made in."""
UNKNOWN = Language(0, "Unknown")
LANGUAGES = tuple(Language(id, name) for id, name, _ in _TABLE)
"""Those that are spoken, by id."""
ENGLISH = LANGUAGES[0]
_CHOICES = (ANY, ORIGINAL, UNKNOWN, *LANGUAGES)
_BY_ID = {language.id: language for language in _CHOICES}
_BY_NAME = {language.name.casefold(): language for language in _CHOICES}
_BY_CODE = {code: _BY_ID[id] for id, _, codes in _TABLE for code in codes.split()}
_ALL_CODES = {id: codes.split() for id, _, codes in _TABLE}
_CODES = {id: codes[0] for id, codes in _ALL_CODES.items()}


def language_by_id(id: int) -> Language | None:
    """The language, or ``ANY``, ``ORIGINAL``, ``UNKNOWN``, with this number."""
    return _BY_ID.get(id)


def language_by_name(name: str) -> Language | None:
    """The one with this English name, as the v3 API spells it, in any case."""
    return _BY_NAME.get(name.strip().casefold())


def language_by_code(code: str) -> Language | None:
    """The language of an ISO 639-1 or 639-2 code; a region (``pt-BR``) counts where it is a language of its own."""
    plain = code.strip().replace("_", "-").casefold()
    return _BY_CODE.get(plain) or _BY_CODE.get(plain.partition("-")[0])


def code_of(language: Language) -> str:
    """Its shortest code, a region in capitals (``en``, ``pt-BR``); empty for one that is not spoken."""
    plain, hyphen, region = _CODES.get(language.id, "").partition("-")
    return f"{plain}{hyphen}{region.upper()}"


def three_letters(language: Language) -> str:
    """Its ISO 639-2 code, where it has one of its own."""
    return next((code for code in _ALL_CODES.get(language.id, ()) if len(code) == 3), code_of(language))


def spoken(parsed: ParsedRelease, original_code: str = "") -> tuple[Language, ...]:
    """What a release is spoken in; where its name tells nothing, the movie's own language is meant."""
    original = language_by_code(original_code) or UNKNOWN
    found = [_BY_NAME.get(name.casefold(), UNKNOWN) for name in parsed.languages]
    if not found or parsed.is_dual:
        found.append(original)
    return tuple(dict.fromkeys(original if language == ORIGINAL else language for language in found))
