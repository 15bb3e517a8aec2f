"""Statements that are always the same: Peewee would write them anew each time, which costs more than running them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar

from radarr_desktop.store.models import MODELS, Row

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


class Rows:
    """A model's rows by a condition that is always the same, ``?`` in place of values: written once, asked often.

    A row has the names of the model's fields, with ``_id`` for those of other tables.
    """

    def __init__(self, model: type[Row], rest: str = "") -> None:
        meta: Any = model._meta  # noqa: SLF001  that is Peewee's public name for it
        columns = ", ".join(f'"{field.column_name}"' for field in meta.sorted_fields)
        self._statement = f'SELECT {columns} FROM "{meta.table_name}" {rest}'  # noqa: S608  names of ours
        self._fields = [
            (getattr(field, "object_id_name", field.name), field.python_value) for field in meta.sorted_fields
        ]

    def __call__(self, *values: Any) -> list[Any]:
        """All of them."""
        return [
            SimpleNamespace(**{name: read(value) for (name, read), value in zip(self._fields, row, strict=True)})
            for row in execute(self._statement, *values)
        ]

    def first(self, *values: Any) -> Any:
        """The first one, or None."""
        found = self(*values)
        return found[0] if found else None


def _database() -> Any:
    return MODELS[0]._meta.database  # noqa: SLF001  that is Peewee's public name for it
