"""Is one release worth replacing another? Whatever the profile says, it never runs in a circle."""

from __future__ import annotations

from enum import StrEnum

from radarr_desktop.domain.decision.policy import Propers
from radarr_desktop.domain.decision.situation import Standing
from radarr_desktop.domain.profiles import QualityProfile


class Hindrance(StrEnum):
    """Why the new one does not replace the old one."""

    QUALITY = "quality"
    """It is of a lower quality."""
    REVISION = "revision"
    """It is an earlier revision."""
    NO_UPGRADES = "no upgrades"
    """It is better, but the profile keeps what is there."""
    CUTOFF = "cutoff"
    """It is of a better quality, but the old one is good enough."""
    SCORE = "score"
    """Its custom formats score no more."""
    SCORE_CUTOFF = "score cutoff"
    """They score more, but the old one's score is good enough."""
    STEP = "step"
    """They score more, but not by enough."""


def hindrance(profile: QualityProfile, old: Standing, new: Standing, propers: Propers) -> Hindrance | None:
    """Why ``new`` does not replace ``old``; None where it does.

    Each way to yes makes (quality, revision, score) greater, compared in this order: so no chain of them comes back.
    """
    old_rank, new_rank = profile.rank(old.quality), profile.rank(new.quality)
    if new_rank < old_rank:
        return Hindrance.QUALITY
    if new_rank > old_rank:
        if not profile.upgrades:
            return Hindrance.NO_UPGRADES
        return Hindrance.CUTOFF if profile.cutoff_met(old.quality) else None
    if propers is not Propers.IGNORE and new.revision != old.revision:
        if new.revision < old.revision:
            return Hindrance.REVISION
        if is_revision_upgrade(old, new):
            return None
        if not profile.upgrades:
            return Hindrance.NO_UPGRADES
        is_enough = profile.is_enough(old.quality, profile.format_score(old.formats))
        return Hindrance.CUTOFF if is_enough else None
    return _by_score(profile, profile.format_score(old.formats), profile.format_score(new.formats))


def is_revision_upgrade(old: Standing, new: Standing) -> bool:
    """Is it the very same quality, put right? The proper of a WEBRip puts no WEBDL right, equal as they may count."""
    return new.quality == old.quality and new.revision > old.revision


def _by_score(profile: QualityProfile, old: int, new: int) -> Hindrance | None:
    if new <= old:
        return Hindrance.SCORE
    if not profile.upgrades:
        return Hindrance.NO_UPGRADES
    if old >= profile.cutoff_format_score:
        return Hindrance.SCORE_CUTOFF
    return Hindrance.STEP if new < old + profile.min_upgrade_format_score else None
