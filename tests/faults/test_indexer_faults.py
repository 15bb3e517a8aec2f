"""Every fault of every indexer plugin beside a healthy one: one reason is stored, the other's answers are all there."""

from __future__ import annotations

import contextlib
import gzip
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.monitoring.health import HealthItem
from radarr_desktop.engine.plugins.host import Draft, Live
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.loopback.hdbits import CHALLENGE_PAGE, RATE_LIMIT_PAGE, WEB_PAGE
from radarr_desktop.plugin_api import BadAnswer, Indexer, PluginError, Release
from radarr_desktop.plugin_api.testing.hostile import renamed_json, renamed_xml
from radarr_desktop.plugin_api.testing.indexer import check_release
from radarr_desktop.store import sql
from tests.fakes.drift import all_of_another_type, drifted
from tests.fakes.indexers import HASTE, KEY, KINDS, proxied
from tests.fakes.proxy import Bend, Canned, Proxy, Trouble
from tests.fixtures_engine import RunningEngine, WorldThread, config_for, running_engine

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
SHORT, LONG = 2, 60
"""Seconds of patience."""
TOO_MUCH = b" " * (33 << 20)


class Where(StrEnum):
    """Faults that come before anything is said."""

    NOBODY = "nobody listens there"
    NO_NAME = "its name is not known"
    DEAF = "nobody takes the connection"


@dataclass(frozen=True)
class Case:
    """What happens, and what is to be stored of it."""

    trouble: Trouble | Canned | Bend | Where
    reason: Reason
    words: str
    pause: float | None = MINUTE
    """Seconds for which it is left alone; None: until its user does something."""
    apart: bool = False
    """Is it too much work to have it of all of them at once?"""


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _renamed(body: bytes) -> bytes:
    return renamed_xml(body) if body.lstrip()[:1] == b"<" else renamed_json(body)


def _busy(again_in: int = 0, *, as_date: bool = False) -> Canned:
    return Canned(429, again_in=again_in, as_date=as_date)


def _packed(body: bytes, kind: str = "application/json") -> Canned:
    return Canned(200, body, kind, headers={"Content-Encoding": "gzip"})


