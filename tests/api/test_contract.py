"""Every answer fits Radarr's published contract."""

from __future__ import annotations

import pytest

from radarr_desktop.api.endpoint import Endpoint
from radarr_desktop.api.table import ENDPOINTS
from tests.api.contract import FILE, Contract
from tests.api.served import Served
from tests.fakes.film import film as a_film

V3 = [one for one in ENDPOINTS if one.path.startswith(("/api/v3/", "/ping")) and "openapi" not in one.path]
# Clients send these without the id in the path, though the contract does not say so.
UNWRITTEN = {("PUT", "/api/v3/movie"), ("PUT", "/api/v3/tag")}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="Radarr's contract lies beside the project, not in it")


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract()


def test_serves_only_what_the_contract_has(contract: Contract) -> None:
    served = {(one.method, one.path) for one in V3} - UNWRITTEN
    assert [one for one in served if (one[0], one[1].lower()) not in contract.operations] == []


def test_takes_only_query_names_the_contract_has(contract: Contract) -> None:
    strange = []
    for one in V3:
        operation = contract.operations.get((one.method, one.path.lower()))
        known = {parameter["name"] for parameter in operation.get("parameters", ())} if operation else set()
        names = set(one.query.__struct_encode_fields__) if operation else set()
        strange += [f"{one.method} {one.path}: {name}" for name in sorted(names - known)]
    assert strange == []


def test_every_answer_fits(contract: Contract, served: Served) -> None:
    movie = served.client.get("/api/v3/movie").json()[0]
    film = served.folder / "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE.mkv"
    film.write_bytes(a_film())
    served.client.get("/api/v3/release", params={"movieId": movie["id"]}).raise_for_status()
    grabbed = served.client.post("/api/v4/grab", json={"movieId": movie["id"]})
    assert grabbed.json()["grab"], grabbed.text
    imported = served.client.post("/api/v4/import", json={"path": str(film), "movieId": movie["id"]})
    imported.raise_for_status()
    command = served.client.post("/api/v3/command", json={"name": "RefreshMonitoredDownloads"}).json()
    served.client.post("/api/v3/releaseprofile", json={"required": ["x264"]}).raise_for_status()
    ids = {"command": command["id"], "moviefile": imported.json()["id"], "delayprofile": 1, "releaseprofile": 1}
    mapping = {"host": "nas", "remotePath": "/downloads", "localPath": str(served.folder)}
    ids["remotepathmapping"] = served.client.post("/api/v3/remotepathmapping", json=mapping).json()["id"]
    for path in ("rootfolder", "qualityprofile", "customformat", "tag", "indexer", "downloadclient"):
        ids[path] = served.client.get(f"/api/v3/{path}").json()[0]["id"]

    asked, faults = 0, []
    for one in V3:
        if one.method == "GET" and one.answer is not None and not one.path.startswith("/api/v3/notification/{"):
            answer = served.client.get(_filled(one, ids, movie["id"]), params=_query(one, movie))
            assert answer.status_code == 200, (one.path, answer.text)
            faults += [f"{one.path} {fault}" for fault in contract.faults("GET", one.path, answer.json())]
            asked += 1
    assert faults == []
    assert asked > 40


def _filled(one: Endpoint, ids: dict[str, int], movie_id: int) -> str:
    resource = one.path.split("/")[3] if one.path.count("/") > 2 else ""
    return one.path.replace("{id}", str(ids.get(resource, movie_id)))


def _query(one: Endpoint, movie: dict[str, int]) -> dict[str, str | int]:
    values: dict[str, str | int] = {"movieId": movie["id"], "tmdbId": movie["tmdbId"], "imdbId": movie["imdbId"]}
    values |= {"term": "The Salt Meridian", "includeMovie": "true", "title": "The.Salt.Meridian.2025.1080p.WEB-DL-X"}
    return {name: value for name, value in values.items() if name in one.query.__struct_encode_fields__}
