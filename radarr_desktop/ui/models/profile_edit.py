"""Changes of a quality profile, each a function from one to the next; places count from the best, as people read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from radarr_desktop.domain.profiles import FIRST_GROUP_ID, ProfileItem, QualityProfile
from radarr_desktop.domain.quality import Quality
from radarr_desktop.domain.sizes import SizeLimits


def best_first(profile: QualityProfile) -> tuple[ProfileItem, ...]:
    """What the profile lists, the best first."""
    return tuple(reversed(profile.items))


def move(profile: QualityProfile, key: int, place: int) -> QualityProfile:
    """Put an item at a place."""
    items = list(best_first(profile))
    item = next(one for one in items if one.key == key)
    items.remove(item)
    items.insert(max(0, min(place, len(items))), item)
    return _with_items(profile, items)


def allow(profile: QualityProfile, key: int, *, allowed: bool) -> QualityProfile:
    """Want a quality, or not; a cutoff that goes is taken over by its nearest neighbour."""
    items = [replace(one, allowed=allowed) if one.key == key else one for one in best_first(profile)]
    changed = _with_items(profile, items)
    wanted = [place for place, one in enumerate(items) if one.allowed]
    if not wanted or any(items[place].key == profile.cutoff for place in wanted):
        return changed
    was = next((place for place, one in enumerate(items) if one.key == profile.cutoff), 0)
    return replace(changed, cutoff=items[min(wanted, key=lambda place: abs(place - was))].key)


def stop_at(profile: QualityProfile, key: int) -> QualityProfile:
    """Look for nothing better than this one, which is wanted from now on."""
    return replace(allow(profile, key, allowed=True), cutoff=key)


def group(profile: QualityProfile, keys: Collection[int]) -> QualityProfile:
    """Let several count as equal, at the place of the best of them."""
    items = list(best_first(profile))
    chosen = [one for one in items if one.key in keys]
    if len(chosen) < 2:
        return profile
    members = tuple(quality for one in chosen for quality in one.qualities)
    usual = {quality.group for quality in members}
    name = usual.pop() if len(usual) == 1 and "" not in usual else " / ".join(one.title for one in chosen)
    merged = ProfileItem(members, any(one.allowed for one in chosen), name, _free_id(profile))
    place = items.index(chosen[0])
    rest = [merged if one is items[place] else one for one in items if one is items[place] or one not in chosen]
    grouped = _with_items(profile, rest)
    return replace(grouped, cutoff=merged.id) if profile.cutoff in {one.key for one in chosen} else grouped


def ungroup(profile: QualityProfile, key: int) -> QualityProfile:
    """Let the members of a group count by themselves again, the best first."""
    items = list(best_first(profile))
    found = next((one for one in items if one.key == key and one.id), None)
    if found is None:
        return profile
    ordered = sorted(found.qualities, key=lambda quality: -quality.weight)
    place = items.index(found)
    items[place : place + 1] = [ProfileItem((quality,), found.allowed) for quality in ordered]
    changed = _with_items(profile, items)
    return replace(changed, cutoff=ordered[0].id) if profile.cutoff == key else changed


def name_group(profile: QualityProfile, key: int, name: str) -> QualityProfile:
    """Call a group something else; without a word its name stays."""
    words = name.strip()
    items = [replace(one, name=words) if one.key == key and one.id and words else one for one in best_first(profile)]
    return _with_items(profile, items)


def limit(profile: QualityProfile, quality: Quality, limits: SizeLimits) -> QualityProfile:
    """Give a quality sizes of its own in this profile."""
    return replace(profile, sizes={**profile.sizes, quality.id: limits})


def usual_limits(profile: QualityProfile, quality: Quality) -> QualityProfile:
    """Take a quality's own sizes away again."""
    return replace(profile, sizes={id: limits for id, limits in profile.sizes.items() if id != quality.id})


def score(profile: QualityProfile, format_id: int, points: int | None) -> QualityProfile:
    """Let a custom format add points; None takes it out of the profile."""
    scores = {id: points for id, points in profile.format_scores.items() if id != format_id}
    if points is not None:
        scores[format_id] = points
    return replace(profile, format_scores=scores)


def same_rules(one: QualityProfile, other: QualityProfile) -> bool:
    """Whether both decide alike: only then is there nothing to save but perhaps a name."""
    return replace(one, name="", id=0) == replace(other, name="", id=0)


def _with_items(profile: QualityProfile, items: list[ProfileItem]) -> QualityProfile:
    return replace(profile, items=tuple(reversed(items)))


def _free_id(profile: QualityProfile) -> int:
    return max([FIRST_GROUP_ID, *(one.id for one in profile.items)]) + 1
