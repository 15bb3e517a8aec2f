"""The distinct conditions of many formats, each known by a number and looked at once."""

from __future__ import annotations

from collections import defaultdict

from radarr_desktop.domain.custom_formats.conditions import PATTERNS, Holds, holder
from radarr_desktop.domain.custom_formats.dotnet import PatternError
from radarr_desktop.domain.custom_formats.filter import Filter
from radarr_desktop.domain.custom_formats.format import CustomFormat, Kind, Specification
from radarr_desktop.domain.custom_formats.pattern import Pattern, make_pattern

UNKNOWN = -1
"""The number of conditions that nobody understands."""
Literal = tuple[int, bool]
"""The number of a condition, and whether it must not hold."""
Clause = tuple[Literal, ...]
"""One of these is enough."""


class Conditions:
    """Gives them numbers; ``finish`` when all have one."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.holders: dict[int, Holds] = {}
        """Those that are no patterns."""
        self.patterns: dict[int, Pattern] = {}
        self.kinds: dict[int, Kind] = {}
        """Of the patterns."""
        self.filters: dict[Kind, Filter] = {}

    def number(self, specification: Specification) -> int:
        """The same for all conditions that ask the same, ``negate`` aside."""
        if specification.kind in PATTERNS:
            value = specification.fields.get("value")
            key = (str(specification.kind), value if isinstance(value, str) else "")
        else:
            key = (str(specification.kind), repr(sorted(specification.fields.items())))
        if key not in self._numbers:
            self._numbers[key] = self._add(specification, len(self._numbers))
        return self._numbers[key]

    def clauses(self, format: CustomFormat) -> tuple[Clause, ...]:
        """What must all hold for a format; none: it has only conditions that nobody understands, so it never matches.

        Of each kind one condition is enough, but for those that are required: where there are some, the others of
        their kind do not matter any more.
        """
        by_kind: dict[str, list[tuple[Specification, Literal]]] = defaultdict(list)
        for one in format.specifications:
            by_kind[one.kind].append((one, (self.number(one), one.negate)))
        clauses: list[Clause] = []
        for numbered in by_kind.values():
            required = [[literal] for one, literal in numbered if one.required]
            ways = required or [[literal for _, literal in numbered]]
            clauses += [tuple(literal for literal in way if literal[0] != UNKNOWN) for way in ways]
        return tuple(clauses) if all(clauses) else ()

    def finish(self) -> None:
        """Index what the patterns need."""
        for kind in PATTERNS:
            needs = {number: one.needs for number, one in self.patterns.items() if self.kinds[number] is kind}
            self.filters[kind] = Filter(needs)

    def tells(self, number: int) -> bool:
        """Is it known without running a pattern whether the condition can hold?"""
        return number in self.holders or bool(self.patterns[number].needs)

    def _add(self, specification: Specification, number: int) -> int:
        if specification.kind not in PATTERNS:
            holds = holder(specification)
            if holds is None:
                return UNKNOWN
            self.holders[number] = holds
            return number
        value = specification.fields.get("value")
        try:
            self.patterns[number] = make_pattern(value if isinstance(value, str) else "")
        except PatternError:
            return UNKNOWN
        self.kinds[number] = Kind(specification.kind)
        return number
