"""What is odd about custom formats, and about the scores profiles give them: one plain sentence each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from radarr_desktop.domain.custom_formats.conditions import LABELS, range_of
from radarr_desktop.domain.custom_formats.format import CustomFormat, Kind, Specification
from radarr_desktop.domain.custom_formats.subject import Subject
from radarr_desktop.domain.custom_formats.table import UNKNOWN, Clause, Conditions
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.quality import QUALITIES

_OF_QUALITY = frozenset({Kind.SOURCE, Kind.RESOLUTION, Kind.MODIFIER})
_ANYTHING = ("~", "Zürich 7", "x.y_z-1", "\u4eba")
"""A pattern that is found in all of these is found in every name."""


class Oddity(StrEnum):
    """What sort of thing was found."""

    UNREACHABLE = "unreachable"
    CONTRADICTING = "contradicting"
    DUPLICATE = "duplicate"
    EVERYTHING = "everything"
    NOTHING = "nothing"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them. 0: it is not about a format, or not about a profile."""

    oddity: Oddity
    sentence: str
    format_id: int = 0
    profile_id: int = 0


def lint(
    formats: Sequence[CustomFormat], profiles: Sequence[QualityProfile], conflicts: Iterable[Any] = ()
) -> list[Finding]:
    """All findings; ``conflicts`` are the guides' lists of formats that do not go together."""
    conditions = Conditions()
    found: list[Finding] = []
    same: dict[frozenset[frozenset[tuple[int, bool]]], list[CustomFormat]] = defaultdict(list)
    for format in formats:
        clauses = conditions.clauses(format)
        found += _of_format(format, clauses, conditions)
        if clauses:
            same[frozenset(map(frozenset, clauses))].append(format)
    doubled = [group for group in same.values() if len(group) > 1]
    for group in doubled:
        names = " and ".join(f"“{format.name}”" for format in group)
        found += [Finding(Oddity.DUPLICATE, f"{names} match the same releases. One is enough.", group[0].id)]
    by_id = {format.id: format for format in formats}
    at_odds = [*_pairs(conflicts, formats), *doubled]
    for profile in profiles:
        found += _of_profile(profile, by_id, at_odds)
    return found


def _of_format(format: CustomFormat, clauses: tuple[Clause, ...], conditions: Conditions) -> Iterator[Finding]:
    for specification in format.specifications:
        yield from _of_condition(format, specification, conditions)
    reason = _never(format, clauses, conditions)
    if reason:
        yield Finding(reason[0], f"“{format.name}” never matches: {reason[1]}.", format.id)
    elif clauses and all(_always(clause, format, conditions) for clause in clauses):
        yield Finding(Oddity.EVERYTHING, f"“{format.name}” matches every release.", format.id)


def _of_condition(format: CustomFormat, specification: Specification, conditions: Conditions) -> Iterator[Finding]:
    named = f"Condition “{specification.name}” of “{format.name}”"
    number = conditions.number(specification)
    if specification.kind not in LABELS:
        sentence = f"{named} is of a kind that is not known here, {specification.kind}, and never holds."
        yield Finding(Oddity.NOTHING, sentence, format.id)
    elif number == UNKNOWN:
        yield Finding(Oddity.NOTHING, f"{named} cannot be read and never holds. Correct its value.", format.id)
    elif number in conditions.patterns and conditions.patterns[number].is_hopeless:
        sentence = f"{named} is found in no name: its pattern wants something before the start."
        yield Finding(Oddity.NOTHING, sentence, format.id)
    elif _finds_anything(specification, conditions):
        yield Finding(Oddity.EVERYTHING, f"{named} is found in every name, so it tells nothing apart.", format.id)


def _never(format: CustomFormat, clauses: tuple[Clause, ...], conditions: Conditions) -> tuple[Oddity, str] | None:
    """Why no release can match."""
    if not clauses:
        return Oddity.UNREACHABLE, "it asks for something that is not known here"
    names = {conditions.number(one): one.name for one in format.specifications}
    sure = {clause[0] for clause in clauses if len(clause) == 1}
    for number, negate in sure:
        if negate and (number, False) in sure:
            return Oddity.CONTRADICTING, f"“{names[number]}” must hold and must not hold"
    kinds = {conditions.number(one): one.kind for one in format.specifications}
    quality = [clause for clause in clauses if kinds[clause[0][0]] in _OF_QUALITY]
    subjects = [Subject("", quality=one) for one in QUALITIES]
    holders = conditions.holders
    if not any(
        all(any(holders[number](subject) is not negate for number, negate in clause) for clause in quality)
        for subject in subjects
    ):
        words = " and ".join(dict.fromkeys(f"“{names[clause[0][0]]}”" for clause in quality))
        return Oddity.UNREACHABLE, f"no quality is {words} at once"
    for kind in (Kind.SIZE, Kind.YEAR):
        if _is_empty_range([one for one in format.specifications if one.kind == kind and one.required]):
            return Oddity.UNREACHABLE, f"its conditions for the {LABELS[kind].name.lower()} leave nothing"
    return None


def _is_empty_range(required: list[Specification]) -> bool:
    ranges = [range_of(one) for one in required if not one.negate]
    return bool(ranges) and max(low for low, _ in ranges) > min(high for _, high in ranges)


def _always(clause: Clause, format: CustomFormat, conditions: Conditions) -> bool:
    if any((number, not negate) in clause for number, negate in clause):
        return True
    by_number = {conditions.number(one): one for one in format.specifications if not one.negate}
    return any(not negate and _finds_anything(by_number[number], conditions) for number, negate in clause)


def _finds_anything(specification: Specification, conditions: Conditions) -> bool:
    if specification.kind != Kind.TITLE or specification.negate:
        return False
    pattern = conditions.patterns[conditions.number(specification)]
    try:
        return all(pattern.find(text) is not None for text in _ANYTHING)
    except TimeoutError:
        return False


def _pairs(conflicts: Iterable[Any], formats: Sequence[CustomFormat]) -> Iterator[list[CustomFormat]]:
    """Groups of formats of which a guide says that one is enough."""
    by_guide_id = {format.guide_id: format for format in formats if format.guide_id}
    for body in conflicts:
        groups = body.get("custom_formats") if isinstance(body, Mapping) else None
        for group in groups if isinstance(groups, list) else []:
            known = [by_guide_id[id] for id in group if id in by_guide_id] if isinstance(group, Mapping) else []
            if len(known) > 1:
                yield known


def _of_profile(
    profile: QualityProfile, formats: Mapping[int, CustomFormat], at_odds: Iterable[Sequence[CustomFormat]]
) -> Iterator[Finding]:
    named = f"Profile “{profile.name}”"
    for id in profile.format_scores:
        if id not in formats:
            sentence = f"{named} gives a score to custom format {id}, which does not exist any more."
            yield Finding(Oddity.MISSING, sentence, 0, profile.id)
    for group in at_odds:
        scored = [format for format in group if profile.format_scores.get(format.id)]
        if len(scored) > 1:
            names = " and ".join(f"“{format.name}” ({profile.format_scores[format.id]:+,})" for format in scored)
            sentence = f"{named} scores {names}, which do not go together. Keep one of them."
            yield Finding(Oddity.CONTRADICTING, sentence, scored[0].id, profile.id)
