"""Sets of characters in .NET's spelling, ``[a-z\\d-[aeiou]]``, put into that of the ``regex`` package."""

from __future__ import annotations

from typing import Protocol

from radarr_desktop.domain.custom_formats.pieces import Piece, anything, one_of

FEW = 12
"""Characters of a set that are listed."""
SHORTHANDS = {"d": "1", "D": "a", "w": "a", "W": " ", "s": " ", "S": "a"}
"""Sets with a letter of their own, with one character of each."""
_SAMPLES = "a1 .-_[(!é"


class Characters(Protocol):
    """The pattern, read one character after the other."""

    place: int

    def next(self) -> str:
        """Take one; raises at the end."""

    def peek(self, text: str) -> bool:
        """Does this stand here?"""

    def escaped(self, *, inside: bool) -> tuple[str, str]:
        """What a backslash stands for: the character, or '' with the source of a set."""

    def refuse(self, why: str, place: int) -> Exception:
        """An error at this place."""


def read_class(reader: Characters) -> Piece:
    """The set behind a ``[`` that was just taken."""
    start = reader.place - 1
    parts: list[str] = []
    listed: set[str] | None = set()
    negated = reader.peek("^")
    if negated:
        reader.next()
    subtracted = ""
    first = True
    while first or not reader.peek("]"):
        if reader.place >= start + 4000:
            raise reader.refuse("the set is too long", start)
        if not first and reader.peek("-["):
            reader.next()
            reader.next()
            subtracted = read_class(reader).source
            if not reader.peek("]"):
                raise reader.refuse("behind a subtracted set there must be “]”", reader.place)
            break
        low, source = _member(reader)
        first = False
        if low and reader.peek("-") and not reader.peek("-]") and not reader.peek("-["):
            reader.next()
            high, _ = _member(reader)
            if not high or high < low:
                raise reader.refuse("this range of characters runs backwards", reader.place - 1)
            source = f"{_quoted(low)}-{_quoted(high)}"
            few = range(ord(low), ord(high) + 1)
            listed = listed | set(map(chr, few)) if listed is not None and len(few) <= FEW else None
        elif low:
            listed = listed | {low} if listed is not None else None
        else:
            listed = None
        parts.append(source)
    reader.next()
    return _made("".join(parts), subtracted, listed, negated=negated)


def _made(inside: str, subtracted: str, listed: set[str] | None, *, negated: bool) -> Piece:
    source = f"[{'^' if negated else ''}{inside}]"
    if subtracted:
        return anything(f"(?!{subtracted}){source}", "a")
    if listed is not None and not negated and len(listed) <= FEW:
        return one_of(frozenset(listed), source)
    if listed is not None and negated:
        return anything(source, next((one for one in _SAMPLES if one not in listed), "x"))
    if listed:
        return anything(source, min(listed))
    return anything(source, "1" if inside in ("0-9", r"\d") else "a")


def _member(reader: Characters) -> tuple[str, str]:
    """A character and its source, or '' and the source of a set."""
    letter = reader.next()
    if letter == "\\":
        character, source = reader.escaped(inside=True)
        return character, source or _quoted(character)
    return letter, _quoted(letter)


def _quoted(character: str) -> str:
    return f"\\{character}" if character in "\\]^-[&~|" else character
