"""The blocklist, failures and stuck downloads over the port."""

from __future__ import annotations

from typing import Any

import pytest

from radarr_desktop.loopback.releases import GOOD
from tests.api.served import Served
from tests.api.test_acquiring import grab, movie_of, until


def block(served: Served, **body: Any) -> dict[str, Any]:
    answer = served.client.post("/api/v4/blocklist", json=body)
    assert answer.status_code == 201, answer.text
    entry: dict[str, Any] = answer.json()
    return entry


def test_entries_are_listed_as_radarr_does(served: Served) -> None:
    movie = movie_of(served)
    mine = block(served, scope="release", value=GOOD, movieId=movie["id"], reason="Bad sound.")
    block(served, scope="group", value="EBB", days=3)
    page = served.client.get(
        "/api/v3/blocklist", params={"sortKey": "sourceTitle", "sortDirection": "ascending"}
    ).json()
    assert (page["totalRecords"], page["sortKey"]) == (2, "sourceTitle")
    assert [one["sourceTitle"] for one in page["records"]] == ["EBB", GOOD]
    record = page["records"][1]
    assert (record["movieId"], record["message"], record["protocol"]) == (movie["id"], "Bad sound.", "torrent")
    assert record["quality"]["quality"]["name"] == "Bluray-1080p"
    assert record["movie"]["title"] == movie["title"]
    only = served.client.get("/api/v3/blocklist", params={"movieIds": movie["id"]}).json()
    assert [one["id"] for one in only["records"]] == [mine["id"]]
    assert served.client.get("/api/v3/blocklist", params={"protocols": "usenet"}).json()["totalRecords"] == 0
    of_movie = served.client.get("/api/v3/blocklist/movie", params={"movieId": movie["id"]}).json()
    assert {one["sourceTitle"] for one in of_movie} == {GOOD, "EBB"}


def test_entries_are_removed_one_by_one_and_in_bulk(served: Served) -> None:
    ids = [block(served, scope="group", value=name)["id"] for name in ("EBB", "KITE", "BRINE")]
    assert served.client.delete(f"/api/v3/blocklist/{ids[0]}").status_code == 200
    assert served.client.delete(f"/api/v3/blocklist/{ids[0]}").status_code == 404
    assert served.client.request("DELETE", "/api/v3/blocklist/bulk", json={"ids": ids[1:]}).status_code == 200
    assert served.client.get("/api/v4/blocklist").json() == []
    block(served, scope="group", value="EBB")
    assert served.client.post("/api/v3/command", json={"name": "ClearBlocklist"}).status_code == 201
    until(lambda: served.client.get("/api/v4/blocklist").json() == [])


def test_what_cannot_be_blocked_is_told(served: Served) -> None:
    for body, name in (
        ({"scope": "planet", "value": "x"}, "scope"),
        ({"scope": "hash", "value": "x"}, "value"),
        ({"scope": "pattern", "value": "/(/"}, "value"),
    ):
        answer = served.client.post("/api/v4/blocklist", json=body)
        assert answer.status_code == 400
        assert answer.json()[0]["propertyName"] == name


def test_a_download_that_failed_is_counted_and_followed(served: Served) -> None:
    grab(served, GOOD)
    row = served.client.get("/api/v3/queue").json()["records"][0]
    path = f"/api/v4/downloads/{row['id']}"
    told = served.client.get(f"{path}/next").json()
    assert told["sentence"].startswith(f"The next best of {told['of']} stored releases is KlTE, ")
    until_ = served.client.post(f"{path}/wait", json={"days": 1})
    assert until_.status_code == 200
    assert served.client.post(f"{path}/fail", json={"reason": "Boredom"}).status_code == 400
    failed = served.client.post(f"{path}/fail", json={"reason": "DownloadStalled", "sentence": "It has not moved."})
    assert failed.status_code == 200, failed.text
    (entry,) = [one for one in served.client.get("/api/v4/blocklist").json() if one["title"] == GOOD]
    assert (entry["cause"], entry["label"], entry["attempts"]) == ("DownloadStalled", "Stalled", 1)
    assert "expires" in entry
    told = served.client.get("/api/v4/blocklist/statistics").json()
    assert {"name": "DownloadStalled", "label": "Stalled", "count": 1, "blocked": 1} in told["reasons"]
    assert {"name": "KITE", "count": 1, "blocked": 1} in told["groups"]
    assert len(told["days"]) == 90
    records = until(lambda: served.client.get("/api/v3/queue").json()["records"])
    assert records[0]["title"] != GOOD
    assert served.client.post(f"{path}/fail", json={}).status_code == 409
    history = served.client.get("/api/v3/history", params={"eventType": "4"}).json()["records"]
    assert [(one["sourceTitle"], one["data"]["reason"]) for one in history] == [(GOOD, "DownloadStalled")]


