"""What is decided by, over the port: delay and release profiles, general settings, names, pushed releases."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.loopback.hdbits import Fault
from radarr_desktop.loopback.releases import GOOD
from radarr_desktop.loopback.torrents import claiming
from tests.api.contract import FILE, Contract
from tests.api.served import NOBODY, Served

DELAY = {"enableTorrent": True, "torrentDelay": 60, "bypassIfHighestQuality": False}
NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-PUSH"

needs_contract = pytest.mark.skipif(not FILE.exists(), reason="Radarr's contract lies beside the project, not in it")


def reasons(answer: Any) -> dict[str, str]:
    assert answer.status_code == 400, answer.text
    return {each["propertyName"]: each["errorMessage"] for each in answer.json()}


def tag(served: Served, label: str) -> int:
    return int(served.client.post("/api/v3/tag", json={"label": label}).json()["id"])


def test_delay_profiles_are_asked_in_order_and_the_default_one_last(served: Served) -> None:
    client, ids = served.client, [tag(served, label) for label in ("first", "second")]
    made = [client.post("/api/v3/delayprofile", json=DELAY | {"tags": [one]}) for one in ids]
    assert [one.status_code for one in made] == [201, 201]
    first, second = (one.json()["id"] for one in made)
    assert made[0].headers["Location"] == f"/api/v3/delayprofile/{first}"
    assert [one["id"] for one in client.get("/api/v3/delayprofile").json()] == [first, second, 1]
    moved = client.put(f"/api/v3/delayprofile/reorder/{first}", params={"after": second})
    assert [one["id"] for one in moved.json()] == [second, first, 1]
    moved = client.put(f"/api/v3/delayprofile/reorder/{first}")
    assert [one["id"] for one in moved.json()] == [first, second, 1]
    assert client.put("/api/v3/delayprofile/reorder/1").status_code == 409
    assert client.put(f"/api/v3/delayprofile/reorder/{first}", params={"after": 4711}).status_code == 404
    changed = client.put(f"/api/v3/delayprofile/{first}", json=DELAY | {"torrentDelay": 90, "tags": [ids[0]]})
    assert (changed.status_code, changed.json()["torrentDelay"]) == (202, 90)
    assert [one["id"] for one in client.get("/api/v3/delayprofile").json()] == [first, second, 1]
    details = client.get(f"/api/v3/tag/detail/{ids[0]}").json()
    assert details["delayProfileIds"] == [first]
    assert client.delete(f"/api/v3/delayprofile/{first}").status_code == 200
    assert client.get(f"/api/v3/delayprofile/{first}").status_code == 404


def test_the_default_delay_profile_stays(served: Served) -> None:
    assert served.client.delete("/api/v3/delayprofile/1").status_code == 405
    changed = served.client.put("/api/v3/delayprofile/1", json=DELAY | {"torrentDelay": 5})
    assert changed.json()["torrentDelay"] == 5
    rare = tag(served, "rare")
    assert "tags" in reasons(served.client.put("/api/v3/delayprofile/1", json=DELAY | {"tags": [rare]}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tags": []}, "tags"),
        ({"tags": [4711]}, "tags"),
        ({"enableTorrent": False}, "enableTorrent"),
        ({"torrentDelay": 999_999_999}, "torrentDelay"),
    ],
)
def test_a_delay_profile_that_cannot_be_meant(served: Served, changes: dict[str, Any], field: str) -> None:
    rare = tag(served, "rare")
    assert field in reasons(served.client.post("/api/v3/delayprofile", json=DELAY | {"tags": [rare]} | changes))


def test_a_tag_has_one_delay_profile(served: Served) -> None:
    rare = tag(served, "rare")
    served.client.post("/api/v3/delayprofile", json=DELAY | {"tags": [rare]}).raise_for_status()
    assert "tags" in reasons(served.client.post("/api/v3/delayprofile", json=DELAY | {"tags": [rare]}))


def test_release_profiles_come_go_and_decide(served: Served) -> None:
    client, movie = served.client, served.client.get("/api/v3/movie").json()[0]
    made = client.post("/api/v3/releaseprofile", json={"name": "No KITE", "ignored": ["kite"], "enabled": True})
    assert made.status_code == 201
    found = client.get("/api/v3/release", params={"movieId": movie["id"]}).json()
    (good,) = (one for one in found if one["title"] == GOOD)
    assert good["rejections"] == ["The name has kite, which is not wanted."]
    path = f"/api/v3/releaseprofile/{made.json()['id']}"
    changed = client.put(path, json={"required": "TIDE, /KITE$/i", "enabled": True})
    assert changed.json()["required"] == ["TIDE", "/KITE$/i"]
    (good,) = (
        one for one in client.get("/api/v3/release", params={"movieId": movie["id"]}).json() if one["title"] == GOOD
    )
    assert good["approved"]
    assert client.delete(path).status_code == 200
    assert client.get("/api/v3/releaseprofile").json() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "required"),
        ({"required": ["x", " "]}, "required"),
        ({"ignored": ["/(/"]}, "ignored"),
        ({"ignored": ["/(a+)+$/"]}, "ignored"),
        ({"required": ["x"], "indexerId": 4711}, "indexerId"),
        ({"required": ["x"], "tags": [4711]}, "tags"),
    ],
)
def test_a_release_profile_that_cannot_be_meant(bare: Served, body: dict[str, Any], field: str) -> None:
    assert field in reasons(bare.client.post("/api/v3/releaseprofile", json=body))


def test_general_settings_of_deciding(served: Served) -> None:
    client = served.client
    before = client.get("/api/v3/config/indexer").json()
    assert (before["maximumSize"], before["rssSyncInterval"]) == (0, 15)
    saved = client.put("/api/v3/config/indexer/1", json=before | {"maximumSize": 1, "whitelistedHardcodedSubs": "a, b"})
    assert (saved.status_code, saved.json()["whitelistedHardcodedSubs"]) == (202, "a,b")
    assert "maximumSize" in reasons(client.put("/api/v3/config/indexer/1", json={"maximumSize": -5}))
    media = client.put("/api/v3/config/mediamanagement/1", json={"downloadPropersAndRepacks": "doNotPrefer"})
    assert media.json()["downloadPropersAndRepacks"] == "doNotPrefer"
    wrong = client.put("/api/v3/config/mediamanagement/1", json={"downloadPropersAndRepacks": "perhaps"})
    assert "downloadPropersAndRepacks" in reasons(wrong)
    movie = client.get("/api/v3/movie").json()[0]
    found = client.get("/api/v3/release", params={"movieId": movie["id"]}).json()
    (big,) = (one for one in found if "WEBRip" in one["title"])
    assert any("over the largest size in the settings" in sentence for sentence in big["rejections"])


def test_a_name_is_read_and_matched(served: Served) -> None:
    read = served.client.get("/api/v3/parse", params={"title": GOOD}).json()
    assert read["movie"]["title"] == "The Salt Meridian"
    assert read["parsedMovieInfo"]["quality"]["quality"]["name"] == "Bluray-1080p"
    assert read["parsedMovieInfo"]["releaseGroup"] == "KITE"
    nobody = served.client.get("/api/v3/parse", params={"title": "Iron.Petal.2011.720p.BluRay.x264-KITE"}).json()
    assert "movie" not in nobody
    assert nobody["parsedMovieInfo"]["year"] == 2011
    assert set(served.client.get("/api/v3/parse").json()) == {"title", "customFormatScore"}


def test_custom_formats_are_named_and_scored_wherever_a_release_is_shown(served: Served) -> None:
    client, call = served.client, served.call
    kite = CustomFormat(0, "Kite", (Specification(Kind.GROUP, "kite", {"value": "^KITE$"}),))
    id = call(served.engine.formats.add(kite)).id
    movie = client.get("/api/v3/movie").json()[0]
    profile = call(served.engine.profiles.get(movie["qualityProfileId"]))
    call(served.engine.profiles.update(replace(profile, format_scores={id: 70})))
    found = client.get("/api/v3/release", params={"movieId": movie["id"]}).json()
    assert {one["customFormatScore"] for one in found if not one["title"].endswith("KITE")} == {0}
    (good,) = (one for one in found if one["title"] == GOOD)
    read = client.get("/api/v3/parse", params={"title": GOOD}).json()
    client.post("/api/v3/release", json={"guid": good["guid"], "indexerId": good["indexerId"]}).raise_for_status()
    (row,) = client.get("/api/v3/queue").json()["records"]
    for shown in (good, read, row):
        assert shown["customFormatScore"] == 70
        assert {"id": id, "name": "Kite"} in shown["customFormats"]


def test_what_is_new_on_the_indexers_is_judged_and_nothing_is_taken(served: Served) -> None:
    found = served.client.get("/api/v3/release").json()
    movie = served.client.get("/api/v3/movie").json()[0]
    assert {one["mappedMovieId"] for one in found} == {movie["id"]}
    (good,) = (one for one in found if one["title"] == GOOD)
    assert good["approved"]
    assert served.client.get("/api/v3/queue").json()["totalRecords"] == 0
    taken = served.client.post("/api/v3/release", json={"guid": good["guid"], "indexerId": good["indexerId"]})
    assert taken.status_code == 200


def pushed(**changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    return {"title": NAME, "protocol": "torrent", "publishDate": now, "size": 700_000} | changes


def magnet() -> str:
    return claiming({f"{NAME}.mkv": 700_000}, NOBODY).magnet


@needs_contract
def test_a_pushed_release_is_taken_once(served: Served) -> None:
    answer = served.client.post("/api/v3/release/push", json=pushed(magnetUrl=magnet()))
    assert answer.status_code == 200, answer.text
    assert Contract().faults("POST", "/api/v3/release/push", answer.json()) == []
    (first,) = answer.json()
    assert (first["approved"], first["rejections"]) == (True, [])
    assert served.client.get("/api/v3/queue").json()["records"][0]["title"] == NAME
    (again,) = served.client.post("/api/v3/release/push", json=pushed(magnetUrl=magnet())).json()
    assert not again["approved"]
    assert any("queue" in sentence for sentence in again["rejections"])


def link_of(served: Served) -> str:
    """Where an indexer would have the good release's torrent; with a passkey in it, as such links have."""
    (good,) = (one for one in served.hdbits.listings if one.filename == f"{GOOD}.torrent")
    return f"{served.hdbits.url}/download.php?id={good.id}&passkey={served.hdbits.passkey}"


