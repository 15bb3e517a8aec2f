"""Quality profiles as TRaSH's guide has them, and as the v3 API gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from radarr_desktop.domain.custom_formats import CustomFormat
from radarr_desktop.domain.guide.reading import GuideError, number, rest, rows, switch, table, text
from radarr_desktop.domain.languages import ORIGINAL, language_by_name
from radarr_desktop.domain.profiles import FIRST_GROUP_ID, ProfileItem, QualityProfile
from radarr_desktop.domain.quality import BY_NAME, QUALITIES, Quality

_KNOWN = frozenset(
    {
        "name",
        "upgradeAllowed",
        "cutoff",
        "minFormatScore",
        "cutoffFormatScore",
        "minUpgradeFormatScore",
        "language",
        "items",
    }
)
USUAL_SET = "default"
"""The score set of formats that say nothing for the profile's own."""


def read_profile(
    body: Mapping[str, Any], formats: Iterable[CustomFormat], groups: Iterable[Mapping[str, Any]] = ()
) -> QualityProfile:
    """The profile, with scores for the guide's formats it names and those of groups that belong to it by default."""
    items = _items(rows(body, "items"))
    cutoff_name = text(body, "cutoff").casefold()
    cutoff = next((item.key for item in items if item.title.casefold() == cutoff_name), None)
    if cutoff is None:
        raise GuideError(f"The cutoff “{body['cutoff']}” is not among its qualities.")
    language = language_by_name(text(body, "language", ORIGINAL.name))
    if language is None:
        raise GuideError(f"“{body['language']}” is no language.")
    return QualityProfile(
        id=0,
        name=text(body, "name"),
        items=items,
        cutoff=cutoff,
        upgrades=switch(body, "upgradeAllowed", default=True),
        language=language,
        format_scores=_scores(body, formats, groups),
        min_format_score=number(body, "minFormatScore", 0),
        cutoff_format_score=number(body, "cutoffFormatScore", 0),
        min_upgrade_format_score=max(1, number(body, "minUpgradeFormatScore", 1)),
        extra=rest(body, _KNOWN),
    )


def write_profile(profile: QualityProfile, formats: Iterable[CustomFormat]) -> dict[str, Any]:
    """As it would be read: best quality first, formats by the guide's ids."""
    named = profile.extra.get("formatItems", {})
    known = {format.guide_id for format in formats if format.id in profile.format_scores}
    wanted = named.items() if isinstance(named, Mapping) else ()
    kept = {name: id for name, id in wanted if isinstance(id, str) and id in known}
    cutoff = next(item.title for item in profile.items if item.key == profile.cutoff)
    return {
        **profile.extra,
        "name": profile.name,
        "upgradeAllowed": profile.upgrades,
        "cutoff": cutoff,
        "minFormatScore": profile.min_format_score,
        "cutoffFormatScore": profile.cutoff_format_score,
        "minUpgradeFormatScore": profile.min_upgrade_format_score,
        "language": profile.language.name,
        "items": [_written(item) for item in reversed(profile.items)],
        "formatItems": kept,
    }


def _items(listed: list[Any]) -> tuple[ProfileItem, ...]:
    """Worst first; what is not listed is not wanted."""
    items: list[ProfileItem] = []
    for place, row in enumerate(reversed(listed), 1):
        item = table(row, "A quality")
        name, members = text(item, "name"), rows(item, "items")
        if members:
            qualities = tuple(_quality(one) for one in members)
            items.append(ProfileItem(qualities, switch(item, "allowed"), name, FIRST_GROUP_ID + place))
        else:
            items.append(ProfileItem((_quality(name),), switch(item, "allowed")))
    taken = {quality for item in items for quality in item.qualities}
    return (*(ProfileItem((quality,), False) for quality in QUALITIES if quality not in taken), *items)


def _quality(name: Any) -> Quality:
    quality = BY_NAME.get(name.casefold()) if isinstance(name, str) else None
    if quality is None:
        raise GuideError(f"“{name}” is no quality.")
    return quality


def _written(item: ProfileItem) -> dict[str, Any]:
    row: dict[str, Any] = {"name": item.title, "allowed": item.allowed}
    if item.id:
        row["items"] = [quality.name for quality in item.qualities]
    return row


def _scores(
    body: Mapping[str, Any], formats: Iterable[CustomFormat], groups: Iterable[Mapping[str, Any]]
) -> dict[int, int]:
    wanted = list(table(body.get("formatItems", {}), "“formatItems”").values())
    for group in groups:
        if group.get("default") == "true" and body.get("trash_id") in _included(group):
            members = [table(one, "A member of a group") for one in rows(group, "custom_formats")]
            wanted += [text(one, "trash_id") for one in members if switch(one, "required") or switch(one, "default")]
    score_set = text(body, "trash_score_set", USUAL_SET)
    known = {format.guide_id: format for format in formats if format.guide_id}
    return {known[id].id: _score(known[id], score_set) for id in wanted if isinstance(id, str) and id in known}


def _included(group: Mapping[str, Any]) -> list[Any]:
    """Ids of the profiles a group is for."""
    profiles = table(group.get("quality_profiles", {}), "“quality_profiles”")
    return list(table(profiles.get("include", {}), "“include”").values())


def _score(format: CustomFormat, score_set: str) -> int:
    scores = format.guide_scores
    value = scores.get(score_set, scores.get(USUAL_SET, 0))
    return value if isinstance(value, int) else 0
