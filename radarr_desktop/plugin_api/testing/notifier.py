"""The contract of notifiers."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any, ClassVar

import pytest

from radarr_desktop.plugin_api.notifier import Notice, NoticeKind, Notifier
from radarr_desktop.plugin_api.testing.answers import Answer, AnsweringServer
from radarr_desktop.plugin_api.testing.context import running
from radarr_desktop.plugin_api.testing.service import ServiceContract

MOVIE = {"id": 1, "title": "The Salt Meridian", "year": 2025, "tmdb_id": 900001, "imdb_id": None}


class NotifierContract(ServiceContract):
    """Subclass it, say how the service thanks, and pytest proves the rest."""

    plugin: ClassVar[type[Notifier[Any]]]
    thanks: ClassVar[Answer] = Answer()
    """What the service answers to a notice it took."""

    async def use(self, plugin: Notifier[Any]) -> None:
        """Send a notice."""
        await plugin.send(Notice(NoticeKind.GRAB, "Grabbed", "The Salt Meridian was grabbed.", {"movie": MOVIE}))

    @pytest.mark.parametrize("kind", list(NoticeKind))
    def test_every_kind_arrives(self, kind: NoticeKind, caplog: pytest.LogCaptureFixture) -> None:
        """A notice of any kind makes requests, with facts and without."""
        plain = Notice(kind, "Title", "A sentence.")
        self.arrives(plain, caplog)
        self.arrives(Notice(kind, "Title", "A sentence.", {"movie": MOVIE, "nothing": None}), caplog)

    def test_hostile_words(self, caplog: pytest.LogCaptureFixture) -> None:
        """A release name is a stranger's word; it may be long, empty or full of control characters."""
        for words in ("", "a\x00b\r\nX-Injected: 1\u202e<b>", "é" * 50_000, "{}%s${x}"):
            notice = Notice(NoticeKind.IMPORT, words, words, {"movie": {"title": words}}, Path("/no/such/picture.png"))
            self.arrives(notice, caplog)

    def test_test(self, caplog: pytest.LogCaptureFixture) -> None:
        """The test sends something a person can see."""
        self.arrives(None, caplog)

    def arrives(self, notice: Notice | None, caplog: pytest.LogCaptureFixture) -> None:
        """Send it to a service that takes it (None: run the plugin's own test); nothing secret is logged."""

        async def run() -> None:
            async with (
                AnsweringServer(self.thanks) as server,
                running(self.plugin, self.settings(server.url)) as plugin,
            ):
                await (plugin.send(notice) if notice else plugin.test())
                assert server.requests
                assert all("x-injected" not in asked.headers for asked in server.requests)

        caplog.set_level(logging.DEBUG)
        asyncio.run(run())
        assert self.secret not in caplog.text
