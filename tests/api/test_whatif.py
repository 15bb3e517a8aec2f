"""What-if, why with its timeline, and how long is remembered, through the port and the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.cli.commands import main
from tests.api.served import Served


def profile_of(served: Served, name: str = "HD") -> dict[str, Any]:
    found = served.client.get("/api/v3/qualityprofile").json()
    return next(one for one in found if one["name"] == name)


def only(profile: dict[str, Any], name: str) -> dict[str, Any]:
    """The profile, with this quality alone."""
    items = [item | {"allowed": item.get("quality", {}).get("name") == name} for item in profile["items"]]
    cutoff = next(item["quality"]["id"] for item in items if item["allowed"])
    return profile | {"items": items, "cutoff": cutoff}


def ask(served: Served, **body: Any) -> dict[str, Any]:
    answer = served.client.post("/api/v4/whatif", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def searched(served: Served) -> Served:
    """With releases that were seen."""
    (movie,) = served.client.get("/api/v3/movie").json()
    assert served.client.get("/api/v4/search", params={"movieId": movie["id"]}).json()
    return served


def test_says_what_a_changed_profile_would_take(searched: Served) -> None:
    said = ask(searched, profile=only(profile_of(searched), "Raw-HD"))
    assert (said["movies"], said["loops"], said["grabs"]) == (1, [], [])
    (dropped,) = said["drops"]
    assert "is not wanted in profile HD." in dropped["reason"]
    assert dropped["before"]["size"] == -said["bytes"]
    assert "after" not in dropped
    assert said["isWeak"] is True


def test_the_same_profile_changes_nothing(searched: Served) -> None:
    said = ask(searched, profile=profile_of(searched))
    assert said["drops"] == said["grabs"] == said["upgrades"] == said["swaps"] == []


def test_refuses_what_cannot_be_asked(searched: Served) -> None:
    post = searched.client.post
    assert post("/api/v4/whatif", json={"like": 4711}).status_code == 404
    assert post("/api/v4/whatif", json={"profile": {}, "days": 0}).status_code == 400
    assert post("/api/v4/whatif", json={"profile": {"name": "x", "items": []}}).status_code == 400
    assert post("/api/v4/whatif", json={"qualities": [{"id": 4, "minSize": 9, "maxSize": 3}]}).status_code == 400


def test_the_command_takes_a_file_or_a_name(
    searched: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        capsys.readouterr()
        assert main(["--data-dir", str(tmp_path / "data"), "whatif", *words]) == 0
        return capsys.readouterr().out

    file = tmp_path / "profile.json"
    file.write_text(json.dumps(only(profile_of(searched), "Raw-HD")), encoding="utf-8")
    said = run("--profile", str(file))
    assert "drop 1" in said
    assert "is not wanted in profile HD." in said
    assert json.loads(run("--profile", "HD", "--for", "HD", "--days", "7", "--json"))["days"] == 7
    file.write_text(json.dumps([CAM_BY_NAME]), encoding="utf-8")
    assert "11\u00a0releases" in run("--formats", str(file))
    for words, code in (
        (["--profile", "Nothing Like It"], 4),
        ([], 2),
        (["--profile", str(file)], 1),
        (["--formats", str(tmp_path / "nothing.json")], 1),
    ):
        assert main(["--data-dir", str(tmp_path / "data"), "whatif", *words]) == code, words


CAM_BY_NAME: dict[str, Any] = {
    "name": "Cam",
    "specifications": [
        {
            "name": "cam",
            "implementation": "ReleaseTitleSpecification",
            "negate": False,
            "required": False,
            "fields": [{"name": "value", "value": "CAM"}],
        }
    ],
}


def test_changed_formats_and_sizes_are_tried_too(searched: Served) -> None:
    post = searched.client.post
    (good,) = ask(searched, profile=only(profile_of(searched), "Raw-HD"))["drops"]
    group = good["before"]["title"].rpartition("-")[2]
    wanted = {"implementation": "ReleaseGroupSpecification", "fields": [{"name": "value", "value": f"^{group}$"}]}
    bad = CAM_BY_NAME | {"name": "Bad", "specifications": [CAM_BY_NAME["specifications"][0] | wanted]}
    made = post("/api/v3/customformat", json=CAM_BY_NAME | {"name": "Bad"}).json()
    scored = profile_of(searched)
    for item in scored["formatItems"]:
        item["score"] = -100 if item["format"] == made["id"] else item["score"]
    assert searched.client.put(f"/api/v3/qualityprofile/{scored['id']}", json=scored).status_code == 202
    said = ask(searched, formats=[bad | {"id": made["id"]}])
    assert said["drops"] or said["swaps"]
    sizes = searched.client.get("/api/v3/qualitydefinition").json()
    said = ask(searched, qualities=[one | {"minSize": 1000, "maxSize": None, "preferredSize": None} for one in sizes])
    (other,) = said["drops"] + said["swaps"]
    assert "too small" in other["reason"]
    broken = CAM_BY_NAME["specifications"][0] | {"fields": [{"name": "value", "value": "("}]}
    assert post("/api/v4/whatif", json={"formats": [CAM_BY_NAME | {"specifications": [broken]}]}).status_code == 400
    assert post("/api/v4/whatif", json={}).status_code == 400


def test_why_tells_how_it_came_to_that(searched: Served) -> None:
    (movie,) = searched.client.get("/api/v3/movie").json()
    said = searched.client.get(f"/api/v4/why/{movie['id']}").json()
    kinds = {turn["kind"]: turn for turn in said["timeline"]}
    assert set(kinds) == {"added", "seen"}
    assert set(kinds["seen"]["releaseIds"]) == {one["id"] for one in said["releases"]}
    assert "good enough" in kinds["seen"]["sentence"]
    assert said["nextBest"] == said["releases"][0]["id"]


def test_how_long_is_remembered_can_be_set(served: Served) -> None:
    assert served.client.get("/api/v4/memory").json() == {"keepDays": 180}
    assert served.client.put("/api/v4/memory", json={"keepDays": 400}).json() == {"keepDays": 400}
    assert served.client.get("/api/v4/memory").json() == {"keepDays": 400}
    (reason,) = served.client.put("/api/v4/memory", json={"keepDays": 0}).json()
    assert reason["propertyName"] == "keepDays"
