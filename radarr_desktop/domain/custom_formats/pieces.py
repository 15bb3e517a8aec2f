"""What can be told of a part of a pattern without running it: what it must find, and where it could run away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MANY = 64
"""Texts that parts in a row are multiplied to at most; more count as any text."""
LISTED = 1000
"""Texts that are listed as alternatives at most."""
ENOUGH = 40
"""Characters of a text in a row; a longer one tells no more."""
ENDLESS = 20
"""Repeats from which on a part counts as one without an end."""
START = "\x02"
"""Stands before the text that is looked through, so that a literal behind ``^`` is told from one within."""
_NOTHING = frozenset({""})
_PUMPS = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pattern, in the spelling of the ``regex`` package."""

    source: str
    exact: frozenset[str] | None = None
    """Every text it can match, folded; None: too many to list."""
    needs: frozenset[str] | None = None
    """One of these, folded, is in every text it is found in; None: nothing of use is known."""
    sample: str = ""
    """One text it matches, roughly."""
    pumps: tuple[tuple[str, str], ...] = ()
    """What stands before a part without an end, and a text that part matches: repeated, it shows a runaway."""
    loops: int = 0
    """Parts without an end."""
    wild: bool = False
    """Parts without an end within each other, or references: only a clock bounds those."""


def fold(text: str) -> str:
    """Without upper and lower case, as the ``regex`` package compares; each character by itself."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("\u0307", "").replace("ı", "i")


def literal(text: str, source: str) -> Piece:
    """One text and no other."""
    if START in text:  # no name has it, and it must not be taken for the start
        return anything(source, text)
    return Piece(source, frozenset({fold(text)}), sample=text)


def one_of(characters: frozenset[str], source: str) -> Piece:
    """One of a few characters."""
    if START in characters:
        return anything(source, min(characters))
    return Piece(source, frozenset(map(fold, characters)), sample=min(characters))


def anything(source: str, sample: str, *, wild: bool = False) -> Piece:
    """Text of which nothing is known."""
    return Piece(source, sample=sample, wild=wild)


def nowhere(source: str) -> Piece:
    """A place between characters."""
    return Piece(source, _NOTHING)


def beginning(source: str) -> Piece:
    """The start of the text."""
    return Piece(source, frozenset({START}))


def joined(pieces: Sequence[Piece], source: str = "") -> Piece:
    """One behind the other."""
    if len(pieces) == 1 and not source:
        return pieces[0]
    best: frozenset[str] | None = None
    run: frozenset[str] = _NOTHING
    is_exact, sample = True, ""
    pumps: list[tuple[str, str]] = []
    for piece in pieces:
        best = better(best, piece.needs)
        longer = _product(run, piece.exact)
        if longer is None:
            best, is_exact = better(best, run), False
            run = piece.exact if piece.exact is not None else _NOTHING
        else:
            run = longer
        pumps += [(sample + before, body) for before, body in piece.pumps]
        sample += piece.sample
    return Piece(
        source or "".join(piece.source for piece in pieces),
        run if is_exact else None,
        better(best, run),
        sample,
        tuple(pumps[:_PUMPS]),
        sum(piece.loops for piece in pieces),
        any(piece.wild for piece in pieces),
    )


def either(pieces: Sequence[Piece]) -> Piece:
    """One of several ways."""
    if len(pieces) == 1:
        return pieces[0]
    exact: frozenset[str] | None = _NOTHING.difference(_NOTHING)
    needs: frozenset[str] | None = exact
    for piece in pieces:
        exact = exact | piece.exact if exact is not None and piece.exact is not None else None
        told = better(piece.needs, piece.exact)
        needs = needs | told if needs is not None and told is not None else None
    return Piece(
        "|".join(piece.source for piece in pieces),
        exact if exact is not None and len(exact) <= LISTED else None,
        needs if needs is not None and len(needs) <= LISTED else None,
        pieces[0].sample,
        tuple(pump for piece in pieces for pump in piece.pumps)[:_PUMPS],
        max(piece.loops for piece in pieces),
        any(piece.wild for piece in pieces),
    )


def repeated(piece: Piece, least: int, most: int | None, suffix: str) -> Piece:
    """Several times in a row."""
    source = piece.source + suffix
    pumps = piece.pumps
    endless = most is None or most > ENDLESS
    if endless:
        bodies = sorted(piece.exact - _NOTHING, key=len)[:4] if piece.exact else []
        pumps = (*(("", body) for body in (*bodies, "".join(bodies), piece.sample) if body), *pumps)[:_PUMPS]
    wild = piece.wild or (piece.loops > 0 and (most is None or most > 1))
    exact = _times(piece.exact, least, most)
    needs = better(piece.needs, piece.exact) if least else None
    return Piece(source, exact, needs, piece.sample * min(least, 3), pumps, piece.loops + endless, wild)


def looked(piece: Piece, before: str, *, positive: bool) -> Piece:
    """What must, or must not, stand here or before without being part of the match."""
    needs = better(piece.needs, piece.exact) if positive else None
    return Piece(f"{before}{piece.source})", _NOTHING, needs, "", piece.pumps, piece.loops, piece.wild)


def wrapped(piece: Piece, before: str) -> Piece:
    """The same within a group."""
    source = f"{before}{piece.source})"
    return Piece(source, piece.exact, piece.needs, piece.sample, piece.pumps, piece.loops, piece.wild)


def better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Whichever tells more: long texts, then few of them."""
    if one is None or other is None:
        return other if one is None else one
    return one if _worth(one) >= _worth(other) else other


def _worth(texts: frozenset[str]) -> tuple[int, int]:
    return min(min(map(len, texts), default=0), 6), -len(texts)


def _product(starts: frozenset[str], ends: frozenset[str] | None) -> frozenset[str] | None:
    if ends is None or len(starts) * len(ends) > MANY or min(map(len, starts), default=0) > ENOUGH:
        return None
    return frozenset((start + end).replace(START + START, START) for start in starts for end in ends)


def _times(texts: frozenset[str] | None, least: int, most: int | None) -> frozenset[str] | None:
    if texts is None or most is None or most > 4:
        return None
    found: frozenset[str] = frozenset()
    run: frozenset[str] | None = _NOTHING
    for count in range(most + 1):
        if count >= least and run is not None:
            found |= run
        run = _product(run, texts) if run is not None else None
        if run is None and count < most:
            return None
    return found if len(found) <= MANY else None
