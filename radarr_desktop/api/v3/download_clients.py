"""/downloadclient: what fetches torrents."""

from __future__ import annotations

from typing import Any

from radarr_desktop.api.v3.providers import Facts, Provider, ProviderBody, ProviderResource
from radarr_desktop.engine.plugins.kinds import PluginKind


class DownloadClientResource(ProviderResource, kw_only=True):
    enable: bool
    protocol: str
    priority: int
    remove_completed_downloads: bool
    remove_failed_downloads: bool


class DownloadClientBody(ProviderBody):
    enable: bool | None = None
    remove_completed_downloads: bool | None = None
    remove_failed_downloads: bool | None = None


def _extra(facts: Facts) -> dict[str, Any]:
    return {
        "enable": facts.enabled,
        "protocol": "torrent",
        "priority": facts.priority,
        "remove_completed_downloads": bool(facts.settings.get("remove_completed", False)),
        "remove_failed_downloads": bool(facts.settings.get("remove_failed", True)),
    }


def _enabled(body: DownloadClientBody) -> bool | None:
    return body.enable


def _beside(body: DownloadClientBody) -> dict[str, Any]:
    """What Radarr keeps beside the fields is a setting here."""
    told = {"remove_completed": body.remove_completed_downloads, "remove_failed": body.remove_failed_downloads}
    return {name: value for name, value in told.items() if value is not None}


ENDPOINTS = Provider(
    PluginKind.DOWNLOAD_CLIENT, "downloadclient", DownloadClientResource, DownloadClientBody, _extra, _enabled, _beside
).endpoints()
