"""/indexer: where releases are found."""

from __future__ import annotations

from typing import Any

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure, problem_failure
from radarr_desktop.api.endpoint import Call, Empty, Query
from radarr_desktop.api.v3.providers import Facts, Provider, ProviderBody, ProviderResource, SaveQuery
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.kinds import PluginKind

_TORZNAB, _NEWZNAB = "Torznab", "Newznab"
_OF_NEWZNAB = ("baseUrl", "apiPath", "apiKey", "categories")
_USES = {
    "enable_rss": "feed",
    "enable_automatic_search": "automatic_search",
    "enable_interactive_search": "interactive_search",
}


class IndexerResource(ProviderResource, kw_only=True):
    enable_rss: bool
    enable_automatic_search: bool
    enable_interactive_search: bool
    supports_rss: bool
    supports_search: bool
    protocol: str
    priority: int
    download_client_id: int


class IndexerBody(ProviderBody):
    enable_rss: bool | None = None
    enable_automatic_search: bool | None = None
    enable_interactive_search: bool | None = None


def _extra(facts: Facts) -> dict[str, Any]:
    return {
        **{name: facts.enabled and bool(facts.settings.get(ours, True)) for name, ours in _USES.items()},
        "supports_rss": True,
        "supports_search": True,
        "protocol": "torrent",
        "priority": facts.priority,
        "download_client_id": 0,
    }


def _enabled(body: IndexerBody) -> bool | None:
    """It is on as long as there is one way of using it."""
    said = [getattr(body, name) for name in _USES]
    return None if said == [None, None, None] else any(said)


def _beside(body: IndexerBody) -> dict[str, Any]:
    """What Radarr keeps beside the fields is a setting here; one that is off keeps its ways of use."""
    told = {ours: getattr(body, name) for name, ours in _USES.items()}
    return {ours: value for ours, value in told.items() if value is not None} if any(told.values()) else {}


class Indexers(Provider[IndexerResource, IndexerBody]):
    """Prowlarr asks for a Usenet indexer in the schema, and tests with one, before it sends torrent indexers."""

    async def schema(self, call: Call[Query, None]) -> list[IndexerResource]:
        """Every implementation, and the one that Prowlarr insists on."""
        known = await super().schema(call)
        torznab = next((one for one in known if one.implementation == _TORZNAB), None)
        return [*known, _newznab(torznab)] if torznab else known

    async def add(self, call: Call[SaveQuery, IndexerBody]) -> IndexerResource:
        """Add one; Usenet is refused."""
        if _is_newznab(call.body):
            raise NotAccepted(failure("implementation", "Usenet indexers cannot be used: this program takes torrents."))
        return await super().add(call)

    async def test(self, call: Call[Query, IndexerBody]) -> Empty:
        """Test one; a Usenet one is Prowlarr's question whether it can be reached from here."""
        if not _is_newznab(call.body):
            return await super().test(call)
        body = msgspec.structs.replace(call.body, implementation=_TORZNAB, id=0)
        draft = self._draft(call.engine, body, None)
        try:
            await call.engine.plugins.test(draft, lambda plugin: plugin.capabilities())
        except Problem as problem:
            raise NotAccepted(problem_failure(problem)) from problem
        return Empty()


def _is_newznab(body: IndexerBody) -> bool:
    return (body.implementation or "").lower() == _NEWZNAB.lower()


def _newznab(torznab: IndexerResource) -> IndexerResource:
    return msgspec.structs.replace(
        torznab,
        implementation=_NEWZNAB,
        implementation_name=_NEWZNAB,
        config_contract=f"{_NEWZNAB}Settings",
        protocol="usenet",
        fields=[one for one in torznab.fields if one.name in _OF_NEWZNAB],
    )


ENDPOINTS = Indexers(PluginKind.INDEXER, "indexer", IndexerResource, IndexerBody, _extra, _enabled, _beside).endpoints()
