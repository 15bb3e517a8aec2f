"""The files of the library over the port: corrected, removed into the trash, brought back, and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from radarr_desktop.domain.naming import Naming
from tests.api.served import Served
from tests.fakes.film import film

GOOD = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"
WORSE = "The.Salt.Meridian.2025.720p.WEB-DL.x264-ROOK"


def take(served: Served, name: str) -> dict[str, Any]:
    source = served.folder / f"{name}.mkv"
    source.write_bytes(film(name.encode()))
    imported = served.client.post("/api/v4/import", json={"path": str(source), "movieId": 1})
    imported.raise_for_status()
    return dict(served.client.get(f"/api/v3/moviefile/{imported.json()['id']}").raise_for_status().json())


def test_what_is_remembered_of_a_file_is_corrected(served: Served) -> None:
    file = take(served, WORSE)
    assert file["quality"]["quality"]["name"] == "WEBDL-720p"
    quality = {"quality": {"id": 7}, "revision": {"version": 2}}
    changed = served.client.put(f"/api/v3/moviefile/{file['id']}", json=file | {"quality": quality})
    assert changed.status_code == 202, changed.text
    assert changed.json()["quality"]["quality"]["name"] == "Bluray-1080p"
    assert changed.json()["quality"]["revision"]["version"] == 2
    body = {"movieFileIds": [file["id"]], "releaseGroup": "ME", "sceneName": "Mine"}
    (edited,) = served.client.put("/api/v3/moviefile/editor", json=body).json()
    assert (edited["releaseGroup"], edited["sceneName"], edited["id"]) == ("ME", "Mine", file["id"])
    (again,) = served.client.put("/api/v3/moviefile/bulk", json=[{"id": file["id"], "releaseGroup": "YOU"}]).json()
    assert (again["releaseGroup"], again["sceneName"]) == ("YOU", "Mine")
    assert Path(again["path"]).exists()
    for path, json in (("editor", {}), ("bulk", []), ("77", {})):
        assert served.client.put(f"/api/v3/moviefile/{path}", json=json).status_code in (400, 404)


def test_languages_edition_and_flags_are_kept_and_judged(served: Served) -> None:
    field = {"name": "value", "value": 4}  # German
    condition = {"name": "German", "implementation": "LanguageSpecification", "fields": [field]}
    cut = {"name": "Cut", "implementation": "EditionSpecification", "fields": [{"name": "value", "value": "director"}]}
    for one in (condition, cut):
        made = served.client.post("/api/v3/customformat", json={"name": one["name"], "specifications": [one]})
        assert made.status_code == 201, made.text
    file = take(served, "The.Salt.Meridian.2025.Extended.1080p.BluRay.x264-KITE")
    assert (file["edition"], file["customFormats"]) == ("Extended", [])
    same = served.client.put(f"/api/v3/moviefile/{file['id']}", json=file).json()
    assert same == file
    kept = served.call(served.engine.movies.get(1)).slot.file
    assert kept is not None
    assert (kept.languages, kept.editions) == (None, None)  # read, not said
    said = {"languages": [{"id": 4, "name": "German"}, {"id": 0}], "edition": "Director's Cut", "indexerFlags": 33}
    changed = served.client.put(f"/api/v3/moviefile/{file['id']}", json=file | said).json()
    assert [one["name"] for one in changed["languages"]] == ["German"]
    assert (changed["edition"], changed["indexerFlags"]) == ("Director's Cut", 33)
    assert {one["name"] for one in changed["customFormats"]} == {"German", "Cut"}
    assert served.client.get("/api/v3/movie/1").json()["movieFile"]["edition"] == "Director's Cut"
    (edited,) = served.client.put(
        "/api/v3/moviefile/editor", json={"movieFileIds": [file["id"]], "edition": "", "indexerFlags": 0}
    ).json()
    assert ("edition" in edited, edited["indexerFlags"], edited["languages"]) == (False, 0, changed["languages"])
    (again,) = served.client.put("/api/v3/moviefile/bulk", json=[{"id": file["id"], "edition": "IMAX"}]).json()
    assert (again["edition"], again["languages"]) == ("IMAX", changed["languages"])


def test_what_was_said_of_a_file_is_in_its_name_and_survives_the_trash(served: Served) -> None:
    served.call(served.engine.names.save(Naming(file="{Movie Title} {Edition Tags}")))
    file = take(served, GOOD)
    body = [{"id": file["id"], "edition": "Director's Cut", "languages": [{"id": 2}]}]
    served.client.put("/api/v3/moviefile/bulk", json=body).raise_for_status()
    (shown,) = served.client.get("/api/v3/rename", params={"movieId": 1}).json()
    assert shown["newPath"] == "The Salt Meridian Director's Cut.mkv"
    served.client.delete(f"/api/v3/moviefile/{file['id']}").raise_for_status()
    newest = served.call(served.engine.undo.operations(1))[0]
    served.call(served.engine.undo.undo(newest.operation.id))
    back = served.client.get(f"/api/v3/moviefile/{file['id']}").json()
    assert (back["edition"], [one["name"] for one in back["languages"]]) == ("Director's Cut", ["French"])


def test_of_several_files_none_is_changed_where_one_is_unknown(served: Served) -> None:
    file = take(served, GOOD)
    bodies = [{"id": file["id"], "releaseGroup": "ME"}, {"id": 77}]
    assert served.client.put("/api/v3/moviefile/bulk", json=bodies).status_code == 404
    assert served.client.get(f"/api/v3/moviefile/{file['id']}").json()["releaseGroup"] == "KITE"


def test_a_removed_file_goes_to_the_trash_and_comes_back(served: Served) -> None:
    file = take(served, GOOD)
    path = Path(file["path"])
    content = path.read_bytes()
    assert served.client.delete(f"/api/v3/moviefile/{file['id']}").status_code == 200
    assert not path.exists()
    assert not served.client.get("/api/v3/movie/1").json()["hasFile"]
    newest = served.call(served.engine.undo.operations(1))[0]
    served.call(served.engine.undo.undo(newest.operation.id))
    assert path.read_bytes() == content
    assert served.client.get("/api/v3/movie/1").json()["movieFile"]["id"] == file["id"]
    many = served.client.request("DELETE", "/api/v3/moviefile/bulk", json={"movieFileIds": [file["id"], 77]})
    assert many.status_code == 404
    assert path.exists()
    many = served.client.request("DELETE", "/api/v3/moviefile/bulk", json={"movieFileIds": [file["id"]]})
    assert many.status_code == 200
    assert not path.exists()
    assert served.client.request("DELETE", "/api/v3/moviefile/bulk", json={}).status_code == 400


def test_nothing_is_removed_where_the_disk_is_away(served: Served) -> None:
    file = take(served, GOOD)
    away = served.library.rename(served.folder / "away")
    assert served.client.delete(f"/api/v3/moviefile/{file['id']}").status_code == 409
    served.library.mkdir()
    assert served.client.delete(f"/api/v3/moviefile/{file['id']}").status_code == 409
    served.library.rmdir()
    away.rename(served.library)
    assert served.client.get("/api/v3/movie/1").json()["hasFile"]
    assert Path(file["path"]).exists()


def test_the_files_a_movie_had_are_told_with_why_each_made_room(served: Served) -> None:
    assert served.client.get("/api/v4/movie/1/files").json() == []
    take(served, WORSE)
    better = take(served, GOOD)
    newest = served.call(served.engine.undo.operations(1))[0]
    served.call(served.engine.undo.undo(newest.operation.id))
    worse = served.client.get("/api/v3/moviefile", params={"movieId": 1}).json()[0]
    Path(worse["path"]).unlink()
    (Path(worse["path"]).parent / f"{GOOD}.mkv").write_bytes(film(b"found"))
    served.call(served.engine.rescan.movie(1))
    told = served.client.get("/api/v4/movie/1/files").json()
    assert [(one["quality"], one["ended"]) for one in told] == [
        ("Bluray-1080p", ""),
        ("WEBDL-720p", "It was gone from the disk."),
        ("Bluray-1080p", "What had brought it was undone."),
        ("WEBDL-720p", f"It was replaced by {GOOD}."),
    ]
    assert told[2]["path"] == better["path"]
    assert all(one["until"] for one in told[1:])
    assert "until" not in told[0]
    assert served.client.get("/api/v4/movie/99/files").status_code == 404
