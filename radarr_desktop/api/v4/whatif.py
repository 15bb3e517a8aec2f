"""/api/v4/whatif: what a change of profile, formats or sizes would mean, by what was seen; nothing is changed."""

from __future__ import annotations

from typing import Annotated

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.custom_formats import CustomFormatBody, format_of_body
from radarr_desktop.api.v3.qualities import QualityDefinitionBody, definition_of_body
from radarr_desktop.api.v3.quality_profiles import QualityProfileBody, profile_of_body
from radarr_desktop.domain.custom_formats import CustomFormat
from radarr_desktop.domain.decision.replay import Choice, Difference
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.engine.decisions.whatif import USUAL_DAYS, Proposal, WhatIfAnswer
from radarr_desktop.engine.quality.definitions import check_definition


class WhatIfBody(Body):
    profile: QualityProfileBody | None = None
    """As it would be saved; its id is whose movies it is for."""
    like: Id = 0
    """In its place: a profile there is."""
    profile_ids: list[Id] = msgspec.field(default_factory=list)
    """Whose movies it would decide for; none: those of its own id, or with ``like`` all."""
    formats: list[CustomFormatBody] = msgspec.field(default_factory=list)
    """Custom formats as they would be, and new ones; those that are not named stay as they are."""
    qualities: list[QualityDefinitionBody] = msgspec.field(default_factory=list)
    """The same for the sizes of qualities."""
    days: Annotated[int, msgspec.Meta(ge=1, le=36_500)] = USUAL_DAYS


class ChoiceAnswer(Answer):
    release_id: int
    title: str
    size: int
    quality: str
    score: int


class DifferenceAnswer(Answer, kw_only=True):
    movie_id: int
    movie: str
    before: ChoiceAnswer | None = None
    after: ChoiceAnswer | None = None
    reason: str
    """Why the one is not taken by the other rules."""


class LoopAnswer(Answer):
    movie_id: int
    movie: str
    titles: list[str]


class WhatIfResult(Answer):
    days: int
    movies: int
    """For which releases were seen."""
    releases: int
    seconds: float
    is_weak: bool
    """Too few were seen to rely on it."""
    bytes: int
    """More to download, or (below 0) less."""
    grabs: list[DifferenceAnswer]
    drops: list[DifferenceAnswer]
    upgrades: list[DifferenceAnswer]
    """Files of the library that would be replaced, and are not now."""
    swaps: list[DifferenceAnswer]
    loops: list[LoopAnswer]


async def _whatif(call: Call[Query, WhatIfBody]) -> WhatIfResult:
    proposal = Proposal(await _profiles(call), await _formats(call), await _definitions(call))
    return _result(await call.engine.whatif.replay(proposal, days=call.body.days))


async def _profiles(call: Call[Query, WhatIfBody]) -> dict[int, QualityProfile]:
    body = call.body
    known = {one.id: one for one in await call.engine.profiles.all()}
    if body.profile is not None:
        proposed = profile_of_body(body.profile, body.profile.id, known.get(body.profile.id))
        return dict.fromkeys(body.profile_ids or [proposed.id], proposed)
    if body.like:
        return dict.fromkeys(body.profile_ids or known, await call.engine.profiles.get(body.like))
    if not body.formats and not body.qualities:
        raise NotAccepted(failure("profile", "Name what would be changed: a profile, custom formats or qualities."))
    return {}


async def _formats(call: Call[Query, WhatIfBody]) -> tuple[CustomFormat, ...] | None:
    if not call.body.formats:
        return None
    known = {one.id: one for one in await call.engine.formats.all()}
    for body in call.body.formats:
        id = body.id if body.id in known else max(known, default=0) + 1
        known[id] = format_of_body(body, id, known.get(id))
    return tuple(known.values())


async def _definitions(call: Call[Query, WhatIfBody]) -> dict[int, SizeLimits] | None:
    if not call.body.qualities:
        return None
    known = await call.engine.definitions.all()
    changed = [definition_of_body(body, body.id, known) for body in call.body.qualities]
    for one in changed:
        check_definition(one)
    return {one.quality.id: one.limits for one in [*known, *changed]}


def _result(answer: WhatIfAnswer) -> WhatIfResult:
    return WhatIfResult(
        days=answer.days,
        movies=answer.slots,
        releases=answer.releases,
        seconds=round(answer.seconds, 3),
        is_weak=answer.is_weak,
        bytes=answer.bytes,
        grabs=list(map(_difference, answer.grabs)),
        drops=list(map(_difference, answer.drops)),
        upgrades=list(map(_difference, answer.upgrades)),
        swaps=list(map(_difference, answer.swaps)),
        loops=[LoopAnswer(movie_id=one.movie_id, movie=one.movie, titles=list(one.titles)) for one in answer.loops],
    )


def _difference(one: Difference) -> DifferenceAnswer:
    return DifferenceAnswer(
        movie_id=one.movie_id, movie=one.movie, before=_choice(one.before), after=_choice(one.after), reason=one.reason
    )


def _choice(choice: Choice | None) -> ChoiceAnswer | None:
    if choice is None:
        return None
    return ChoiceAnswer(
        release_id=choice.release_id,
        title=choice.title,
        size=choice.size,
        quality=choice.quality,
        score=choice.score,
    )


ENDPOINTS = (Endpoint("POST", "/api/v4/whatif", _whatif, WhatIfResult, body=WhatIfBody),)
