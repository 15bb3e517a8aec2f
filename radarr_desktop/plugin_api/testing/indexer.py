"""The contract of indexers."""

from __future__ import annotations

import asyncio
import logging
import re
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from radarr_desktop.plugin_api.errors import (
    BadAnswer,
    LoginFailed,
    NotFound,
    PluginError,
    RateLimited,
    ServerFault,
    Unreachable,
)
from radarr_desktop.plugin_api.indexer import Indexer, Query, Release
from radarr_desktop.plugin_api.testing.answers import Answer, AnsweringServer
from radarr_desktop.plugin_api.testing.context import running
from radarr_desktop.plugin_api.testing.service import JsonContract

_KIND = "application/x-bittorrent"
_TORRENT = Answer(body=b"d4:infodee", content_type=_KIND)
_NO_TORRENTS: dict[str, tuple[Answer, type[PluginError], str]] = {
    "a web page": (
        Answer(body=b"<!DOCTYPE html><html>Log in</html>", content_type="text/html"),
        BadAnswer,
        "a web page",
    ),
    "nothing": (Answer(content_type=_KIND), BadAnswer, "an empty file"),
    "another file": (Answer(body=b"PK\x03\x04", content_type=_KIND), BadAnswer, "something that is no torrent"),
    "too much": (Answer(body=b"d" * 1000, content_type=_KIND, missing=99 << 20), BadAnswer, "was cut off"),
    "a part of it": (Answer(body=b"d4:in", content_type=_KIND, missing=5), Unreachable, ""),
    "a circle": (Answer(302, headers={"Location": "/again"}), BadAnswer, ""),
    "a path of this machine": (Answer(302, headers={"Location": "file:///etc/passwd"}), BadAnswer, ""),
    "401": (Answer(401), LoginFailed, ""),
    "404": (Answer(404, b"<h1>Not found</h1>", "text/html"), NotFound, ""),
    "429": (Answer(429, headers={"Retry-After": "7"}), RateLimited, ""),
    "500": (Answer(500, b"<h1>Error</h1>", "text/html"), ServerFault, ""),
    "503": (Answer(503, b"<h1>Error</h1>", "text/html"), ServerFault, ""),
}
"""What comes instead of a .torrent, and what is to be made of it."""


class IndexerContract(JsonContract):
    """Subclass it, say what is asked, and pytest proves that the engine can rely on the plugin."""

    plugin: ClassVar[type[Indexer[Any]]]
    known: ClassVar[Query]
    """The service has releases of this movie."""
    unknown: ClassVar[Query]
    """The service has none of this one."""
    gone_guid: ClassVar[str]
    """The guid of a release the service no longer has."""
    torrents_at: ClassVar[str] = ""
    """How the addresses of torrents in ``samples`` begin, up to the path; empty where they tell none."""

    @abstractmethod
    def service(self) -> AbstractAsyncContextManager[str]:
        """A healthy service that accepts ``self.secret``; yields its address."""

    async def use(self, plugin: Indexer[Any]) -> Sequence[Release]:
        """Search the known movie."""
        return await plugin.search(self.known)

    def well_formed(self, result: Sequence[Release]) -> None:
        """Every release obeys the rules written at ``Release``, and no guid occurs twice."""
        for release in result:
            check_release(release)
            assert self.secret not in repr(release), "a secret shows in a release"
        assert len({release.guid for release in result}) == len(result)

    def test_healthy_service(self) -> None:
        """Good settings pass the test; what is searched is found, what is not there is not."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                await plugin.test()
                found = await plugin.search(self.known)
                assert found
                self.well_formed(found)
                assert list(await plugin.search(self.unknown)) == []

        asyncio.run(run())

    def test_answer_in_another_form(self, caplog: pytest.LogCaptureFixture) -> None:
        """A list whose rows cannot be read any more is an error, not an empty list: nobody would notice that."""
        for sample in self.samples:
            for body in self.renamed(sample):
                with pytest.raises(BadAnswer) as raised:
                    asyncio.run(self._take(body))
                assert self.secret not in f"{raised.value} {caplog.text}"

    async def _take(self, body: bytes) -> None:
        async with (
            AnsweringServer(self.reply(body)) as server,
            running(self.plugin, self.settings(server.url)) as plugin,
        ):
            await self.use(plugin)

    def test_recent_releases(self) -> None:
        """The newest come first."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                recent = await plugin.recent()
                assert recent
                self.well_formed(recent)
                moments = [release.published for release in recent if release.published]
                assert moments == sorted(moments, reverse=True)

        asyncio.run(run())

    def test_older_releases(self) -> None:
        """The next page is well formed, and not the first one again."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                recent = {release.guid for release in await plugin.recent()}
                older = await plugin.older(1)
                self.well_formed(older)
                assert not older or {release.guid for release in older} - recent

        asyncio.run(run())

    def test_torrent(self) -> None:
        """A release is found again from its guid alone: the rest may have been forgotten meanwhile."""

        async def run() -> None:
            async with self.service() as url, running(self.plugin, self.settings(url)) as plugin:
                found = (await plugin.search(self.known))[0]
                torrent = await plugin.torrent(Release(guid=found.guid, title=found.title))
                if isinstance(torrent, str):
                    assert torrent.startswith("magnet:?")
                else:
                    assert torrent[:1] == b"d"
                with pytest.raises(NotFound):
                    await plugin.torrent(replace(found, guid=self.gone_guid))

        asyncio.run(run())

    @pytest.mark.parametrize("instead", _NO_TORRENTS)
    def test_no_torrent(self, instead: str, caplog: pytest.LogCaptureFixture) -> None:
        """What comes instead of a torrent has its own error, and the torrent is fetched when it is there again."""
        answer, expected, words = _NO_TORRENTS[instead]

        async def run() -> PluginError:
            async with AnsweringServer() as server, running(self.plugin, self.settings(server.url)) as plugin:
                sample = self.samples[0]
                server.answer = self.reply(
                    sample.replace(self.torrents_at.encode(), server.url.encode()) if self.torrents_at else sample
                )
                found = (await self.use(plugin))[0]
                server.answer = answer
                with pytest.raises(expected) as raised:
                    await plugin.torrent(found)
                assert words in str(raised.value)
                if instead in ("a web page", "nothing", "another file"):
                    assert found.title in str(raised.value), "several may be fetched at once: say which it was"
                server.answer = _TORRENT
                assert await plugin.torrent(found) == _TORRENT.body
                return raised.value

        caplog.set_level(logging.DEBUG)
        error = asyncio.run(run())
        assert self.secret not in f"{error!r} {vars(error)} {caplog.text}"


def check_release(release: Release) -> None:
    """Assert what ``Release`` promises."""
    assert release.guid
    assert release.title.strip(), "a release needs a title"
    assert release.title.isprintable()
    assert len(release.title) <= 1000
    assert 0 <= release.size < 2**63
    assert re.fullmatch(r"([0-9a-f]{40})?", release.info_hash)
    assert re.fullmatch(r"(tt[0-9]{7,})?", release.imdb_id)
    assert release.tmdb_id >= 0
    assert release.published is None or release.published.utcoffset() == timedelta()
    for count in (release.seeders, release.leechers):
        assert count is None or 0 <= count < 2**63
    for address in (release.info_url, release.magnet):
        assert address.isprintable()
