"""What is set up through the port: services with their secrets, profiles, root folders, tags."""

from __future__ import annotations

from typing import Any

from radarr_desktop.app import program_version
from radarr_desktop.domain.profiles import FIRST_GROUP_ID
from radarr_desktop.loopback.hdbits import Fault
from radarr_desktop.loopback.made_up import made_up
from tests.api.served import KEY, Served

MASK = "********"


def named(fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {field["name"]: field.get("value") for field in fields}


def hdbits(served: Served, **changes: Any) -> dict[str, Any]:
    """As a client makes it: the schema, filled in."""
    schema = next(
        one for one in served.client.get("/api/v3/indexer/schema").json() if one["implementation"] == "HDBits"
    )
    values = {
        "baseUrl": served.hdbits.url,
        "username": served.hdbits.username,
        "passkey": served.hdbits.passkey,
        "pause": 0,
        **changes,
    }
    for field in schema["fields"]:
        field["value"] = values.get(field["name"], field.get("value"))
    return {**schema, "name": "My tracker", "enableRss": True}


def test_sets_up_a_service_and_never_tells_its_secret(bare: Served) -> None:
    answer = bare.client.post("/api/v3/indexer", json=hdbits(bare))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert named(made["fields"])["passkey"] == MASK
    listed = bare.client.get("/api/v3/indexer")
    assert listed.json() == [made]
    assert bare.client.get(f"/api/v3/indexer/{made['id']}").json() == made
    assert bare.hdbits.passkey not in answer.text + listed.text

    changed = bare.client.put(f"/api/v3/indexer/{made['id']}", json={**made, "name": "Renamed", "priority": 3})
    assert changed.status_code == 202, changed.text
    assert (changed.json()["name"], changed.json()["priority"]) == ("Renamed", 3)
    assert bare.client.post("/api/v3/indexer/test", json=changed.json()).json() == {}
    assert bare.client.post("/api/v3/indexer/testall").json()[0]["isValid"] is True


def test_the_weight_of_an_indexer_makes_a_round_trip_and_has_bounds(bare: Served) -> None:
    made = bare.client.post("/api/v3/indexer", json=hdbits(bare, weight=7)).json()
    assert named(made["fields"])["weight"] == 7
    assert [one["weight"] for one in bare.client.get("/api/v4/indexers").json()] == [7]
    without = {**made, "fields": [one for one in made["fields"] if one["name"] != "weight"]}
    kept = bare.client.put(f"/api/v3/indexer/{made['id']}", json=without)
    assert named(kept.json()["fields"])["weight"] == 7, "a client that does not know it leaves it alone"
    refused = bare.client.post("/api/v3/indexer/test", json={**hdbits(bare, weight=1001), "name": "Other"})
    assert [one["propertyName"] for one in refused.json()] == ["weight"]


def test_tests_before_it_saves_unless_forced(bare: Served) -> None:
    wrong = hdbits(bare, passkey=made_up("wrong"))
    for path in ("/api/v3/indexer", "/api/v3/indexer/test"):
        answer = bare.client.post(path, json=wrong)
        assert answer.status_code == 400, path
        assert answer.json()[0]["severity"] == "error"
        assert "0" * 32 not in answer.text
    assert bare.client.get("/api/v3/indexer").json() == []
    forced = bare.client.post("/api/v3/indexer", params={"forceSave": "true"}, json=wrong)
    assert forced.status_code == 201
    told = bare.client.post("/api/v3/indexer/testall")
    assert told.status_code == 400
    assert told.json()[0]["isValid"] is False
    assert told.json()[0]["validationFailures"][0]["errorMessage"]


def test_a_service_that_is_off_is_kept_untested(bare: Served) -> None:
    bare.hdbits.fail(Fault.SERVER_ERROR)
    off = {"enableRss": False, "enableAutomaticSearch": False, "enableInteractiveSearch": False}
    answer = bare.client.post("/api/v3/indexer", json={**hdbits(bare), **off})
    assert answer.status_code == 201, answer.text
    assert answer.json()["enableRss"] is False


def test_tells_which_field_of_a_service_is_wrong(bare: Served) -> None:
    bad = bare.client.post("/api/v3/indexer", json=hdbits(bare, baseUrl=5))
    assert [one["propertyName"] for one in bad.json()] == ["baseUrl"]
    nameless = bare.client.post("/api/v3/indexer", json={"name": " ", "implementation": "Nothing"})
    assert {one["propertyName"] for one in nameless.json()} == {"name", "implementation"}
    made = bare.client.post("/api/v3/indexer", json=hdbits(bare))
    twice = bare.client.post("/api/v3/indexer", json=hdbits(bare))
    assert (made.status_code, twice.status_code) == (201, 400)
    assert twice.json()[0]["propertyName"] == "name"


def test_what_radarr_keeps_beside_the_fields_of_a_client_is_a_setting(served: Served) -> None:
    client = served.client.get("/api/v3/downloadclient").json()[0]
    assert (client["removeCompletedDownloads"], client["removeFailedDownloads"]) == (False, True)
    wanted = client | {"removeCompletedDownloads": True, "removeFailedDownloads": False}
    wanted["fields"] = [one for one in client["fields"] if not one["name"].startswith("remove")]
    changed = served.client.put(f"/api/v3/downloadclient/{client['id']}", json=wanted).json()
    assert (changed["removeCompletedDownloads"], changed["removeFailedDownloads"]) == (True, False)


def test_choices_go_by_their_number(served: Served) -> None:
    client = served.client.get("/api/v3/downloadclient").json()[0]
    field = next(one for one in client["fields"] if one["name"] == "encryption")
    chosen = field["selectOptions"][-1]
    field["value"] = chosen["value"]
    changed = served.client.put(f"/api/v3/downloadclient/{client['id']}", json=client)
    assert changed.status_code == 202, changed.text
    assert named(changed.json()["fields"])["encryption"] == chosen["value"]
    field["value"] = 99
    refused = served.client.put(f"/api/v3/downloadclient/{client['id']}", json=client)
    assert refused.json()[0]["propertyName"] == "encryption"


def test_removes_a_service(served: Served) -> None:
    id = served.client.get("/api/v3/indexer").json()[0]["id"]
    assert served.client.delete(f"/api/v3/downloadclient/{id}").status_code == 404
    assert served.client.delete(f"/api/v3/indexer/{id}").json() == {}
    assert served.client.get(f"/api/v3/indexer/{id}").status_code == 404
    assert "indexer" in str(served.client.get("/api/v3/health").json())


def test_every_kind_of_service_has_schemas(bare: Served) -> None:
    for kind, known in (("indexer", "HDBits"), ("downloadclient", "Libtorrent"), ("notification", "Webhook")):
        schemas = bare.client.get(f"/api/v3/{kind}/schema").json()
        assert known in {one["implementation"] for one in schemas}
        assert all(one["fields"] or one["implementation"] for one in schemas)


def test_no_answer_holds_a_secret(served: Served) -> None:
    v3 = [f"/api/v3/{name}" for name in ("indexer", "downloadclient", "system/status", "health", "config/naming")]
    texts = [served.client.get(path).text for path in (*v3, "/api/v4/status", "/docs/openapi.json")]
    for secret in (KEY, served.hdbits.passkey, served.tmdb.api_key):
        assert not [text for text in texts if secret in text]


def test_profiles_make_a_round_trip(served: Served) -> None:
    profile = served.client.get("/api/v3/qualityprofile").json()[0]
    again = served.client.put(f"/api/v3/qualityprofile/{profile['id']}", json=profile)
    assert (again.status_code, again.json()) == (202, profile)
    schema = served.client.get("/api/v3/qualityprofile/schema").json()
    groups = [item for item in schema["items"] if item.get("id")]
    assert [item["id"] for item in groups] == [FIRST_GROUP_ID + number for number in range(1, 5)]
    for item in (groups[2], *groups[2]["items"]):
        item["allowed"] = True
    made = served.client.post(
        "/api/v3/qualityprofile", json={**schema, "name": "Web", "cutoff": groups[2]["id"], "upgradeAllowed": True}
    )
    assert made.status_code == 201, made.text
    assert made.json()["items"] == schema["items"]
    assert served.client.delete(f"/api/v3/qualityprofile/{made.json()['id']}").json() == {}


def test_tells_what_is_wrong_with_a_profile(served: Served) -> None:
    profile = served.client.get("/api/v3/qualityprofile").json()[0]

    def names(**changes: Any) -> set[str]:
        answer = served.client.post("/api/v3/qualityprofile", json={**profile, "name": "New", **changes})
        assert answer.status_code == 400
        return {one["propertyName"] for one in answer.json()}

    assert names(name="") == {"name"}
    assert names(name=profile["name"]) == {"name"}
    assert names(items=profile["items"][1:]) == {"items"}
    assert names(items=[*profile["items"], profile["items"][0]]) == {"items"}
    assert names(cutoff=0) == {"cutoff"}
    assert names(items=[{**item, "allowed": False} for item in profile["items"]]) == {"items"}
    group = {"id": 5, "name": "", "items": [], "allowed": False}
    assert names(items=[*profile["items"], group]) == {"items"}


def test_a_profile_in_use_stays(served: Served) -> None:
    id = served.client.get("/api/v3/movie").json()[0]["qualityProfileId"]
    refused = served.client.delete(f"/api/v3/qualityprofile/{id}")
    assert refused.status_code == 409
    assert refused.json()["description"]


def test_root_folders(served: Served) -> None:
    (served.library / "Stray (1999)").mkdir()
    folder = served.client.get("/api/v3/rootFolder").json()[0]
    assert folder["accessible"] is True
    assert [one["name"] for one in folder["unmappedFolders"]] == ["Stray (1999)"]
    other = served.folder / "other"
    other.mkdir()
    made = served.client.post("/api/v3/rootfolder", json={"path": str(other)})
    assert made.status_code == 201
    assert {one["path"] for one in served.client.get("/api/v3/diskspace").json()} == {str(served.library), str(other)}
    assert served.client.delete(f"/api/v3/rootfolder/{made.json()['id']}").json() == {}
    for path in ("", "/nowhere", "relative", str(served.library / "Stray (1999)"), "/tmp\0"):
        refused = served.client.post("/api/v3/rootfolder", json={"path": path})
        assert refused.json()[0]["propertyName"] == "path", path


def test_remote_paths(bare: Served) -> None:
    path = "/api/v3/remotepathmapping"
    wanted = {"host": "nas", "remotePath": "/downloads", "localPath": str(bare.library)}
    made = bare.client.post(path, json=wanted)
    assert made.status_code == 201, made.text
    told = {"id": 1, "host": "nas", "remotePath": "/downloads/", "localPath": f"{bare.library}/"}
    assert made.json() == told
    assert bare.client.get(path).json() == [told]
    again = bare.client.put(f"{path}/1", json={**told, "remotePath": "D:\\Torrents\\"})
    assert (again.status_code, again.json()) == (202, {**told, "remotePath": "D:\\Torrents\\"})
    assert bare.client.get(f"{path}/1").json() == again.json()
    for name, value in (("host", ""), ("remotePath", "downloads"), ("localPath", "/nowhere"), ("localPath", None)):
        refused = bare.client.post(path, json={**wanted, name: value})
        assert (refused.status_code, refused.json()[0]["propertyName"]) == (400, name)
    assert bare.client.delete(f"{path}/1").json() == {}
    assert bare.client.delete(f"{path}/1").status_code == 404
    assert bare.client.put(f"{path}/1", json=wanted).status_code == 404


def test_tags_and_what_carries_them(served: Served) -> None:
    made = served.client.post("/api/v3/tag", json={"label": "Request-7"}).json()
    assert made["label"] == "request-7"
    assert served.client.post("/api/v3/tag", json={"label": "request-7"}).json() == made
    renamed = served.client.put("/api/v3/tag", json={"id": made["id"], "label": "later"})
    assert (renamed.status_code, renamed.json()["label"]) == (202, "later")
    details = {one["label"]: one for one in served.client.get("/api/v3/tag/detail").json()}
    assert details["rare"]["movieIds"] == [served.client.get("/api/v3/movie").json()[0]["id"]]
    assert details["later"]["movieIds"] == []
    assert served.client.delete(f"/api/v3/tag/{made['id']}").json() == {}
    assert served.client.get(f"/api/v3/tag/{made['id']}").status_code == 404
    assert served.client.post("/api/v3/tag", json={"label": "no tag!"}).json()[0]["propertyName"] == "label"
    assert served.client.post("/api/v3/tag", json={}).json()[0]["propertyName"] == "label"


def test_status_in_one_look(served: Served) -> None:
    status = served.client.get("/api/v4/status").json()
    assert (status["version"], status["movies"], status["wanted"], status["withFile"]) == (program_version(), 1, 1, 0)
    assert (status["downloading"], status["waiting"]) == (0, 0)


def test_how_files_are_kept_is_set_and_what_cannot_work_is_refused(served: Served) -> None:
    where = "/api/v3/config/mediamanagement"
    before = served.client.get(where).json()
    assert (before["importExtraFiles"], before["fileDate"], before["chmodFolder"]) == (True, "none", "755")
    wanted = {
        "setPermissionsLinux": True,
        "chmodFolder": "770",
        "chownGroup": "root",
        "fileDate": "cinemas",
        "deleteEmptyFolders": True,
        "importExtraFiles": True,
        "extraFileExtensions": "srt, .nfo",
    }
    saved = served.client.put(f"{where}/1", json=before | wanted)
    assert saved.status_code == 202
    assert {key: saved.json()[key] for key in wanted} == wanted
    assert served.client.put(f"{where}/1", json={}).json() == saved.json()
    assert served.call(served.engine.settings.media()).extras == {".srt", ".nfo"}
    for field, wrong in {
        "chmodFolder": "rwx",
        "chownGroup": "nobody has this",
        "fileDate": "yesterday",
        "extraFileExtensions": "srt,../../x",
    }.items():
        refused = served.client.put(f"{where}/1", json={field: wrong})
        assert (refused.status_code, [one["propertyName"] for one in refused.json()]) == (400, [field])
    assert served.client.get(where).json() == saved.json()
    assert served.client.put(f"{where}/1", json={"importExtraFiles": False}).json()["importExtraFiles"] is False
    assert served.call(served.engine.settings.media()).extras == frozenset()
