"""What change of its profile would let a rejected release in: only where one would do."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.decision.case import ASSUMED_RUNTIME, MB
from radarr_desktop.domain.languages import ANY
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models import profile_edit
from radarr_desktop.ui.models.profile_words import GB, gb
from radarr_desktop.ui.models.verdicts import failed_checks

_AIR = 1.02
"""A little more than the release needs, so that its sisters fit too."""


@dataclass(frozen=True)
class Fix:
    """A button, and the profile it leads to."""

    words: str
    icon: str
    profile: QualityProfile


def fix_of(release: StoredRelease, profile: QualityProfile | None, runtime: int) -> Fix | None:
    """The change that takes the first hindrance away; None where the profile has no part in it."""
    failed = failed_checks(release.verdict)
    if profile is None or not failed:
        return None
    match failed[0].name:
        case "cap":
            return _cap(release, profile)
        case "size":
            return _size(release, profile, runtime or ASSUMED_RUNTIME)
        case "quality":
            item = next((one for one in profile.items if release.parsed.quality in one.qualities), None)
            if item is None:
                return None
            words = _say("Want {quality}…").format(quality=item.title)
            return Fix(words, "sliders-horizontal", profile_edit.allow(profile, item.key, allowed=True))
        case "language":
            return Fix(_say("Take any language…"), "globe", replace(profile, language=ANY))
        case "formats":
            points = _format_points(release)
            words = _say("Lower the least score…")
            return Fix(words, "sliders-horizontal", replace(profile, min_format_score=points))
    return None


def _cap(release: StoredRelease, profile: QualityProfile) -> Fix | None:
    quality, size = release.parsed.quality, release.release.size
    room = math.ceil(size / GB) * GB
    changed = profile
    if profile.cap is not None and profile.cap < size:
        changed = replace(changed, cap=room)
    own = profile.sizes.get(quality.id)
    if own is not None and own.cap is not None and own.cap < size:
        changed = profile_edit.limit(changed, quality, replace(own, cap=room))
    if changed == profile:
        return None
    return Fix(_say("Allow {size} in {profile}…").format(size=gb(room / GB), profile=profile.name), "ruler", changed)


def _size(release: StoredRelease, profile: QualityProfile, runtime: int) -> Fix | None:
    quality, rate = release.parsed.quality, release.release.size / MB / runtime
    limits = replace(profile, cap=None).limits(quality)
    if limits.most is not None and rate > limits.most:
        limits = replace(limits, most=math.ceil(rate * _AIR))
    elif rate < limits.least:
        limits = replace(limits, least=math.floor(rate / _AIR))
    else:
        return None
    if limits.preferred is not None and limits.most is not None:
        limits = replace(limits, preferred=max(limits.least, min(limits.preferred, limits.most)))
    words = _say("Allow {size} in {profile}…").format(size=gb(release.release.size / GB), profile=profile.name)
    return Fix(words, "ruler", profile_edit.limit(profile, quality, limits))


def _format_points(release: StoredRelease) -> int:
    parts = release.verdict.parts if release.verdict else ()
    return next((part.points for part in parts if part.name == "formats"), 0)


def _say(words: str) -> str:
    return QCoreApplication.translate("Fixes", words)
