"""A chain with the real qBittorrent, killed at each step of it: files, commits, and what is sent to whom."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import httpx

from tests.fakes.swarm import QBittorrent, qbittorrent
from tests.faults.crash.chains import INBOX, STATES, Chain, asked
from tests.faults.crash.program import Process
from tests.faults.crash.running import command
from tests.fixtures_engine import RunningEngine, WorldThread, config_for
from tests.integration.stage import with_qbittorrent

PATIENCE = 60.0
_CHANGED = ("data", "library", INBOX)
_ENDED = ("failed", "removed", "lost")


def killed_at_steps(chain: Chain, folder: Path, rng: random.Random, most: int) -> tuple[int, list[str]]:
    """In a world of its own, at so many of its steps; how often it was killed, and what was wrong."""
    folder.mkdir()
    world, kills, bad = WorldThread(folder), 0, []
    try:
        with qbittorrent(folder / "qbittorrent") as client:
            scene = Scene(chain, folder / "case", world, client)
            steps = scene.steps()
            for step in sorted(rng.sample(range(1, len(steps) + 1), min(most, len(steps)))):
                done, found = scene.killed_at(step)
                kills += done
                bad += [f"{chain.name}, killed {steps[step - 1]} (step {step}): {line}" for line in found]
    finally:
        world.close()
    return kills, bad


class Scene:
    """A program and its client as they are before the chain begins, as often as one wants."""

    def __init__(self, chain: Chain, folder: Path, world: WorldThread, client: QBittorrent) -> None:
        self.chain, self.client = chain, client
        self._kept = folder / "kept"
        folder.mkdir()
        (folder / INBOX).mkdir()
        self.running = RunningEngine(folder, with_qbittorrent(config_for(world, folder, with_movie=False), client))
        self.running.start()
        chain.prepare(self.running, world)
        self.running.stop()
        client.stop()
        for name in _CHANGED:
            shutil.copytree(folder / name, self._kept / name)
        shutil.copytree(client.folder, self._kept / "client")

    def steps(self) -> list[str]:
        """Those of a life that nobody disturbs."""
        self._fresh()
        self._life(0)
        steps: list[str] = json.loads((self.running.folder / "steps.json").read_text())
        return steps

    def killed_at(self, step: int) -> tuple[int, list[str]]:
        """A life that ends at this step and one that ends by itself: was it killed, and what is wrong?"""
        self._fresh()
        kills = self._life(step)
        bad = [f"{many} torrents for one slot" for many in [self._open_grabs()] if many > 1]
        return kills, bad + self._wrong()

    def _torrents(self) -> list[str]:
        """The names of what the client has."""
        with httpx.Client(base_url=f"{self.client.url}/api/v2", timeout=PATIENCE) as web:
            web.post("/auth/login", data={"username": self.client.username, "password": self.client.password})
            return [one["name"] for one in web.get("/torrents/info").json()]

    def _asked(self, question: str) -> list[str]:
        return asked(self.running.folder, question)

    def _open_grabs(self) -> int:
        return sum(state not in _ENDED for state in self._asked(STATES))

    def _life(self, die_at: int) -> int:
        life = command("tests.faults.crash.chain_life", str(self.running.folder), self.chain.name, str(die_at))
        process = Process(life, self.running.folder)
        code = process.wait(PATIENCE)
        if code > 0:
            raise AssertionError((self.running.folder / "output").read_text(errors="replace")[-3000:])
        return int(code < 0)

    def _wrong(self) -> list[str]:
        """What is wrong once the program has been started again and has done what was left to do."""
        self.running.start()
        try:
            if self.chain.is_before(self.running.folder):
                self.chain.act(self.running)
            self.running.wait_for(lambda: self.chain.is_over(self.running.folder), "the end of the chain")
            self.running.do(self.running.engine.jobs.idle())
        except TimeoutError as fault:
            return [f"{fault}, grabs {self._asked(STATES)}, torrents {self._torrents()}"]
        finally:
            self.running.stop()
        bad = [] if self._torrents() == [self.chain.torrent] else [f"the client has {self._torrents()}"]
        found = [(int(self._asked(question)[0]), wanted, question) for wanted, question in self.chain.rows]
        bad += [f"{count} instead of {wanted}: {question}" for count, wanted, question in found if count != wanted]
        left = [path.name for path in self.running.paths.torrents.iterdir()]
        return bad + [f"left behind: {name}" for name in left]

    def _fresh(self) -> None:
        """As it was before."""
        self.client.kill()
        for name in _CHANGED:
            shutil.rmtree(self.running.folder / name)
            shutil.copytree(self._kept / name, self.running.folder / name)
        shutil.rmtree(self.client.folder)
        shutil.copytree(self._kept / "client", self.client.folder)
        self.client.start()
