"""All a plugin may import."""

from __future__ import annotations

from radarr_desktop.plugin_api.addresses import is_open_magnet, read_page
from radarr_desktop.plugin_api.download_client import (
    Download,
    DownloadClient,
    DownloadClientSettings,
    DownloadFile,
    DownloadState,
    InitialState,
    Order,
    Program,
    Start,
    Terms,
    Torrent,
)
from radarr_desktop.plugin_api.errors import (
    BadAnswer,
    LoginFailed,
    NotFound,
    PluginError,
    RateLimited,
    Rejected,
    ServerFault,
    TimedOut,
    Unreachable,
)
from radarr_desktop.plugin_api.http import Http, read_json, retry_after
from radarr_desktop.plugin_api.indexer import (
    Capabilities,
    Details,
    Indexer,
    IndexerFlag,
    IndexerSettings,
    Query,
    Release,
    keeping,
)
from radarr_desktop.plugin_api.indexer_source import IndexerSource, KeptIndexer
from radarr_desktop.plugin_api.metadata import MetadataSource, MovieInfo
from radarr_desktop.plugin_api.notifier import Notice, NoticeAction, NoticeKind, Notifier
from radarr_desktop.plugin_api.plugin import API_VERSION, Context, Plugin, Settings
from radarr_desktop.plugin_api.reading import (
    read_hash,
    read_imdb_id,
    read_line,
    read_magnet_hash,
    read_number,
    read_topics,
)
from radarr_desktop.plugin_api.xml import read_xml

__all__ = [
    "API_VERSION",
    "BadAnswer",
    "Capabilities",
    "Context",
    "Details",
    "Download",
    "DownloadClient",
    "DownloadClientSettings",
    "DownloadFile",
    "DownloadState",
    "Http",
    "Indexer",
    "IndexerFlag",
    "IndexerSettings",
    "IndexerSource",
    "InitialState",
    "KeptIndexer",
    "LoginFailed",
    "MetadataSource",
    "MovieInfo",
    "NotFound",
    "Notice",
    "NoticeAction",
    "NoticeKind",
    "Notifier",
    "Order",
    "Plugin",
    "PluginError",
    "Program",
    "Query",
    "RateLimited",
    "Rejected",
    "Release",
    "ServerFault",
    "Settings",
    "Start",
    "Terms",
    "TimedOut",
    "Torrent",
    "Unreachable",
    "is_open_magnet",
    "keeping",
    "read_hash",
    "read_imdb_id",
    "read_json",
    "read_line",
    "read_magnet_hash",
    "read_number",
    "read_page",
    "read_topics",
    "read_xml",
    "retry_after",
]
