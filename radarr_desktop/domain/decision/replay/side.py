"""One slot as one profile and its custom formats decide it, with as few questions as that takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from itertools import groupby, takewhile

from radarr_desktop.domain.decision.better import hindrance
from radarr_desktop.domain.decision.case import Case, make_case, standing_of
from radarr_desktop.domain.decision.checks import QUESTIONS, kind, known, later, replacing
from radarr_desktop.domain.decision.evaluate import evaluate
from radarr_desktop.domain.decision.replay.formats import Dossier, Ids
from radarr_desktop.domain.decision.score import rank_key, score_parts
from radarr_desktop.domain.decision.situation import Purpose, Situation
from radarr_desktop.domain.decision.verdict import Candidate, Check, Outcome, Verdict
from radarr_desktop.domain.profiles import QualityProfile

Ranked = tuple[Candidate, Verdict]
Ask = Callable[[Case], Check]
_BY_PROFILE: tuple[Ask, ...] = (kind.quality, kind.size, kind.cap, kind.language, kind.disc)
"""Questions about release and profile alone."""
_LAST: tuple[Ask, ...] = (
    *(kind.formats, known.imported, known.queue, known.history, later.delay),
    *(replacing.proper, replacing.repack, replacing.upgrade),
)
"""Questions that need the custom formats, or that look at what is there already."""
BY_NO_PROFILE: tuple[Ask, ...] = tuple(
    question.ask
    for question in QUESTIONS
    if Purpose.RECENT in question.purposes and question.ask not in (*_BY_PROFILE, *_LAST)
)
_ABOUT_THE_FILE: frozenset[Ask] = frozenset({known.imported, replacing.proper, replacing.repack, replacing.upgrade})
_LONGEST_CHAIN = 50


class Side:
    """One slot as one profile and its formats decide it."""

    def __init__(self, dossier: Dossier, profile: QualityProfile, formats: Callable[[Candidate | None], Ids]) -> None:
        self._dossier = dossier
        self._profile = profile
        self._formats = formats
        self._scores_formats = any(profile.format_scores.values())
        self._offers: list[tuple[tuple[int, ...], Case]] = []

    def wanted(self, candidate: Candidate) -> Case | None:
        """The release as this side sees it, if the profile could want it."""
        if not self._profile.allows(candidate.parsed.quality):
            return None  # as ``kind.quality`` says, before anything is made of it
        case = self._case(candidate)
        return case if passes(case, _BY_PROFILE) else None

    def offer(self, case: Case) -> None:
        """It comes into question; how it ranks before its formats are known."""
        first = tuple(part.points for part in takewhile(lambda part: part.name != "formats", score_parts(case)))
        self._offers.append((first, case))

    @property
    def best(self) -> Ranked | None:
        """What would be taken."""
        return self._found[0]

    def loop(self) -> tuple[str, ...]:
        """Take the best, then what replaces it, and so on: does one come twice?"""
        best, group = self._found
        if best is None:
            return ()
        beside = [ask for ask in _LAST if ask not in _ABOUT_THE_FILE]
        offers = [one.offered for one in group if passes(one, beside)]
        propers = self._dossier.situation.policy.propers
        chain = [standing_of(best[0])]
        while len(chain) < _LONGEST_CHAIN:
            taken = next((one for one in offers if not hindrance(self._profile, chain[-1], one, propers)), None)
            if taken is None:
                return ()
            if taken in chain:
                return tuple(one.title for one in chain[chain.index(taken) :])
            chain.append(taken)
        return tuple(one.title for one in chain)

    def verdict(self, candidate: Candidate) -> Verdict:
        """All that this side says of a release."""
        rated = replace(candidate, formats=self._ids(candidate))
        return evaluate(rated, self._dossier.movie, self._dossier.slot, self._profile, self._situation)

    @cached_property
    def _found(self) -> tuple[Ranked | None, list[Case]]:
        """The best, and what is equal to it in all that weighs more than formats: only these are matched."""
        ordered = sorted(self._offers, key=lambda offer: offer[0], reverse=True)
        for _, some in groupby(ordered, key=lambda offer: offer[0]):
            group = [self._rated(case) for _, case in some]
            accepted = [_ranked(case) for case in group if passes(case, _LAST)]
            if accepted:
                return min(accepted, key=lambda ranked: rank_key(*ranked)), group
        return None, []

    @cached_property
    def _situation(self) -> Situation:
        return replace(self._dossier.situation, file_formats=self._ids(None))

    def _rated(self, case: Case) -> Case:
        ids = self._ids(case.candidate)
        return self._case(replace(case.candidate, formats=ids)) if ids else case

    def _ids(self, candidate: Candidate | None) -> Ids:
        return self._formats(candidate) if self._scores_formats else ()

    def _case(self, candidate: Candidate) -> Case:
        return make_case(candidate, self._dossier.movie, self._dossier.slot, self._profile, self._situation)


def passes(case: Case, questions: Iterable[Ask]) -> bool:
    """Does nothing of this speak against it?"""
    return all(ask(case).outcome is Outcome.ACCEPTED for ask in questions)


def _ranked(case: Case) -> Ranked:
    parts = score_parts(case)
    return case.candidate, Verdict(Outcome.ACCEPTED, (), sum(part.points for part in parts), parts)
