"""A naming pattern read once: words, tokens and brackets that vanish with what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from radarr_desktop.domain.naming.facts import NO_MODIFIER, Modifier
from radarr_desktop.domain.naming.settings import NamingError
from radarr_desktop.domain.naming.tokens import Token, find_token, read_modifier, token_names

_LEAD, _NAME = r"(?P<lead>(?:[^\w{}]|_)*)", r"(?P<name>[A-Za-z0-9]+(?:[ ._-]+[A-Za-z0-9]+)*)"
_TOKEN = _LEAD + _NAME + r"(?::(?P<modifier>[^{}]*?[^{}\W]\+?|[^{}]*?\d))?(?P<tail>(?:[^\w{}]|_)*)"
_SIMPLE = re.compile(rf"\{{{_TOKEN}\}}")
_BRACED = re.compile(rf"(?P<before>\{{[^{{}}]*)\{{{_TOKEN}\}}(?P<after>[^{{}}]*\}})")
_BRACKETS = {"(": ")", "[": "]"}
_DEEPEST = 8
"""Brackets in brackets; further ones are plain letters."""
_LONGEST = 1000


class Case(Enum):
    """What a token's own letters ask of its value."""

    AS_IS = auto()
    LOWER = auto()
    UPPER = auto()


@dataclass(frozen=True, slots=True)
class Words:
    """Text that stays."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A token, and what is written around its value where it has one."""

    token: Token
    lead: str
    tail: str
    modifier: Modifier
    case: Case
    separator: str
    """In place of spaces; empty: they stay."""


@dataclass(frozen=True, slots=True)
class Group:
    """Brackets around tokens: they go where all of these are empty."""

    before: str
    inside: tuple[Piece, ...]
    after: str


Piece = Words | Slot | Group
Segment = tuple[Piece, ...]
"""One name: of a folder, and last that of the movie's own folder or file."""


@lru_cache(maxsize=64)
def compiled(pattern: str, field: str) -> tuple[Segment, ...]:
    """The pattern's names, outermost first; ``field`` is ``folder`` or ``file``. Raises ``NamingError``."""
    if len(pattern) > _LONGEST:
        raise NamingError(field, f"The {field} name's pattern has more than {_LONGEST:,} characters.")
    segments = tuple(_Scan(pattern, field).segments())
    slots = [slot for segment in segments for slot in slots_in(segment)]
    if not any(slot.token.is_title for slot in slots):
        raise NamingError(field, f"The {field} name has no {{Movie Title}}: two movies would get the same name.")
    return segments


def slots_in(segment: Segment) -> Iterator[Slot]:
    """Every token of it."""
    for piece in segment:
        if isinstance(piece, Slot):
            yield piece
        elif isinstance(piece, Group):
            yield from slots_in(piece.inside)


class _Scan:
    """Goes through a pattern from left to right."""

    def __init__(self, pattern: str, field: str) -> None:
        self._pattern = pattern
        self._field = field
        self._place = 0
        self._open: list[tuple[str, list[Piece]]] = [("", [])]
        """Brackets that wait for their other half, each with what it holds so far."""

    def segments(self) -> Iterator[Segment]:
        while self._place < len(self._pattern):
            letter = self._pattern[self._place]
            if letter == "/":
                yield self._ended()
                self._place += 1
            elif letter in "{}":
                self._pieces.append(self._token())
            else:
                self._word(letter)
                self._place += 1
        yield self._ended()

    @property
    def _pieces(self) -> list[Piece]:
        return self._open[-1][1]

    def _word(self, letter: str) -> None:
        if letter == "\\":
            raise self._error("has a “\\”, which separates no folders. Write / instead.", self._place + 1)
        if letter in _BRACKETS and len(self._open) <= _DEEPEST:
            self._open.append((letter, []))
        elif letter == _BRACKETS.get(self._open[-1][0]):
            before, inside = self._open.pop()
            holds_tokens = any(slots_in(tuple(inside)))
            plain = [Words(before), *inside, Words(letter)]
            self._pieces.extend([Group(before, tuple(inside), letter)] if holds_tokens else plain)
        else:
            self._pieces.append(Words(letter))

    def _ended(self) -> Segment:
        """All pieces of this name; what was opened and not closed are plain letters."""
        (_, pieces), *waiting = self._open
        for letter, inside in waiting:
            pieces += [Words(letter), *inside]
        self._open = [("", [])]
        return tuple(_joined(_paired(pieces)))

    def _token(self) -> Piece:
        for form in (_SIMPLE, _BRACED):
            if found := form.match(self._pattern, self._place):
                slot = self._slot(found)
                self._place = found.end()
                return Group(found["before"], (slot,), found["after"]) if form is _BRACED else slot
        brace = self._pattern[self._place]
        raise self._error(
            f"has a “{brace}” that belongs to no token. Braces are for tokens, like {{Year}}.", self._place + 1
        )

    def _slot(self, found: re.Match[str]) -> Slot:
        name, text = found["name"], found["modifier"]
        token, for_folder = find_token(name), self._field == "folder"
        start, end = found.span("name")
        if token is None:
            import difflib  # here: only mistakes need it

            near = difflib.get_close_matches(name, token_names(for_folder=for_folder), 1)
            hint = f" {{{near[0]}}} is one." if near else ""
            raise self._error(f"uses {{{name}}}, which is no token.{hint}", end, start)
        if for_folder and not token.in_folders:
            raise self._error(f"uses {{{name}}}, which only files have.", end, start)
        modifier = NO_MODIFIER if text is None else read_modifier(token, text)
        if modifier is None:
            raise self._error(f"asks “{text}” of {{{name}}}, which it cannot tell.", found.end("modifier"), end)
        letters = [letter for letter in name if letter.isalpha()]
        case = Case.LOWER if all(map(str.islower, letters)) else Case.AS_IS
        case = Case.UPPER if all(map(str.isupper, letters)) else case
        separator = next((letter for letter in name if letter in "._-"), "")
        return Slot(token, found["lead"], found["tail"], modifier, case, separator)

    def _error(self, why: str, end: int, start: int = -1) -> NamingError:
        start = self._place if start < 0 else start
        return NamingError(self._field, f"The {self._field} name {why}", start, end)


def _paired(pieces: list[Piece]) -> list[Piece]:
    """Brackets that one token opens and a later one closes (``{[A}{ B]}``), as a group of both."""
    for first, opening in enumerate(pieces):
        closing = _BRACKETS.get(opening.lead[-1:]) if isinstance(opening, Slot) else None
        if closing is None or not isinstance(opening, Slot) or closing in opening.tail:
            continue
        for last, piece in enumerate(pieces[first + 1 :], first + 1):
            if not isinstance(piece, Slot):
                break
            if piece.tail.startswith(closing):
                ends = replace(opening, lead=""), replace(piece, tail="")
                group = Group(opening.lead, (ends[0], *pieces[first + 1 : last], ends[1]), piece.tail)
                return [*pieces[:first], group, *_paired(pieces[last + 1 :])]
    return pieces


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Letters that follow each other, as one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Words):
            text += piece.text
            continue
        if text:
            yield Words(text)
            text = ""
        inside = tuple(_joined(list(piece.inside))) if isinstance(piece, Group) else ()
        yield Group(piece.before, inside, piece.after) if isinstance(piece, Group) else piece
    if text:
        yield Words(text)
