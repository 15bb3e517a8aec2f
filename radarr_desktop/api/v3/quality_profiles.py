"""/qualityprofile: which qualities are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import msgspec

from radarr_desktop.api.answers import Failure, NotAccepted, failure
from radarr_desktop.api.endpoint import MAX_ID, Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.languages import Language, language_shape
from radarr_desktop.api.v3.shapes import QualityShape, quality_shape
from radarr_desktop.domain import languages as domain_languages
from radarr_desktop.domain.custom_formats import CustomFormat
from radarr_desktop.domain.profiles import FIRST_GROUP_ID, ProfileItem, QualityProfile
from radarr_desktop.domain.quality import BY_ID, QUALITIES

Score = Annotated[int, msgspec.Meta(ge=-MAX_ID, le=MAX_ID)]


class QualityProfileQualityItemResource(Answer, kw_only=True):
    id: int | None = None
    name: str | None = None
    quality: QualityShape | None = None
    items: list[QualityProfileQualityItemResource]
    allowed: bool


class ProfileFormatItemResource(Answer):
    format: int
    name: str
    score: int


class QualityProfileResource(Answer, kw_only=True):
    id: int | None = None
    name: str
    upgrade_allowed: bool
    cutoff: int
    items: list[QualityProfileQualityItemResource]
    min_format_score: int
    cutoff_format_score: int
    min_upgrade_format_score: int
    format_items: list[ProfileFormatItemResource]
    language: Language


class QualityBody(Body):
    id: int = -1


class ItemBody(Body):
    id: Id | None = None
    name: str | None = None
    quality: QualityBody | None = None
    items: list[ItemBody] | None = None
    allowed: bool = False


class FormatItemBody(Body):
    format: Id = 0
    score: Score = 0


class LanguageBody(Body):
    id: Score = domain_languages.ORIGINAL.id


class QualityProfileBody(Body):
    id: Id = 0
    name: str | None = None
    upgrade_allowed: bool = False
    cutoff: Id = 0
    items: list[ItemBody] | None = None
    min_format_score: Score = 0
    cutoff_format_score: Score = 0
    min_upgrade_format_score: Score = 1
    format_items: list[FormatItemBody] | None = None
    language: LanguageBody | None = None


def _resource(profile: QualityProfile, formats: Sequence[CustomFormat]) -> QualityProfileResource:
    scores = profile.format_scores
    return QualityProfileResource(
        id=profile.id or None,
        name=profile.name,
        upgrade_allowed=profile.upgrades,
        cutoff=profile.cutoff,
        items=[_item(item) for item in profile.items],
        min_format_score=profile.min_format_score,
        cutoff_format_score=profile.cutoff_format_score,
        min_upgrade_format_score=profile.min_upgrade_format_score,
        format_items=[
            ProfileFormatItemResource(format=format.id, name=format.name, score=scores.get(format.id, 0))
            for format in sorted(formats, key=lambda one: (-scores.get(one.id, 0), one.name.casefold()))
        ],
        language=language_shape(profile.language),
    )


def _item(item: ProfileItem) -> QualityProfileQualityItemResource:
    if not item.id:
        shape = quality_shape(item.qualities[0])
        return QualityProfileQualityItemResource(quality=shape, items=[], allowed=item.allowed)
    members = [_item(ProfileItem((quality,), item.allowed)) for quality in item.qualities]
    return QualityProfileQualityItemResource(id=item.id, name=item.name, items=members, allowed=item.allowed)


def profile_of_body(body: QualityProfileBody, id: int, known: QualityProfile | None = None) -> QualityProfile:
    """The profile of a body that was checked; what ``known`` has and this API does not tell stays."""
    items, failures = [], []
    for item in body.items or ():
        members = [one.quality.id for one in item.items or () if one.quality]
        if item.quality is not None and not members:
            ids = [item.quality.id]
        else:
            ids = members
            failures += _group_failures(item, len(members))
        qualities = tuple(BY_ID[one] for one in ids if one in BY_ID)
        if qualities:
            is_group = item.quality is None
            items.append(
                ProfileItem(qualities, item.allowed, (item.name or "") if is_group else "", (item.id or 0) * is_group)
            )
    kept = known or QualityProfile(id, "", (), 0)
    language = domain_languages.language_by_id(body.language.id) if body.language else kept.language
    if language is None:
        failures.append(failure("language", "This language is not known.", body.language and body.language.id))
    profile = replace(
        kept,
        id=id,
        name=(body.name or "").strip(),
        items=tuple(items),
        cutoff=body.cutoff,
        upgrades=body.upgrade_allowed,
        language=language or kept.language,
        min_format_score=body.min_format_score,
        cutoff_format_score=body.cutoff_format_score,
        min_upgrade_format_score=body.min_upgrade_format_score,
        format_scores=kept.format_scores if body.format_items is None else _scores(body.format_items, kept),
    )
    if failures := [*failures, *_failures(profile)]:
        raise NotAccepted(*failures)
    return profile


def _scores(items: Sequence[FormatItemBody], kept: QualityProfile) -> dict[int, int]:
    """Those that add nothing are left out, unless the profile names them all the same."""
    return {item.format: item.score for item in items if item.score or item.format in kept.format_scores}


def _check_formats(body: QualityProfileBody, formats: Sequence[CustomFormat]) -> None:
    """A list of scores must be complete: what is not in it might be what the client does not know."""
    listed = body.format_items
    if listed is not None and sorted(item.format for item in listed) != [format.id for format in formats]:
        raise NotAccepted(failure("formatItems", "Every custom format must be listed exactly once."))


def _group_failures(item: ItemBody, members: int) -> list[Failure]:
    if not item.name or members < 2 or (item.id or 0) < FIRST_GROUP_ID:
        text = f"A group needs a name, an id from {FIRST_GROUP_ID} up and at least two qualities."
        return [failure("items", text, item.id)]
    return []


def _failures(profile: QualityProfile) -> list[Failure]:
    failures = []
    if not profile.name:
        failures.append(failure("name", "'Name' must not be empty."))
    listed = [quality.id for item in profile.items for quality in item.qualities]
    if sorted(listed) != sorted(BY_ID):
        failures.append(failure("items", "Every quality must be listed exactly once."))
    allowed = {item.key for item in profile.items if item.allowed}
    if not allowed:
        failures.append(failure("items", "At least one quality must be allowed."))
    elif profile.cutoff not in allowed:
        failures.append(failure("cutoff", "The cutoff must be an allowed quality or group.", profile.cutoff))
    return failures


def _default() -> QualityProfile:
    items: list[ProfileItem] = []
    groups: dict[str, int] = {}
    for quality in QUALITIES:
        if quality.group in groups:
            place = groups[quality.group]
            items[place] = ProfileItem((*items[place].qualities, quality), False, quality.group, items[place].id)
        elif quality.group:
            groups[quality.group] = len(items)
            items.append(ProfileItem((quality,), False, quality.group, FIRST_GROUP_ID + len(groups)))
        else:
            items.append(ProfileItem((quality,), False))
    return QualityProfile(0, "", tuple(items), 0, upgrades=False)


async def _list(call: Call[Query, None]) -> list[QualityProfileResource]:
    formats = await call.engine.formats.all()
    return [_resource(profile, formats) for profile in await call.engine.profiles.all()]


async def _schema(call: Call[Query, None]) -> QualityProfileResource:
    return _resource(_default(), await call.engine.formats.all())


async def _get(call: Call[Query, None]) -> QualityProfileResource:
    return _resource(await call.engine.profiles.get(call.id), await call.engine.formats.all())


async def _add(call: Call[Query, QualityProfileBody]) -> QualityProfileResource:
    formats = await call.engine.formats.all()
    _check_formats(call.body, formats)
    return _resource(await call.engine.profiles.add(profile_of_body(call.body, 0)), formats)


async def _update(call: Call[Query, QualityProfileBody]) -> QualityProfileResource:
    known, formats = await call.engine.profiles.get(call.id), await call.engine.formats.all()
    _check_formats(call.body, formats)
    return _resource(await call.engine.profiles.update(profile_of_body(call.body, known.id, known)), formats)


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.profiles.remove(call.id)
    return Empty()


_BODY = QualityProfileBody
ENDPOINTS = (
    Endpoint("GET", "/api/v3/qualityprofile", _list, list[QualityProfileResource]),
    Endpoint("POST", "/api/v3/qualityprofile", _add, QualityProfileResource, body=_BODY, status=201),
    Endpoint("GET", "/api/v3/qualityprofile/schema", _schema, QualityProfileResource),
    Endpoint("GET", "/api/v3/qualityprofile/{id}", _get, QualityProfileResource),
    Endpoint("PUT", "/api/v3/qualityprofile/{id}", _update, QualityProfileResource, body=_BODY, status=202),
    Endpoint("DELETE", "/api/v3/qualityprofile/{id}", _remove),
)
