"""Where a Torznab feed is, and which part of it is wanted."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator

from radarr_desktop.plugin_api import IndexerSettings

MOVIES = (2000, 2010, 2020, 2030, 2040, 2045, 2050, 2060)


class TorznabSettings(IndexerSettings):
    """What a Torznab feed wants to know; the names are those that Prowlarr sends."""

    base_url: str = Field(
        default="",
        title="Address",
        description="Prowlarr: http://localhost:9696/1/ with the indexer's number. "
        "Jackett: http://localhost:9117/api/v2.0/indexers/NAME/results/torznab/.",
        json_schema_extra={"required": True},
    )
    api_path: str = Field(
        default="/api",
        title="Path of the API",
        description="Below the address.",
        json_schema_extra={"advanced": True},
    )
    api_key: SecretStr = Field(default=SecretStr(""), title="API key", description="Of Prowlarr, Jackett or the site.")
    categories: tuple[Annotated[int, Field(ge=0, le=999_999)], ...] = Field(
        default=MOVIES,
        title="Categories",
        description="Numbers, as the feed names them; 2000 and what follows it are movies.",
    )

    @field_validator("base_url", "api_path")
    @classmethod
    def _without_key(cls, address: str) -> str:
        """The API key has a field of its own, and only what is in there is kept with the secrets."""
        if "?" in address:
            raise ValueError("Leave out what follows the question mark; the API key has a field of its own.")
        return address
