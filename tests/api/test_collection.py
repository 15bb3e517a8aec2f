"""Existing collections and manual import over the port."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.loopback.tmdb import Film
from tests.api.contract import FILE, Contract
from tests.api.served import Served
from tests.fakes.film import film

AMBER = 810_001


def put(served: Served, path: str, content: bytes = b"") -> Path:
    file = served.library / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content or film(path.encode(), minutes=1))
    return file


def know(served: Served) -> None:
    served.tmdb.add(Film(AMBER, "Amber Lantern", 2011, "tt8100010", cinemas=date(2011, 3, 1)))


def waited(served: Served, path: str, over: set[str]) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while (said := served.client.get(path).raise_for_status().json())[
        "status" if "command" in path else "state"
    ] in over:
        assert time.monotonic() < deadline, said
        time.sleep(0.02)
    return dict(said)


def test_a_collection_is_scanned_shown_chosen_and_adopted(served: Served) -> None:
    know(served)
    put(served, "Amber Lantern (2011)/Amber.Lantern.2011.1080p.BluRay-KITE.mkv")
    put(served, "Something/else.mkv")
    started = served.client.post("/api/v4/collection", json={"path": str(served.library)})
    assert started.status_code == 201
    scan = waited(served, f"/api/v4/collection/{started.json()['id']}", {"running"})
    assert (scan["state"], scan["total"], scan["done"]) == ("done", 2, 2)
    assert scan["counts"] == {"certain": 1, "unknown": 1}
    items = served.client.get(f"/api/v4/collection/{scan['id']}/items", params={"state": "unknown"}).json()
    assert (items["total"], items["items"][0]["path"]) == (1, "Something")
    assert served.client.get(f"/api/v4/collection/{scan['id']}/items", params={"state": "odd"}).status_code == 400
    chosen = served.client.post(f"/api/v4/collection/item/{items['items'][0]['id']}", json={"tmdbId": 0}).json()
    assert chosen["state"] == "left_out"
    job = served.client.post(f"/api/v4/collection/{scan['id']}/adopt", json={})
    assert job.status_code == 201
    assert waited(served, f"/api/v4/job/{job.json()['id']}", {"queued", "running"})["state"] == "done"
    (movie,) = served.client.get("/api/v3/movie", params={"tmdbId": AMBER}).json()
    assert movie["hasFile"]
    assert movie["path"] == str(served.library / "Amber Lantern (2011)")
    assert served.client.post(f"/api/v4/collection/{scan['id']}/pause").status_code == 409
    undone = served.client.post(f"/api/v4/collection/adoption/{job.json()['id']}/undo")
    assert undone.status_code == 201
    assert waited(served, f"/api/v4/job/{undone.json()['id']}", {"queued", "running"})["state"] == "done"
    assert served.client.get("/api/v3/movie", params={"tmdbId": AMBER}).json() == []
    assert served.client.post("/api/v4/collection/adoption/4711/undo").status_code == 404
    assert [each["id"] for each in served.client.get("/api/v4/collection").json()] == [scan["id"]]
    assert served.client.post("/api/v4/collection", json={"path": "nowhere"}).status_code == 400
    assert served.client.get("/api/v4/collection/77").status_code == 404


def test_many_movies_are_added_with_what_lies_in_their_folders(served: Served) -> None:
    know(served)
    file = put(served, "Amber Lantern (2011)/Amber.Lantern.2011.1080p.BluRay-KITE.mkv")
    put(served, "$RECYCLE.BIN/thing.mkv")
    (root,) = served.client.get("/api/v3/rootfolder").json()
    assert [folder["name"] for folder in root["unmappedFolders"]] == ["Amber Lantern (2011)"]
    body = {"tmdbId": AMBER, "qualityProfileId": 1, "rootFolderPath": str(served.library), "path": str(file.parent)}
    answer = served.client.post("/api/v3/movie/import", json=[body, body | {"tmdbId": 0}, body | {"tmdbId": 123}])
    assert answer.status_code == 200, answer.text
    (added,) = answer.json()
    served.call(served.engine.jobs.idle())
    movie = served.client.get(f"/api/v3/movie/{added['id']}").json()
    assert movie["movieFile"]["path"] == str(file)
    assert served.client.get("/api/v3/rootfolder").json()[0]["unmappedFolders"] == []


@pytest.mark.skipif(not FILE.exists(), reason="Radarr's contract lies beside the project, not in it")
def test_manual_import_fits_the_contract_and_imports(served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "from a friend"
    folder.mkdir()
    source = folder / "The.Salt.Meridian.2025.720p.WEB-DL.x264-ROOK.mkv"
    source.write_bytes(film(minutes=1))
    shown = served.client.get("/api/v3/manualimport", params={"folder": str(folder)})
    assert shown.status_code == 200, shown.text
    assert Contract().faults("GET", "/api/v3/manualimport", shown.json()) == []
    (item,) = shown.json()
    assert (item["movie"]["id"], item["quality"]["quality"]["name"], item["releaseGroup"]) == (
        1,
        "WEBDL-720p",
        "ROOK",
    )
    assert item["rejections"] == []
    quality = {"quality": {"id": 7, "name": "Bluray-1080p"}, "revision": {"version": 1, "real": 0}}
    again = served.client.post("/api/v3/manualimport", json=[{"path": str(source), "movieId": 1, "quality": quality}])
    assert again.json()[0]["quality"]["quality"]["name"] == "Bluray-1080p"
    wish = {"path": str(source), "movieId": 1, "quality": quality, "languages": [{"id": 1}], "releaseGroup": "ME"}
    body = {"name": "ManualImport", "files": [wish], "importMode": "Auto"}
    command = served.client.post("/api/v3/command", json=body)
    assert command.status_code == 201, command.text
    done = waited(served, f"/api/v3/command/{command.json()['id']}", {"queued", "started"})
    assert (done["name"], done["status"], done["result"]) == ("ManualImport", "completed", "successful")
    movie = served.client.get("/api/v3/movie/1").json()
    assert movie["movieFile"]["quality"]["quality"]["name"] == "Bluray-1080p"
    assert movie["movieFile"]["releaseGroup"] == "ME"
    assert Path(movie["movieFile"]["path"]).samefile(source)
    assert served.client.get("/api/v3/manualimport").status_code == 400
    assert served.client.get("/api/v3/manualimport", params={"downloadId": "'; drop"}).status_code == 404
    assert served.client.post("/api/v3/manualimport", json=[{"path": "relative"}]).status_code == 400


def test_a_scan_of_downloads_takes_what_is_sure_and_says_when_nothing_is(served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "done"
    folder.mkdir()
    (folder / "nothing.txt").write_text("no film")
    body = {"name": "DownloadedMoviesScan", "path": str(folder)}
    command = served.client.post("/api/v3/command", json=body).json()
    ended = waited(served, f"/api/v3/command/{command['id']}", {"queued", "started"})
    assert (ended["status"], ended["result"]) == ("failed", "unsuccessful")
    assert "Nothing in" in ended["exception"]
    assert served.client.post("/api/v3/command", json=body | {"path": "relative"}).status_code == 400
    assert served.client.post("/api/v3/command", json=body | {"downloadClientId": "a" * 40}).status_code == 404
