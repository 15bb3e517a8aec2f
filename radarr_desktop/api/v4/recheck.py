"""/api/v4/recheck: the library, judged again."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v4.shapes import MovieAnswer, movie_answer
from radarr_desktop.domain.naming import quality_title


class UnfitAnswer(Answer):
    movie: MovieAnswer
    path: str
    quality: str
    size: int
    reasons: list[str]
    """Why its profile would not take the file today."""


async def _get(call: Call[Query, None]) -> list[UnfitAnswer]:
    return [
        UnfitAnswer(
            movie=movie_answer(unfit.movie),
            path=unfit.file.path,
            quality=quality_title(unfit.file.quality, unfit.file.revision),
            size=unfit.file.size,
            reasons=unfit.verdict.rejections,
        )
        for unfit in await call.engine.recheck.unfit()
    ]


ENDPOINTS = (Endpoint("GET", "/api/v4/recheck", _get, list[UnfitAnswer]),)
