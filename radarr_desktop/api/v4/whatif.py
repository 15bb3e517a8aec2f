"""/api/v4/whatif: what a change of a profile would mean, by the releases that were seen; nothing is changed."""

from __future__ import annotations

from typing import Annotated

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.quality_profiles import QualityProfileBody, profile_of_body
from radarr_desktop.domain.decision.replay import Choice, Difference
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.decisions.whatif import USUAL_DAYS, Proposal, WhatIfAnswer


class WhatIfBody(Body):
    profile: QualityProfileBody | None = None
    """As it would be saved; its id is whose movies it is for."""
    like: Id = 0
    """In its place: a profile there is."""
    profile_ids: list[Id] = msgspec.field(default_factory=list)
    """Whose movies it would decide for; none: those of its own id, or with ``like`` all."""
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
    proposed, ids = await _proposed(call)
    answer = await call.engine.whatif.replay(Proposal(dict.fromkeys(ids, proposed)), days=call.body.days)
    return _result(answer)


async def _proposed(call: Call[Query, WhatIfBody]) -> tuple[QualityProfile, list[int]]:
    body, profiles = call.body, call.engine.profiles
    if body.profile is not None:
        proposed = profile_of_body(body.profile, body.profile.id)
        return proposed, body.profile_ids or [proposed.id]
    return await profiles.get(body.like), body.profile_ids or [one.id for one in await profiles.all()]


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
