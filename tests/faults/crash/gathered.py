"""A collection of many places, looked through, adopted and given back by a program that is killed again and again."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from radarr_desktop.engine.library.collection import MATCHED
from tests.fakes.collection import shelved
from tests.faults.crash.program import LIFE, Process, digest, wait_for
from tests.fixtures_engine import RunningEngine, WorldThread, config_for

_DONE = "select count(*) from collection_item where state not in ('new', 'read')"
_ADOPTED = "select count(*) from collection_item where state = 'adopted'"
_GIVEN_BACK = "select count(*) from collection_item where state = 'certain'"
_TO_DO = (
    "select count(*) from job where state in ('queued', 'running')"
    " and kind in ('scan_collection', 'adopt_collection', 'undo_adoption')"
)
_THERE = (
    "movie",
    "movie_file",
    "(select distinct path from movie_file)",
    "history where kind = 'downloadFolderImported'",
    "history where kind = 'movieAdded'",
    "collection_item where state = 'adopted'",
)
"""Of all of these there must be one for each place, once it is adopted."""
_GONE = (
    "collection_item where state = 'certain' and movie_id = 0",
    "operation where kind = 'delete' and state = 'done'",
    "(select distinct movie_id from operation)",
    "history where kind = 'movieAdded'",
)
"""And of these, once that is undone."""


def killed(folder: Path, rng: random.Random, *, places: int, kills: int) -> tuple[int, list[str]]:
    """So many kills of the scan, of the adoption and of its undo; how many hit, and what was wrong in the end."""
    folder.mkdir(exist_ok=True)
    world = WorldThread(folder)
    try:
        return _Collection(world, folder, places).killed(rng, kills)
    finally:
        world.close()


class _Collection:
    """Places with a film each, no two alike, and the program that finds them."""

    def __init__(self, world: WorldThread, folder: Path, places: int) -> None:
        self._requests, self._places = world.world.tmdb.requests, places
        self._running = RunningEngine(folder, config_for(world, folder, with_movie=False))
        self._running.config.chmod(0o600)
        for each in shelved(places):
            world.world.tmdb.add(each.film)
            file = self._running.library / each.folder / each.file
            file.parent.mkdir()
            file.write_text(each.file)
        self._before = self._files()

    def killed(self, rng: random.Random, kills: int) -> tuple[int, list[str]]:
        """The scan, then the adoption, then its undo."""
        least = self._asked_undisturbed()
        with self._at_work() as running:
            scan = running.do(running.engine.collection.start(str(running.library)))
        hits, asked = self._killed(rng, kills, _DONE), len(self._requests)
        bad = [f"{asked} questions instead of {least}: it began anew"] if asked > self._most(least, hits) else []
        with self._at_work() as running:
            adoption = running.do(running.engine.collection.adopt(scan.id))
        hits += self._killed(rng, kills, _ADOPTED)
        bad += self._violations(_THERE)
        with self._at_work() as running:
            running.do(running.engine.collection.undo_adoption(adoption.id))
        hits += self._killed(rng, kills, _GIVEN_BACK)
        return hits, bad + self._violations(_GONE)

    def _asked_undisturbed(self) -> int:
        """How many questions to the source one scan takes that nobody disturbs; it is forgotten again."""
        with self._at_work() as running:
            running.do(running.engine.collection.start(str(running.library)))
            running.do(running.engine.jobs.idle(), LIFE)
        asked = len(self._requests)
        self._requests.clear()
        return asked

    def _most(self, least: int, kills: int) -> float:
        """Each kill may cost the questions of the places that were being looked at, and a start some of its own."""
        return least * (1 + kills * MATCHED / self._places) + 5 * (kills + 1)

    def _killed(self, rng: random.Random, kills: int, question: str) -> int:
        """Lives that end when so many more places are done, and one that comes to its end."""
        hits = 0
        for _ in range(kills):
            done = self._asked(question)
            goal = done + rng.randint(1, max(1, (self._places - done) // 2))
            hits += self._life(lambda goal=goal: self._asked(question) >= goal)  # type: ignore[misc]
        self._life(lambda: not self._asked(_TO_DO))
        return hits

    def _life(self, reached: Callable[[], bool]) -> int:
        """One life, that ends there; was there still something to do?"""
        running = self._running
        options = ["--headless", "--config", str(running.config), "--data-dir", str(running.paths.data)]
        process = Process([sys.executable, "-m", "radarr_desktop", *options], running.folder)
        try:
            wait_for(reached, process, LIFE, 0.002)
        finally:
            process.kill()
        return int(self._asked(_TO_DO) > 0)

    @contextmanager
    def _at_work(self) -> Iterator[RunningEngine]:
        """One life that nobody ends."""
        self._running.start()
        try:
            yield self._running
        finally:
            self._running.stop()

    def _asked(self, question: str) -> int:
        with closing(self._database()) as db:
            return int(db.execute(question).fetchone()[0])

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self._running.paths.database}?mode=ro", uri=True, timeout=30)

    def _files(self) -> dict[str, str]:
        return {str(path): digest(path) for path in self._running.library.rglob("*") if path.is_file()}

    def _violations(self, counted: Sequence[str]) -> list[str]:
        """Of each of these there must be as many as places; and a row for each file, or none at all."""
        bad = [] if self._files() == self._before else ["the files are not what and where they were"]
        with closing(self._database()) as db:
            counts = {what: db.execute(f"select count(*) from {what}").fetchone()[0] for what in counted}
            bad += [
                f"{count} instead of {self._places}: {what}" for what, count in counts.items() if count != self._places
            ]
            rows = {row[0] for row in db.execute("select path from movie_file")}
            bad += [f"integrity_check: {row[0]}" for row in db.execute("pragma integrity_check") if row[0] != "ok"]
            bad += [f"scan: {row[0]}" for row in db.execute("select state from collection_scan") if row[0] != "done"]
            bad += [f"open: {row}" for row in db.execute("select id, kind from operation where state = 'open'")]
            bad += [f"left: {row}" for row in db.execute("select id, title from movie")] if counted is _GONE else []
        wanted = set() if counted is _GONE else set(self._before)
        return bad + [f"file without a row, or row without its movie: {path}" for path in wanted ^ rows]
