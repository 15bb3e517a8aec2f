"""What became of releases: the events that a group's reputation is made of, and what each weighs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from radarr_desktop.domain.failures import Reason, reason_of

HALF_LIFE = timedelta(days=180)
"""After which an event counts half: groups change."""


class Outcome(StrEnum):
    """How it went with one release. The words are kept in the database."""

    IMPORTED = "imported"
    """It is in the library and is what it says it is."""
    CONTRADICTED = "contradicted"
    """Imported, but its bytes tell otherwise than its name."""
    FAKE = "fake"
    """Something else than it said, damaged or harmful."""
    REFUSED = "refused"
    """You blocked it."""
    STALLED = "stalled"
    """It never came, or not in full."""
    REPACKED = "repacked"
    """It had to be put right: a PROPER or REPACK took its place."""
    UNDONE = "undone"
    """You undid its import."""
    DELETED = "deleted"
    """You deleted its file."""

    @property
    def is_good(self) -> bool:
        """Does it speak for the group?"""
        return self is Outcome.IMPORTED


WEIGHTS = {
    Outcome.IMPORTED: 1.0,
    Outcome.CONTRADICTED: 0.75,
    Outcome.FAKE: 1.5,
    Outcome.REFUSED: 1.0,
    Outcome.STALLED: 0.5,
    Outcome.REPACKED: 0.5,
    Outcome.UNDONE: 1.0,
    Outcome.DELETED: 0.25,
}
"""A swarm without seeds is not the group's fault alone, and people delete good movies that they have seen."""

LABELS = {
    Outcome.IMPORTED: "Imported well",
    Outcome.CONTRADICTED: "Other than its name says",
    Outcome.FAKE: "Fake or damaged",
    Outcome.REFUSED: "Blocked by you",
    Outcome.STALLED: "Did not come",
    Outcome.REPACKED: "Had to be put right",
    Outcome.UNDONE: "Undone by you",
    Outcome.DELETED: "Deleted by you",
}

_OF_FAILURES = {
    Outcome.FAKE: (
        Reason.HASH_MISMATCH,
        Reason.CORRUPTED_DOWNLOAD,
        Reason.QUALITY_REJECTED,
        Reason.SIZE_REJECTED,
        Reason.DANGEROUS_CONTENT,
        Reason.NO_VIDEO,
        Reason.WRONG_MOVIE,
    ),
    Outcome.STALLED: (
        Reason.DOWNLOAD_STALLED,
        Reason.DOWNLOAD_SLOW,
        Reason.METADATA_MISSING,
        Reason.INCOMPLETE,
    ),
}
_BY_REASON = {reason: outcome for outcome, reasons in _OF_FAILURES.items() for reason in reasons}


def outcome_of_failure(code: str) -> Outcome | None:
    """What a failure says of the release's group; None: nothing."""
    reason = reason_of(code)
    return _BY_REASON.get(reason) if reason else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event."""

    id: int
    at: datetime
    outcome: Outcome
    title: str
    """The release's name."""
    group: str
    """As it is written there."""
    names: tuple[str, ...]
    """The keys of all who made it."""
    quality_id: int
    movie_id: int
    why: str = ""
    """What happened, as a sentence; empty where the outcome says it all."""
    operation_id: int = 0
    """Of the change of files that made it, so that undoing it takes this back too."""


def weight(outcome: Outcome, at: datetime, now: datetime) -> float:
    """What an event of then counts today."""
    age = max(timedelta(), now - at)
    return WEIGHTS[outcome] * float(0.5 ** (age / HALF_LIFE))
