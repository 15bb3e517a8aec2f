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
        self._offers: list[tuple[tuple[int, ...], Candidate]] = []

    def may_be(self, candidate: Candidate) -> bool:
        """Could the profile want it?"""
        return self.passes(candidate, _BY_PROFILE)

    def passes(self, candidate: Candidate, questions: Iterable[Ask]) -> bool:
        """Does nothing of this speak against it?"""
        case = self._case(candidate)
        return all(ask(case).outcome is Outcome.ACCEPTED for ask in questions)

    def offer(self, candidate: Candidate) -> None:
        """It comes into question; how it ranks before its formats are known."""
        parts = score_parts(self._case(candidate))
        first = tuple(part.points for part in takewhile(lambda part: part.name != "formats", parts))
        self._offers.append((first, candidate))

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
        offers = [standing_of(one) for one in group if self.passes(one, beside)]
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
        dossier, rated = self._dossier, replace(candidate, formats=self._formats(candidate))
        return evaluate(rated, dossier.movie, dossier.slot, self._profile, self._situation)

    @cached_property
    def _found(self) -> tuple[Ranked | None, list[Candidate]]:
        """The best, and what is equal to it in all that weighs more than formats: only these are matched."""
        ordered = sorted(self._offers, key=lambda offer: offer[0], reverse=True)
        for _, some in groupby(ordered, key=lambda offer: offer[0]):
            group = [replace(one, formats=self._formats(one)) for _, one in some]
            accepted = [self._accepted(one) for one in group if self.passes(one, _LAST)]
            if accepted:
                return min(accepted, key=lambda ranked: rank_key(*ranked)), group
        return None, []

    @cached_property
    def _situation(self) -> Situation:
        return replace(self._dossier.situation, file_formats=self._formats(None))

    def _case(self, candidate: Candidate) -> Case:
        return make_case(candidate, self._dossier.movie, self._dossier.slot, self._profile, self._situation)

    def _accepted(self, candidate: Candidate) -> Ranked:
        parts = score_parts(self._case(candidate))
        return candidate, Verdict(Outcome.ACCEPTED, (), sum(part.points for part in parts), parts)
