"""What Prowlarr does to an application of the type "Radarr": its calls, in its order, with its comparisons."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import httpx

CATEGORIES = [2000, 2010, 2020, 2030, 2040, 2045, 2050, 2060, 2070, 2080, 2090]
_SYNCED = (
    "baseUrl",
    "apiPath",
    "apiKey",
    "categories",
    "minimumSeeders",
    "seedCriteria.seedRatio",
    "seedCriteria.seedTime",
    "rejectBlocklistedTorrentHashesWhileGrabbing",
)
_TORRENTS_ONLY = _SYNCED[4:7]


@dataclass(frozen=True, slots=True)
class Source:
    """An indexer of Prowlarr's."""

    id: int
    name: str
    usenet: bool = False
    priority: int = 25
    rss: bool = True
    minimum_seeders: int = 1
    ratio: float | None = None
    minutes: int | None = None


@dataclass
class ProwlarrClient:
    """``url`` is its own address, ``application`` a client of the program that it syncs to."""

    application: httpx.Client
    url: str
    api_key: str
    calls: list[str] = field(default_factory=list)
    _schema: list[dict[str, Any]] = field(default_factory=list)

    def test(self) -> httpx.Response:
        """Its button: can the application be used, and does it reach Prowlarr?"""
        answer = self._send("POST", "/api/v3/indexer/test", self._made(Source(0, "Test", usenet=True)))
        if answer.is_success:
            version = tuple(int(part) for part in answer.headers["X-Application-Version"].split("."))
            assert len(version) in (3, 4)
            assert version >= (4, 0, 4, 0)
        return answer

    def mine(self) -> dict[int, dict[str, Any]]:
        """The application's indexers that lead back here, by Prowlarr's ids."""
        found = {}
        for one in self._send("GET", "/api/v3/indexer").json():
            base = str(_values(one).get("baseUrl") or "")
            if one["implementation"] in ("Newznab", "Torznab") and base.startswith(self.url):
                found[int(base.rstrip("/").rpartition("/")[2])] = one
        return found

    def add(self, source: Source) -> httpx.Response:
        """Add an indexer; what is refused is sent again by force."""
        answer = self._saved("POST", "/api/v3/indexer", self._made(source))
        if answer.is_success:
            assert answer.json()["id"] > 0
        return answer

    def update(self, source: Source) -> bool:
        """Change what differs; was anything sent?"""
        known = self.mine()[source.id]
        path = f"/api/v3/indexer/{known['id']}"
        current = self._send("GET", path).json()
        wanted = self._made(source) | {"id": known["id"], "tags": current["tags"]}
        if _facts(wanted) == _facts(current):
            return False
        assert self._saved("PUT", path, wanted).is_success
        return True

    def remove(self, source_id: int) -> None:
        """Remove what it added."""
        assert self._send("DELETE", f"/api/v3/indexer/{self.mine()[source_id]['id']}").is_success

    def _saved(self, method: str, path: str, body: dict[str, Any]) -> httpx.Response:
        answer = self._send(method, path, body)
        return self._send(method, f"{path}?forceSave=true", body) if answer.status_code == 400 else answer

    def _made(self, source: Source) -> dict[str, Any]:
        if not self._schema:
            self._schema = self._send("GET", "/api/v3/indexer/schema").json()
        implementation = "Newznab" if source.usenet else "Torznab"
        one = copy.deepcopy(next(each for each in self._schema if each["implementation"] == implementation))
        fields = {each["name"]: each for each in one["fields"] if each["name"] in _SYNCED}
        fields["baseUrl"]["value"] = f"{self.url}/{source.id}/"
        fields["apiPath"]["value"] = "/api"
        fields["apiKey"]["value"] = self.api_key
        fields["categories"]["value"] = CATEGORIES
        if not source.usenet:
            for name, value in zip(_TORRENTS_ONLY, (source.minimum_seeders, source.ratio, source.minutes), strict=True):
                fields[name]["value"] = value
        name = "Test (Prowlarr)" if source.id == 0 else f"{source.name} (Prowlarr)"
        return {
            "id": 0,
            "name": name,
            "enableRss": source.rss,
            "enableAutomaticSearch": True,
            "enableInteractiveSearch": True,
            "priority": source.priority,
            "implementation": implementation,
            "implementationName": one["implementationName"],
            "configContract": one["configContract"],
            "fields": list(fields.values()),
            "tags": [],
        }

    def _send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        answer = self.application.request(method, path, json=body)
        self.calls.append(f"{method} {path} {answer.status_code}")
        assert not answer.is_redirect
        return answer


def _values(one: dict[str, Any]) -> dict[str, Any]:
    return {each["name"]: each.get("value") for each in one["fields"]}


def _facts(one: dict[str, Any]) -> dict[str, Any]:
    """What it compares."""
    plain = ("id", "name", "enableRss", "enableAutomaticSearch", "enableInteractiveSearch", "priority")
    facts = {name: one[name] for name in (*plain, "implementation")}
    values = {name: value for name, value in _values(one).items() if name in _SYNCED and name != "apiKey"}
    return facts | values
