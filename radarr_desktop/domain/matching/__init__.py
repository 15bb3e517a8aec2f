"""Which movie of the library a release is of. Ambiguity is an answer, never a guess."""

from __future__ import annotations

from radarr_desktop.domain.matching.answer import Doubt, Match
from radarr_desktop.domain.matching.confidence import (
    Certainty,
    Clues,
    Guess,
    Reason,
    certainty_of,
    weigh,
    weighed,
    with_runtime,
)
from radarr_desktop.domain.matching.keys import title_key
from radarr_desktop.domain.matching.library import Library, is_of, match_one

__all__ = [
    "Certainty",
    "Clues",
    "Doubt",
    "Guess",
    "Library",
    "Match",
    "Reason",
    "certainty_of",
    "is_of",
    "match_one",
    "title_key",
    "weigh",
    "weighed",
    "with_runtime",
]
