"""Words of release profiles: plain ones anywhere in the name, or ``/patterns/`` with a bound on their time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

MOST = 200
"""Characters of a term."""
_LIMIT = 0.05
"""Seconds a pattern may take."""
_FLAGS = {"i": "IGNORECASE", "m": "MULTILINE", "s": "DOTALL", "x": "VERBOSE", "n": ""}


class TermError(ValueError):
    """A term that cannot be looked for; the message says why."""


def check_term(term: str) -> None:
    """Raise ``TermError`` for an empty, endless or unreadable one."""
    if not term.strip():
        raise TermError("A word is empty. Remove it.")
    if len(term) > MOST:
        raise TermError(f"A word has {len(term)} characters, {MOST} are the most.")
    import regex

    try:
        pattern = _pattern(term)
    except regex.error as fault:
        raise TermError(f"{term} is no pattern: {fault}.") from None
    if pattern is not None:
        for text in _AWKWARD:
            try:
                pattern.search(text, timeout=_LIMIT)
            except TimeoutError:
                raise TermError(f"{term} takes too long on long names. Write it without nested repeats.") from None


def found(term: str, name: str) -> bool:
    """Is the term in the name? A pattern that takes too long is not."""
    pattern = _pattern(term)
    if pattern is None:
        return term.casefold() in name.casefold()
    try:
        return pattern.search(name, timeout=_LIMIT) is not None
    except TimeoutError:
        return False


@lru_cache(maxsize=500)
def _pattern(term: str) -> regex.Pattern[str] | None:
    if not term.startswith("/") or term.rfind("/") == 0:
        return None
    body, _, letters = term[1:].rpartition("/")
    if set(letters) - set(_FLAGS):
        return None
    # it takes a megabyte, and who has no patterns need not have it
    import regex

    flags = 0
    for letter in letters:
        flags |= getattr(regex, _FLAGS[letter], 0)
    return regex.compile(body, flags)


_AWKWARD = ("a" * 2000 + "!", "a.b." * 500 + "!", "1" * 2000 + "p", "A B-" * 500)
