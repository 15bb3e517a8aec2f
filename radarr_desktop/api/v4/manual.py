"""/api/v4/manualimport: the same as v3's, with the guesses and what speaks for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.domain.matching import Guess
from radarr_desktop.domain.naming import quality_title
from radarr_desktop.engine.imports.told import Told, Wish

if TYPE_CHECKING:
    from radarr_desktop.engine.imports.suggest import ManualFile


class ReasonAnswer(Answer):
    what: str
    sentence: str
    points: int


class GuessAnswer(Answer):
    tmdb_id: int
    movie_id: int
    """0: it is not in the library."""
    title: str
    year: int
    confidence: int
    certainty: str
    reasons: list[ReasonAnswer]


class ManualFileAnswer(Answer):
    path: str
    name: str
    size: int
    movie_id: int
    movie: str
    quality: str
    group: str
    editions: list[str]
    languages: list[str]
    minutes: int
    rejections: list[str]
    guesses: list[GuessAnswer]


class LookQuery(Query):
    path: str = ""
    movie_id: Id = 0
    grab_id: Id = 0
    all: bool = False
    """Files of the library too."""


class WishBody(Body):
    path: str
    movie_id: Id
    grab_id: Id = 0
    quality_id: Id | None = None
    group: str | None = None
    editions: list[str] | None = None
    languages: list[str] | None = None


class TakeBody(Body):
    files: list[WishBody]
    mode: str = "auto"


class JobAnswer(Answer):
    id: int
    """Of the command that tells how far it is."""


def guess_answer(guess: Guess) -> GuessAnswer:
    """One guess with its reasons."""
    return GuessAnswer(
        tmdb_id=guess.tmdb_id,
        movie_id=guess.movie_id,
        title=guess.title,
        year=guess.year,
        confidence=guess.confidence,
        certainty=guess.certainty.value,
        reasons=[ReasonAnswer(what=one.what, sentence=one.sentence, points=one.points) for one in guess.reasons],
    )


def _file_answer(file: ManualFile) -> ManualFileAnswer:
    return ManualFileAnswer(
        path=file.path,
        name=file.name,
        size=file.size,
        movie_id=file.movie_id,
        movie=file.movie_title,
        quality=quality_title(file.quality, file.revision),
        group=file.group,
        editions=list(file.editions),
        languages=list(file.languages),
        minutes=file.minutes,
        rejections=list(file.rejections),
        guesses=[guess_answer(guess) for guess in file.guesses],
    )


async def _look(call: Call[LookQuery, None]) -> list[ManualFileAnswer]:
    asked = call.query
    found = await call.engine.manual.look(
        asked.path, grab_id=asked.grab_id, movie_id=asked.movie_id, only_new=not asked.all
    )
    return [_file_answer(file) for file in found]


async def _take(call: Call[Query, TakeBody]) -> JobAnswer:
    wishes = [
        Wish(
            each.path,
            each.movie_id,
            Told(
                each.quality_id,
                None,
                None if each.languages is None else tuple(each.languages),
                each.group,
                None if each.editions is None else tuple(each.editions),
            ),
            each.grab_id,
        )
        for each in call.body.files
    ]
    return JobAnswer(id=(await call.engine.manual.take(wishes, mode=call.body.mode)).id)


ENDPOINTS = (
    Endpoint("GET", "/api/v4/manualimport", _look, list[ManualFileAnswer], LookQuery),
    Endpoint("POST", "/api/v4/manualimport", _take, JobAnswer, body=TakeBody, status=201),
)
