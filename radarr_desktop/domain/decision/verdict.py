"""What is judged and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import Release


class Outcome(StrEnum):
    """Of one check, and of a whole verdict."""

    ACCEPTED = "accepted"
    DELAYED = "delayed"
    """Not now; asking again later may give another answer."""
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release as one indexer offers it, read and ready to be judged."""

    release: Release
    parsed: ParsedRelease
    indexer_id: int = 0
    indexer: str = ""
    indexer_priority: int = 25
    """Lower is preferred."""
    release_id: int = 0
    """Of its row, once it is remembered."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All an evaluation may know besides candidate, movie and profile: frozen, so it can be replayed."""

    today: date
    blocked_hashes: frozenset[str] = frozenset()
    blocked_titles: frozenset[str] = frozenset()
    """Case-folded."""
    queued_hashes: frozenset[str] = frozenset()
    """Info hashes of unfinished grabs of this movie."""
    queued_titles: tuple[str, ...] = ()
    minimum_seeders: int = 1
    size_limits: tuple[tuple[int, float, float | None], ...] = ()
    """(quality id, least, most) in MB per minute where they differ from the quality's own."""
    asked_by_user: bool = False
    """The user searched or picked: availability and monitoring do not hold it back."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of a candidate: what was seen, what the limit was, how it went."""

    name: str
    observed: str
    limit: str
    outcome: Outcome
    sentence: str = ""
    """Why it failed, for people; empty when it passed."""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One named part of a score."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one candidate and one movie, with its reasons."""

    outcome: Outcome
    checks: tuple[Check, ...]
    score: int = 0
    parts: tuple[ScorePart, ...] = field(default=())

    @property
    def accepted(self) -> bool:
        """Would it be grabbed?"""
        return self.outcome is Outcome.ACCEPTED

    @property
    def rejections(self) -> list[str]:
        """Sentences of the checks that failed."""
        return [check.sentence for check in self.checks if check.outcome is not Outcome.ACCEPTED]
