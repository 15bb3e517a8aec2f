"""The contract of indexer sources."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, ClassVar

from radarr_desktop.plugin_api.indexer_source import IndexerSource, KeptIndexer
from radarr_desktop.plugin_api.testing.context import running
from radarr_desktop.plugin_api.testing.service import JsonContract


class IndexerSourceContract(JsonContract):
    """Subclass it, and pytest proves that the engine can rely on the plugin."""

    plugin: ClassVar[type[IndexerSource[Any]]]
    kept: ClassVar[Sequence[str]]
    """Names of the indexers that the service keeps for us."""

    @abstractmethod
    def service(self) -> AbstractAsyncContextManager[str]:
        """A healthy service that accepts ``self.secret``; yields its address."""

    async def use(self, plugin: IndexerSource[Any]) -> Sequence[KeptIndexer]:
        """List them."""
        return await plugin.indexers()

    def well_formed(self, result: Sequence[KeptIndexer]) -> None:
        """Every one can be told from the others and set up."""
        for one in result:
            assert one.name.strip()
            assert one.name.isprintable()
            assert 1 <= one.priority <= 50
            assert one.base_url.startswith(("http://", "https://"))
            assert one.left_alone_until is None or one.left_alone_until.utcoffset() == timedelta()
            assert self.secret not in repr(one), "a secret shows in an indexer"
        assert len({one.base_url for one in result}) == len(result)

    def test_healthy_service(self) -> None:
        """Good settings pass the test; what it keeps is listed, and known by its address."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                await plugin.test()
                found = await plugin.indexers()
                self.well_formed(found)
                assert sorted(one.name for one in found) == sorted(self.kept)
                assert all(plugin.leads_here(one.base_url) for one in found)
                assert not plugin.leads_here("http://127.0.0.1:1/1/")
                assert not plugin.leads_here("")

        asyncio.run(run())
