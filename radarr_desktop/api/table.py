"""The one route table: routes and the OpenAPI document are made from it."""

from __future__ import annotations

from radarr_desktop.api import openapi
from radarr_desktop.api.endpoint import Endpoint
from radarr_desktop.api.v3 import (
    commands,
    config,
    custom_formats,
    delay_profiles,
    download_clients,
    history,
    images,
    indexer_flags,
    indexers,
    languages,
    lookup,
    movie_files,
    movies,
    notifications,
    parse,
    qualities,
    quality_profiles,
    queue,
    release_profiles,
    release_push,
    releases,
    root_folders,
    system,
    tags,
)
from radarr_desktop.api.v4 import acquire, formats, imports, memory, recheck, status, whatif, why

_RESOURCES: tuple[Endpoint, ...] = (
    *movies.ENDPOINTS,
    *queue.ENDPOINTS,
    *system.ENDPOINTS,
    *lookup.ENDPOINTS,
    *releases.ENDPOINTS,
    *parse.ENDPOINTS,
    *release_push.ENDPOINTS,
    *release_profiles.ENDPOINTS,
    *delay_profiles.ENDPOINTS,
    *history.ENDPOINTS,
    *commands.ENDPOINTS,
    *root_folders.ENDPOINTS,
    *quality_profiles.ENDPOINTS,
    *qualities.ENDPOINTS,
    *custom_formats.ENDPOINTS,
    *indexer_flags.ENDPOINTS,
    *tags.ENDPOINTS,
    *indexers.ENDPOINTS,
    *download_clients.ENDPOINTS,
    *notifications.ENDPOINTS,
    *images.ENDPOINTS,
    *movie_files.ENDPOINTS,
    *languages.ENDPOINTS,
    *config.ENDPOINTS,
    *recheck.ENDPOINTS,
    *status.ENDPOINTS,
    *why.ENDPOINTS,
    *whatif.ENDPOINTS,
    *memory.ENDPOINTS,
    *formats.ENDPOINTS,
    *acquire.ENDPOINTS,
    *imports.ENDPOINTS,
)
ENDPOINTS: tuple[Endpoint, ...] = (*_RESOURCES, *openapi.endpoints(_RESOURCES))
