"""Movies through the port: looked up, added, changed and removed, as request tools do it."""

from __future__ import annotations

from typing import Any

import pytest

from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN, THE_SALT_MERIDIAN_ROAD
from tests.api.served import Served

ROAD = THE_SALT_MERIDIAN_ROAD


def as_a_request_tool_sends_it(served: Served, **changes: Any) -> dict[str, Any]:
    """The body of Seerr and its kin."""
    return {
        "title": ROAD.title,
        "qualityProfileId": served.client.get("/api/v3/qualityProfile").json()[0]["id"],
        "titleSlug": str(ROAD.tmdb_id),
        "minimumAvailability": "released",
        "tmdbId": ROAD.tmdb_id,
        "year": ROAD.year,
        "rootFolderPath": f"{served.library}/",
        "monitored": True,
        "tags": [],
        "addOptions": {"searchForMovie": False},
        **changes,
    }


def test_finds_movies_and_says_which_are_there(served: Served) -> None:
    found = served.client.get("/api/v3/movie/lookup", params={"term": "salt meridian"}).json()
    ids = {one["tmdbId"]: one.get("id") for one in found}
    assert ids[ROAD.tmdb_id] is None
    assert ids[THE_SALT_MERIDIAN.tmdb_id] == served.client.get("/api/v3/movie").json()[0]["id"]
    road = next(one for one in found if one["tmdbId"] == ROAD.tmdb_id)
    assert road["folder"] == "The Salt Meridian Road (2019)"
    assert road["remotePoster"].startswith(served.tmdb.url)


def test_finds_one_movie_by_either_id(served: Served) -> None:
    by_tmdb = served.client.get("/api/v3/movie/lookup/tmdb", params={"tmdbId": ROAD.tmdb_id}).json()
    by_imdb = served.client.get("/api/v3/movie/lookup/imdb", params={"imdbId": ROAD.imdb_id}).json()
    by_term = served.client.get("/api/v3/movie/lookup", params={"term": f"tmdb:{ROAD.tmdb_id}"}).json()
    assert by_tmdb["title"] == by_imdb["title"] == by_term[0]["title"] == ROAD.title
    assert served.client.get("/api/v3/movie/lookup/tmdb", params={"tmdbId": 1}).status_code == 404
    assert served.client.get("/api/v3/movie/lookup", params={"term": " "}).json() == []


def test_adds_a_movie_as_request_tools_do(served: Served) -> None:
    answer = served.client.post("/api/v3/movie", json=as_a_request_tool_sends_it(served))
    assert answer.status_code == 201, answer.text
    added = answer.json()
    assert answer.headers["Location"] == f"/api/v3/movie/{added['id']}"
    assert added["path"] == str(served.library / "The Salt Meridian Road (2019)")
    assert served.client.get("/api/v3/movie", params={"tmdbId": ROAD.tmdb_id}).json() == [added]
    assert served.client.get("/api/v3/movie", params={"tmdbId": 5}).json() == []

    again = served.client.post("/api/v3/movie", json=as_a_request_tool_sends_it(served))
    assert again.status_code == 400
    assert again.json()[0] == {
        "propertyName": "tmdbId",
        "errorMessage": "This movie has already been added",
        "attemptedValue": ROAD.tmdb_id,
        "severity": "error",
        "errorCode": "MovieExistsValidator",
        "isWarning": False,
    }


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"tmdbId": 0}, "tmdbId"),
        ({"qualityProfileId": 4711}, "qualityProfileId"),
        ({"rootFolderPath": None}, "rootFolderPath"),
        ({"rootFolderPath": "/nowhere"}, "rootFolderPath"),
        ({"path": "relative/folder"}, "path"),
        ({"path": "/up/../../etc"}, "path"),
        ({"minimumAvailability": "someday"}, "minimumAvailability"),
    ],
)
def test_tells_what_is_wrong_with_a_new_movie(served: Served, changes: dict[str, Any], name: str) -> None:
    answer = served.client.post("/api/v3/movie", json=as_a_request_tool_sends_it(served, **changes))
    assert answer.status_code == 400
    assert [one["propertyName"] for one in answer.json()] == [name]
    assert len(served.client.get("/api/v3/movie").json()) == 1


def test_changes_a_movie_with_and_without_the_id_in_the_path(served: Served) -> None:
    movie = served.client.get("/api/v3/movie").json()[0]
    changed = served.client.put("/api/v3/movie", json={**movie, "monitored": False, "tags": []})
    assert (changed.status_code, changed.json()["monitored"], changed.json()["tags"]) == (202, False, [])
    path = str(served.library / "Elsewhere")
    body = {"path": path, "minimumAvailability": "inCinemas", "id": 99}
    changed = served.client.put(f"/api/v3/movie/{movie['id']}", json=body)
    assert changed.json()["path"] == path
    assert changed.json()["minimumAvailability"] == "inCinemas"
    assert served.client.get(f"/api/v3/movie/{movie['id']}").json() == changed.json()
    assert served.client.put("/api/v3/movie", json={"monitored": True}).status_code == 400
    assert served.client.put("/api/v3/movie/4711", json={"monitored": True}).status_code == 404


def test_moves_a_movie_with_its_files(served: Served) -> None:
    movie = served.client.get("/api/v3/movie").json()[0]
    address, moving = f"/api/v3/movie/{movie['id']}", {"moveFiles": "true"}
    assert served.client.put(address, params=moving, json={**movie, "path": "elsewhere"}).status_code == 400
    path = str(served.library / "Elsewhere")
    changed = served.client.put(address, params=moving, json={**movie, "path": path, "monitored": False})
    assert (changed.status_code, changed.json()["monitored"]) == (202, False)
    served.call(served.engine.jobs.idle())
    assert served.client.get(address).json()["path"] == path


def test_removes_a_movie(served: Served) -> None:
    movie = served.client.get("/api/v3/movie").json()[0]
    answer = served.client.delete(
        f"/api/v3/movie/{movie['id']}", params={"deleteFiles": "false", "addImportExclusion": "false"}
    )
    assert (answer.status_code, answer.json()) == (200, {})
    assert served.client.get(f"/api/v3/movie/{movie['id']}").status_code == 404
    assert served.client.delete(f"/api/v3/movie/{movie['id']}").status_code == 404


def test_serves_pictures_at_both_addresses(served: Served) -> None:
    movie = served.client.get("/api/v3/movie").json()[0]
    poster = next(one for one in movie["images"] if one["coverType"] == "poster")
    shown = served.client.get(poster["url"])
    assert shown.status_code == 200
    assert shown.content[:4] == b"\x89PNG"
    assert shown.headers["content-type"] == "image/png"
    assert served.client.get(f"/api/v3/mediacover/{movie['id']}/poster-500.jpg").content == shown.content
    assert served.client.get(f"/api/v3/MediaCover/{movie['id']}/fanart.jpg").status_code == 200
    for name in ("banner.jpg", "..%2f..%2fradarr-desktop.db", "poster.exe", "poster.jpg%00"):
        assert served.client.get(f"/api/v3/mediacover/{movie['id']}/{name}").status_code == 404, name
    assert served.client.get(poster["url"], headers={"X-Api-Key": "wrong"}).status_code == 401