NETWORK, LATE, SERVER = Reason.NETWORK_ERROR, Reason.CONNECTION_TIMEOUT, Reason.SERVER_ERROR
LIMITED, REFUSED = Reason.RATE_LIMITED, Reason.AUTHENTICATION_FAILED
FAULTS: dict[str, Case] = {
    "connection refused": Case(Where.NOBODY, NETWORK, "cannot be reached"),
    "unknown name": Case(Where.NO_NAME, NETWORK, "cannot be reached"),
    "connection not taken": Case(Where.DEAF, LATE, "did not answer within 2 s"),
    "no answer": Case(Trouble.STALL, LATE, "did not answer within 2 s"),
    "stops in the middle": Case(Trouble.HALT, LATE, "did not answer within 2 s"),
    "comes byte by byte": Case(Trouble.DRIP, LATE, "did not answer within 2 s"),
    "reset": Case(Trouble.RESET, NETWORK, "broke off"),
    "cut off": Case(Trouble.TRUNCATE, NETWORK, "broke off"),
    "half a document": Case(_half, SERVER, "that is cut off or damaged"),
    "429 in seconds": Case(_busy(400), LIMITED, "asked to slow down (429)", 400),
    "429 by date": Case(_busy(700, as_date=True), LIMITED, "asked to slow down (429)", 700),
    "429 until some time": Case(_busy(), LIMITED, "asked to slow down (429)", HOUR),
    "429 for years": Case(_busy(10**9), LIMITED, "asked to slow down (429)", DAY),
    "401": Case(Canned(401), REFUSED, "refused", None),
    "403": Case(Canned(403, CHALLENGE_PAGE.encode()), NETWORK, "turned this program away (403)"),
    "404": Case(Canned(404), SERVER, "nothing there (404)"),
    "500": Case(Canned(500), SERVER, "it answered 500"),
    "502": Case(Canned(502), SERVER, "answered 502"),
    "503": Case(Canned(503), SERVER, "answered 503"),
    "504": Case(Canned(504), SERVER, "answered 504"),
    "a redirect": Case(Canned(302, b"", headers={"Location": "http://127.0.0.1:1/x"}), SERVER, "pointed elsewhere"),
    "a web page": Case(Canned(200, WEB_PAGE.encode()), SERVER, "an HTML page instead of"),
    "a web page as JSON": Case(Canned(200, WEB_PAGE.encode(), "application/json"), SERVER, "an HTML page instead of"),
    "nothing": Case(Canned(200, b"", "application/json"), SERVER, "that is cut off or damaged"),
    "another document": Case(Canned(200, b'{"kind": "x"}', "application/json"), SERVER, ""),
    "a list of numbers": Case(Canned(200, b"[1, 2]", "application/json"), SERVER, ""),
    "another feed": Case(Canned(200, b"<feed><entry/></feed>", "application/xml"), SERVER, ""),
    "packed, but is not": Case(_packed(b'{"status": 0, "data": []}'), NETWORK, "broke off"),
    "too much": Case(Canned(200, TOO_MUCH, "application/json"), SERVER, "and was cut off", apart=True),
    "too much, packed": Case(_packed(gzip.compress(TOO_MUCH)), SERVER, "and was cut off", apart=True),
    "fields of other names": Case(_renamed, SERVER, "a form that this version does not know"),
    "fields of other types": Case(all_of_another_type, SERVER, ""),
}
SPECIAL: dict[tuple[str, str], Case] = {
    ("403", "Rss"): Case(Canned(403), REFUSED, "refused the address (403)", None),
    ("403", "ProwlarrSearch"): Case(Canned(403), REFUSED, "refused the API key (403)", None),
    ("403 with a limit", "HDBits"): Case(Canned(403, RATE_LIMIT_PAGE.encode()), LIMITED, "for 15 minutes", 900),
}
"""What one of them does in a way of its own."""
CASES = [(fault, kind) for fault in FAULTS for kind in KINDS] + [key for key in SPECIAL if key[0] not in FAULTS]


@dataclass
class Outcome:
    """What was stored of one fault."""

    found: set[str]
    """Indexers that had results."""
    failures: list[tuple[str, str]]
    """Reason and sentence of each."""
    state: IndexerState
    health: list[HealthItem]
    again: int
    """Requests that a second search sent."""


