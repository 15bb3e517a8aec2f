"""The small words that come, go and change between two spellings of one title. Data."""

from __future__ import annotations

ENGLISH_ARTICLES = frozenset({"the", "a", "an"})

ARTICLES = {
    "de": frozenset({"der", "die", "das", "den", "dem", "ein", "eine"}),
    "fr": frozenset({"le", "la", "les", "l", "un", "une"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una"}),
    "pt": frozenset({"o", "os", "as", "um", "uma"}),
    "nl": frozenset({"de", "het", "een"}),
    "sv": frozenset({"den", "det", "de", "en", "ett"}),
    "da": frozenset({"den", "det", "de", "en", "et"}),
    "no": frozenset({"den", "det", "de", "en", "ei", "et"}),
}
"""By ISO 639-1."""

_ALSO_OTHER_WORDS = frozenset({"die", "den", "i", "o", "os", "as", "de", "en", "ei", "et", "lo", "un"})
"""``Die Hard``, ``I, Robot``, ``De Palma``: articles only where the language is known."""

SURE_ARTICLES = frozenset[str]().union(*ARTICLES.values()) - _ALSO_OTHER_WORDS
MOVED_ARTICLES = ENGLISH_ARTICLES.union(*ARTICLES.values())
"""Behind a comma at the end each of them is one."""

CODES = {
    "German": "de",
    "French": "fr",
    "Spanish": "es",
    "Spanish (Latino)": "es",
    "Italian": "it",
    "Portuguese": "pt",
    "Portuguese (Brazil)": "pt",
    "Dutch": "nl",
    "Flemish": "nl",
    "Swedish": "sv",
    "Danish": "da",
    "Norwegian": "no",
}
"""Of the languages that have articles here, by the names that releases are read with."""

AND = frozenset({"&", "+", "and", "und", "et", "och", "og"})
MAYBE_AND = frozenset({"y", "e", "i", "en", "ja"})
"""``and`` in some language, and something else in others."""

PART_WORDS = frozenset(
    {"part", "pt", "teil", "parte", "partie", "deel", "del"}
    | {"vol", "volume", "chapter", "chapitre", "capitulo", "kapitel", "episode"}
)
"""Before a number they say nothing more: ``Part II``, ``Vol. 2``."""

_TO_TEN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ROMAN = (*_TO_TEN, *(f"x{roman}" for roman in _TO_TEN[:-1]), "xx")
_SPOKEN_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPOKEN = (*_SPOKEN_TO_TEN, "eleven", "twelve", "thirteen")
ROMAN = {word: str(number) for number, word in enumerate(_ROMAN, start=1)}
SPOKEN = {word: str(number) for number, word in enumerate(_SPOKEN, start=1)}

LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "å": "a", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""How those write them who have no such keys."""
