"""Where a qBittorrent is, and how its torrents are to be."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import DownloadClientSettings


class Layout(StrEnum):
    """Whether a torrent's files get a folder of their own; the values are qBittorrent's words."""

    AS_IN_TORRENT = "Original"
    SUBFOLDER = "Subfolder"
    NO_SUBFOLDER = "NoSubfolder"


class QBittorrentSettings(DownloadClientSettings):
    """Where qBittorrent is and what belongs to this program in it."""

    base_url: str = Field(
        "http://localhost:8080", title="Address", description="Of its Web UI, with http:// or https://."
    )
    username: str = Field("", title="User name")
    password: SecretStr = Field(SecretStr(""), title="Password")
    api_key: SecretStr = Field(
        SecretStr(""),
        title="API key",
        description="Instead of user name and password, from qBittorrent 5.2 on.",
        json_schema_extra={"advanced": True},
    )
    category: str = Field(
        "radarr-desktop",
        min_length=1,
        max_length=100,
        title="Category",
        description="Only torrents with it are seen, paused or removed.",
    )
    save_path: str = Field(
        "",
        title="Save path",
        description="As qBittorrent sees it; empty for its own choice.",
        json_schema_extra={"advanced": True},
    )
    imported_category: str = Field(
        "",
        max_length=100,
        title="Category after import",
        description="Torrents get it once their movie is in the library; empty to keep the one above.",
        json_schema_extra={"advanced": True},
    )
    tags: str = Field(
        "",
        max_length=200,
        title="Tags",
        description="For new torrents, separated by commas.",
        json_schema_extra={"advanced": True},
    )
    layout: Layout = Field(
        Layout.AS_IN_TORRENT,
        title="Content layout",
        description="Whether files lie in a folder of their own.",
        json_schema_extra={"advanced": True},
    )
    first: bool = Field(
        False,
        title="Ahead of all",
        description="New torrents go to the front of its queue.",
        json_schema_extra={"advanced": True},
    )
