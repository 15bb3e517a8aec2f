"""Operations and their steps in the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from radarr_desktop.domain.operations import (
    Action,
    Change,
    Holdings,
    JournalEntry,
    Operation,
    OperationKind,
    OperationState,
)
from radarr_desktop.store import sql
from radarr_desktop.store.models import JournalRow, OperationRow

_BY_ID = sql.Rows(OperationRow, "WHERE id = ?")
_OPEN = sql.Rows(OperationRow, "WHERE state = 'open' ORDER BY id")
"""The state is a literal: only so does SQLite use the index that has nothing but these."""


def begin(change: Change, correlation: str, now: datetime) -> tuple[Operation, list[JournalEntry]]:
    """Write down what is about to be done; the result has the ids."""
    row = OperationRow.create(
        kind=change.kind.value,
        state=OperationState.OPEN.value,
        movie_id=change.movie_id,
        slot_id=change.slot_id,
        grab_id=change.grab_id,
        title=change.title,
        at=now,
        correlation=correlation,
        undoes=change.undoes,
        data=dict(change.data),
    )
    steps = [
        JournalRow.create(
            action=step.action.value,
            source=step.source,
            target=step.target,
            open=True,
            at=now,
            method="",
            operation_id=row.id,
            data=dict(step.data),
        )
        for step in change.steps
    ]
    return _operation(row), [_entry(step) for step in steps]


def close(operation_id: int, methods: Mapping[int, str], before: Holdings | None, after: Holdings | None) -> None:
    """It is done; ``methods`` says how, by the ids of the steps."""
    sql.change_many(
        "UPDATE journal SET open = 0, method = ? WHERE id = ?", [(method, id) for id, method in methods.items()]
    )
    held = [OperationRow.before.db_value(one) for one in (before, after)]
    sql.change(
        'UPDATE operation SET state = ?, "before" = ?, "after" = ? WHERE id = ?',
        OperationState.DONE.value,
        *held,
        operation_id,
    )


def withdraw(operation_id: int) -> None:
    """It was not done and will not be."""
    JournalRow.delete().where(JournalRow.operation_id == operation_id).execute()
    OperationRow.delete().where(OperationRow.id == operation_id).execute()


def set_state(operation_id: int, state: OperationState) -> None:
    """Undone, done again, or past undoing."""
    OperationRow.update(state=state.value).where(OperationRow.id == operation_id).execute()


def get(operation_id: int) -> Operation | None:
    """One operation."""
    row = _BY_ID.first(operation_id)
    return _operation(row) if row else None


def open_operations() -> list[Operation]:
    """What was begun and not ended, oldest first."""
    return [_operation(row) for row in _OPEN()]


def newest(*, movie_id: int = 0, ids: Collection[int] = (), limit: int = 100) -> list[Operation]:
    """Operations that were carried out, of one movie, of these ids or all; newest first."""
    query = OperationRow.select().where(OperationRow.state != OperationState.OPEN.value)
    if movie_id:
        query = query.where(OperationRow.movie_id == movie_id)
    if ids:
        query = query.where(OperationRow.id.in_(list(ids)))
    return [_operation(row) for row in query.order_by(OperationRow.id.desc()).limit(limit)]


def together(operation_id: int) -> list[int]:
    """Ids of all that was done at one go with an operation (0: with the newest renaming), newest first."""
    renaming = (OperationRow.kind == OperationKind.RENAME.value) & (OperationRow.state == OperationState.DONE.value)
    which = OperationRow.id == operation_id if operation_id else renaming
    row = OperationRow.select().where(which).order_by(OperationRow.id.desc()).first()
    if row is None:
        return []
    query = OperationRow.select(OperationRow.id).where(renaming & (OperationRow.correlation == row.correlation))
    return [id for (id,) in query.order_by(OperationRow.id.desc()).tuples()]


def count_under(correlation: str, kind: OperationKind) -> int:
    """How many of a kind were carried out in one go."""
    done = (OperationRow.state != OperationState.OPEN.value) & (OperationRow.kind == kind.value)
    return int(OperationRow.select().where(done & (OperationRow.correlation == correlation)).count())


def since(movie_id: int, operation_id: int) -> list[Operation]:
    """What was done to a movie's files after an operation and not taken back, oldest first."""
    query = OperationRow.select().where(
        (OperationRow.movie_id == movie_id)
        & (OperationRow.id > operation_id)
        & OperationRow.state.in_([OperationState.OPEN.value, OperationState.DONE.value])
    )
    return [_operation(row) for row in query.order_by(OperationRow.id)]


def steps(operation_id: int) -> list[JournalEntry]:
    """The steps of an operation, in order."""
    query = JournalRow.select().where(JournalRow.operation_id == operation_id)
    return [_entry(row) for row in query.order_by(JournalRow.id)]


def trashed(states: Iterable[OperationState]) -> list[tuple[Operation, JournalEntry]]:
    """Every step of operations in these states that put something into a trash, oldest first."""
    words = [state.value for state in states]
    query = (
        JournalRow.select(JournalRow, OperationRow)
        .join(OperationRow, on=(JournalRow.operation_id == OperationRow.id), attr="operation")
        .where((JournalRow.action == Action.TRASH.value) & OperationRow.state.in_(words))
    )
    return [(_operation(row.operation), _entry(row)) for row in query.order_by(JournalRow.id)]


def _operation(row: Any) -> Operation:
    return Operation(
        id=row.id,
        kind=OperationKind(row.kind),
        state=OperationState(row.state),
        movie_id=row.movie_id,
        slot_id=row.slot_id,
        grab_id=row.grab_id,
        title=row.title,
        at=row.at,
        correlation=row.correlation,
        undoes=row.undoes,
        data=row.data,
        before=row.before,
        after=row.after,
    )


def _entry(row: Any) -> JournalEntry:
    return JournalEntry(
        id=row.id,
        operation_id=row.operation_id,
        action=Action(row.action),
        source=row.source,
        target=row.target,
        open=row.open,
        at=row.at,
        method=row.method,
        data=row.data,
    )
