"""The whole program with the real qBittorrent, killed on its way; what the client has must be whole at the end."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.fakes.swarm import QBittorrent, qbittorrent
from tests.faults.crash.boundaries import BOUNDARIES
from tests.faults.crash.lives import LONGEST, killed_at
from tests.faults.crash.program import Case
from tests.fixtures_engine import WorldThread
from tests.integration.stage import with_qbittorrent

PATIENCE = 60.0
SHOWN_AFTER = 3.5
"""Seconds: qBittorrent looks at its own torrents every 1.5 s, and two looks show for certain what a recheck does."""
_OF_ONE_CLIENT = "client has it"
"""A boundary that is seen in the files of the built-in downloader."""


class ClientCase(Case):
    """One data folder, and a qBittorrent of its own that saves where the case looks."""

    def __init__(self, world: WorldThread, folder: Path, program: QBittorrent) -> None:
        super().__init__(world, folder)
        self.client = program
        text = with_qbittorrent(self.config.read_text(encoding="utf-8"), program)
        saved = f'base_url = "{program.url}"\nsave_path = "{self.downloads}"'
        self.config.write_text(text.replace(f'base_url = "{program.url}"', saved), encoding="utf-8")

    def rechecked(self) -> list[str]:
        """What is wrong after qBittorrent has read every byte it has again."""
        with httpx.Client(base_url=f"{self.client.url}/api/v2", timeout=PATIENCE) as web:
            web.post("/auth/login", data={"username": self.client.username, "password": self.client.password})
            before = web.get("/torrents/info").json()
            web.post("/torrents/recheck", data={"hashes": "all"}).raise_for_status()
            time.sleep(SHOWN_AFTER)
            deadline = time.monotonic() + PATIENCE
            while any(one["state"].startswith("checking") for one in web.get("/torrents/info").json()):
                if time.monotonic() > deadline:
                    return ["qBittorrent is still checking"]
                time.sleep(0.1)
            found = web.get("/torrents/info").json()
        bad = [] if len(before) == 1 else [f"qBittorrent has {[one['name'] for one in before]}"]
        return bad + [f"{one['name']} is {one['state']} at {one['progress']}" for one in found if one["progress"] != 1]


@contextmanager
def client_case(world: WorldThread, folder: Path) -> Iterator[ClientCase]:
    """Fresh, and ended at last."""
    folder.mkdir(parents=True)
    with qbittorrent(folder / "qbittorrent") as program:
        yield ClientCase(world, folder / "case", program)


def killed_at_boundaries(world: WorldThread, folder: Path) -> tuple[int, list[str]]:
    """One movie's way, killed at each boundary; how often, and what was wrong at its end."""
    with client_case(world, folder) as case:
        wanted = [one for one in BOUNDARIES if one.name != _OF_ONE_CLIENT]
        kills = sum(killed_at(case, boundary) for boundary in wanted)
        return kills, _ended(case)


def killed_at_random(world: WorldThread, folder: Path, rng: random.Random, most: int) -> tuple[int, list[str]]:
    """At most so many random moments of one movie's way; now and then it is qBittorrent that is killed."""
    kills = 0
    with client_case(world, folder) as case:
        while kills < most and not case.has_arrived():
            process = case.start()
            time.sleep(rng.uniform(0.05, LONGEST))
            if rng.random() < 0.25:
                case.client.kill()
                case.client.start()
                time.sleep(rng.uniform(0.05, 0.5))
                kills += 1
            process.kill()
            kills += 1
        return kills, _ended(case)


def _ended(case: ClientCase) -> list[str]:
    """Let the movie arrive, and look."""
    case.world.do(
        case.world.world.seeder.connect(case.world.world.torrents[case.world.world.good], case.client.peer_port)
    )
    try:
        case.finish()
    except AssertionError as fault:
        return [f"{fault}\n{case.said()}"]
    return case.violations() + case.rechecked()
