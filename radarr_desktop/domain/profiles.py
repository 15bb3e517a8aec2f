"""Quality profiles: which qualities are wanted, in which order, and when to stop."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from radarr_desktop.domain.languages import ORIGINAL, Language
from radarr_desktop.domain.quality import BY_ID, BY_NAME, QUALITIES, Quality
from radarr_desktop.domain.sizes import SizeLimits, usual_definition

FIRST_GROUP_ID = 1000


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """One quality, or a group of qualities that count as equal."""

    qualities: tuple[Quality, ...]
    allowed: bool
    name: str = ""
    """Of the group; empty for a single quality."""
    id: int = 0
    """Of the group, from 1000 up; 0 for a single quality."""

    @property
    def key(self) -> int:
        """What a cutoff names: the group's id, or the quality's."""
        return self.id or self.qualities[0].id

    @property
    def title(self) -> str:
        """The group's name, or the quality's."""
        return self.name or self.qualities[0].name


@dataclass(frozen=True, slots=True)
class QualityProfile:
    """An order of all qualities, worst first."""

    id: int
    name: str
    items: tuple[ProfileItem, ...]
    cutoff: int
    """The ``key`` of the item from which on nothing better is looked for."""
    upgrades: bool = True
    language: Language = ORIGINAL
    """Releases must be spoken in it; see ``languages.spoken``."""
    format_scores: Mapping[int, int] = field(default_factory=dict, hash=False)
    """What each custom format, by id, adds when it matches; those that are not named add nothing."""
    min_format_score: int = 0
    """Releases that score less are not taken."""
    cutoff_format_score: int = 0
    """From this score on nothing better is looked for."""
    min_upgrade_format_score: int = 1
    """A release must score this much more than the file it would replace."""
    sizes: Mapping[int, SizeLimits] = field(default_factory=dict, hash=False)
    """By quality id; in place of the quality's own limits."""
    cap: int | None = None
    """Bytes no release may have more of, whatever its quality."""
    version: int = field(default=0, compare=False)
    """One more with every change that can change a verdict."""
    definitions: Mapping[int, SizeLimits] = field(default_factory=dict, compare=False)
    """What the user made of the qualities' limits, by quality id: the same for all profiles."""
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What a guide's file says of the profile that means nothing here; kept so that it can be given back."""
    _ranks: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ranks = {quality.id: index for index, item in enumerate(self.items) for quality in item.qualities}
        object.__setattr__(self, "_ranks", ranks)

    def rank(self, quality: Quality) -> int:
        """Position of a quality's item, worst is 0; -1 for one the profile does not list."""
        return self._ranks.get(quality.id, -1)

    def limits(self, quality: Quality) -> SizeLimits:
        """How large a file of this quality may be: the profile's word, else the user's, else what is usual."""
        limits = self.sizes.get(quality.id) or self.definitions.get(quality.id) or usual_definition(quality).limits
        if self.cap is None or (limits.cap is not None and limits.cap <= self.cap):
            return limits
        return SizeLimits(limits.least, limits.preferred, limits.most, self.cap)

    def format_score(self, formats: Iterable[int]) -> int:
        """What these custom formats are worth together."""
        return sum(self.format_scores.get(id, 0) for id in formats)

    def allows(self, quality: Quality) -> bool:
        """Is a release of this quality wanted at all?"""
        rank = self.rank(quality)
        return rank >= 0 and self.items[rank].allowed

    @property
    def allowed_titles(self) -> list[str]:
        """Names of what is allowed, best first."""
        return [item.title for item in reversed(self.items) if item.allowed]

    @property
    def cutoff_rank(self) -> int:
        """Position of the cutoff; without upgrades the worst allowed item is already enough."""
        allowed = [index for index, item in enumerate(self.items) if item.allowed]
        if not self.upgrades:
            return allowed[0]
        return next((index for index, item in enumerate(self.items) if item.key == self.cutoff), allowed[-1])

    def cutoff_met(self, quality: Quality) -> bool:
        """Is a file of this quality good enough to stop looking?"""
        return self.rank(quality) >= self.cutoff_rank

    def is_enough(self, quality: Quality, score: int) -> bool:
        """Is nothing better looked for, neither in quality nor in custom formats?"""
        enough = self.cutoff_format_score if self.upgrades else self.min_format_score
        return self.cutoff_met(quality) and score >= enough


