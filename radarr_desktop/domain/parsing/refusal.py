"""Names that tell nothing: they are refused, not guessed at."""

from __future__ import annotations

import re

from radarr_desktop.domain.parsing.parsed import Refusal

MAX_LENGTH = 10_000
"""Characters; a longer name is no name."""

_POSTED = re.compile(
    r"[0-9a-f]{16,}|[0-9a-z]{32,}|(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{24,}|[A-Z]{11}\d{3}|[a-z]{12}\d{3}"
    r"|Backup_\d{5,}S\d\d-\d\d|[A-Za-z0-9+/]{22,}={0,2}"
)
_TEASERS = frozenset({"123", "abc", "abc.xyz", "b00bs"})


def refusal(name: str, stem: str) -> Refusal:
    """Why a name is refused before anything in it is read; ``stem`` is without the file's extension."""
    if len(name) > MAX_LENGTH:
        return Refusal.TOO_LONG
    if not any(map(str.isalnum, stem)):
        return Refusal.EMPTY
    if stem in _TEASERS:
        return Refusal.OBFUSCATED
    if " " not in stem and "." not in stem and _is_random(stem):
        return Refusal.OBFUSCATED
    lower = name.lower()
    if "password" in lower and "yenc" in lower:
        return Refusal.PASSWORD
    return Refusal.NONE


def _is_random(word: str) -> bool:
    """A hash, or letters and digits in no order that a language has."""
    if not _POSTED.fullmatch(word):
        return False
    return any(map(str.isdigit, word)) or word.endswith("=")
