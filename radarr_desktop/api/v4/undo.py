"""/api/v4/undo: what was done to the library's files, and taking it back. /api/v4/trash: what that needs."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.shapes import moment
from radarr_desktop.engine.journal.undo import UndoState


class OperationAnswer(Answer, kw_only=True):
    id: int
    kind: str
    state: str
    movie_id: int
    title: str
    at: datetime
    undoable: bool
    why_not: str | None = None
    """Why it cannot be undone."""


class DoneAnswer(Answer):
    id: int
    """Of the operation that took it back; it can be undone itself."""
    title: str


class TrashAnswer(Answer):
    files: int
    size: int
    """Bytes."""


class UndoQuery(Query):
    movie_id: Id = 0
    limit: Id = 100


def _answer(state: UndoState) -> OperationAnswer:
    operation = state.operation
    return OperationAnswer(
        id=operation.id,
        kind=operation.kind.value,
        state=operation.state.value,
        movie_id=operation.movie_id,
        title=operation.title,
        at=moment(operation.at),
        undoable=state.undoable,
        why_not=state.why_not or None,
    )


async def _list(call: Call[UndoQuery, None]) -> list[OperationAnswer]:
    found = await call.engine.undo.operations(call.query.movie_id, limit=min(call.query.limit, 1000))
    return [_answer(state) for state in found]


async def _undo(call: Call[Query, None]) -> DoneAnswer:
    done = await call.engine.undo.undo(call.id)
    return DoneAnswer(id=done.id, title=done.title)


async def _trash(call: Call[Query, None]) -> TrashAnswer:
    there = await call.engine.trash.all()
    return TrashAnswer(files=sum(len(one.files) for one in there), size=sum(one.size for one in there))


async def _empty(call: Call[Query, None]) -> TrashAnswer:
    there = await call.engine.trash.empty()
    return TrashAnswer(files=sum(len(one.files) for one in there), size=sum(one.size for one in there))


ENDPOINTS = (
    Endpoint("GET", "/api/v4/undo", _list, list[OperationAnswer], query=UndoQuery),
    Endpoint("POST", "/api/v4/undo/{id}", _undo, DoneAnswer),
    Endpoint("GET", "/api/v4/trash", _trash, TrashAnswer),
    Endpoint("DELETE", "/api/v4/trash", _empty, TrashAnswer),
)
