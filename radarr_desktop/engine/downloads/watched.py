"""The grabs that clients are asked about, kept in memory: thousands of rows are not read each second."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.store import grabs
from radarr_desktop.store.database import Database


class Watched:
    """What did not change is the same object as before."""

    def __init__(self, db: Database, states: Collection[GrabState]) -> None:
        self._db = db
        self._states = states
        self._commits = -1
        self._marks: dict[int, tuple[Any, ...]] = {}
        self._grabs: dict[int, Grab] = {}
        self._by_client: dict[int, tuple[Grab, ...]] = {}

    async def by_client(self) -> Mapping[int, tuple[Grab, ...]]:
        """All of them, by the id of their client; reads only what was written since the last time."""
        commits = self._db.commits
        if commits == self._commits:
            return self._by_client
        known = self._marks

        def work() -> tuple[dict[int, tuple[Any, ...]], list[Grab]]:
            marks = {mark[0]: mark for mark in grabs.marks(self._states)}
            return marks, grabs.with_ids(id_ for id_, mark in marks.items() if known.get(id_) != mark)

        marks, changed = await self._db.read(work)
        self._commits = commits
        if changed or marks.keys() != known.keys():
            there = self._grabs | {grab.id: grab for grab in changed}
            self._grabs = {id_: there[id_] for id_ in marks}
            self._by_client = _grouped(self._grabs)
        self._marks = marks
        return self._by_client


def _grouped(known: Mapping[int, Grab]) -> dict[int, tuple[Grab, ...]]:
    groups: dict[int, list[Grab]] = {}
    for grab in known.values():
        groups.setdefault(grab.client_id, []).append(grab)
    return {client_id: tuple(theirs) for client_id, theirs in groups.items()}
