"""What is judged and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

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
    formats: tuple[int, ...] = ()
    """Ids of the custom formats that match it."""
    formats_of: str = ""
    """What they were matched by, see ``rating.matched_by``; empty where nobody looked."""
    reputation: int = 0
    """What is known of its group, as points; 0 while nothing is."""
    doubt: str = ""
    """Why it is not sure that it is of the movie, as a sentence."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of a candidate: what was seen, what the limit was, how it went."""

    name: str
    observed: str
    limit: str
    outcome: Outcome
    sentence: str = ""
    """Why it failed, for people; empty when it passed."""

    @staticmethod
    @lru_cache(512)  # most of a verdict is such, of a few dozen kinds
    def passed(name: str, observed: str, limit: str) -> Check:
        """Nothing is in the way."""
        return Check(name, observed, limit, Outcome.ACCEPTED)

    @classmethod
    def delayed(cls, name: str, observed: str, limit: str, sentence: str) -> Check:
        """Not now."""
        return cls(name, observed, limit, Outcome.DELAYED, sentence)

    @classmethod
    def rejected(cls, name: str, observed: str, limit: str, sentence: str) -> Check:
        """No."""
        return cls(name, observed, limit, Outcome.REJECTED, sentence)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One named part of a score."""

    name: str
    points: int


WAITED_FOR = frozenset({"delay", "age", "indexer"})
"""Checks that a release waits for by itself: it is kept and judged again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one candidate and one movie, with its reasons."""

    outcome: Outcome
    checks: tuple[Check, ...]
    score: int = 0
    """The sum of the parts, for people."""
    parts: tuple[ScorePart, ...] = field(default=())
    """What weighs most comes first."""

    @property
    def accepted(self) -> bool:
        """Would it be grabbed?"""
        return self.outcome is Outcome.ACCEPTED

    @property
    def rejections(self) -> list[str]:
        """Sentences of the checks that failed."""
        return [check.sentence for check in self.checks if check.outcome is not Outcome.ACCEPTED]

    @property
    def order(self) -> tuple[int, ...]:
        """To compare with others of the same movie and profile: the bigger, the better."""
        return tuple(part.points for part in self.parts)

    @property
    def waits(self) -> bool:
        """Is time all that keeps it from being taken?"""
        failed = [check for check in self.checks if check.outcome is not Outcome.ACCEPTED]
        return self.outcome is Outcome.DELAYED and all(check.name in WAITED_FOR for check in failed)