def test_a_grab_of_the_history_is_marked_as_failed(served: Served) -> None:
    grab(served, GOOD)
    (entry,) = served.client.get("/api/v3/history", params={"eventType": "1"}).json()["records"]
    assert served.client.post(f"/api/v3/history/failed/{entry['id']}").status_code == 200
    assert GOOD in {one["title"] for one in served.client.get("/api/v4/blocklist").json()}
    assert served.client.post("/api/v3/history/failed/4711").status_code == 404


def test_several_downloads_take_one_order(served: Served) -> None:
    grab(served, GOOD)
    ids = [row["id"] for row in served.client.get("/api/v3/queue").json()["records"]]
    for verb in ("pause", "resume", "first", "force", "recheck", "reannounce"):
        answer = served.client.post("/api/v4/downloads/bulk", json={"ids": ids, "verb": verb})
        assert answer.status_code == 200, (verb, answer.text)
    assert served.client.post("/api/v4/downloads/bulk", json={"ids": ids, "verb": "sing"}).status_code == 400
    assert served.client.post("/api/v4/downloads/bulk", json={"ids": [], "verb": "pause"}).status_code == 400
    assert served.client.get("/api/v4/downloads/troubles").json() == []
    assert served.client.post("/api/v4/downloads/bulk", json={"ids": ids, "verb": "remove"}).status_code == 200
    assert served.client.get("/api/v3/queue").json()["totalRecords"] == 0


@pytest.mark.parametrize("method", ["POST /api/v4/downloads/bulk", "DELETE /api/v3/queue/bulk?blocklist=true"])
def test_one_that_is_gone_keeps_no_other_from_going(served: Served, method: str) -> None:
    grab(served, GOOD)
    (id_,) = [row["id"] for row in served.client.get("/api/v3/queue").json()["records"]]
    verb, _, path = method.partition(" ")
    answer = served.client.request(verb, path, json={"ids": [4711, id_], "verb": "block"})
    assert (answer.status_code, "There is no download 4711." in answer.text) == (404, True)
    assert id_ not in [row["id"] for row in served.client.get("/api/v3/queue").json()["records"]]


def test_patience_is_a_setting(served: Served) -> None:
    path = "/api/v4/downloads/settings"
    usual = served.client.get(path).json()
    assert (usual["stalledHours"], usual["strikes"], usual["actOnPrivate"]) == (24.0, 3, False)
    changed = served.client.put(path, json={"stalledHours": 48, "actOnPrivate": True})
    assert changed.json() == usual | {"stalledHours": 48.0, "actOnPrivate": True}
    refused = served.client.put(path, json={"strikes": 0})
    assert refused.status_code == 400
    assert refused.json()[0]["propertyName"] == "strikes"
    ours = served.client.get("/api/v3/config/downloadclient").json()
    put = served.client.put("/api/v3/config/downloadclient/1", json=ours | {"autoRedownloadFailed": False})
    assert (put.status_code, put.json()) == (202, ours | {"autoRedownloadFailed": False})


def test_every_reason_has_its_strategy(served: Served) -> None:
    told = {one["reason"]: one for one in served.client.get("/api/v4/blocklist/strategies").json()}
    assert len(told) == 32
    assert told["DownloadStalled"]["blockDays"] == 7.0
    assert told["DangerousContent"]["blocks"]
    assert "blockDays" not in told["DangerousContent"]
    assert (told["NetworkError"]["blame"], told["NetworkError"]["blocks"]) == ("world", False)
