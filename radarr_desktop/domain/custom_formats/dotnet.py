"""Patterns in .NET's spelling, read once: put into that of the ``regex`` package, and looked at for what they need."""

from __future__ import annotations

import re
from dataclasses import replace

from radarr_desktop.domain.custom_formats.classes import SHORTHANDS, read_class
from radarr_desktop.domain.custom_formats.pieces import (
    Piece,
    anything,
    beginning,
    better,
    either,
    joined,
    literal,
    looked,
    nowhere,
    repeated,
    wrapped,
)

LONGEST = 4_000
"""Characters of a pattern."""
DEEPEST = 60
"""Groups within groups."""
_PLAIN = re.compile(r"[A-Za-z0-9]{2,40}(?![*+?{])")
"""Letters that mean themselves, and are not counted."""
_COUNT = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")
_NAME = re.compile(r"(?:<([^\W\d]\w*)>|'([^\W\d]\w*)')")
_REFERENCE = re.compile(r"k(?:<(\w+)>|'(\w+)'|\{(\w+)\})")
_FLAGS = re.compile(r"\?([imsnx]*)(?:-([imsnx]*))?([:)])")
_CODES = {"x": 2, "u": 4}
_CONTROLS = {"a": "\a", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PLACES = {"b": r"\b", "B": r"\B", "z": r"\Z", "Z": r"(?=\n?\Z)", "G": r"\G"}
_LOOKS = {"?=": True, "?!": False, "?<=": True, "?<!": False}


class PatternError(ValueError):
    """A pattern that cannot be used; ``position`` is the character, counted from 0."""

    def __init__(self, why: str, position: int) -> None:
        super().__init__(why)
        self.position = position


def read_pattern(text: str) -> Piece:
    """The whole pattern; raises ``PatternError``."""
    if len(text) > LONGEST:
        raise PatternError(f"it has {len(text):,} characters, {LONGEST:,} are the most", LONGEST)
    reader = _Reader(text)
    piece = reader.alternatives()
    if reader.place < len(text):
        raise PatternError("there is a “)” without its “(”", reader.place)
    return replace(piece, needs=better(piece.needs, piece.exact))


class _Reader:
    """Goes through the text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._depth = 0
        self._groups = 0
        self._names: set[str] = set()
        self._spaced = False  # x: white space means nothing
        self._unnamed = True  # not n: plain groups count
        self._lines = False  # m: ^ is the start of any line

    def next(self) -> str:
        """Take one character."""
        if self.place >= len(self.text):
            raise PatternError("it ends too early", self.place)
        self.place += 1
        return self.text[self.place - 1]

    def peek(self, text: str) -> bool:
        """Does this stand here?"""
        return self.text.startswith(text, self.place)

    def refuse(self, why: str, place: int) -> PatternError:
        """An error at this place."""
        return PatternError(why, place)

    def alternatives(self) -> Piece:
        """Up to a ``)`` or the end; switches like ``(?-i)`` hold from where they are to there."""
        kept = self._spaced, self._unnamed, self._lines
        ways: list[Piece] = []
        switch = ""
        while True:
            way, switch = self._sequence(switch)
            ways.append(way)
            if not self.peek("|"):
                break
            self.next()
        self._spaced, self._unnamed, self._lines = kept
        return either(ways)

    def _sequence(self, switch: str) -> tuple[Piece, str]:
        """One way, and the switch that holds at its end."""
        done: list[Piece] = []
        parts: list[Piece] = []
        opened = switch
        while self.place < len(self.text) and not self.peek("|") and not self.peek(")"):
            if self._skipped():
                continue
            if self.peek("(?") and (turned := self._switched()) is not None:
                done.append(_under(opened, parts))
                opened, parts = turned, []
                continue
            plain = None if self._spaced else _PLAIN.match(self.text, self.place)
            if plain is None:
                parts.append(self._counted(self._atom()))
            else:
                self.place = plain.end()
                parts.append(literal(plain[0], plain[0]))
        done.append(_under(opened, parts))
        return joined(done) if len(done) > 1 else done[0], opened

    def _skipped(self) -> bool:
        """Comments, and white space where it means nothing."""
        if self.peek("(?#"):
            end = self.text.find(")", self.place)
            if end < 0:
                raise PatternError("a comment has no “)”", self.place)
            self.place = end + 1
            return True
        if self._spaced and self.text[self.place].isspace():
            self.place += 1
            return True
        if self._spaced and self.peek("#"):
            end = self.text.find("\n", self.place)
            self.place = len(self.text) if end < 0 else end
            return True
        return False

    def _switched(self) -> str | None:
        """A switch for the rest of the group: what stands for it, or None if this is none."""
        match = _FLAGS.match(self.text, self.place + 1)
        if match is None or match[3] != ")":
            return None
        self.place = match.end()
        return self._turn(match[1], match[2] or "")

    def _turn(self, on: str, off: str) -> str:
        self._spaced = ("x" in on or self._spaced) and "x" not in off
        self._unnamed = ("n" not in on and self._unnamed) or "n" in off
        self._lines = ("m" in on or self._lines) and "m" not in off
        on, off = ("".join(flag for flag in flags if flag in "ims") for flags in (on, off))
        return f"(?{on}{'-' if off else ''}{off}:" if on or off else ""

    def _counted(self, piece: Piece) -> Piece:
        """With the count behind it, if there is one."""
        while self._spaced and self.place < len(self.text) and self._skipped():
            continue
        count = self._count()
        if count is None:
            return piece
        least, most, suffix = count
        if most is not None and most < least:
            raise PatternError("this count runs backwards", self.place - 1)
        if self.peek("?"):
            self.next()
            suffix += "?"
        place = self.place
        if self._count() is not None:
            raise PatternError("there are two counts in a row; put the first part into ( )", place)
        if piece.source == "":
            return piece
        return repeated(piece, least, most, suffix)

    def _count(self) -> tuple[int, int | None, str] | None:
        if self.place < len(self.text) and (simple := self.text[self.place]) in "*+?":
            self.place += 1
            return {"*": (0, None, "*"), "+": (1, None, "+"), "?": (0, 1, "?")}[simple]
        match = _COUNT.match(self.text, self.place)
        if match is None:
            return None
        self.place = match.end()
        least = int(match[1])
        most = least if match[2] is None else int(match[3]) if match[3] else None
        return least, most, match[0]

    def _atom(self) -> Piece:
        place = self.place
        letter = self.next()
        if letter == "[":
            return read_class(self)
        if letter == "(":
            return self._group(place)
        if letter == "\\":
            return self._escape(place)
        if letter == ".":
            return anything(".", "a")
        if letter == "^":
            return nowhere("^") if self._lines else beginning("^")
        if letter == "$":
            return nowhere("$")
        if letter in "*+?" or (letter == "{" and _COUNT.match(self.text, place)):
            raise PatternError(f"“{letter}” counts nothing here; write “\\{letter}” for the character", place)
        return literal(letter, re.escape(letter))

    def _group(self, place: int) -> Piece:
        self._depth += 1
        if self._depth > DEEPEST:
            raise PatternError(f"more than {DEEPEST} groups lie within each other", place)
        piece = self._opened(place)
        self._depth -= 1
        return piece

    def _opened(self, place: int) -> Piece:
        if not self.peek("?"):
            self._groups += self._unnamed
            return wrapped(self._inner(place), "(" if self._unnamed else "(?:")
        for mark, positive in _LOOKS.items():
            if self.peek(mark):
                self.place += len(mark)
                return looked(self._inner(place), f"({mark}", positive=positive)
        for mark in ("?:", "?>"):
            if self.peek(mark):
                self.place += len(mark)
                return wrapped(self._inner(place), f"({mark}")
        if name := _NAME.match(self.text, self.place + 1):
            self.place = name.end()
            self._names.add(name[1] or name[2])
            return wrapped(self._inner(place), f"(?P<{name[1] or name[2]}>")
        if (flags := _FLAGS.match(self.text, self.place)) and flags[3] == ":":
            kept = self._spaced, self._unnamed, self._lines
            self.place = flags.end()
            switch = self._turn(flags[1], flags[2] or "")
            piece = wrapped(self._inner(place), switch or "(?:")
            self._spaced, self._unnamed, self._lines = kept
            return piece
        if self.peek("?("):
            raise PatternError("a choice by condition, “(?(”, is not possible here", place)
        raise PatternError("this kind of group is not known", place)

    def _inner(self, place: int) -> Piece:
        inner = self.alternatives()
        if not self.peek(")"):
            raise PatternError("this “(” has no “)”", place)
        self.next()
        return inner

    def _escape(self, place: int) -> Piece:
        reference = _REFERENCE.match(self.text, self.place)
        if reference:
            self.place = reference.end()
            return self._back(next(filter(None, reference.groups())), place)
        letter = self.text[self.place : self.place + 1]
        if letter in _PLACES and letter:
            self.place += 1
            return nowhere(_PLACES[letter])
        if letter == "A":
            self.place += 1
            return beginning(r"\A")
        if letter.isdecimal() and letter != "0":
            number = re.compile(r"\d{1,2}").match(self.text, self.place)
            digits = number[0] if number else letter
            self.place += len(digits)
            return self._back(digits, place)
        character, source = self.escaped(inside=False)
        if character:
            return literal(character, re.escape(character))
        return anything(source, SHORTHANDS.get(source[1:], "a"))

    def _back(self, to: str, place: int) -> Piece:
        if to.isdecimal():
            if self._names:
                raise PatternError("it refers to a group by number, but names groups too; use the name", place)
            if int(to) > self._groups:
                raise PatternError(f"there is no group {to} before this", place)
            return anything(f"(?:\\{to})", "", wild=True)
        if to not in self._names:
            raise PatternError(f"there is no group “{to}” before this", place)
        return anything(f"(?P={to})", "", wild=True)

    def escaped(self, *, inside: bool) -> tuple[str, str]:
        """What a backslash stands for: the character, or '' with the source of a set."""
        place = self.place - 1
        letter = self.next()
        if letter in SHORTHANDS:
            return "", f"\\{letter}"
        if letter in "pP":
            return "", self._category(letter, place)
        if letter in _CONTROLS:
            return _CONTROLS[letter], ""
        if inside and letter == "b":
            return "\b", ""
        if letter in _CODES:
            return self._by_code(_CODES[letter], place), ""
        if letter == "c":
            return chr(ord(self.next().upper()) ^ 64 & 127), ""
        if letter == "0" or (inside and letter.isdecimal()):
            octal = re.compile(r"[0-7]{0,2}").match(self.text, self.place)
            digits = octal[0] if octal else ""
            self.place += len(digits)
            return chr(int(letter + digits, 8) if letter < "8" else ord(letter)), ""
        if letter.isalnum() or letter == "_":
            raise PatternError(f"“\\{letter}” means nothing here", place)
        return letter, ""

    def _by_code(self, digits: int, place: int) -> str:
        code = self.text[self.place : self.place + digits]
        if len(code) < digits or not re.fullmatch(r"[0-9A-Fa-f]+", code):
            raise PatternError(f"a character's code needs {digits} hexadecimal digits", place)
        self.place += digits
        return chr(int(code, 16))

    def _category(self, letter: str, place: int) -> str:
        match = re.compile(r"\{(\w[\w-]{0,60})\}").match(self.text, self.place)
        if match is None:
            raise PatternError(f"“\\{letter}” needs a kind of characters in braces", place)
        self.place = match.end()
        name = match[1]
        return f"\\{letter}{{{'In' + name[2:] if name.startswith('Is') else name}}}"


def _under(switch: str, parts: list[Piece]) -> Piece:
    """Parts of a way, under the switch that holds for them."""
    piece = joined(parts) if parts else nowhere("")
    return wrapped(piece, switch) if switch and piece.source else piece
