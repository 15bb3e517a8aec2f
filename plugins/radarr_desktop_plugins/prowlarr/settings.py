"""Where Prowlarr is, and how its indexers are taken over."""

from __future__ import annotations

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import Settings

ADDRESS = "With its URL base, if it has one."
KEY = "From Prowlarr: Settings, then General."


class ProwlarrSettings(Settings):
    """What it takes to reach it."""

    base_url: str = Field(default="http://localhost:9696", title="Address", description=ADDRESS)
    api_key: SecretStr = Field(default=SecretStr(""), title="API key", description=KEY)
    together: bool = Field(
        default=False,
        title="All as one indexer",
        description="One indexer here that Prowlarr searches as a whole. Off: each of its indexers is one here, "
        "with limits, priority and statistics of its own.",
    )
