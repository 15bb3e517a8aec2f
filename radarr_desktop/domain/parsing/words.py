"""A name cut into words, once; all that follows speaks of words by their index."""

from __future__ import annotations

import re
from itertools import accumulate, chain

_GAP = re.compile(r"([\W_]+)")
_WORD_WITH_PLUS = r"((?:dd|hdr10)\+(?!dts)|[^\W_]+)([\W_]*)"
_OPENING = "([{（【「["
_CLOSING = ")]}）】」]"


class Bracket:
    """A bracket's words: from ``first`` up to, not with, ``last``."""

    __slots__ = ("first", "is_round", "last")

    def __init__(self, first: int, last: int, is_round: bool) -> None:
        self.first, self.last, self.is_round = first, last, is_round


class Words:
    """The words of a name in lower case, and the signs between them."""

    __slots__ = ("count", "edges", "gaps", "lead", "lower", "name", "texts")

    def __init__(self, name: str) -> None:
        self.name = name
        lower = name.lower()
        if len(lower) != len(name):  # İ is two characters in lower case, and would move all that follows
            lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in name)
        self.lower = lower
        parts = _with_plus(lower) if "+" in lower else _GAP.split(lower)
        self.lead = "" if parts[0] else "".join(parts[:2])
        """The signs in front of the first word."""
        first = 0 if parts[0] else 2
        self.texts = parts[first::2]
        self.gaps = parts[first + 1 :: 2]
        """The signs behind each word."""
        if self.texts and not self.texts[-1]:
            self.texts.pop()
        else:
            self.gaps.append("")
        self.count = len(self.texts)
        self.edges: list[int] = list(accumulate(map(len, parts[first:]), initial=len(self.lead)))
        """Where word ``i`` begins: ``edges[2 * i]``, and ends: ``edges[2 * i + 1]``."""

    def start(self, index: int) -> int:
        """Where a word begins; the name's end for the index behind the last."""
        return self.edges[2 * index] if index < self.count else len(self.name)

    def end(self, index: int) -> int:
        """Where a word ends."""
        return self.edges[2 * index + 1]

    def raw(self, first: int, last: int | None = None) -> str:
        """The name's own letters from the first word up to, not with, the last one."""
        return self.name[self.edges[2 * first] : self.edges[2 * (first + 1 if last is None else last) - 1]]

    def before(self, index: int) -> str:
        """The signs in front of a word."""
        return self.gaps[index - 1] if index else self.lead

    def is_loud(self, index: int) -> bool:
        """In capitals, or in a name that has none at all."""
        return self.raw(index).isupper() or self.name == self.lower

    def brackets(self) -> list[Bracket]:
        """Outermost brackets; unclosed ones end with the name. Stars serve as brackets in some places."""
        found: list[Bracket] = []
        depth, first, opening = 0, 0, ""
        for index, gap in enumerate((self.lead, *self.gaps)):
            if not gap or gap in _PLAIN:
                continue
            for sign in gap:
                if sign in _OPENING or (sign == "★" and not depth):
                    if not depth:
                        first, opening = index, sign
                    depth += 1
                elif depth and (sign in _CLOSING or sign == "★"):
                    depth -= 1
                    if not depth and index > first:
                        found.append(Bracket(first, index, opening in "(（"))
        if depth and self.count > first:
            found.append(Bracket(first, self.count, opening in "(（"))
        return found

    def has_brackets(self) -> bool:
        """Whether ``brackets`` might find any."""
        name = self.name
        return "(" in name or "[" in name or "{" in name or not name.isascii()


def _with_plus(lower: str) -> list[str]:
    """Words and gaps in turn, where a plus may be part of a word: ``DD+``, ``HDR10+``."""
    gap = _GAP.match(lower)
    lead = gap[0] if gap else ""
    parts = list(chain.from_iterable(re.findall(_WORD_WITH_PLUS, lower[len(lead) :])))
    return ["", lead, *parts] if lead else parts or [""]


_PLAIN = frozenset({".", " ", "-", "_", " - ", ". ", "'"})
