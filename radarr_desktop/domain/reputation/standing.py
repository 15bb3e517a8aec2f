"""How groups stand: a Beta posterior for each group and quality, and the points it is worth in a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from radarr_desktop.domain.decision.verdict import Candidate
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.quality import BY_ID, Quality
from radarr_desktop.domain.reputation.evidence import Evidence, Outcome, weight
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.domain.reputation.prior import USUAL, expected
from radarr_desktop.plugin_api import IndexerFlag

MOST = 50
"""Points at most, for or against: a group is one part of a score, and never the first."""
STEP = 10
"""Groups that differ by less are equal, and what comes after them in a score decides."""
_PRIOR = 6.0
"""What is expected counts as much as so many events."""
_DOUBT = 4.0
"""So many events of its own are half of the whole weight."""
_OTHERS = 0.4
"""An event of another quality of the same group counts so much."""
_WORST = 0.4
"""A share of good outcomes that costs all points."""

_LONGEST_COURSE = 200


@dataclass(frozen=True, slots=True)
class Tally:
    """Events of one group and quality, each as much as it counts today."""

    good: float = 0.0
    bad: float = 0.0
    events: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.good + other.good, self.bad + other.bad, self.events + other.events)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is thought of a group's releases of one quality."""

    share: float
    """Of its releases with which all is expected to go well."""
    events: int
    """That this is known by."""
    weight: float
    """What these count today, those of other qualities less."""

    @property
    def points(self) -> int:
        """In a decision; 0 without an event."""
        room = 1 - USUAL if self.share > USUAL else USUAL - _WORST
        part = max(-1.0, min(1.0, (self.share - USUAL) / room))
        return STEP * round(MOST / STEP * part * self.weight / (self.weight + _DOUBT))


@dataclass(frozen=True, slots=True)
class Reputation:
    """All groups of which something is known, frozen at a moment."""

    groups: Mapping[str, Mapping[int, Tally]] = field(default_factory=dict)
    """By the group's key, then by quality id."""

    def points(self, parsed: ParsedRelease, flags: frozenset[IndexerFlag]) -> int:
        """What a release's group is worth; of several who made it the lowest counts."""
        if not self.groups or not parsed.group:
            return 0
        known = [name for name in group_names(parsed.group) if name in self.groups]
        return min((self.standing(name, parsed.quality, flags).points for name in known), default=0)

    def on(self, candidate: Candidate) -> Candidate:
        """The candidate with its points."""
        points = self.points(candidate.parsed, candidate.release.flags)
        return replace(candidate, reputation=points) if points != candidate.reputation else candidate

    def standing(self, name: str, quality: Quality, flags: frozenset[IndexerFlag] = frozenset()) -> Standing:
        """How a group stands for one quality; ``name`` is its key."""
        good, bad, events = 0.0, 0.0, 0
        for quality_id, tally in self.groups.get(name, {}).items():
            counts = 1.0 if quality_id == quality.id else _OTHERS
            good, bad, events = good + counts * tally.good, bad + counts * tally.bad, events + tally.events
        share = (_PRIOR * expected(name, quality, flags) + good) / (_PRIOR + good + bad)
        return Standing(share, events, good + bad)

    def joined_by(self, newer: Reputation) -> Reputation:
        """With what happened since; the old is not weighed anew."""
        groups = dict(self.groups)
        for name, tallies in newer.groups.items():
            known = dict(groups.get(name, {}))
            for quality_id, tally in tallies.items():
                known[quality_id] = known.get(quality_id, Tally()) + tally
            groups[name] = known
        return Reputation(groups)

    def qualities(self, name: str) -> list[Quality]:
        """Those of which there are events, best first."""
        return sorted((BY_ID[id_] for id_ in self.groups.get(name, ())), key=lambda one: -one.weight)


def reputation_of(events: Iterable[Evidence], now: datetime) -> Reputation:
    """What these events make of the groups as of ``now``."""
    return add_up(((event.outcome, event.at, event.names, event.quality_id) for event in events), now)


def add_up(facts: Iterable[tuple[Outcome, datetime, tuple[str, ...], int]], now: datetime) -> Reputation:
    """The same of nothing but outcome, time, keys and quality id of each event: there may be very many."""
    groups: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, 0]))
    for outcome, at, names, quality_id in facts:
        counts, place = weight(outcome, at, now), 0 if outcome is Outcome.IMPORTED else 1
        for name in names:
            sums = groups[name][quality_id]
            sums[place] += counts
            sums[2] += 1
    return Reputation(
        {
            name: {quality_id: Tally(good, bad, int(count)) for quality_id, (good, bad, count) in tallies.items()}
            for name, tallies in groups.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Step:
    """How a group stood right after an event."""

    event: Evidence
    share: float


def course(events: Sequence[Evidence], name: str, quality: Quality) -> list[Step]:
    """How a group came to stand as it does for one quality, oldest first; of very many events only the last."""
    ordered = sorted(events, key=lambda event: event.at)
    begin = max(0, len(ordered) - _LONGEST_COURSE)
    return [
        Step(ordered[place], reputation_of(ordered[: place + 1], ordered[place].at).standing(name, quality).share)
        for place in range(begin, len(ordered))
    ]
