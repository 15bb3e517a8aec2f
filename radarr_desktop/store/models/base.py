"""What all models share."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model


class Row(Model):
    """Base of all models; the database is bound when it opens."""

    _inserts: dict[tuple[type[Row], tuple[str, ...]], str] = {}  # noqa: RUF012  shared by all

    class Meta:
        legacy_table_names = False

    @classmethod
    def create(cls, **values: Any) -> Any:
        """Insert a row; the statement is written once, as those of ``sql.Rows``."""
        meta: Any = cls._meta
        if not isinstance(meta.primary_key, AutoField) or meta.defaults:
            return super().create(**values)
        fields = [meta.combined[name] for name in values]
        statement = cls._inserts.get((cls, tuple(values)))
        if statement is None:
            columns, marks = ", ".join(f'"{field.column_name}"' for field in fields), ", ".join("?" * len(fields))
            statement = f'INSERT INTO "{meta.table_name}" ({columns}) VALUES ({marks})'  # noqa: S608  names of ours
            cls._inserts[cls, tuple(values)] = statement
        given = [field.db_value(value) for field, value in zip(fields, values.values(), strict=True)]
        cursor = meta.database.execute_sql(statement, given)
        row = cls(**values)
        if not row.id:
            row.id = cursor.lastrowid
        row._dirty.clear()
        return row