@dataclass
class House:
    """A program with a healthy indexer and a sick one of every kind."""

    world: WorldThread
    running: RunningEngine
    proxies: dict[str, Proxy]
    nowhere: str
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)

    def outcome(self, fault: str, kind: str) -> Outcome:
        """All of them are struck at once: most is waiting."""
        if (fault, kind) not in self.outcomes:
            cases = {one: SPECIAL.get((fault, one), FAULTS.get(fault)) for one in KINDS}
            struck = {one: case for one, case in cases.items() if case and (one == kind or not case.apart)}
            self.outcomes |= {(fault, one): what for one, what in self._strike(struck).items()}
        return self.outcomes[fault, kind]

    def live(self, kind: str) -> Live[Indexer[Any]]:
        return next(one for one in self.running.engine.plugins.indexers() if one.name == KINDS[kind].name)

    def save(self, kind: str, url: str) -> None:
        """Set it up, or change its address."""
        known = {one.name: one.id for one in self.running.do(self.running.engine.plugins.instances())}
        name, settings = KINDS[kind].name, {**KINDS[kind].settings(url), **HASTE}
        draft = Draft(PluginKind.INDEXER, KINDS[kind].module, name, settings, id=known.get(name, 0))
        self.running.do(self.running.engine.plugins.save(draft, force=True))

    def have_patience(self, seconds: int) -> None:
        """With all of them: a search gives each as long as the one it has most patience with."""
        for one in self.running.do(self.running.engine.plugins.instances()):
            if one.kind is PluginKind.INDEXER:
                settings = {**one.settings, "patience": seconds}
                draft = Draft(one.kind, one.implementation, one.name, settings, id=one.id)
                self.running.do(self.running.engine.plugins.save(draft, force=True))

    def search(self) -> set[str]:
        """Search the movie; the indexers with results."""
        (movie,) = self.running.do(self.running.engine.movies.all())
        return {one.indexer for one in self.running.do(self.running.engine.search.releases(movie.id))}

    def failures(self, kind: str) -> list[tuple[str, str]]:
        """The reasons that are stored against it."""
        find = "SELECT code, message FROM failure WHERE indexer = ? ORDER BY id"
        rows = self.running.do(self.running.engine.db.read(lambda: sql.execute(find, KINDS[kind].name)))
        return [(row[0], row[1]) for row in rows]

    def heal(self) -> None:
        """All of them answer as they should."""
        for proxy in self.proxies.values():
            self.world.do(proxy.answer_with(Trouble.NONE))
        tested = self.running.do(self.running.engine.plugins.test_all(PluginKind.INDEXER))
        assert [problem for _, problem in tested if problem] == []

    def _strike(self, cases: dict[str, Case]) -> dict[str, Outcome]:
        before = {kind: len(self.failures(kind)) for kind in cases}
        for kind, case in cases.items():
            self._spoil(kind, case)
        # only what is to come too late has little time: a busy machine is slow too
        self.have_patience(SHORT if any(case.reason is LATE for case in cases.values()) else LONG)
        try:
            return self._struck(cases, before)
        finally:
            self.have_patience(LONG)
            for kind, case in cases.items():
                self._mend(kind, case)
            self.heal()

    def _struck(self, cases: dict[str, Case], before: dict[str, int]) -> dict[str, Outcome]:
        found = self.search()
        self.running.wait_for(lambda: all(len(self.failures(one)) > before[one] for one in cases), "all the reasons")
        states = {one.name: one for one in self.running.do(self.running.engine.indexers.all())}
        health, asked = self.running.do(self.running.engine.health()), self._asked(cases)
        self.search()
        again = self._asked(cases)
        return {
            kind: Outcome(
                found=found,
                failures=self.failures(kind)[before[kind] :],
                state=states[KINDS[kind].name],
                health=[one for one in health if one.source == KINDS[kind].name],
                again=again[kind] - asked[kind],
            )
            for kind in cases
        }

    def _spoil(self, kind: str, case: Case) -> None:
        if case.trouble is Where.NOBODY:
            self.world.do(self.proxies[kind].go_down())
        elif case.trouble is Where.NO_NAME:
            self.save(kind, "http://nowhere.invalid")
        elif case.trouble is Where.DEAF:
            self.save(kind, self.nowhere)
        else:
            self.world.do(self.proxies[kind].answer_with(case.trouble))

    def _mend(self, kind: str, case: Case) -> None:
        if case.trouble is Where.NOBODY:
            self.world.do(self.proxies[kind].come_up())
        elif isinstance(case.trouble, Where):
            self.save(kind, self.proxies[kind].url)

    def _asked(self, kinds: dict[str, Case]) -> dict[str, int]:
        return {kind: self.proxies[kind].requests for kind in kinds}


