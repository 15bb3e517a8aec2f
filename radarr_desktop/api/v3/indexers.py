"""/indexer: where releases are found."""

from __future__ import annotations

from typing import Any

from radarr_desktop.api.v3.providers import Facts, Provider, ProviderBody, ProviderResource
from radarr_desktop.engine.plugins.kinds import PluginKind


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
        "enable_rss": facts.enabled,
        "enable_automatic_search": facts.enabled,
        "enable_interactive_search": facts.enabled,
        "supports_rss": True,
        "supports_search": True,
        "protocol": "torrent",
        "priority": facts.priority,
        "download_client_id": 0,
    }


def _enabled(body: IndexerBody) -> bool | None:
    """An indexer is on or off as a whole: one way of use wanted means on."""
    said = [body.enable_rss, body.enable_automatic_search, body.enable_interactive_search]
    return None if said == [None, None, None] else any(said)


ENDPOINTS = Provider(PluginKind.INDEXER, "indexer", IndexerResource, IndexerBody, _extra, _enabled).endpoints()
