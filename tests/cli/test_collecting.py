"""`collect` beside a real running program, and the limits of its indexers over the port."""

from __future__ import annotations

from pathlib import Path

from radarr_desktop.loopback.made_up import made_up
from tests.api.served import Served
from tests.cli.conftest import Run

COOKIE = made_up("session")
FILE = f"{{host}}\tFALSE\t/\tFALSE\t0\tsession\t{COOKIE}\n.bank.example\tTRUE\t/\tTRUE\t0\tb\t1\n"


def test_an_indexer_is_read_stopped_and_shown(served: Served, run: Run, tmp_path: Path) -> None:
    (indexer,) = served.client.get("/api/v4/indexers").json()
    id_ = str(indexer["id"])
    assert "session cookie" in run("collect", "status").out
    assert run("collect", "start", id_).code == 1
    jar = tmp_path / "cookies.jar"
    jar.write_text(FILE.format(host="elsewhere.example"), encoding="utf-8")
    refused = run("collect", "cookies", id_, str(jar))
    assert (refused.code, "no cookie for 127.0.0.1" in refused.err) == (1, True)
    jar.write_text(FILE.format(host="127.0.0.1"), encoding="utf-8")
    kept = run("collect", "cookies", id_, str(jar))
    assert (kept.code, kept.out.strip()) == (0, "The session is kept with the other secrets.")
    assert run("collect", "status", "--json").json[0] | {"segments": []} == {
        "id": indexer["id"],
        "name": indexer["name"],
        "state": "never",
        "segments": [],
        "segment": "",
        "page": 0,
        "listed": 0,
        "samples": 0,
        "problem": "",
    }
    assert run("collect", "start", id_).code == 0
    stopped = run("collect", "stop", id_)
    assert (stopped.code, "stopped" in stopped.out) in ((0, True), (1, False))  # its one page may have ended it
    shown = run("collect", "status")
    assert COOKIE not in shown.out + stopped.out + kept.out
    for path in tmp_path.rglob("*"):
        assert path == jar or not path.is_file() or COOKIE.encode() not in path.read_bytes(), path


def test_what_an_indexer_was_asked_is_told(served: Served) -> None:
    (indexer,) = served.client.get("/api/v4/indexers").json()
    limits = indexer["limits"]
    assert {"pause", "hourly", "lastHour"} <= set(limits)
    assert limits["lastHour"] >= 0
