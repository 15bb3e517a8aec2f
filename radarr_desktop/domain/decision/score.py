"""How a release ranks among others of the same movie: the parts of its score, what weighs most first."""

from __future__ import annotations

import math
from datetime import datetime

from radarr_desktop.domain.decision.case import MB, Case
from radarr_desktop.domain.decision.policy import Propers
from radarr_desktop.domain.decision.verdict import Candidate, ScorePart, Verdict
from radarr_desktop.plugin_api import IndexerFlag

_BUCKET = 200 * MB
"""Sizes nearer to each other than this count as equal."""
_AT_TARGET = 100
"""Points of a release of just the preferred size."""
_FLAGS = {
    IndexerFlag.FREELEECH: 2,
    IndexerFlag.INTERNAL: 2,
    IndexerFlag.EXCLUSIVE: 2,
    IndexerFlag.NEUTRAL: 1,
    IndexerFlag.DOUBLE_UPLOAD: 1,
    IndexerFlag.FREELEECH_75: 1,
    IndexerFlag.HALFLEECH: 1,
}
_FREE = {
    IndexerFlag.FREELEECH: 1.0,
    IndexerFlag.NEUTRAL: 1.0,
    IndexerFlag.FREELEECH_75: 0.75,
    IndexerFlag.HALFLEECH: 0.5,
    IndexerFlag.FREELEECH_25: 0.25,
}
"""The part of it that is not counted as downloaded."""
_HOUR = 3600.0


def score_parts(case: Case) -> tuple[ScorePart, ...]:
    """Compared one after the other: a later part only matters where all before it are equal."""
    candidate, release = case.candidate, case.candidate.release
    revision, policy = candidate.parsed.revision, case.situation.policy
    put_right = 100 * min(revision.real, 9) + 10 * min(revision.version - 1, 9)
    flags = sum(_FLAGS.get(flag, 0) for flag in release.flags) if policy.prefer_flags else 0
    peers = (release.seeders or 0) + (release.leechers or 0)
    return (
        ScorePart("quality", 1000 * (case.rank + 1)),
        ScorePart("revision", 0 if policy.propers is Propers.IGNORE else put_right),
        ScorePart("formats", case.format_score),
        ScorePart("weight", case.terms.weight if case.terms else 0),
        ScorePart("freeleech", _freeleech_points(case)),
        ScorePart("group", candidate.reputation),
        ScorePart("indexer", 50 - max(1, min(candidate.indexer_priority, 50))),
        ScorePart("flags", flags),
        ScorePart("seeders", 10 * _steps(release.seeders or 0)),
        ScorePart("peers", _steps(peers)),
        ScorePart("size", _size_points(case)),
        ScorePart("age", _age_points(release.published, case.situation.now)),
    )


def rank_key(candidate: Candidate, verdict: Verdict) -> tuple[bool, tuple[int, ...], str]:
    """Sort key, best first: accepted before rejected, then the score's parts, then name so that order is stable."""
    return (not verdict.accepted, tuple(-points for points in verdict.order), candidate.release.title)


def _freeleech_points(case: Case) -> int:
    worth = case.terms.freeleech_points if case.terms else 0
    return round(worth * max((_FREE.get(flag, 0.0) for flag in case.candidate.release.flags), default=0.0))


def _steps(count: int) -> int:
    """Ten times as many are one step more."""
    return round(math.log10(count)) + 1 if count > 0 else 0


def _size_points(case: Case) -> int:
    size, preferred, minutes = case.candidate.release.size, case.limits.preferred, case.movie.info.runtime
    if not size:
        return 0
    if preferred is None or not minutes:
        return round(size / _BUCKET)
    target = preferred * minutes * MB
    return _AT_TARGET - round(abs(size - target) / _BUCKET)


def _age_points(published: datetime | None, now: datetime) -> int:
    if published is None:
        return 0
    hours = max(0.0, (now - published).total_seconds()) / _HOUR
    for limit, points in ((1, 3), (24, 2), (7 * 24, 1)):
        if hours <= limit:
            return points
    return 1 - round(math.log10(hours / 24))
