"""A folder of movies that is there before the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from radarr_desktop.domain.collection import CollectionItem, CollectionScan, ItemState
from radarr_desktop.loopback.tmdb import Film
from tests.fixtures_engine import RunningEngine, WorldThread


class Shelf:
    """A folder of movies, the program, and the films that are known."""

    def __init__(self, world: WorldThread, running: RunningEngine) -> None:
        self.tmdb = world.world.tmdb
        self.running = running
        self.library = running.library

    def put(self, path: str, content: bytes = b"film" * 100) -> Path:
        file = self.library / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def know(self, tmdb_id: int, title: str, year: int, **more: Any) -> Film:
        return self.tmdb.add(replace(Film(tmdb_id, title, year, cinemas=date(year, 6, 1)), **more))

    def scan(self) -> CollectionScan:
        scan = self.running.do(self.running.engine.collection.start(str(self.library)))
        self.running.do(self.running.engine.jobs.idle())
        return self.running.do(self.running.engine.collection.scan(scan.id))

    def items(self, scan: CollectionScan, *states: ItemState) -> dict[str, CollectionItem]:
        found, total = self.running.do(self.running.engine.collection.items(scan.id, states))
        assert len(found) == total
        return {item.path: item for item in found}

    def adopt(self, scan: CollectionScan, *items: CollectionItem) -> None:
        self.running.do(self.running.engine.collection.adopt(scan.id, [item.id for item in items]))
        self.running.do(self.running.engine.jobs.idle())
