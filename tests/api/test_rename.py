"""/rename, and the commands that rename and move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.naming import Naming
from tests.api.served import Served
from tests.fakes.film import film

RELEASE = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"
OLD = "The Salt Meridian (2025) Bluray-1080p-KITE.mkv"


@pytest.fixture
def movie(served: Served) -> dict[str, Any]:
    """A movie with a file, and rules that would call it otherwise."""
    source = served.folder / f"{RELEASE}.mkv"
    source.write_bytes(film())
    movie = served.client.get("/api/v3/movie").json()[0]
    served.call(served.engine.imports.file(str(source), movie["id"]))
    served.call(served.engine.names.save(Naming("{Movie Title}", "{Movie Title} {Quality Full}")))
    return dict(served.client.get(f"/api/v3/movie/{movie['id']}").json())


def command(served: Served, **body: object) -> dict[str, Any]:
    """Run one to its end."""
    begun = served.client.post("/api/v3/command", json=body)
    assert begun.status_code == 201, begun.text
    served.call(served.engine.jobs.idle())
    return dict(served.client.get(f"/api/v3/command/{begun.json()['id']}").json())


def where(served: Served, movie: dict[str, Any]) -> str:
    """The path of its file now."""
    now = served.client.get(f"/api/v3/movie/{movie['id']}").json()
    return str(Path(now["movieFile"]["path"]).relative_to(served.library))


def test_a_preview_and_the_commands_as_radarr_has_them(served: Served, movie: dict[str, Any]) -> None:
    shown = served.client.get("/api/v3/rename", params={"movieId": movie["id"]}).json()
    file_id = movie["movieFile"]["id"]
    names = {"existingPath": OLD, "newPath": "The Salt Meridian Bluray-1080p.mkv"}
    assert shown == [{"id": file_id, "movieId": movie["id"], "movieFileId": file_id, **names}]
    assert served.client.get("/api/v3/rename").status_code == 400
    ended = command(served, name="RenameFiles", movieId=movie["id"], files=[file_id])
    assert (ended["name"], ended["status"]) == ("RenameFiles", "completed")
    assert where(served, movie) == "The Salt Meridian (2025)/The Salt Meridian Bluray-1080p.mkv"
    assert served.client.get("/api/v3/rename", params={"movieId": movie["id"]}).json() == []
    command(served, name="RenameMovieFolder", movieIds=[movie["id"]])
    assert where(served, movie) == "The Salt Meridian/The Salt Meridian Bluray-1080p.mkv"
    assert command(served, name="RenameMovie", movieIds=[movie["id"]])["name"] == "RenameMovie"
    told = served.client.get("/api/v3/history/movie", params={"movieId": movie["id"], "eventType": 8}).json()
    assert [one["eventType"] for one in told] == ["movieFileRenamed"] * 2


def test_what_the_rules_make_of_the_newest_files_is_told(served: Served, movie: dict[str, Any]) -> None:
    told = served.client.get("/api/v4/naming").json()
    assert told["ofLibrary"] == ["The Salt Meridian/The Salt Meridian Bluray-1080p.mkv"]
    assert Path(where(served, movie)).name == OLD


def test_files_are_renamed_by_their_ids_alone(served: Served, movie: dict[str, Any]) -> None:
    def asked(**body: object) -> int:
        return served.client.post("/api/v3/command", json={"name": "RenameFiles"} | body).status_code

    assert asked(movieId=movie["id"]) == asked(movieId=movie["id"], files=[]) == 400
    assert asked(files=[movie["movieFile"]["id"]]) == 400
    assert asked(movieId=movie["id"], files=[-1]) == 400
    assert asked(movieId=movie["id"], files=[4711]) == asked(movieId=4711, files=[1]) == 404
    served.call(served.engine.jobs.idle())
    assert where(served, movie).endswith(OLD)


def test_movies_move_by_command(served: Served, movie: dict[str, Any]) -> None:
    id, path = movie["id"], str(served.library / "Deep" / "Salt")
    moved = command(served, name="MoveMovie", movieId=id, sourcePath=movie["path"], destinationPath=path)
    assert (moved["name"], moved["status"]) == ("MoveMovie", "completed")
    assert where(served, movie) == f"Deep/Salt/{OLD}"
    other = served.folder / "other"
    other.mkdir()
    served.client.post("/api/v3/rootfolder", json={"path": str(other)})
    command(served, name="BulkMoveMovie", movies=[{"movieId": id}], destinationRootFolder=str(other))
    now = served.client.get(f"/api/v3/movie/{id}").json()
    assert (now["path"], now["rootFolderPath"]) == (str(other / "Deep" / "Salt"), str(other))
    for body in ({"name": "MoveMovie", "movieId": id}, {"name": "RenameMovie"}):
        assert served.client.post("/api/v3/command", json=body).status_code == 400


def test_our_own_preview_shows_all_and_a_renaming_tells_how_far_it_is(served: Served, movie: dict[str, Any]) -> None:
    shown = served.client.get("/api/v4/rename").json()
    assert (shown["needsYes"], shown["unchanged"], len(shown["movies"])) == (False, 0, 1)
    assert shown["movies"][0]["newFolder"] == str(served.library / "The Salt Meridian")
    begun = served.client.post("/api/v4/rename", json={"movieIds": [movie["id"]]})
    assert (begun.status_code, begun.json()["total"]) == (202, 1)
    served.call(served.engine.jobs.idle())
    path = f"/api/v4/rename/{begun.json()['jobId']}"
    ended = served.client.get(path).json()
    assert (ended["state"], ended["renamed"], ended["problems"]) == ("done", 1, [])
    assert served.client.post("/api/v4/rename", json={}).status_code == 409
    assert served.client.delete(path).status_code == 409
    assert served.client.get("/api/v4/rename/4711").status_code == 404
