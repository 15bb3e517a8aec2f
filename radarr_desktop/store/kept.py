"""What is asked for again and again, read only once after each change: tools poll the queue every second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from radarr_desktop.store.database import Database

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answer of one question to the database; nobody may change it."""

    def __init__(self, db: Database, work: Callable[[], T]) -> None:
        self._db = db
        self._work = work
        self._commits = -1
        self._answer: T

    async def get(self) -> T:
        """The answer as of the last transaction."""
        commits = self._db.commits  # before reading: what is written meanwhile is read the next time
        if commits != self._commits:
            self._answer = await self._db.read(self._work)
            self._commits = commits
        return self._answer
