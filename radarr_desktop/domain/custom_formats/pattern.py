"""One pattern of a user: compiled when it is first needed, and never given more time than a release name is worth."""

from __future__ import annotations

from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING

from radarr_desktop.domain.custom_formats.dotnet import PatternError, read_pattern
from radarr_desktop.domain.custom_formats.pieces import START, Piece

if TYPE_CHECKING:
    import regex

LONGEST_TEXT = 400
"""Characters of a name that are looked through; no file can have a longer one."""
PATIENCE = 0.005
"""Seconds a pattern may take for one name."""
_TRIAL = 0.01
_TRIALS = 0.03
"""Seconds for all awkward names together; the slowest of the guide's patterns take 9 ms."""
_USUAL_TEXT = 200
_FEW = 18


class Pattern:
    """Looks for itself in names."""

    __slots__ = ("_compiled", "_piece")

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._compiled: regex.Pattern[str] | None = None

    @property
    def needs(self) -> frozenset[str]:
        """One of these, folded, is in every name it is found in; none: any name must be looked through."""
        needs = self._piece.needs or frozenset()
        return needs if needs and min(map(len, needs)) > 1 else frozenset()

    @property
    def is_hopeless(self) -> bool:
        """Does it want something before the start of a name?"""
        needs = self._piece.needs or frozenset()
        return bool(needs) and all(START in need[1:] for need in needs)

    def can_take_long(self, text: str) -> bool:
        """Can its time grow faster than the name? Few can, and the clock costs more than most patterns."""
        piece = self._piece
        return piece.wild or piece.loops > 1 or (piece.loops > 0 and len(text) > _USUAL_TEXT)

    def find(self, text: str) -> tuple[int, int] | None:
        """The first place where it matches; raises ``TimeoutError``."""
        if self._compiled is None:
            self._compiled = _compiled(self._piece)
        text = text[:LONGEST_TEXT]
        if self.can_take_long(text):
            match = self._compiled.search(text, timeout=PATIENCE)
        else:
            match = self._compiled.search(text)
        return match.span() if match else None


def make_pattern(text: str) -> Pattern:
    """The pattern of a condition; raises ``PatternError`` for one that cannot be read."""
    return Pattern(_read(text))


@lru_cache(maxsize=4096)
def _read(text: str) -> Piece:
    return read_pattern(text)


def check_pattern(text: str) -> None:
    """Raise ``PatternError`` for a pattern that is empty, cannot be read, or takes too long on an awkward name."""
    if not text.strip():
        raise PatternError("it is empty", 0)
    if (torn := torn_at(text)) is not None:
        raise PatternError("it holds half a character", torn)
    piece = _read(text)
    import regex

    try:
        compiled = _compiled(piece)
    except (regex.error, OverflowError, RecursionError, ValueError) as fault:
        place = getattr(fault, "pos", None)
        raise PatternError(str(getattr(fault, "msg", fault)), min(place or 0, len(text) - 1)) from None
    left = _TRIALS
    for awkward in _awkward(piece):
        try:
            left -= _time_of(compiled, awkward, max(min(_TRIAL, left), 0.001))
        except TimeoutError:
            raise PatternError("it takes too long on long names; write it without repeats within repeats", 0) from None


def _time_of(compiled: regex.Pattern[str], text: str, limit: float) -> float:
    """Seconds of this thread that a search takes; raises ``TimeoutError`` above the limit.

    The library counts what all threads of the program do meanwhile: a busy moment must not make a pattern bad.
    """
    for share in (1, 2, 4, 8):
        begin = thread_time()
        try:
            compiled.search(text, timeout=limit * share)
        except TimeoutError:
            if thread_time() - begin >= limit * 0.8:
                raise
        else:
            return thread_time() - begin
    raise TimeoutError


def _compiled(piece: Piece) -> regex.Pattern[str]:
    import regex  # here, not above: 15 ms and 3 MB that a start need not pay

    return regex.compile(piece.source, regex.IGNORECASE)


def torn_at(text: str) -> int | None:
    """Where half of a character stands, which can be neither stored nor sent."""
    return next((place for place, letter in enumerate(text) if "\ud800" <= letter <= "\udfff"), None)


def _awkward(piece: Piece) -> list[str]:
    """Names that a runaway pattern runs away on: what it repeats, repeated, and an end that does not fit."""
    names = ["a" * LONGEST_TEXT, "A.b-1 " * (LONGEST_TEXT // 6), "1080p." * (LONGEST_TEXT // 6)]
    for before, body in piece.pumps:
        for times in (LONGEST_TEXT // len(body), _FEW):
            pumped = (before[:100] + body * times)[:LONGEST_TEXT]
            # With a match behind it, too: an engine that misses a literal would not even begin.
            names += [f"{pumped}\0!", f"{pumped}\0{piece.sample[:100]}"]
    return names
