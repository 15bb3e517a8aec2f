"""/config/naming and /naming: rules, examples, presets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.served import Served

CONFIG = "/api/v3/config/naming"


def test_the_rules_are_what_was_set(bare: Served) -> None:
    usual = bare.client.get(CONFIG).json()
    assert usual == {
        "id": 1,
        "renameMovies": True,
        "replaceIllegalCharacters": True,
        "colonReplacementFormat": "smart",
        "standardMovieFormat": "{Movie Title} ({Year}) {Quality}{-Group}",
        "movieFolderFormat": "{Movie Title} ({Year})",
    }
    wanted = usual | {
        "renameMovies": False,
        "replaceIllegalCharacters": False,
        "colonReplacementFormat": "spaceDash",
        "standardMovieFormat": "{Movie CleanTitle} {(Release Year)} {[Quality Full]}",
    }
    saved = bare.client.put(f"{CONFIG}/1", json=wanted)
    assert (saved.status_code, saved.json()) == (202, wanted)
    assert bare.client.get(f"{CONFIG}/1").json() == wanted
    assert bare.client.put(f"{CONFIG}/1", json={"colonReplacementFormat": 1}).json()["colonReplacementFormat"] == "dash"


def test_what_cannot_name_movies_is_refused_with_the_property(bare: Served) -> None:
    wanted = {"standardMovieFormat": "{Quality}", "movieFolderFormat": "{Movie Title} {Quality Full}"}
    refused = bare.client.put(f"{CONFIG}/1", json=wanted)
    assert refused.status_code == 400
    told = {one["propertyName"]: one["errorMessage"] for one in refused.json()}
    assert "no {Movie Title}" in told["standardMovieFormat"]
    assert "uses {Quality Full}" in told["movieFolderFormat"]
    assert refused.json()[0]["detailedDescription"] == "At character 16: Quality Full"
    assert bare.client.put(f"{CONFIG}/1", json={"colonReplacementFormat": "never"}).status_code == 400
    assert bare.client.get(CONFIG).json()["standardMovieFormat"].startswith("{Movie Title}")


def test_examples_show_patterns_that_are_not_saved(bare: Served) -> None:
    asked = {"standardMovieFormat": "{Movie TitleThe} {[MediaInfo Simple]}", "colonReplacementFormat": "delete"}
    made = bare.client.get(f"{CONFIG}/examples", params=asked).json()
    assert made == {
        "movieExample": "Salt Meridian A Sea Story, The [x265 TrueHD Atmos]",
        "movieFolderExample": "The Salt Meridian A Sea Story (2025)",
    }
    wrong = bare.client.get(f"{CONFIG}/examples", params={"standardMovieFormat": "{Movie Title"}).json()
    assert wrong["movieExample"] == ""


def test_presets_are_ours_and_those_of_an_imported_guide(bare: Served, tmp_path: Path) -> None:
    presets = bare.client.get("/api/v4/naming/preset").json()
    assert [one["key"] for one in presets] == ["plain", "plex", "jellyfin", "emby", "kodi"]
    assert "{tmdb-900001}" in presets[1]["folderExample"]
    missing = bare.client.post("/api/v4/naming/preset", json={"key": "trash-plex"})
    assert missing.status_code == 404
    assert "formats import" in missing.json()["description"]
    guide = tmp_path / "naming.json"
    guide.write_text(
        json.dumps({"folder": {"default": "{Movie Title}"}, "file": {"plex": "{Movie CleanTitle} {imdb-{ImdbId}}"}}),
        encoding="utf-8",
    )
    bare.client.post("/api/v4/format/import", json={"source": str(guide)})
    used = bare.client.post("/api/v4/naming/preset", json={"key": "trash-plex"}).json()
    assert used["fileExample"] == "The Salt Meridian A Sea Story {imdb-tt9000001}.mkv"
    assert bare.client.get("/api/v4/naming").json() == used


@pytest.mark.parametrize("pattern", ["{Nobody}", "{Movie Title} {"])
def test_a_guide_cannot_set_what_does_not_work(bare: Served, tmp_path: Path, pattern: str) -> None:
    guide = tmp_path / "naming.json"
    guide.write_text(json.dumps({"folder": {"default": "{Movie Title}"}, "file": {"x": pattern}}), encoding="utf-8")
    bare.client.post("/api/v4/format/import", json={"source": str(guide)})
    assert bare.client.post("/api/v4/naming/preset", json={"key": "trash-x"}).status_code == 400
    assert bare.client.get("/api/v4/naming").json()["folder"] == "{Movie Title} ({Year})"
