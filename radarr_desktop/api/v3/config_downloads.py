"""/config/downloadclient: what is done after a failed download. What cannot be set stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Query


class DownloadClientConfigResource(Answer):
    id: int
    download_client_working_folders: str
    enable_completed_download_handling: bool
    check_for_finished_download_interval: int
    auto_redownload_failed: bool
    auto_redownload_failed_from_interactive_search: bool


class DownloadClientConfigBody(Body):
    auto_redownload_failed: bool | None = None
    auto_redownload_failed_from_interactive_search: bool | None = None


async def _get(call: Call[Query, Any]) -> DownloadClientConfigResource:
    settings = await call.engine.settings.downloads()
    return DownloadClientConfigResource(
        id=1,
        download_client_working_folders="",
        enable_completed_download_handling=True,
        check_for_finished_download_interval=1,
        auto_redownload_failed=settings.redownload,
        auto_redownload_failed_from_interactive_search=settings.redownload_by_user,
    )


async def _put(call: Call[Query, DownloadClientConfigBody]) -> DownloadClientConfigResource:
    """What the body does not name stays."""
    body, settings = call.body, await call.engine.settings.downloads()
    if body.auto_redownload_failed is not None:
        settings = replace(settings, redownload=body.auto_redownload_failed)
    if body.auto_redownload_failed_from_interactive_search is not None:
        settings = replace(settings, redownload_by_user=body.auto_redownload_failed_from_interactive_search)
    await call.engine.settings.save_downloads(settings)
    return await _get(call)


ENDPOINTS = (
    Endpoint("GET", "/api/v3/config/downloadclient", _get, DownloadClientConfigResource),
    Endpoint("GET", "/api/v3/config/downloadclient/{id}", _get, DownloadClientConfigResource),
    Endpoint(
        "PUT",
        "/api/v3/config/downloadclient/{id}",
        _put,
        DownloadClientConfigResource,
        body=DownloadClientConfigBody,
        status=202,
    ),
)
