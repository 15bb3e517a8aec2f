"""A name cut into words, once; all that follows speaks of words by their index."""

from __future__ import annotations

import re
from itertools import accumulate, chain

_PAIR = re.compile(r"([^\W_]+)([\W_]*)")
_PAIR_WITH_PLUS = re.compile(r"((?:dd|hdr10|disney)\+(?!dts)|[^\W_]+)([\W_]*)")
_WORD = re.compile(r"[^\W_]")
_OPENING = "([{（【「["
_CLOSING = ")]}）】」]"
_BRACKET = re.compile(r"[(\[{（【「★]")


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
        first = _WORD.search(lower)
        lead = first.start() if first else len(lower)
        self.lead = lower[:lead]
        pairs = (_PAIR_WITH_PLUS if "+" in lower else _PAIR).findall(lower, lead)
        self.count = len(pairs)
        self.edges: list[int] = list(accumulate(map(len, chain.from_iterable(pairs)), initial=lead))
        """Where word ``i`` begins: ``edges[2 * i]``, and ends: ``edges[2 * i + 1]``."""
        self.texts: tuple[str, ...] = ()
        self.gaps: tuple[str, ...] = ()
        """The signs behind each word."""
        if pairs:
            self.texts, self.gaps = zip(*pairs, strict=True)

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
        """Whether ``brackets`` would find any."""
        return _BRACKET.search(self.lower) is not None


_PLAIN = frozenset({".", " ", "-", "_", " - ", ". ", "'"})
