"""The parts of a name, by its words."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from radarr_desktop.domain.parsing.words import Bracket

_first = attrgetter("first")


class Parts:
    """The title is ``first`` up to, not with, ``last``; all behind are tags."""

    __slots__ = ("asides", "brackets", "first", "front", "is_pack", "last", "lead", "whole", "year")

    def __init__(self, brackets: list[Bracket]) -> None:
        self.first = self.last = 0
        self.year = -1
        """The word that tells it; -1 for none."""
        self.is_pack = False
        """Two years, from and to: what is told is not one movie's."""
        self.front = 0
        """Where the title begins if what stands before ``first`` is part of it; ``first`` where there is no doubt."""
        self.whole = 0
        """Where the title ends if the tag peeled off its end is part of it; 0 where there is none."""
        self.lead: Bracket | None = None
        """A bracket in front of the title that holds neither tags nor an address: often the group."""
        self.asides: list[Bracket] = []
        """Brackets behind the title that hold no tags: often another title."""
        self.brackets = brackets

    def around(self, word: int) -> Bracket | None:
        """The bracket a word is in."""
        if not self.brackets:
            return None
        place = bisect_right(self.brackets, word, key=_first) - 1
        return self.brackets[place] if place >= 0 and word < self.brackets[place].last else None

    def bracket_before(self, word: int) -> Bracket | None:
        """The bracket that ends right in front of a word, behind the title's beginning."""
        bracket = self.around(word - 1) if word else None
        return bracket if bracket and bracket.last == word and bracket.first > self.first else None
