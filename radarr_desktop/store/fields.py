"""Column types of our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import peewee

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimeField(peewee.BigIntegerField):
    """A moment, as microseconds since 1970 UTC; aware datetimes only."""

    def db_value(self, value: datetime | None) -> int | None:
        """To the column."""
        if value is None:
            return None
        delta = value - _EPOCH
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds

    def python_value(self, value: int | None) -> datetime | None:
        """From the column."""
        return None if value is None else moment(value)


def moment(microseconds: int) -> datetime:
    """The column's number as a time."""
    return datetime.fromtimestamp(microseconds // 1_000_000, UTC).replace(microsecond=microseconds % 1_000_000)


def milliseconds(moment: datetime) -> int:
    """A time as a number of less room: milliseconds since 1970 UTC."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(count: int) -> datetime:
    """That number as a time."""
    return moment(count * 1000)


class ValueField(peewee.TextField):
    """A plain value (dataclass, list, dict) as JSON, read back as the same type."""

    def __init__(self, type_: Any, **options: Any) -> None:
        super().__init__(**options)
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(type_)

    def db_value(self, value: Any) -> str | None:
        """To the column."""
        return None if value is None else msgspec.json.encode(value).decode()

    def python_value(self, value: str | None) -> Any:
        """From the column."""
        return None if value is None else self._decoder.decode(value)
