"""/metadata: the writer for Kodi and Emby."""

from __future__ import annotations

from tests.api.served import Served


def test_the_writer_is_off_at_first_and_set_as_radarr_does(bare: Served) -> None:
    (told,) = bare.client.get("/api/v3/metadata").json()
    assert (told["implementation"], told["enable"]) == ("XbmcMetadata", False)
    assert {one["name"]: one["value"] for one in told["fields"]} == dict.fromkeys(
        ("movieMetadata", "useMovieNfo", "movieImages"), False
    )
    fields = [{"name": "movieMetadata", "value": True}, {"name": "useMovieNfo", "value": True}]
    saved = bare.client.put("/api/v3/metadata/1", json={**told, "enable": True, "fields": fields})
    assert (saved.status_code, saved.json()["enable"]) == (202, True)
    assert bare.client.get("/api/v3/metadata/1").json() == saved.json()
    off = bare.client.put("/api/v3/metadata/1", json={"enable": False}).json()
    assert [one["value"] for one in off["fields"]] == [False, True, False]
    on = bare.client.put("/api/v3/metadata/1", json={"enable": True}).json()
    assert [one["value"] for one in on["fields"]] == [True, True, True]
    assert bare.client.get("/api/v3/metadata/schema").json()[0]["id"] == 0
    assert bare.client.post("/api/v3/metadata/test", json=told).json() == {}
    assert bare.client.get("/api/v3/metadata/2").status_code == 404
