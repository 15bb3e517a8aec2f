"""Where indexers are kept for several programs: Prowlarr and the like."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from radarr_desktop.plugin_api.plugin import Plugin, S


@dataclass(frozen=True, slots=True)
class KeptIndexer:
    """One indexer of a source, as this program is to use it."""

    name: str
    settings: Mapping[str, Any] = field(repr=False)
    """Of the plugin that speaks to it, ``base_url`` among them; secrets in plain."""
    implementation: str = "Torznab"
    """Of that plugin."""
    enabled: bool = True
    priority: int = 25
    problem: str = ""
    """Why the source leaves it alone now, as a sentence."""
    left_alone_until: datetime | None = None
    """Aware, UTC."""

    @property
    def base_url(self) -> str:
        """What tells it from others."""
        return str(self.settings.get("base_url", ""))


class IndexerSource(Plugin[S]):
    """A program that keeps indexers."""

    @abstractmethod
    async def indexers(self) -> Sequence[KeptIndexer]:
        """All torrent indexers it keeps that have movies, whether on or off."""

    @abstractmethod
    def leads_here(self, base_url: str) -> bool:
        """Is this the address of one of its indexers, kept still or not any more?"""
