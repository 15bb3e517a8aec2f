"""/notification: who is told."""

from __future__ import annotations

from typing import Any

from radarr_desktop.api.v3.providers import Facts, Provider, ProviderBody, ProviderResource
from radarr_desktop.engine.plugins.kinds import PluginKind


class NotificationResource(ProviderResource, kw_only=True):
    on_grab: bool
    on_download: bool
    on_upgrade: bool
    on_rename: bool
    on_movie_added: bool
    on_movie_delete: bool
    on_movie_file_delete: bool
    on_movie_file_delete_for_upgrade: bool
    on_health_issue: bool
    include_health_warnings: bool
    on_health_restored: bool
    on_application_update: bool
    on_manual_interaction_required: bool
    supports_on_grab: bool
    supports_on_download: bool
    supports_on_upgrade: bool
    supports_on_rename: bool
    supports_on_movie_added: bool
    supports_on_movie_delete: bool
    supports_on_movie_file_delete: bool
    supports_on_movie_file_delete_for_upgrade: bool
    supports_on_health_issue: bool
    supports_on_health_restored: bool
    supports_on_application_update: bool
    supports_on_manual_interaction_required: bool


class NotificationBody(ProviderBody):
    on_grab: bool | None = None
    on_download: bool | None = None
    on_upgrade: bool | None = None
    on_movie_added: bool | None = None
    on_movie_delete: bool | None = None
    on_health_issue: bool | None = None
    on_manual_interaction_required: bool | None = None


_TOLD = (
    "grab",
    "download",
    "upgrade",
    "movie_added",
    "movie_delete",
    "health_issue",
    "manual_interaction_required",
)
_NOT_TOLD = ("rename", "movie_file_delete", "movie_file_delete_for_upgrade", "health_restored", "application_update")


def _extra(facts: Facts) -> dict[str, Any]:
    told = {f"on_{one}": facts.enabled for one in _TOLD} | {f"supports_on_{one}": True for one in _TOLD}
    not_told = {f"on_{one}": False for one in _NOT_TOLD} | {f"supports_on_{one}": False for one in _NOT_TOLD}
    return told | not_told | {"include_health_warnings": facts.enabled}


def _enabled(body: NotificationBody) -> bool | None:
    """A notifier is on or off as a whole: one event wanted means on."""
    said = [getattr(body, f"on_{one}") for one in _TOLD]
    return None if said == [None] * len(said) else any(said)


ENDPOINTS = Provider(
    PluginKind.NOTIFIER, "notification", NotificationResource, NotificationBody, _extra, _enabled
).endpoints()
