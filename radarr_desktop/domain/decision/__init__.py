"""One evaluator for every release: see ``evaluate``."""

from __future__ import annotations

from radarr_desktop.domain.decision.evaluate import evaluate
from radarr_desktop.domain.decision.policy import DelayProfile, Policy, Propers, ReleaseProfile
from radarr_desktop.domain.decision.score import rank_key
from radarr_desktop.domain.decision.situation import IndexerTerms, Purpose, Situation, Standing
from radarr_desktop.domain.decision.verdict import Candidate, Check, Outcome, ScorePart, Verdict

__all__ = [
    "Candidate",
    "Check",
    "DelayProfile",
    "IndexerTerms",
    "Outcome",
    "Policy",
    "Propers",
    "Purpose",
    "ReleaseProfile",
    "ScorePart",
    "Situation",
    "Standing",
    "Verdict",
    "evaluate",
    "rank_key",
]
