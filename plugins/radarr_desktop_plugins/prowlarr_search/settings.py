"""Where Prowlarr is, and what is searched there."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import IndexerSettings
from radarr_desktop_plugins.prowlarr.settings import ADDRESS, KEY
from radarr_desktop_plugins.torznab.settings import MOVIES


class ProwlarrSearchSettings(IndexerSettings):
    """All its indexers as one."""

    base_url: str = Field(default="http://localhost:9696", title="Address", description=ADDRESS)
    api_key: SecretStr = Field(default=SecretStr(""), title="API key", description=KEY)
    categories: tuple[Annotated[int, Field(ge=0, le=999_999)], ...] = Field(
        default=MOVIES,
        title="Categories",
        description="Numbers; 2000 and what follows it are movies. Empty: all.",
        json_schema_extra={"advanced": True},
    )
