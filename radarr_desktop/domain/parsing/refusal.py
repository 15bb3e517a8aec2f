"""Names that tell nothing: they are refused, not guessed at."""

from __future__ import annotations

import re

from radarr_desktop.domain.parsing.parsed import Refusal

MAX_LENGTH = 10_000
"""Characters; a longer name is no name."""

# Most names need none of these: they are compiled when the first one does.
_RANDOM = (
    r"[0-9a-f]{16,}|[0-9a-z]{24,}|[0-9A-Z]{24,}|[A-Z]{11}\d{3}|[a-z]{12}\d{3}|[0-9A-Za-z]{32,}|[0-9A-Za-z+/]{22,}={1,2}"
)
_POSTED = r"Backup_\d{5,}S\d\d-\d\d"
_HASHLIKE = re.compile(r"[0-9a-f]{32}")
_HASH = r"(?<![^\W_])(?=[a-z]*\d)[0-9a-f]{32,128}(?![^\W_])"
_WORD = r"[^\W_]+"
_TEASERS = frozenset({"123", "abc", "abc.xyz", "b00bs"})
_TURNS = r"[^\W\d_](?=\d)|\d(?=[^\W\d_])"
"""Where letters give way to digits, or digits to letters."""
_TOO_MANY_TURNS = 5
_SHORTEST = 16
_SHORTEST_HASH = 32
_FEW = 2
"""Words beside a hash that are no title yet."""


def refusal(name: str, stem: str) -> Refusal:
    """Why a name is refused before anything in it is read; ``stem`` is without the file's extension."""
    if len(name) > MAX_LENGTH:
        return Refusal.TOO_LONG
    if len(stem) >= _SHORTEST_HASH and _HASHLIKE.search(stem) and _is_hash(stem):
        return Refusal.OBFUSCATED
    if stem in _TEASERS or (" " not in stem and "." not in stem and _is_random(stem)):
        return Refusal.OBFUSCATED
    if not any(map(str.isalnum, stem)):
        return Refusal.EMPTY
    lower = name.lower()
    return Refusal.PASSWORD if "yenc" in lower and "password" in lower else Refusal.NONE


def _is_hash(stem: str) -> bool:
    """A long one, with next to nothing beside it."""
    match = re.search(_HASH, stem)
    return match is not None and len(re.findall(_WORD, stem[: match.start()] + stem[match.end() :])) <= _FEW


def _is_random(word: str) -> bool:
    """A hash, or letters and digits in no order that a language has."""
    if not any(map(str.isdigit, word)) and not word.endswith("="):
        return False
    if re.fullmatch(_RANDOM, word) is not None or re.fullmatch(_POSTED, word) is not None:
        return True
    return len(word) >= _SHORTEST and word.isalnum() and len(re.findall(_TURNS, word)) >= _TOO_MANY_TURNS