def test_what_was_pushed_waits_with_its_torrent_and_without_its_passkey(served: Served) -> None:
    client, kept = served.client, served.engine.paths.data / "pushed"
    client.put("/api/v3/delayprofile/1", json=DELAY).raise_for_status()
    body = pushed(title=GOOD, downloadUrl=link_of(served), indexer="HDBits")
    (answer,) = client.post("/api/v3/release/push", json=body).json()
    assert (answer["temporarilyRejected"], answer["indexer"]) == (True, "HDBits")
    assert len(list(kept.iterdir())) == 1
    assert (kept.stat().st_mode & 0o077, next(kept.iterdir()).stat().st_mode & 0o077) == (0, 0)
    assert (
        served.hdbits.passkey
        not in client.get("/api/v3/queue").text + client.get("/api/v4/why", params={"movieId": 1}).text
    )
    assert served.hdbits.passkey.encode() not in served.engine.paths.database.read_bytes()
    served.hdbits.fail(Fault.SERVER_ERROR)
    client.put("/api/v3/delayprofile/1", json=DELAY | {"torrentDelay": 0}).raise_for_status()
    deadline = time.monotonic() + 60
    while served.call(served.engine.waiting.all()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    (row,) = client.get("/api/v3/queue").json()["records"]
    assert (row["title"], row["status"] == "delay") == (GOOD, False)
    served.call(served.engine.push.sweep())
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault.TORRENT_DOWN, "unreachable"), (Fault.SERVER_ERROR, "unreachable"), (Fault.TOO_MANY, "rate_limited")],
)
def test_a_pushed_release_that_cannot_be_fetched_is_told(served: Served, fault: Fault, kind: str) -> None:
    link = link_of(served)
    served.hdbits.fail(fault)
    answer = served.client.post("/api/v3/release/push", json=pushed(title=GOOD, downloadUrl=link))
    assert (answer.status_code, answer.json()["kind"]) == (503, kind)
    assert served.hdbits.passkey not in answer.text
    assert served.client.get("/api/v3/queue").json()["totalRecords"] == 0


