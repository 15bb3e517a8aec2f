"""The movies of a torrent that holds many, over the port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from radarr_desktop.engine.library.movies import NewMovie
from tests.fakes.pack import OTHER_PETAL, PETAL, SALT, UNCLEAR, drop_pack, want
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine

STRANGER = "Glass.Harbour.1999.1080p.BluRay.x264-KITE.mkv"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[WorldThread, RunningEngine]]:
    with world_and_engine(tmp_path, with_movie=False) as made:
        yield made


@pytest.fixture
def client(home: tuple[WorldThread, RunningEngine]) -> Iterator[httpx.Client]:
    _world, running = home
    with httpx.Client(base_url=running.url, headers={"X-Api-Key": running.api_key}, timeout=60) as client:
        yield client


def test_each_part_is_told_given_its_movie_and_imported(
    home: tuple[WorldThread, RunningEngine], client: httpx.Client
) -> None:
    world, running = home
    salt = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
    petal = want(world, running, PETAL)
    want(world, running, OTHER_PETAL)
    grab = drop_pack(world, running, salt, SALT, UNCLEAR, STRANGER)
    path = f"/api/v4/downloads/{grab.id}/parts"

    def parts() -> dict[str, dict[str, Any]]:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        return {Path(part["path"]).name: part for part in answer.json()}

    def asks() -> bool:
        return running.do(running.engine.downloads.get(grab.id)).cause == "SeveralMovies"

    running.wait_for(asks, "the question")
    found = parts()
    assert {name: part["state"] for name, part in found.items()} == {
        SALT: "imported",
        UNCLEAR: "asked",
        STRANGER: "left",
    }
    assert (found[SALT]["movieId"], found[UNCLEAR]["movieId"]) == (salt.id, 0)
    assert found[STRANGER]["problem"] == "No movie of the library has this name."
    done = client.post(f"/api/v4/downloads/parts/{found[SALT]['id']}", json={"movieId": petal.id})
    assert (done.status_code, "is in the library already" in done.text) == (409, True)
    left = client.post(f"/api/v4/downloads/parts/{found[UNCLEAR]['id']}", json={"movieId": 0})
    assert (left.json()["state"], left.json()["problem"]) == ("left", "You left it out.")
    assert client.post(f"/api/v4/downloads/parts/{found[UNCLEAR]['id']}", json={"movieId": 4711}).status_code == 404
    given = client.post(f"/api/v4/downloads/parts/{found[UNCLEAR]['id']}", json={"movieId": petal.id})
    assert (given.json()["state"], given.json()["movieId"]) == ("waiting", petal.id)
    assert client.post(path).status_code == 201
    running.wait_for(lambda: running.do(running.engine.movies.get(petal.id)).file, "its import")
    running.wait_for(lambda: not running.do(running.engine.downloads.queue()), "the end of the download")
    assert {part["state"] for part in parts().values()} == {"imported", "left"}
    late = client.post(f"/api/v4/downloads/parts/{found[STRANGER]['id']}", json={"movieId": petal.id})
    assert (late.status_code, "does not wait for an import any more" in late.text) == (409, True)


def test_what_is_not_there_is_told(client: httpx.Client) -> None:
    assert client.get("/api/v4/downloads/7/parts").status_code == 404
    assert client.post("/api/v4/downloads/parts/7", json={"movieId": 0}).status_code == 404
    assert client.post("/api/v4/downloads/7/parts").status_code == 409