class ProfileError(ValueError):
    """A profile that cannot work; the message says why and what would, ``field`` where."""

    def __init__(self, message: str, field: str = "items") -> None:
        super().__init__(message)
        self.field = field


def make_profile(
    name: str, allowed: Sequence[str], cutoff: str = "", *, upgrades: bool = True, id: int = 0
) -> QualityProfile:
    """A profile from quality names, worst first; what is not named is listed below and not allowed.

    The name of a group of the default order (``WEB 1080p``) allows all its members as equals.
    """
    groups: dict[str, tuple[Quality, ...]] = {}
    for quality in QUALITIES:
        if quality.group:
            groups[quality.group.casefold()] = (*groups.get(quality.group.casefold(), ()), quality)
    chosen: list[ProfileItem] = []
    for index, word in enumerate(allowed):
        members = groups.get(word.casefold())
        if members:
            chosen.append(ProfileItem(members, True, members[0].group, FIRST_GROUP_ID + index + 1))
        elif word.casefold() in BY_NAME:
            chosen.append(ProfileItem((BY_NAME[word.casefold()],), True))
        else:
            known = ", ".join(quality.name for quality in reversed(QUALITIES))
            groups_known = ", ".join(dict.fromkeys(quality.group for quality in reversed(QUALITIES) if quality.group))
            raise ProfileError(f"“{word}” is no quality. Known are: {known}; and the groups {groups_known}.")
    taken = {quality for item in chosen for quality in item.qualities}
    rest = [ProfileItem((quality,), False) for quality in QUALITIES if quality not in taken]
    enough = [item for item in chosen if not cutoff or cutoff.casefold() in _names(item)]
    profile = QualityProfile(id, name.strip(), (*rest, *chosen), enough[-1].key if enough else -1, upgrades)
    check_profile(profile)
    return profile


def check_profile(profile: QualityProfile) -> None:
    """Raise ``ProfileError`` for a profile that cannot decide anything."""
    if not profile.name.strip():
        raise ProfileError("The profile has no name. Give it one.", "name")
    named = f"Quality profile “{profile.name}”"
    if not any(item.allowed for item in profile.items):
        raise ProfileError(f"{named} allows nothing. Name at least one quality.")
    if not all(item.qualities for item in profile.items):
        raise ProfileError(f"{named} has a group without qualities. Remove the group.")
    listed = [quality for item in profile.items for quality in item.qualities]
    if twice := next((quality for quality in listed if listed.count(quality) > 1), None):
        raise ProfileError(f"{named} names {twice.name} twice. Name each quality once.")
    groups = [item.id for item in profile.items if item.id]
    if doubled := next((id for id in groups if groups.count(id) > 1), None):
        raise ProfileError(f"{named} has two groups with the number {doubled}. Give each one of its own.")
    if not any(item.allowed and item.key == profile.cutoff for item in profile.items):
        raise ProfileError(f"The cutoff of quality profile “{profile.name}” is not among what it allows.", "cutoff")
    if profile.min_upgrade_format_score < 1:
        text = f"{named} would replace files by ones that score the same. Ask for a step of at least 1."
        raise ProfileError(text, "min_upgrade_format_score")
    possible = sum(score for score in profile.format_scores.values() if score > 0)
    if profile.min_format_score > max(possible, 0):
        text = (
            f"{named} wants a score of at least {profile.min_format_score:,}, but its custom formats add up to "
            f"{possible:,} at most. Lower the one or raise the others."
        )
        raise ProfileError(text, "min_format_score")
    _check_sizes(profile, named)


def _check_sizes(profile: QualityProfile, named: str) -> None:
    if profile.cap is not None and profile.cap <= 0:
        raise ProfileError(f"{named} caps sizes at nothing. Give it more, or no cap.", "cap")
    for id, limits in profile.sizes.items():
        quality = BY_ID.get(id)
        if quality is None:
            raise ProfileError(f"{named} limits the size of quality {id}, which does not exist.", "sizes")
        least, most = limits.least, math.inf if limits.most is None else limits.most
        preferred = least if limits.preferred is None else limits.preferred
        if not 0 <= least <= preferred <= most or (limits.cap is not None and limits.cap <= 0):
            text = f"{named}: the sizes for {quality.name} must grow from smallest over preferred to largest."
            raise ProfileError(text, "sizes")


def _names(item: ProfileItem) -> set[str]:
    return {item.title.casefold(), *(quality.name.casefold() for quality in item.qualities)}
