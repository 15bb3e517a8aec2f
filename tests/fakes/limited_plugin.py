"""An indexer that counts what it is asked, for the drop-in folder of a simulation: it lives in the same process."""

from __future__ import annotations

from collections.abc import Sequence

from radarr_desktop.plugin_api import Indexer, IndexerSettings, Query, Release
from tests.fakes.month import SERVICES


class LimitedSettings(IndexerSettings):
    """``service`` is one of ``SERVICES``."""

    service: str = ""


class Limited(Indexer[LimitedSettings]):
    """Has nothing; every answer is counted."""

    name = "Limited"

    async def test(self) -> None:
        """Fine, and not counted."""

    async def recent(self) -> Sequence[Release]:
        """One request."""
        return SERVICES[self.settings.service].asked("feed")

    async def search(self, query: Query) -> Sequence[Release]:
        """One request."""
        return SERVICES[self.settings.service].asked("search")

    async def torrent(self, release: Release) -> bytes | str:
        """There is none."""
        return ""