@contextlib.contextmanager
def deaf() -> Iterator[str]:
    """An address whose queue of connections is full: the next one is not answered at all."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, contextlib.ExitStack() as waiting:
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    for name in ("downloads", "library"):
        (folder / name).mkdir()
    with contextlib.ExitStack() as stack:
        world = WorldThread(folder)
        stack.callback(world.close)
        proxies = proxied(world, stack)
        config = config_for(world, folder, with_movie=False)
        running = stack.enter_context(running_engine(folder, config))
        house = House(world, running, proxies, stack.enter_context(deaf()))
        for kind, proxy in proxies.items():
            house.save(kind, proxy.url)
        running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id, monitored=False, search=False)))
        yield house


def test_every_plugin_is_here(house: House) -> None:
    assert {cls.implementation for cls in house.running.engine.plugins.classes(PluginKind.INDEXER)} == set(KINDS)
    assert house.search() == {"HDBits", *(kind.name for kind in KINDS.values())}


@pytest.mark.parametrize(("fault", "kind"), CASES)
def test_one_reason_is_stored_and_the_others_are_not_held_up(house: House, fault: str, kind: str) -> None:
    outcome, case = house.outcome(fault, kind), SPECIAL.get((fault, kind)) or FAULTS[fault]
    assert "HDBits" in outcome.found
    assert KINDS[kind].name not in outcome.found
    assert [reason for reason, _ in outcome.failures] == [case.reason.value]
    ((_, told),) = outcome.failures
    assert case.words in told
    assert case.words in outcome.state.problem
    assert [case.words in one.message for one in outcome.health] == [True]
    assert KEY not in f"{told} {outcome.state} {outcome.health}"
    assert outcome.again == 0, "what is left alone is not asked"
    if case.pause is None:
        assert (outcome.state.state, outcome.state.left_alone_until) == ("broken", None)
        return
    assert outcome.state.state == "failing"
    assert outcome.state.left_alone_until is not None
    left = (outcome.state.left_alone_until - datetime.now(UTC)).total_seconds()
    assert case.pause * 0.9 - MINUTE < left <= case.pause


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("HDBits", b'{"status": 7, "message": "Invalid parameter"}', "did not accept a part of the request"),
        ("Torznab", b'<error code="200" description="Missing parameter"/>', "misses a part of the request"),
    ],
)
def test_a_question_that_is_refused_is_told_and_the_next_one_asked(
    house: House, kind: str, answer: bytes, words: str
) -> None:
    before = len(house.failures(kind))
    house.world.do(house.proxies[kind].answer_with(Canned(200, answer, "application/json")))
    assert "HDBits" in house.search()
    house.running.wait_for(lambda: len(house.failures(kind)) > before, "the reason")
    ((reason, told),) = house.failures(kind)[before:]
    assert (reason, words in told) == (SERVER.value, True)
    state = next(one for one in house.running.do(house.running.engine.indexers.all()) if one.name == KINDS[kind].name)
    assert (state.state, state.left_alone_until) == ("ok", None)
    assert words in state.tally.last_problem
    house.heal()
    assert KINDS[kind].name in house.search()


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_may_be_gone_empty_or_of_another_type(house: House, kind: str) -> None:
    proxy, engine = house.proxies[kind], house.running.engine
    honest, needed = list[bytes](), set[str]()

    def found(bend: Bend) -> list[Release] | PluginError:
        house.world.do(proxy.answer_with(bend))
        try:
            return list(house.running.do(engine.plugins.call(house.live(kind), lambda plugin: plugin.recent())))
        except PluginError as error:
            return error

    def listen(body: bytes) -> bytes:
        honest.append(body)
        return body

    def other(body: bytes) -> Bend:
        return lambda _: body

    assert found(listen)
    for name, told, body in drifted(honest[-1]):
        live, came = house.live(kind), found(other(body))
        if isinstance(came, PluginError):
            assert isinstance(came, BadAnswer), f"{name} {told}: {came!r}"
            assert KEY not in str(came)
            assert live.guard.state == "failing"
            needed.add(name)
            live.guard.reset()
            continue
        assert came, f"{name} {told}: nobody would notice that nothing is found any more"
        for release in came:
            check_release(release)
        assert live.guard.state == "ok"
    assert needed == KINDS[kind].needs
    house.heal()


def test_no_key_is_in_anything_that_was_written(house: House) -> None:
    paths = house.running.paths
    secrets = (KEY.encode(), house.world.world.hdbits.passkey.encode())
    for path in (*paths.data.rglob("*"), paths.log):
        if path.is_file():
            written = path.read_bytes()
            assert not any(secret in written for secret in secrets), path
