"""Words of release profiles: plain ones anywhere in the name, or ``/patterns/`` with a bound on their time."""

from __future__ import annotations

from functools import lru_cache

from radarr_desktop.domain.custom_formats.dotnet import PatternError
from radarr_desktop.domain.custom_formats.pattern import Pattern, check_pattern, make_pattern

MOST = 200
"""Characters of a term."""
_FLAGS = frozenset("imsxn")


class TermError(ValueError):
    """A term that cannot be looked for; the message says why."""


def check_term(term: str) -> None:
    """Raise ``TermError`` for an empty, endless or unreadable one."""
    if not term.strip():
        raise TermError("A word is empty. Remove it.")
    if len(term) > MOST:
        raise TermError(f"A word has {len(term)} characters, {MOST} are the most.")
    body = _body(term)
    if body is not None:
        try:
            check_pattern(body)
        except PatternError as fault:
            raise TermError(f"{term} is no pattern that can be looked for: {fault}.") from None


def found(term: str, name: str) -> bool:
    """Is the term in the name? A pattern that takes too long is not."""
    pattern = _pattern(term)
    if pattern is None:
        return term.casefold() in name.casefold()
    try:
        return pattern.find(name) is not None
    except TimeoutError:
        return False


@lru_cache(maxsize=500)
def _pattern(term: str) -> Pattern | None:
    body = _body(term)
    return None if body is None else make_pattern(body)


def _body(term: str) -> str | None:
    """What stands between the slashes, its flags written into it; None for a plain word."""
    inside, slash, letters = term[1:].rpartition("/")
    if not term.startswith("/") or not slash or not inside or set(letters) - _FLAGS:
        return None
    on = "".join(sorted(set(letters) - {"i"}))
    flags = f"{on}{'' if 'i' in letters else '-i'}"
    return f"(?{flags}){inside}" if flags else inside