def test_a_pushed_web_page_is_no_torrent(served: Served) -> None:
    link = link_of(served)
    served.hdbits.fail(Fault.TORRENT_HTML)
    (answer,) = served.client.post("/api/v3/release/push", json=pushed(title=GOOD, downloadUrl=link)).json()
    assert answer["approved"]
    assert served.client.get("/api/v3/queue").json()["totalRecords"] == 0


def test_a_pushed_release_of_no_movie_is_told(served: Served) -> None:
    body = pushed(title="Iron.Petal.2011.720p.BluRay.x264-KITE", magnetUrl=magnet())
    (answer,) = served.client.post("/api/v3/release/push", json=body).json()
    assert answer["rejected"]
    assert "mappedMovieId" not in answer
    assert answer["rejections"] == ["Unknown Movie. No movie of the library has this name."]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "0123456789abcdef0123456789abcdef"}, "title"),
        ({"protocol": "usenet"}, "protocol"),
        ({"publishDate": None}, "publishDate"),
        ({"magnetUrl": None}, "downloadUrl"),
        ({"magnetUrl": "http://127.0.0.1/x"}, "magnetUrl"),
        ({"magnetUrl": None, "downloadUrl": "file:///etc/passwd"}, "downloadUrl"),
    ],
)
def test_a_push_that_cannot_be_taken(served: Served, changes: dict[str, Any], field: str) -> None:
    body = pushed(magnetUrl=magnet()) | changes
    assert field in reasons(served.client.post("/api/v3/release/push", json=body))


def test_what_waits_is_in_the_queue_and_can_be_taken_or_dropped(served: Served) -> None:
    client = served.client
    client.put("/api/v3/delayprofile/1", json=DELAY).raise_for_status()
    (answer,) = client.post("/api/v3/release/push", json=pushed(magnetUrl=magnet())).json()
    assert (answer["temporarilyRejected"], answer["approved"]) == (True, False)
    (row,) = client.get("/api/v3/queue").json()["records"]
    assert (row["status"], row["title"]) == ("delay", NAME)
    assert row["statusMessages"][0]["messages"][0].startswith("Something better may come")
    assert client.delete(f"/api/v3/queue/{row['id']}").status_code == 200
    assert client.get("/api/v3/queue").json()["totalRecords"] == 0
    client.post("/api/v3/release/push", json=pushed(magnetUrl=magnet())).raise_for_status()
    (row,) = client.get("/api/v3/queue").json()["records"]
    assert client.post(f"/api/v3/queue/grab/{row['id']}").status_code == 200
    (row,) = client.get("/api/v3/queue").json()["records"]
    assert row["status"] != "delay"
    assert client.post("/api/v3/queue/grab/4711").status_code == 404
