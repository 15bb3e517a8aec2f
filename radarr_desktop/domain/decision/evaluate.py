"""The one evaluator: every check is asked, every answer kept."""

from __future__ import annotations

import math

from radarr_desktop.domain.decision.checks import CHECKS
from radarr_desktop.domain.decision.verdict import Candidate, Check, Outcome, ScorePart, Situation, Verdict
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.profiles import QualityProfile


def evaluate(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Verdict:
    """Judge one release for one version slot of one movie."""
    checks = tuple(check(candidate, movie, slot, profile, situation) for check in CHECKS)
    parts = score_parts(candidate, profile)
    return Verdict(_outcome(checks), checks, sum(part.points for part in parts), parts)


def with_check(verdict: Verdict, check: Check) -> Verdict:
    """The verdict after one more look, e.g. at the torrent's file list."""
    checks = (*verdict.checks, check)
    return Verdict(_outcome(checks), checks, verdict.score, verdict.parts)


def score_parts(candidate: Candidate, profile: QualityProfile) -> tuple[ScorePart, ...]:
    """The parts a score is made of; a better quality always outweighs all the others together."""
    revision = candidate.parsed.revision
    quality = 1000 * (profile.rank(candidate.parsed.quality) + 1)
    peers = round(10 * math.log10(candidate.release.seeders + 1)) if candidate.release.seeders else 0
    return (
        ScorePart("quality", quality),
        ScorePart("revision", 100 * min(revision.real, 3) + 20 * min(revision.version - 1, 4)),
        ScorePart("indexer", 50 - max(1, min(candidate.indexer_priority, 50))),
        ScorePart("peers", min(peers, 60)),
    )


def rank_key(candidate: Candidate, verdict: Verdict) -> tuple[bool, int, int, str]:
    """Sort key, best first: accepted before rejected, then score, then size, then name so that order is stable."""
    return (not verdict.accepted, -verdict.score, -candidate.release.size, candidate.release.title)


def _outcome(checks: tuple[Check, ...]) -> Outcome:
    outcomes = {check.outcome for check in checks}
    return next((each for each in (Outcome.REJECTED, Outcome.DELAYED) if each in outcomes), Outcome.ACCEPTED)
