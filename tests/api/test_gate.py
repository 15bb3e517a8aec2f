"""Who may ask, and what is read: keys, hosts, origins, hostile bodies."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any

import httpx
import pytest

from radarr_desktop.api.reading import MAX_BODY
from radarr_desktop.api.v3.system import V3_VERSION
from radarr_desktop.app import program_version
from tests.api.served import KEY, Served

STATUS = "/api/v3/system/status"


def bare_get(served: Served, path: str, **headers: str) -> httpx.Response:
    return httpx.get(
        served.url + path, headers=[(name.encode(), value.encode()) for name, value in headers.items()], timeout=60
    )


def test_answers_ping_to_anybody(bare: Served) -> None:
    assert bare_get(bare, "/ping").json() == {"status": "OK"}
    assert httpx.head(f"{bare.url}/ping").status_code == 200


@pytest.mark.parametrize("path", [STATUS, "/api", "/api/v3/nothing", "/nothing", "/docs/openapi.json"])
def test_refuses_strangers_with_an_empty_answer(bare: Served, path: str) -> None:
    answer = bare_get(bare, path)
    assert (answer.status_code, answer.content) == (401, b"")


def test_takes_the_key_in_all_three_places(bare: Served) -> None:
    assert bare_get(bare, f"{STATUS}?apikey={KEY}").status_code == 200
    assert bare_get(bare, f"{STATUS}?ApiKey={KEY}").status_code == 200
    assert bare_get(bare, STATUS, **{"X-Api-Key": KEY}).status_code == 200
    assert bare_get(bare, STATUS, Authorization=f"Bearer {KEY}").status_code == 200


def test_the_first_place_with_a_key_decides(bare: Served) -> None:
    assert bare_get(bare, f"{STATUS}?apikey=wrong", **{"X-Api-Key": KEY}).status_code == 401
    assert bare_get(bare, STATUS, **{"X-Api-Key": "wrong", "Authorization": f"Bearer {KEY}"}).status_code == 401
    assert bare_get(bare, STATUS, Authorization=f"Basic {KEY}").status_code == 401
    assert bare_get(bare, STATUS, **{"X-Api-Key": "ключ"}).status_code == 401


def test_tells_the_version_clients_compare(bare: Served) -> None:
    answer = bare.client.get(STATUS)
    assert answer.headers["X-Application-Version"] == answer.json()["version"] == V3_VERSION
    assert tuple(map(int, V3_VERSION.split("."))) >= (5, 9, 0, 9049)
    assert answer.json()["packageVersion"] == f"radarr-desktop {program_version()}"
    assert bare_get(bare, STATUS).headers["X-Application-Version"] == V3_VERSION


def test_routes_without_regard_to_case_and_final_slash(bare: Served) -> None:
    for path in ("/api/v3/qualityProfile", "/API/V3/RootFolder/", "/api/v3/downloadClient"):
        assert bare.client.get(path).status_code == 200, path


def test_serves_no_foreign_host(bare: Served) -> None:
    port = bare.url.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "[", ""):
        assert _raw_get(bare, host) == 403, host
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", f"LOCALHOST:{port}"):
        assert _raw_get(bare, host) == 200, host


def _raw_get(served: Served, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(served.url.rpartition(":")[2]), timeout=30)
    connection.putrequest("GET", STATUS, skip_host=True)
    connection.putheader("Host", host)
    connection.putheader("X-Api-Key", KEY)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_serves_no_foreign_page(bare: Served) -> None:
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"):
        assert bare_get(bare, f"{STATUS}?apikey={KEY}", Origin=origin).status_code == 403, origin
        assert bare_get(bare, "/ping", Origin=origin).status_code == 403, origin
    assert bare_get(bare, f"{STATUS}?apikey={KEY}", Origin=bare.url).status_code == 200


def test_tells_which_methods_a_path_has(bare: Served) -> None:
    answer = bare.client.put("/api/v3/release", json={})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST"


def test_answers_json_for_paths_and_ids_that_are_not_there(bare: Served) -> None:
    for path in ("/api/v3/nothing", "/api/v3/movie/1", "/api/v3/movie/abc", f"/api/v3/movie/{'9' * 5000}"):
        answer = bare.client.get(path)
        assert answer.status_code == 404, path
        assert answer.json()["message"], path
    assert bare.client.get("/api/v3/movie/99999999999").status_code == 404
    assert bare.client.get("/api/v3/movie/١").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[1]",
        b'"text"',
        b"\xff\xfe",
        b'{"name": "\xff"}',
        b'{"name": 1}',
        b'{"movieIds": [1e400]}',
        b'{"movieIds": ["x"]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_tells_what_it_cannot_read(bare: Served, body: bytes) -> None:
    answer = bare.client.post("/api/v3/command", content=body)
    assert answer.status_code == 400
    assert answer.json()["errors"]["$"][0]


def test_ids_beyond_what_a_database_holds_are_not_found(served: Served) -> None:
    for number in (2**31, 2**63, 2**64, -1, -(2**70)):
        answer = served.client.post("/api/v3/command", json={"name": "MoviesSearch", "movieIds": [number]})
        assert answer.status_code in (400, 404), (number, answer.text)
        answer = served.client.get("/api/v3/history", params={"movieIds": number})
        assert answer.status_code in (200, 400), (number, answer.text)


def test_queries_that_do_not_fit_are_told(bare: Served) -> None:
    answer = bare.client.get("/api/v3/movie", params={"tmdbId": "abc"})
    assert answer.status_code == 400
    assert "tmdbId" in answer.json()["message"]


def test_reads_flags_in_every_spelling(served: Served) -> None:
    for word in ("true", "True", "TRUE", "1"):
        answer = served.client.get("/api/v3/queue", params={"IncludeMovie": word, "pageSize": 5})
        assert answer.status_code == 200, word
        assert answer.json()["pageSize"] == 5


def test_refuses_a_body_that_is_too_large(bare: Served) -> None:
    assert bare.client.post("/api/v3/command", content=b" " * (MAX_BODY + 1)).status_code == 413
    assert bare.client.post("/api/v3/command", content=_chunks()).status_code == 413
    assert bare.client.get("/ping").status_code == 200


def _chunks() -> Any:
    for _ in range(MAX_BODY // 2**20 + 1):
        yield b" " * 2**20


def test_survives_clients_that_hang_up(bare: Served) -> None:
    port = int(bare.url.rpartition(":")[2])
    head = f"POST /api/v3/command HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: {KEY}\r\nContent-Length: 100\r\n\r\n{{"
    for data in (head.encode(), b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"\r\n" * 100):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(data)
    assert bare.client.get("/ping").status_code == 200


def test_describes_itself(bare: Served) -> None:
    document = bare.client.get("/docs/openapi.json").json()
    movie = document["paths"]["/api/v3/movie/{id}"]
    assert set(movie) == {"get", "put", "delete"}
    assert document["components"]["schemas"]["MovieResource"]["properties"]["tmdbId"] == {"type": "integer"}
    assert [one["name"] for one in document["paths"]["/api/v3/movie/lookup"]["get"]["parameters"]] == ["term"]
    references = {part.split('"')[0] for part in json.dumps(document).split("#/components/schemas/")[1:]}
    assert references <= set(document["components"]["schemas"])
