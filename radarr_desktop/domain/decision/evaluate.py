"""The one evaluator: every check that belongs to the purpose is asked, every answer kept."""

from __future__ import annotations

from radarr_desktop.domain.decision.case import make_case
from radarr_desktop.domain.decision.checks import ASKED
from radarr_desktop.domain.decision.score import score_parts
from radarr_desktop.domain.decision.situation import Situation
from radarr_desktop.domain.decision.verdict import Candidate, Check, Outcome, Verdict
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.profiles import QualityProfile


def evaluate(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Verdict:
    """Judge one release for one version slot of one movie."""
    case = make_case(candidate, movie, slot, profile, situation)
    checks = tuple([ask(case) for ask in ASKED[situation.purpose]])
    parts = score_parts(case)
    return Verdict(_outcome(checks), checks, sum(part.points for part in parts), parts)


def with_check(verdict: Verdict, check: Check) -> Verdict:
    """The verdict after one more look, e.g. at the torrent's file list."""
    checks = (*verdict.checks, check)
    return Verdict(_outcome(checks), checks, verdict.score, verdict.parts)


def _outcome(checks: tuple[Check, ...]) -> Outcome:
    outcomes = {check.outcome for check in checks}
    return next((each for each in (Outcome.REJECTED, Outcome.DELAYED) if each in outcomes), Outcome.ACCEPTED)
