"""Statements that are always the same: Peewee would write them anew each time, which costs more than running them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from radarr_desktop.store.models import MODELS

T = TypeVar("T")

MOST = 1000
"""Values in one list: within SQLite's limits everywhere."""


def execute(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    rows: list[tuple[Any, ...]] = _database().execute_sql(statement, values).fetchall()
    return rows


def change(statement: str, *values: Any) -> int:
    """How many rows one statement changed."""
    return int(_database().execute_sql(statement, values).rowcount)


def change_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """The same statement for many rows."""
    if rows:
        _database().connection().executemany(statement, rows)


def among(statement: str, values: Iterable[Any], *more: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement with ``IN ({})``; ``more`` are the values behind the list."""
    rest = iter(values)
    while some := list(islice(rest, MOST)):
        marks = ",".join("?" * len(some))
        yield from execute(statement.format(marks), *some, *more)


def _database() -> Any:
    return MODELS[0]._meta.database  # noqa: SLF001  that is Peewee's public name for it
