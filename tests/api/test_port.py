"""The port opens, closes, and says why it cannot."""

from __future__ import annotations

import contextlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from radarr_desktop.api.port import Port
from radarr_desktop.domain.events import SearchStarted
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.settings import PortSettings
from radarr_desktop.loopback.hdbits import Fault
from tests.api.served import KEY, Served


def test_says_that_the_port_is_taken(bare: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        bare.call(bare.engine.settings.save_port(PortSettings(port=taken)))
        with pytest.raises(Problem, match=f"127.0.0.1:{taken} is taken") as caught:
            bare.call(Port(bare.engine).start())
    assert caught.value.field == "port"
    assert caught.value.todo


@pytest.mark.parametrize("host", ["203.0.113.1", "no such host"])
def test_says_that_an_address_cannot_be_had(bare: Served, host: str) -> None:
    bare.call(bare.engine.settings.save_port(PortSettings(host=host, port=0)))
    with pytest.raises(Problem, match="cannot listen"):
        bare.call(Port(bare.engine).start())


def test_stops_and_starts_again_with_clients_connected(bare: Served) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(httpx.Client(base_url=bare.url, timeout=60)).get("/ping")
        half = stack.enter_context(socket.create_connection(("127.0.0.1", int(bare.url.rpartition(":")[2]))))
        half.sendall(b"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert half.recv(12) == b"HTTP/1.1 200"
        half.sendall(b"GET /ping HTTP/1.1\r\n")
        bare.call(bare.port.stop())
        assert bare.url == ""
        with contextlib.suppress(ConnectionResetError):
            while half.recv(1000):
                pass
    bare.call(bare.port.start())
    assert httpx.get(f"{bare.url}/ping", timeout=60).status_code == 200


def test_the_first_requests_may_come_all_at_once(bare: Served) -> None:
    with ThreadPoolExecutor(20) as many:
        answers = list(
            many.map(lambda _: httpx.get(f"{bare.url}/api/v3/tag", params={"apikey": KEY}, timeout=60), range(20))
        )
        refused = list(many.map(lambda _: httpx.get(f"{bare.url}/api/v3/tag", timeout=60), range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.status_code for answer in refused} == {401}


def test_stopping_does_not_wait_for_a_slow_request(served: Served) -> None:
    """An indexer that does not answer holds the request; the port closes all the same, without an error."""
    movie = served.client.get("/api/v3/movie").json()[0]
    served.hdbits.fail(Fault.SLOW)
    started = threading.Event()
    served.engine.bus.subscribe(SearchStarted, lambda _: started.set())
    address = ("127.0.0.1", int(served.url.rpartition(":")[2]))
    with socket.create_connection(address) as waiting:
        request = f"GET /api/v3/release?movieId={movie['id']} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {KEY}\r\n\r\n"
        waiting.sendall(request.encode())
        assert started.wait(60)
        served.call(served.port.stop())
        with contextlib.suppress(ConnectionResetError):  # dropped without a goodbye is fine too
            assert waiting.recv(100) == b""
    assert served.url == ""
