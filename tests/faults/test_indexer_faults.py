"""Every fault of an indexer beside a healthy one: one reason is stored, the other's answers are there all the same."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.loopback.hdbits import WEB_PAGE, Fault, LoopbackHDBits
from radarr_desktop.store import sql
from tests.fakes.proxy import Canned, Proxy, Trouble
from tests.faults.test_services import proxied
from tests.fixtures_engine import RunningEngine, WorldThread, config_for, running_engine

PASSKEY = "7ec5" * 8
ROWS_CUT = Canned(200, b'{"status":0,"data":[{"id":1,"na', "application/json")
FAULTS: dict[str, tuple[Fault | Trouble | Canned, str]] = {
    "time-out": (Trouble.STALL, "did not answer within 2 s"),
    "reset": (Trouble.RESET, "broke off"),
    "cut off": (Trouble.TRUNCATE, "broke off"),
    "half a JSON": (ROWS_CUT, "JSON that is cut off or damaged"),
    "403 with a limit": (Fault.RATE_LIMIT, "left alone for 15 minutes"),
    "403 with a challenge": (Fault.CHALLENGE, "without naming a limit"),
    "429 in seconds": (Canned(429, again_in=400), "asked to slow down (429)"),
    "429 by date": (Canned(429, again_in=700, as_date=True), "asked to slow down (429)"),
    "500": (Fault.SERVER_ERROR, "it answered 500"),
    "502": (Canned(502), "answered 502"),
    "503": (Canned(503), "answered 503"),
    "504": (Canned(504), "answered 504"),
    "a web page": (Fault.HTML, "an HTML page instead of JSON"),
    "a web page as JSON": (Canned(200, WEB_PAGE.encode(), "application/json"), "an HTML page instead of JSON"),
    "no rows": (Canned(200, b'{"status":0}', "application/json"), "without a list of torrents"),
    "rows of another type": (Canned(200, b'{"status":0,"data":{"1":{}}}', "application/json"), "without a list"),
    "renamed fields": (Fault.RENAMED_FIELDS, "a form that this version does not know"),
    "a refused passkey": (Fault.WRONG_PASSKEY, "refused the passkey"),
}


@dataclass
class Pair:
    """A program with a healthy indexer and one that is not."""

    world: WorldThread
    running: RunningEngine
    sick: LoopbackHDBits
    proxy: Proxy

    def state(self) -> IndexerState:
        states = self.running.do(self.running.engine.indexers.all())
        return next(one for one in states if one.name == "Sick")

    def failures(self) -> list[str]:
        """The reasons that are stored against it."""
        rows = self.running.do(
            self.running.engine.db.read(lambda: sql.execute("SELECT message FROM failure WHERE indexer = 'Sick'"))
        )
        return [row[0] for row in rows]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    for name in ("downloads", "library"):
        (folder / name).mkdir()
    with contextlib.ExitStack() as stack:
        world = WorldThread(folder)
        stack.callback(world.close)
        sick = LoopbackHDBits("ann", PASSKEY)
        world.do(sick.__aenter__())
        stack.callback(lambda: world.do(sick.__aexit__(None, None, None)))
        sick.listings = list(world.world.hdbits.listings)
        proxy = stack.enter_context(proxied(world, sick.url))
        config = config_for(world, folder, with_movie=False).replace("hourly = 0", "hourly = 0\npatience = 2")
        running = stack.enter_context(running_engine(folder, config))
        settings: dict[str, Any] = {"base_url": proxy.url, "username": "ann", "passkey": PASSKEY}
        settings |= {"pause": 0.0, "hourly": 0, "patience": 2}
        running.do(running.engine.plugins.save(Draft(PluginKind.INDEXER, "hdbits", "Sick", settings)))
        running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, search=False)))
        yield Pair(world, running, sick, proxy)


@pytest.mark.parametrize("name", FAULTS)
def test_one_reason_is_stored_and_the_other_indexer_is_not_held_up(pair: Pair, name: str) -> None:
    fault, words = FAULTS[name]
    engine, before = pair.running.engine, pair.failures()
    (movie,) = pair.running.do(engine.movies.all())
    if isinstance(fault, Fault):
        pair.sick.fail(fault)
    else:
        pair.world.do(pair.proxy.answer_with(fault))
    found = pair.running.do(engine.search.releases(movie.id))
    assert {one.indexer for one in found} == {"HDBits"}
    pair.running.wait_for(lambda: len(pair.failures()) > len(before), "the reason")
    stored = pair.failures()[len(before) :]
    assert len(stored) == 1
    assert words in stored[0]
    assert PASSKEY not in stored[0]
    state = pair.state()
    assert state.state in ("failing", "broken")
    assert words in state.problem
    items = [one for one in pair.running.do(engine.health()) if one.source == "Sick"]
    assert len(items) == 1
    pair.running.do(engine.search.releases(movie.id))
    assert len(pair.failures()) == len(before) + 1, "what is left alone is not asked, and fails no second time"
    pair.sick.heal()
    pair.world.do(pair.proxy.answer_with(Trouble.NONE))
    pair.running.do(engine.plugins.test_all(PluginKind.INDEXER))
    assert pair.state().state == "ok"


def test_no_passkey_is_in_anything_that_was_written(pair: Pair) -> None:
    paths = pair.running.paths
    secrets = (PASSKEY.encode(), pair.world.world.hdbits.passkey.encode())
    for path in (*paths.data.rglob("*"), paths.log):
        if path.is_file():
            written = path.read_bytes()
            assert not any(secret in written for secret in secrets), path
