"""Searching, grabbing, the queue, history and commands through the port."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.loopback.hdbits import Fault
from radarr_desktop.loopback.releases import FAKE, GOOD
from radarr_desktop.loopback.torrents import claiming
from tests.api.served import NOBODY, Served
from tests.fakes.film import film as a_film
from tests.fixtures_engine import PATIENCE

MEDIA = Path(__file__).parent.parent / "media"


def movie_of(served: Served) -> dict[str, Any]:
    return dict(served.client.get("/api/v3/movie").json()[0])


def until(ask: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (found := ask()):
        assert time.monotonic() < deadline, "nothing came of it"
        time.sleep(0.05)
    return found


def search(served: Served) -> list[dict[str, Any]]:
    answer = served.client.get("/api/v3/release", params={"movieId": movie_of(served)["id"]})
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def grab(served: Served, title: str) -> dict[str, Any]:
    release = next(one for one in search(served) if title in one["title"])
    answer = served.client.post("/api/v3/release", json={"guid": release["guid"], "indexerId": release["indexerId"]})
    assert answer.status_code == 200, answer.text
    return release


def test_shows_every_release_with_its_reasons_best_first(served: Served) -> None:
    releases = search(served)
    assert releases[0]["title"] in (GOOD, FAKE)
    assert [one["releaseWeight"] for one in releases] == list(range(len(releases)))
    assert {one["approved"] for one in releases} == {True, False}
    for one in releases:
        assert one["approved"] is (not one["rejections"])
        assert sum((one["approved"], one["rejected"], one["temporarilyRejected"])) == 1
    assert served.hdbits.passkey not in str(releases)


def test_searches_only_movies_of_the_library(served: Served) -> None:
    assert served.client.get("/api/v3/release", params={"movieId": 4711}).status_code == 404


def test_grabs_only_what_was_shown(served: Served) -> None:
    answer = served.client.post("/api/v3/release", json={"guid": "1", "indexerId": 1})
    assert answer.status_code == 404
    assert answer.json()["message"] == "Couldn't find requested release in cache, try searching again"


def test_what_is_grabbed_is_in_queue_and_history(served: Served) -> None:
    release, movie = grab(served, GOOD), movie_of(served)
    page = served.client.get("/api/v3/queue", params={"includeMovie": "true", "includeUnknownMovieItems": "true"})
    assert page.json()["totalRecords"] == 1
    row = page.json()["records"][0]
    assert (row["title"], row["movieId"], row["movie"]["title"]) == (release["title"], movie["id"], movie["title"])
    assert row["trackedDownloadState"] == "downloading"
    assert row["protocol"] == "torrent"
    assert 0 <= row["sizeleft"] <= row["size"]
    assert served.client.get("/api/v3/queue/status").json()["totalCount"] == 1
    assert served.client.get("/api/v3/queue/details", params={"movieId": movie["id"]}).json()[0]["id"] == row["id"]
    assert served.client.get("/api/v3/queue/details", params={"movieId": 4711}).json() == []
    assert served.client.get("/api/v3/queue", params={"status": "paused"}).json()["records"] == []

    for event in ("1", "grabbed", "Grabbed"):
        history = served.client.get("/api/v3/history", params={"eventType": event, "movieIds": movie["id"]}).json()
        found = [(one["sourceTitle"], one["downloadId"]) for one in history["records"]]
        assert found == [(release["title"], row["downloadId"])], event
    of_movie = served.client.get("/api/v3/history/movie", params={"movieId": movie["id"]}).json()
    assert [one["eventType"] for one in of_movie] == ["grabbed"]
    for event in ("3", "7", "downloadFailed"):
        assert served.client.get("/api/v3/history", params={"eventType": event}).json()["totalRecords"] == 0, event
    assert served.client.get("/api/v3/history", params={"eventType": "99"}).status_code == 400


def test_removes_from_the_queue(served: Served) -> None:
    grab(served, GOOD)
    row = served.client.get("/api/v3/queue").json()["records"][0]
    answer = served.client.delete(
        f"/api/v3/queue/{row['id']}",
        params={"removeFromClient": "true", "blocklist": "true", "skipRedownload": "true"},
    )
    assert (answer.status_code, answer.json()) == (200, {})
    served.call(served.engine.jobs.idle())
    assert served.client.get("/api/v3/queue").json()["totalRecords"] == 0
    assert served.client.delete("/api/v3/queue/4711").status_code == 404


def test_what_is_removed_and_blocked_is_followed_by_the_next_best(served: Served) -> None:
    grab(served, GOOD)
    row = served.client.get("/api/v3/queue").json()["records"][0]
    assert served.client.delete(f"/api/v3/queue/{row['id']}", params={"blocklist": "true"}).status_code == 200
    (next_one,) = until(lambda: served.client.get("/api/v3/queue").json()["records"])
    assert next_one["title"] != GOOD
    assert next_one["movieId"] == row["movieId"]


def test_pages_and_sorts_as_asked(served: Served) -> None:
    page = served.client.get("/api/v3/queue", params={"page": 0, "pageSize": -5, "sortKey": "nonsense"}).json()
    assert (page["page"], page["pageSize"], page["sortKey"], page["sortDirection"]) == (1, 1, "timeleft", "descending")
    page = served.client.get("/api/v3/queue", params={"sortKey": "ADDED", "sortDirection": "ascending"}).json()
    assert (page["sortKey"], page["sortDirection"]) == ("added", "ascending")
    page = served.client.get("/api/v3/history", params={"page": 10**9, "pageSize": 10**9}).json()
    assert page["records"] == []


def test_an_indexer_that_fails_is_told(served: Served) -> None:
    served.hdbits.fail(Fault.SERVER_ERROR)
    answer = served.client.get("/api/v3/release", params={"movieId": movie_of(served)["id"]})
    assert answer.status_code == 503
    assert answer.json()["kind"] == "unreachable"
    assert "HDBits" in answer.json()["description"]


def test_commands_run_as_jobs(served: Served) -> None:
    movie = movie_of(served)
    answer = served.client.post("/api/v3/command", json={"name": "moviessearch", "movieIds": [movie["id"]]})
    assert answer.status_code == 201
    command = answer.json()
    assert (command["name"], command["commandName"]) == ("MoviesSearch", "Movies Search")
    path = f"/api/v3/command/{command['id']}"
    done = until(lambda: _finished(served.client.get(path).json()))
    assert (done["status"], done["result"]) == ("completed", "successful")
    assert served.client.get("/api/v3/queue").json()["totalRecords"] == 1
    assert command["id"] in [one["id"] for one in served.client.get("/api/v3/command").json()]
    for name in ("RefreshMonitoredDownloads", "CheckForFinishedDownload", "RssSync", "MissingMoviesSearch"):
        assert served.client.post("/api/v3/command", json={"name": name}).status_code == 201, name
    refresh = {"name": "RefreshMovie", "movieIds": [movie["id"]]}
    assert served.client.post("/api/v3/command", json=refresh).json()["name"] == "RefreshMovie"
    assert served.client.post("/api/v3/command", json={"name": "RefreshMovie"}).status_code == 201


def _finished(command: dict[str, Any]) -> dict[str, Any] | None:
    return command if command["status"] in ("completed", "failed") else None


def test_commands_that_are_not_there_are_told(served: Served) -> None:
    answer = served.client.post("/api/v3/command", json={"name": "MakeCoffee"})
    assert answer.status_code == 500
    assert "MakeCoffee" in answer.json()["message"]
    assert served.client.post("/api/v3/command", json={"name": "MoviesSearch"}).status_code == 400
    assert served.client.post("/api/v3/command", json={"name": "MoviesSearch", "movieIds": [7]}).status_code == 404
    assert served.client.get("/api/v3/command/4711").status_code == 404


def test_tells_why(served: Served) -> None:
    movie = movie_of(served)
    search(served)
    why = served.client.get(f"/api/v4/why/{movie['id']}").json()
    assert why["movie"]["title"] == "The Salt Meridian (2025)"
    assert why["sentence"]
    verdicts = {one["title"]: one["verdict"] for one in why["releases"]}
    assert {verdict["outcome"] for verdict in verdicts.values()} == {"accepted", "rejected"}
    rejected = next(one for one in verdicts.values() if one["outcome"] == "rejected")
    assert any(check["sentence"] for check in rejected["checks"])
    assert served.client.get("/api/v4/why/4711").status_code == 404


def test_grabs_the_best_or_the_one_named(served: Served) -> None:
    movie = movie_of(served)
    releases = served.client.get("/api/v4/search", params={"movieId": movie["id"]}).json()
    rejected = next(one for one in releases if one["verdict"]["outcome"] == "rejected" and one["quality"] == "CAM")
    body = {"movieId": movie["id"], "releaseId": rejected["id"]}
    refused = served.client.post("/api/v4/grab", json=body)
    assert (refused.status_code, refused.json()["kind"]) == (409, "refused")
    best = served.client.post("/api/v4/grab", json={"movieId": movie["id"]}).json()
    assert best["grab"]["title"] == GOOD
    assert best["accepted"] >= 1
    again = served.client.post("/api/v4/grab", json={"movieId": movie["id"]}).json()
    assert "grab" not in again


def test_takes_a_dropped_torrent_or_asks_which_movie(served: Served) -> None:
    good = claiming({f"{GOOD}.mkv": 700_000}, NOBODY)
    dropped = served.client.post("/api/v4/drop", content=good.data).json()
    assert dropped["grab"]["state"] in ("sending", "downloading")
    assert dropped["movie"]["title"] == "The Salt Meridian (2025)"
    magnet = f"magnet:?xt=urn:btih:{'ab' * 20}&dn=Nobody.Knows.This.2020.1080p.WEB-DL-X"
    asked = served.client.post("/api/v4/drop", content=magnet).json()
    assert "grab" not in asked
    assert asked["choices"] == []
    for rubbish in (b"", b"rubbish", b"magnet:?", b"<html>", b"d" * 1000):
        assert served.client.post("/api/v4/drop", content=rubbish).status_code == 400, rubbish


def test_imports_a_file_by_hand(served: Served) -> None:
    movie = movie_of(served)
    film = served.folder / f"{GOOD}.mkv"
    film.write_bytes(a_film())
    answer = served.client.post("/api/v4/import", json={"path": str(film), "movieId": movie["id"]})
    assert answer.status_code == 200, answer.text
    imported = Path(answer.json()["path"])
    assert imported.samefile(film)
    shown = movie_of(served)
    assert (shown["hasFile"], shown["movieFile"]["path"]) == (True, str(imported))
    assert shown["movieFile"]["quality"]["quality"]["name"] == "Bluray-1080p"
    alone = served.client.get(f"/api/v3/movie/{movie['id']}").json()["movieFile"]
    assert served.client.get("/api/v3/moviefile", params={"movieId": movie["id"]}).json() == [alone]
    info = alone["mediaInfo"]
    assert (info["videoCodec"], info["resolution"], info["runTime"]) == ("x264", "1920x800", "1:40:00")
    assert (info["videoDynamicRange"], info["audioStreamCount"], info["subtitles"]) == ("", 0, "")
    history = served.client.get("/api/v3/history", params={"eventType": 3}).json()
    assert history["totalRecords"] == 1


def test_shows_what_a_file_is_made_of_and_what_lies_beside_it(served: Served) -> None:
    movie = movie_of(served)
    film = served.folder / "Film.2025.1080p.BluRay.DTS.x264-KITE.mkv"
    film.write_bytes((MEDIA / "avc.mkv").read_bytes())
    film.with_suffix(".en.forced.srt").write_bytes(b"text")
    imported = served.client.post("/api/v4/import", json={"path": str(film), "movieId": movie["id"]})
    assert imported.status_code == 200, imported.text
    file = served.client.get(f"/api/v3/movie/{movie['id']}").json()["movieFile"]
    info = file["mediaInfo"]
    assert (info["audioCodec"], info["audioChannels"], info["audioStreamCount"]) == ("TrueHD", 5.1, 4)
    assert (info["audioLanguages"], info["subtitles"]) == ("eng/deu/fra/jpn", "eng/fra")
    assert (info["videoBitDepth"], info["videoFps"], info["scanType"], info["runTime"]) == (
        8,
        24.0,
        "Progressive",
        "0:01",
    )
    assert [language["name"] for language in file["languages"]] == ["English", "French", "Japanese"]
    (extra,) = served.client.get("/api/v3/extrafile", params={"movieId": movie["id"]}).json()
    stem = Path(file["relativePath"]).stem
    assert extra == {
        "id": extra["id"],
        "movieId": movie["id"],
        "movieFileId": file["id"],
        "relativePath": f"{stem}.en.forced.srt",
        "extension": ".srt",
        "languageTags": ["forced"],
        "type": "subtitle",
    }
    assert served.client.get("/api/v3/extrafile").json() == []


def test_a_removed_movie_leaves_its_file_in_the_trash(served: Served) -> None:
    movie = movie_of(served)
    film = served.folder / "Film.2025.1080p.BluRay-KITE.mkv"
    film.write_bytes(a_film())
    answer = served.client.post("/api/v4/import", json={"path": str(film), "movieId": movie["id"]})
    imported = Path(answer.json()["path"])
    deleted = served.client.delete(f"/api/v3/movie/{movie['id']}", params={"deleteFiles": "true"})
    assert deleted.status_code == 200
    assert served.client.get(f"/api/v3/movie/{movie['id']}").status_code == 404
    assert not imported.exists()
    (kept,) = (path for path in served.library.rglob(imported.name) if path.is_file())
    assert kept.samefile(film)


@pytest.mark.parametrize("path", ["relative.mkv", "/nowhere/film.mkv", "/etc/passwd\0", ""])
def test_tells_what_it_cannot_import(served: Served, path: str) -> None:
    answer = served.client.post("/api/v4/import", json={"path": path, "movieId": movie_of(served)["id"]})
    assert answer.status_code in (400, 404, 409), answer.text
