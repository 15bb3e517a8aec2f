"""An indexer whose answers a file tells, for the drop-in folder of a test: pages of a feed, a search, its pace."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import Field

from radarr_desktop.plugin_api import Indexer, IndexerSettings, Query, Release, Unreachable


class ToldSettings(IndexerSettings):
    """``told`` names the file: see ``tests.fakes.told``."""

    told: Path = Field(title="Told")


class Told(Indexer[ToldSettings]):
    """Reads the file anew for every question, and notes beside it what it was asked."""

    name = "Told"

    async def test(self) -> None:
        """Always fine."""

    async def recent(self) -> Sequence[Release]:
        """The first page."""
        return await self._answer("recent", 0)

    async def older(self, page: int) -> Sequence[Release]:
        """The others."""
        return await self._answer(f"older {page}", page)

    async def search(self, query: Query) -> Sequence[Release]:
        """The same for every movie."""
        return await self._answer(f"search {query.imdb_id}", -1)

    async def torrent(self, release: Release) -> bytes | str:
        """A magnet."""
        return f"magnet:?xt=urn:btih:{release.info_hash or '0' * 40}"

    async def _answer(self, question: str, page: int) -> list[Release]:
        with self.settings.told.with_suffix(".asked").open("a", encoding="utf-8") as asked:
            asked.write(f"{question}\n")
        told: dict[str, Any] = json.loads(self.settings.told.read_text(encoding="utf-8"))
        await asyncio.sleep(told["delay"])
        if question in told["refused"]:
            raise Unreachable("It is not there.")
        pages = told["pages"]
        rows = told["search"] if page < 0 else pages[page] if page < len(pages) else []
        return [_release(row) for row in rows]


def _release(row: dict[str, Any]) -> Release:
    published = datetime.fromisoformat(row["published"]) if row["published"] else None
    return Release(**row | {"published": published, "flags": frozenset()})
