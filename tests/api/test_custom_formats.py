"""Custom formats, profiles and sizes over the v3 API, as its clients use them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.served import Served
from tests.fakes.film import film as a_film
from tests.fixtures_engine import PATIENCE

HEVC: dict[str, Any] = {
    "name": "HEVC",
    "includeCustomFormatWhenRenaming": False,
    "specifications": [
        {
            "name": "x265",
            "implementation": "ReleaseTitleSpecification",
            "negate": False,
            "required": True,
            "fields": [{"name": "value", "value": r"\bx265\b"}],
        },
        {
            "name": "Size",
            "implementation": "SizeSpecification",
            "negate": True,
            "required": False,
            "fields": [{"name": "min", "value": "0"}, {"name": "max", "value": 2.5}],
        },
    ],
}


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path) as served:
        yield served


def _failures(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.text
    return [(one["propertyName"], one["errorMessage"]) for one in answer.json()]


def test_a_format_lives_and_dies(fresh: Served) -> None:
    made = fresh.client.post("/api/v3/customformat", json=HEVC)
    assert made.status_code == 201
    resource = made.json()
    assert {"name": resource["name"], "flag": resource["includeCustomFormatWhenRenaming"]} == {
        "name": "HEVC",
        "flag": False,
    }
    first, second = resource["specifications"]
    assert (first["implementationName"], first["required"], first["negate"]) == ("Release title", True, False)
    assert first["fields"][0]["value"] == r"\bx265\b"
    assert {field["name"]: field["value"] for field in second["fields"]} == {"min": 0, "max": 2.5}

    path = f"/api/v3/customformat/{resource['id']}"
    assert fresh.client.get(path).json() == resource
    resource["name"] = "Small"
    changed = fresh.client.put(path, json=resource)
    assert (changed.status_code, changed.json()) == (202, resource)
    assert resource in fresh.client.get("/api/v3/customformat").json()
    assert fresh.client.delete(path).status_code == 200
    assert fresh.client.get(path).status_code == 404


def test_several_at_once(fresh: Served) -> None:
    ids = [fresh.client.post("/api/v3/customformat", json=HEVC | {"name": name}).json()["id"] for name in "ab"]
    body = {"ids": ids, "includeCustomFormatWhenRenaming": True}
    changed = fresh.client.put("/api/v3/customformat/bulk", json=body)
    assert changed.status_code == 202
    assert [one["includeCustomFormatWhenRenaming"] for one in changed.json()] == [True, True]
    assert fresh.client.request("DELETE", "/api/v3/customformat/bulk", json={"ids": ids}).status_code == 200
    assert not {one["id"] for one in fresh.client.get("/api/v3/customformat").json()} & set(ids)
    for method in ("PUT", "DELETE"):
        answer = fresh.client.request(method, "/api/v3/customformat/bulk", json={"ids": []})
        assert _failures(answer) == [("ids", "ids must be provided")]


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"name": " "}, "name", "has no name"),
        ({"name": "small files (hevc or av1)"}, "name", "There is a custom format “small files (hevc or av1)” already"),
        ({"specifications": []}, "specifications", "has no condition"),
        ({"pattern": "(x"}, "specifications", "this “(” has no “)” (character 1)"),
        ({"pattern": "(a+)+$"}, "specifications", "takes too long"),
    ],
)
def test_what_cannot_be_used_is_refused(fresh: Served, change: dict[str, Any], name: str, words: str) -> None:
    body = HEVC | change
    if "pattern" in change:
        specification = dict(HEVC["specifications"][0])
        body["specifications"] = [specification | {"fields": [{"name": "value", "value": change["pattern"]}]}]
    ((where, said),) = _failures(fresh.client.post("/api/v3/customformat", json=body))
    assert where == name
    assert words in said


def test_the_schema_offers_every_kind_with_what_is_there(fresh: Served) -> None:
    fresh.client.post("/api/v3/customformat", json=HEVC)
    schema = {one["implementation"]: one for one in fresh.client.get("/api/v3/customformat/schema").json()}
    assert len(schema) == 10
    names = [one["name"] for one in schema["ReleaseTitleSpecification"]["presets"]]
    assert names[:2] == ["x264", "x265"]
    assert names[-1] == "x265"
    assert [field["type"] for field in schema["LanguageSpecification"]["fields"]] == ["select", "checkbox"]
    options = {one["value"]: one["name"] for one in schema["SourceSpecification"]["fields"][0]["selectOptions"]}
    assert options[7] == "webdl"
    assert schema["SizeSpecification"]["fields"][0]["unit"] == "GB"


def test_a_profile_scores_every_format(fresh: Served) -> None:
    id = fresh.client.post("/api/v3/customformat", json=HEVC).json()["id"]
    profile = fresh.client.get("/api/v3/qualityprofile").json()[0]
    assert {item["format"]: item["score"] for item in profile["formatItems"]}[id] == 0
    for item in profile["formatItems"]:
        item["score"] = 25 if item["format"] == id else item["score"]
    profile |= {"minFormatScore": 20, "cutoffFormatScore": 30, "minUpgradeFormatScore": 5}
    profile["language"] = {"id": 2, "name": "French"}
    path = f"/api/v3/qualityprofile/{profile['id']}"
    saved = fresh.client.put(path, json=profile)
    assert saved.status_code == 202, saved.text
    again = fresh.client.get(path).json()
    assert again["formatItems"][0] == {"format": id, "name": "HEVC", "score": 25}
    assert {key: again[key] for key in ("minFormatScore", "cutoffFormatScore", "minUpgradeFormatScore")} == {
        "minFormatScore": 20,
        "cutoffFormatScore": 30,
        "minUpgradeFormatScore": 5,
    }
    assert again["language"] == {"id": 2, "name": "French"}
    kept = fresh.call(fresh.engine.profiles.get(profile["id"]))
    assert kept.cap == 20_000_000_000  # what this API does not tell stays


def test_a_format_that_goes_takes_its_scores_along(fresh: Served) -> None:
    profile = fresh.client.get("/api/v3/qualityprofile").json()[0]
    ids = [item["format"] for item in profile["formatItems"]]
    scored = [item["format"] for item in profile["formatItems"] if item["score"] > 0]
    before = fresh.call(fresh.engine.profiles.get(profile["id"]))
    fresh.client.delete(f"/api/v3/customformat/{scored[0]}")
    after = fresh.call(fresh.engine.profiles.get(profile["id"]))
    assert scored[0] not in after.format_scores
    assert after.version == before.version + 1
    fresh.client.request("DELETE", "/api/v3/customformat/bulk", json={"ids": [id for id in ids if id != scored[0]]})
    last = fresh.client.get(f"/api/v3/qualityprofile/{profile['id']}").json()
    assert (last["formatItems"], last["minFormatScore"], last["cutoffFormatScore"]) == ([], 0, 0)


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"minFormatScore": 10_000}, "minFormatScore", "wants a score of at least 10,000, but"),
        ({"minUpgradeFormatScore": 0}, "minUpgradeFormatScore", "a step of at least 1"),
        ({"formatItems": []}, "formatItems", "listed exactly once"),
        ({"language": {"id": 999}}, "language", "not known"),
        ({"cutoff": 24}, "cutoff", "must be an allowed quality or group"),
        ({"items": []}, "items", "listed exactly once"),
    ],
)
def test_a_profile_that_cannot_work_is_refused(fresh: Served, change: dict[str, Any], name: str, words: str) -> None:
    profile = fresh.client.get("/api/v3/qualityprofile").json()[0]
    found = _failures(fresh.client.put(f"/api/v3/qualityprofile/{profile['id']}", json=profile | change))
    assert any(where == name and words in said for where, said in found), found


def test_sizes_of_qualities_are_changed_for_all_profiles(fresh: Served) -> None:
    definitions = fresh.client.get("/api/v3/qualitydefinition").json()
    assert len(definitions) == 30
    one = next(each for each in definitions if each["quality"]["name"] == "Bluray-1080p")
    one |= {"title": "Disc", "minSize": 20, "preferredSize": 60, "maxSize": 100}
    saved = fresh.client.put(f"/api/v3/qualitydefinition/{one['id']}", json=one)
    assert (saved.status_code, saved.json()) == (202, one)
    for each in definitions:
        each["minSize"] = 1.5 if each["quality"]["name"] == "DVD" else each["minSize"]
    assert fresh.client.put("/api/v3/qualitydefinition/update", json=definitions).json() == definitions
    assert fresh.client.get(f"/api/v3/qualitydefinition/{one['id']}").json() == one

    command = fresh.client.post("/api/v3/command", json={"name": "ResetQualityDefinitions"}).json()
    deadline = time.monotonic() + PATIENCE
    while fresh.client.get(f"/api/v3/command/{command['id']}").json()["status"] != "completed":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    usual = fresh.client.get(f"/api/v3/qualitydefinition/{one['id']}").json()
    assert (usual["title"], usual["minSize"], "maxSize" in usual) == ("Disc", 0, False)

    one |= {"minSize": 200}
    ((where, said),) = _failures(fresh.client.put(f"/api/v3/qualitydefinition/{one['id']}", json=one))
    assert (where, said) == ("maxSize", "The largest size of Bluray-1080p is below its smallest, 200. Make it more.")
    assert fresh.client.put("/api/v3/qualitydefinition/99", json=one).status_code == 404


def test_languages_and_flags_are_listed(fresh: Served) -> None:
    languages = {one["id"]: one["name"] for one in fresh.client.get("/api/v3/language").json()}
    assert (languages[-1], languages[-2], languages[0], languages[30]) == (
        "Any",
        "Original",
        "Unknown",
        "Portuguese (Brazil)",
    )
    assert len(languages) == 60
    flags = {one["id"]: one["name"] for one in fresh.client.get("/api/v3/indexerflag").json()}
    assert flags[1] == "G_Freeleech"
    assert flags[4096] == "Exclusive"


def test_a_file_shows_the_formats_of_the_release_it_was(fresh: Served) -> None:
    movie = fresh.furnish()
    body = HEVC | {"specifications": HEVC["specifications"][:1]}
    id = fresh.client.post("/api/v3/customformat", json=body).json()["id"]
    film = fresh.folder / "The.Salt.Meridian.2025.1080p.BluRay.x265-KITE.mkv"
    film.write_bytes(a_film())
    fresh.client.post("/api/v4/import", json={"path": str(film), "movieId": movie.id}).raise_for_status()
    profile = fresh.client.get(f"/api/v3/qualityprofile/{movie.slot.profile_id}").json()
    for item in profile["formatItems"]:
        item["score"] = 7 if item["format"] == id else 0
    fresh.client.put(f"/api/v3/qualityprofile/{profile['id']}", json=profile).raise_for_status()
    (file,) = fresh.client.get("/api/v3/moviefile", params={"movieId": movie.id}).json()
    assert {"id": id, "name": "HEVC"} in file["customFormats"]
    assert file["customFormatScore"] == 7
    assert fresh.client.get(f"/api/v3/moviefile/{file['id']}").json() == file
