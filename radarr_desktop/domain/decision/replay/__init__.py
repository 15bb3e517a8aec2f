"""The same releases decided by two sets of rules: what a change would mean."""

from __future__ import annotations

from radarr_desktop.domain.decision.replay.compare import Basis, Choice, Compared, Difference, Loop, Replay
from radarr_desktop.domain.decision.replay.formats import Dossier

__all__ = ["Basis", "Choice", "Compared", "Difference", "Dossier", "Loop", "Replay"]
