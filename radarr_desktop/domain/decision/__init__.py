"""One evaluator for every release: see ``evaluate``."""

from __future__ import annotations

from radarr_desktop.domain.decision.evaluate import evaluate, rank_key
from radarr_desktop.domain.decision.verdict import Candidate, Check, Outcome, ScorePart, Situation, Verdict

__all__ = ["Candidate", "Check", "Outcome", "ScorePart", "Situation", "Verdict", "evaluate", "rank_key"]
