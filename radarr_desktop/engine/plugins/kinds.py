"""The kinds of plugins there are."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from radarr_desktop.plugin_api import DownloadClient, Indexer, IndexerSource, MetadataSource, Notifier, Plugin


class PluginKind(StrEnum):
    """What a plugin does."""

    INDEXER = "indexer"
    INDEXER_SOURCE = "indexer_source"
    DOWNLOAD_CLIENT = "download_client"
    METADATA = "metadata"
    NOTIFIER = "notifier"


BASES: dict[PluginKind, Any] = {
    PluginKind.INDEXER: Indexer,
    PluginKind.INDEXER_SOURCE: IndexerSource,
    PluginKind.DOWNLOAD_CLIENT: DownloadClient,
    PluginKind.METADATA: MetadataSource,
    PluginKind.NOTIFIER: Notifier,
}
"""The abstract class of each kind (``Any``: a type checker only takes concrete classes as values)."""


def kind_of(cls: type[Plugin[Any]]) -> PluginKind:
    """The kind a plugin class is of."""
    return next(kind for kind, base in BASES.items() if issubclass(cls, base))
