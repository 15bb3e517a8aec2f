"""Is this the moment to take it?"""

from __future__ import annotations

from datetime import datetime, timedelta

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.better import is_revision_upgrade
from radarr_desktop.domain.decision.case import MB, Case
from radarr_desktop.domain.decision.policy import DelayProfile, Propers
from radarr_desktop.domain.decision.situation import Situation
from radarr_desktop.domain.decision.verdict import Candidate, Check


def delay(case: Case) -> Check:
    """Is something better waited for?"""
    profile, now = case.situation.delay, case.situation.now
    wait = timedelta(minutes=profile.delay if profile else 0)
    if profile is None or not wait:
        return Check.passed("delay", "no delay", "no delay")
    limit, until = amounts.span(wait), _due(case.candidate, case.situation, profile)
    if until <= now:
        return Check.passed("delay", "waited for", limit)
    if reason := _bypass(case, profile):
        return Check.passed("delay", reason, limit)
    sentence = f"Something better may come: it is taken in {amounts.span(until - now)}, the delay is {limit}."
    return Check.delayed("delay", f"{amounts.span(until - now)} to go", limit, sentence)


def ready_at(candidate: Candidate, situation: Situation) -> datetime:
    """When time alone no longer keeps a release from being taken."""
    terms, published = situation.terms(candidate.indexer_id), candidate.release.published or situation.now
    moments = [situation.now, published + timedelta(minutes=situation.policy.minimum_age)]
    if situation.delay is not None:
        moments.append(_due(candidate, situation, situation.delay))
    if terms is not None and terms.away_until is not None:
        moments.append(terms.away_until)
    return max(moments)


def space(case: Case) -> Check:
    """Is there room for it in the library?"""
    free, size, keep = case.situation.free_space, case.candidate.release.size, case.situation.policy.keep_free * MB
    if free is None or not keep:
        return Check.passed("space", "not looked at", "any")
    seen, limit = f"{amounts.size(free)} free", f"at least {amounts.size(size + keep)} free"
    if free - size >= keep:
        return Check.passed("space", seen, limit)
    sentence = f"There is no room for {amounts.size(size)}: {case.slot.root_folder} has {amounts.size(free)} free."
    return Check.rejected("space", seen, limit, sentence)


def _bypass(case: Case, profile: DelayProfile) -> str:
    """Why it is not waited after all; empty when it is."""
    prefers = case.situation.policy.propers is not Propers.IGNORE
    if case.file is not None and prefers and is_revision_upgrade(case.file, case.offered):
        return "puts the file right"
    best = max((rank for rank, item in enumerate(case.profile.items) if item.allowed), default=0)
    if profile.bypass_if_highest and case.rank >= best:
        return "the best quality"
    if profile.bypass_if_above and case.format_score >= profile.minimum_score:
        return f"scores {case.format_score:,}"
    return ""


def _due(candidate: Candidate, situation: Situation, profile: DelayProfile) -> datetime:
    """Counted from the release, or from the first one that was put off for this movie."""
    since = candidate.release.published or situation.now
    if situation.waiting_since is not None:
        since = min(since, situation.waiting_since)
    return since + timedelta(minutes=profile.delay)
