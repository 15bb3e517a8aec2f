"""A quality profile in words: sizes as people know them, and what was changed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from radarr_desktop.domain.decision.case import MB
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.quality import BY_ID, Quality
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.profile_edit import best_first

MINUTES = 120
"""Of the movie that sizes are told for."""
GB = 1_000_000_000
_GAP = "\u00a0"


def to_gb(per_minute: float) -> float:
    """What a limit in MB per minute allows a movie of two hours, in GB."""
    return per_minute * MINUTES * MB / GB


def to_rate(gigabytes: float) -> float:
    """The limit in MB per minute that allows a movie of two hours so many GB."""
    return gigabytes * GB / MINUTES / MB


def gb(value: float | None) -> str:
    """ "24 GB", "9.5 GB"; without a value there is no limit."""
    if value is None:
        return QCoreApplication.translate("ProfileWords", "no limit")
    digits = 0 if abs(value - round(value)) < 0.05 else 1
    return amounts.isolated(f"{QLocale().toString(float(value), 'f', digits)}{_GAP}GB")


def signed(points: int) -> str:
    """ "+300", "−500", "0"."""
    if not points:
        return "0"
    return f"{'+' if points > 0 else '−'}{times.number(abs(points))}"


def members(profile: QualityProfile, key: int) -> str:
    """The qualities of a group, without what they have in common with its name; empty for a single one."""
    item = next((one for one in profile.items if one.key == key and one.id), None)
    if item is None:
        return ""
    lines = {quality.resolution for quality in item.qualities}
    names = [quality.name for quality in item.qualities]
    if len(lines) == 1:
        names = [name.rpartition("-")[0] if name.endswith("p") and "-" in name else name for name in names]
    return ", ".join(names)


def changes(before: QualityProfile, after: QualityProfile) -> list[str]:
    """What is different now, a few words each."""
    return [*_name(before, after), *_qualities(before, after), *_sizes(before, after), *_rules(before, after)]


def _name(before: QualityProfile, after: QualityProfile) -> list[str]:
    return [_say("Name {old} → {new}").format(old=before.name, new=after.name)] if before.name != after.name else []


def _qualities(before: QualityProfile, after: QualityProfile) -> list[str]:
    words: list[str] = []
    had = {quality.id for quality in BY_ID.values() if before.allows(quality)}
    has = {quality.id for quality in BY_ID.values() if after.allows(quality)}
    for template, ids in ((_say("{names} wanted"), has - had), (_say("{names} not wanted"), had - has)):
        if ids:
            words.append(template.format(names=_listed([BY_ID[id] for id in ids])))
    if not words and [_set(one) for one in best_first(before)] != [_set(one) for one in best_first(after)]:
        words.append(_say("Order of qualities"))
    if _cutoff(before) != _cutoff(after):
        words.append(_say("Stops at {quality}").format(quality=_cutoff(after)))
    return words


def _sizes(before: QualityProfile, after: QualityProfile) -> list[str]:
    words: list[str] = []
    for id in dict.fromkeys([*before.sizes, *after.sizes]):
        quality = BY_ID.get(id)
        if quality is None or before.sizes.get(id) == after.sizes.get(id):
            continue
        old, new = before.limits(quality), after.limits(quality)
        pairs = (
            (_say("most"), old.most, new.most),
            (_say("target"), old.preferred, new.preferred),
            (_say("least"), old.least, new.least),
        )
        for which, one, other in pairs:
            if one != other:
                values = {"quality": quality.name, "which": which, "old": _rate(one), "new": _rate(other)}
                words.append(_say("{quality} {which} {old} → {new}").format(**values))
    if before.cap != after.cap:
        old_cap, new_cap = (None if cap is None else gb(cap / GB) for cap in (before.cap, after.cap))
        if old_cap and new_cap:
            words.append(_say("Size cap {old} → {new}").format(old=old_cap, new=new_cap))
        else:
            words.append(_say("Size cap {new}").format(new=new_cap) if new_cap else _say("No size cap"))
    return words


def _rules(before: QualityProfile, after: QualityProfile) -> list[str]:
    words: list[str] = []
    if before.upgrades != after.upgrades:
        words.append(_say("Upgrades on") if after.upgrades else _say("Upgrades off"))
    if before.language != after.language:
        words.append(_say("Language {name}").format(name=after.language.name))
    scores = (
        (_say("Lowest score"), before.min_format_score, after.min_format_score),
        (_say("Score that is enough"), before.cutoff_format_score, after.cutoff_format_score),
        (_say("Smallest step"), before.min_upgrade_format_score, after.min_upgrade_format_score),
    )
    words += [f"{name} {signed(old)} → {signed(new)}" for name, old, new in scores if old != new]
    if dict(before.format_scores) != dict(after.format_scores):
        ids = {*before.format_scores, *after.format_scores}
        changed = sum(before.format_scores.get(id, 0) != after.format_scores.get(id, 0) for id in ids)
        one = _say("One format score") if changed == 1 else _say("{count} format scores").format(count=changed)
        words.append(one)
    return words


def _rate(value: float | None) -> str:
    return gb(None if value is None else to_gb(value))


def _listed(qualities: list[Quality]) -> str:
    names = [quality.name for quality in sorted(qualities, key=lambda one: -one.weight)]
    if len(names) <= 2:
        return ", ".join(names)
    return _say("{name} and {count} more").format(name=names[0], count=len(names) - 1)


def _cutoff(profile: QualityProfile) -> str:
    return next((one.title for one in profile.items if one.key == profile.cutoff), "")


def _set(item: object) -> frozenset[Quality]:
    return frozenset(getattr(item, "qualities", ()))


def _say(words: str) -> str:
    return QCoreApplication.translate("ProfileWords", words)
