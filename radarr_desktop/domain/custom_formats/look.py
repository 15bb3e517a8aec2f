"""One release, looked at: what was found out about it so far."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.domain.custom_formats.format import Kind
from radarr_desktop.domain.custom_formats.pattern import LONGEST_TEXT
from radarr_desktop.domain.custom_formats.pieces import START, fold
from radarr_desktop.domain.custom_formats.subject import Subject
from radarr_desktop.domain.custom_formats.table import Clause, Conditions

MOST_LATE = 4
"""Patterns that may take too long for one release before those that could are left out."""


class Look:
    """Asks each condition at most once."""

    __slots__ = ("_conditions", "_known", "_late", "_texts", "alive", "subject")

    def __init__(self, subject: Subject, conditions: Conditions) -> None:
        self.subject = subject
        self._conditions = conditions
        self._known: dict[int, bool] = {}
        self._late = 0
        self._texts = _texts(subject)
        self.alive: set[int] = set()
        """Numbers of the patterns that can be found at all."""
        for kind, texts in self._texts.items():
            if texts:
                self.alive |= conditions.filters[kind].alive("".join(START + fold(one[:LONGEST_TEXT]) for one in texts))

    def holds(self, number: int) -> bool:
        """Does a condition hold, ``negate`` aside?"""
        known = self._known.get(number)
        if known is None:
            holder = self._conditions.holders.get(number)
            known = holder(self.subject) if holder else number in self.alive and self.where(number) is not None
            self._known[number] = known
        return known

    def all_hold(self, clauses: Iterable[Clause]) -> bool:
        """Does one condition of each clause hold?"""
        known = self._known
        for clause in clauses:
            for number, negate in clause:
                if (known[number] if number in known else self.holds(number)) is not negate:
                    break
            else:
                return False
        return True

    def where(self, number: int) -> tuple[str, int, int] | None:
        """The text a pattern was found in, and the place; an edition may be found by being empty."""
        pattern = self._conditions.patterns.get(number)
        if pattern is not None:
            for text in self._texts[self._conditions.kinds[number]]:
                if self._late >= MOST_LATE and pattern.can_take_long(text):
                    continue
                try:
                    place = pattern.find(text)
                except TimeoutError:
                    self._late += 1
                    continue
                if place is not None:
                    return text, *place
        return None


def _texts(subject: Subject) -> dict[Kind, tuple[str, ...]]:
    """What patterns of each kind are looked for in."""
    return {
        Kind.TITLE: (subject.title, subject.file_name) if subject.file_name else (subject.title,),
        Kind.GROUP: (subject.group,) if subject.group else (),
        Kind.EDITION: (subject.edition, subject.edition_words) if subject.edition_words else (subject.edition,),
    }
