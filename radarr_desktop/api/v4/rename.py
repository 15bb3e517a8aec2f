"""/rename: a preview of all that would get another name, and doing it."""

from __future__ import annotations

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.renaming import RenamePreview


class MoveAnswer(Answer):
    old: str
    new: str
    kind: str


class MovieRenameAnswer(Answer):
    movie_id: int
    title: str
    old_folder: str
    new_folder: str
    moves: list[MoveAnswer]
    conflicts: list[str]


class PreviewAnswer(Answer):
    movies: list[MovieRenameAnswer]
    unchanged: int
    needs_yes: bool
    why: str


class RenameStateAnswer(Answer, kw_only=True):
    job_id: int
    done: int
    total: int
    renamed: int
    problems: list[str]
    state: str


class RenameQuery(Query):
    movie_id: list[Id] = msgspec.field(default_factory=list)
    """None: all movies."""
    folders: bool = True


class RenameBody(Body):
    movie_ids: list[Id] | None = None
    """Left out: all movies."""
    folders: bool = True
    yes: bool = False


class UndoBody(Body):
    operation_id: Id = 0
    """Of one movie; 0: the newest renaming."""


def _told(preview: RenamePreview) -> PreviewAnswer:
    movies = [
        MovieRenameAnswer(
            movie_id=one.movie_id,
            title=one.title,
            old_folder=one.old_folder,
            new_folder=one.new_folder,
            moves=[MoveAnswer(old=move.old, new=move.new, kind=move.kind.value) for move in one.moves],
            conflicts=list(one.conflicts),
        )
        for one in preview.movies
    ]
    return PreviewAnswer(movies=movies, unchanged=preview.unchanged, needs_yes=preview.needs_yes, why=preview.why)


async def _preview(call: Call[RenameQuery, None]) -> PreviewAnswer:
    asked = call.query
    return _told(await call.engine.renaming.preview(asked.movie_id or None, folders=asked.folders))


async def _rename(call: Call[Query, RenameBody]) -> RenameStateAnswer:
    """What the preview shows now; more than a few movies need a yes."""
    preview = await call.engine.renaming.preview(call.body.movie_ids, folders=call.body.folders)
    job = await call.engine.renaming.carry_out(preview, yes=call.body.yes)
    return await _state_of(call, job.id)


async def _undo(call: Call[Query, UndoBody]) -> RenameStateAnswer:
    """Every movie that was renamed at one go."""
    return await _state_of(call, (await call.engine.renaming.undo(call.body.operation_id)).id)


async def _state(call: Call[Query, None]) -> RenameStateAnswer:
    return await _state_of(call, call.id)


async def _cancel(call: Call[Query, None]) -> Empty:
    await call.engine.renaming.cancel(call.id)
    return Empty()


async def _state_of(call: Call[Query, object], job_id: int) -> RenameStateAnswer:
    job = await call.engine.jobs.get(job_id)
    if job.kind not in ("rename_movies", "undo_renaming"):
        raise Problem(Kind.NOT_FOUND, f"There is no renaming {job_id}.")
    state = call.engine.renaming.state(job_id)
    return RenameStateAnswer(
        job_id=job_id,
        done=state.done if state else 0,
        total=len(job.payload.get("movies") or job.payload.get("operations") or ()),
        renamed=state.renamed if state else 0,
        problems=list(state.problems) if state else [],
        state=job.state.value,
    )


ENDPOINTS = (
    Endpoint("GET", "/api/v4/rename", _preview, PreviewAnswer, RenameQuery),
    Endpoint("POST", "/api/v4/rename", _rename, RenameStateAnswer, body=RenameBody, status=202),
    Endpoint("POST", "/api/v4/rename/undo", _undo, RenameStateAnswer, body=UndoBody, status=202),
    Endpoint("GET", "/api/v4/rename/{id}", _state, RenameStateAnswer),
    Endpoint("DELETE", "/api/v4/rename/{id}", _cancel),
)
