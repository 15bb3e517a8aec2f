"""All custom formats at once: each distinct condition is looked at once, and only where it can matter."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from radarr_desktop.domain.custom_formats.format import CustomFormat, Specification
from radarr_desktop.domain.custom_formats.look import Look
from radarr_desktop.domain.custom_formats.subject import Subject
from radarr_desktop.domain.custom_formats.table import UNKNOWN, Clause, Conditions


@dataclass(frozen=True, slots=True)
class Plan:
    """A format as clauses that must all hold, the cheap ones first."""

    place: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One condition, looked at: did it hold, and where in which text was its pattern found?"""

    specification: Specification
    held: bool
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Explained:
    """One format, looked at."""

    format: CustomFormat
    matched: bool
    conditions: tuple[Held, ...]


class CompiledFormats:
    """Knows which formats a release matches. Patterns are compiled when they are first needed."""

    def __init__(self, formats: Iterable[CustomFormat]) -> None:
        self.formats = tuple(formats)
        self.version = _version(self.formats)
        self._conditions = Conditions()
        plans = [plan for place, format in enumerate(self.formats) if (plan := self._plan(place, format))]
        self._conditions.finish()
        self._always: list[Plan] = []
        self._gated: dict[int, list[Plan]] = defaultdict(list)
        for plan in plans:
            self._shelve(plan)
        self._facts = [number for number in self._gated if number in self._conditions.holders]

    def match(self, subject: Subject) -> tuple[int, ...]:
        """Ids of the formats that match, in the order given."""
        if not self.formats:
            return ()
        look = Look(subject, self._conditions)
        gates = [number for number in self._facts if look.holds(number)]
        gates += [number for number in look.alive if number in self._gated]
        plans = self._always + [plan for number in gates for plan in self._gated[number]]
        places = {plan.place for plan in plans if look.all_hold(plan.clauses)}
        return tuple(self.formats[place].id for place in sorted(places))

    def explain(self, subject: Subject) -> list[Explained]:
        """Every format with what each of its conditions said."""
        matched = set(self.match(subject))
        look = Look(subject, self._conditions)
        return [
            Explained(format, format.id in matched, tuple(self._held(one, look) for one in format.specifications))
            for format in self.formats
        ]

    def _held(self, specification: Specification, look: Look) -> Held:
        number = self._conditions.number(specification)
        if number == UNKNOWN:
            return Held(specification, False)
        return Held(specification, look.holds(number) is not specification.negate, *(look.where(number) or ()))

    def _plan(self, place: int, format: CustomFormat) -> Plan | None:
        """None: it never matches."""
        clauses = self._conditions.clauses(format)
        cheap = sorted(clauses, key=lambda clause: any(number in self._conditions.patterns for number, _ in clause))
        return Plan(place, tuple(cheap)) if cheap else None

    def _shelve(self, plan: Plan) -> None:
        """Under the conditions one of which must hold before a format is worth a look; the rarest there are."""
        gates = [
            clause
            for clause in plan.clauses
            if not any(negate or not self._conditions.tells(number) for number, negate in clause)
        ]
        patterns = self._conditions.patterns
        gate = max(gates, key=lambda clause: (clause[0][0] in patterns, -len(clause)), default=None)
        if gate is None:
            self._always.append(plan)
            return
        for number, _ in gate:
            self._gated[number].append(plan)


def _version(formats: tuple[CustomFormat, ...]) -> str:
    """Changes with everything that can change a match."""
    told = [
        (one.id, [(spec.kind, sorted(spec.fields.items()), spec.negate, spec.required) for spec in one.specifications])
        for one in formats
    ]
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:16]
