"""Prowlarr as a source of indexers: the contract, and what its list may look like."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, TypeVar

import pytest

from radarr_desktop.loopback.prowlarr import Fault, LoopbackProwlarr
from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    PluginError,
    Rejected,
    ServerFault,
    TimedOut,
    Unreachable,
)
from radarr_desktop.plugin_api.testing import Answer, Asked, IndexerSourceContract, running
from radarr_desktop_plugins.prowlarr import Prowlarr, ProwlarrSettings

T = TypeVar("T")
SECRET = IndexerSourceContract.secret
ROW = {
    "id": 3,
    "name": "A site",
    "enable": True,
    "priority": 12,
    "protocol": "torrent",
    "supportsRss": True,
    "supportsSearch": True,
    "capabilities": {"categories": [{"id": 2000, "subCategories": [{"id": 2040, "name": "HD"}]}]},
}
LATER = datetime.now(UTC) + timedelta(hours=2)


def settings(url: str) -> ProwlarrSettings:
    return ProwlarrSettings.model_validate({"base_url": url, "api_key": SECRET})


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with LoopbackProwlarr(SECRET) as prowlarr:
        prowlarr.keep(1, "One site", disabled_till=LATER)
        prowlarr.keep(2, "Another site", enable=False)
        prowlarr.keep(3, "Usenet", protocol="usenet")
        prowlarr.keep(4, "Music", categories=(3000,))
        yield prowlarr.url


class TestProwlarrContract(IndexerSourceContract):
    plugin = Prowlarr
    refusals = (Answer(401, b'{"error":"Unauthorized"}'), Answer(403, b""))
    samples = (json.dumps([ROW]).encode(),)
    kept: ClassVar[Sequence[str]] = ("One site", "Another site")

    def settings(self, base_url: str) -> ProwlarrSettings:
        return settings(base_url)

    def service(self) -> Any:
        return service()

    def broken(self, sample: bytes) -> Iterable[bytes]:
        return [body for body in super().broken(sample) if body != b"[1]"]  # it is a list that is expected

    def reply(self, body: bytes) -> Callable[[Asked], Answer]:
        status = b'[{"indexerId": 3, "disabledTill": "2099-01-01T00:00:00Z"}]'
        return lambda asked: Answer(body=status if "indexerstatus" in asked.target else body)


class TestProwlarrAsOneContract(TestProwlarrContract):
    kept: ClassVar[Sequence[str]] = ("Prowlarr, all",)

    def settings(self, base_url: str) -> ProwlarrSettings:
        return settings(base_url).model_copy(update={"together": True})


def with_world(work: Callable[[LoopbackProwlarr, Prowlarr], Awaitable[T]], path: str = "", patience: float = 30.0) -> T:
    async def run() -> T:
        async with (
            LoopbackProwlarr(SECRET) as prowlarr,
            running(Prowlarr, settings(f"{prowlarr.url}{path}/"), timeout=patience) as plugin,
        ):
            return await work(prowlarr, plugin)

    return asyncio.run(run())


def test_an_indexer_comes_with_all_that_prowlarr_knows_of_it() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: Prowlarr) -> None:
        prowlarr.keep(7, "A site", priority=12, disabled_till=LATER, more={"supportsRss": False})
        prowlarr.keep(8, "Past", disabled_till=datetime(2020, 1, 1, tzinfo=UTC), more={"priority": 900})
        first, second = await plugin.indexers()
        assert (first.name, first.priority, first.enabled) == ("A site", 12, True)
        assert first.settings == {
            "base_url": f"{prowlarr.url}/7/",
            "api_path": "/api",
            "api_key": SECRET,
            "categories": [2000, 2040],
            "feed": False,
            "automatic_search": True,
            "interactive_search": True,
        }
        assert first.left_alone_until == LATER.replace(microsecond=0)
        assert "A site" in first.problem
        assert (second.priority, second.left_alone_until, second.problem) == (50, None, "")

    with_world(work)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.WRONG_KEY, LoginFailed, "Copy it again"),
        (Fault.HTML, BadAnswer, "HTML page"),
        (Fault.TRUNCATED, BadAnswer, "cut off"),
        (Fault.DRIFT, BadAnswer, "without a list"),
        (Fault.SERVER_ERROR, ServerFault, "answered 500"),
        (Fault.SLOW, TimedOut, "did not answer"),
        (Fault.CLOSED, Unreachable, "broke off"),
    ],
)
def test_the_loopback_prowlarr_misbehaves_once_and_recovers(fault: Fault, error: type[PluginError], words: str) -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: Prowlarr) -> None:
        prowlarr.keep(1, "A site")
        prowlarr.fail(fault, times=1)
        with pytest.raises(error, match=words) as raised:
            await plugin.indexers()
        assert type(raised.value) is error
        assert SECRET not in str(raised.value)
        assert len(await plugin.indexers()) == 1

    with_world(work, patience=3 if fault is Fault.SLOW else 30)


def test_another_program_is_told_apart() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: Prowlarr) -> None:
        prowlarr.fail(Fault.OTHER)
        with pytest.raises(Rejected, match="Another program than Prowlarr"):
            await plugin.test()

    with_world(work)


def test_its_own_addresses_are_known_and_no_others() -> None:
    async def work(prowlarr: LoopbackProwlarr, plugin: Prowlarr) -> list[bool]:
        base = f"{prowlarr.url}/prowlarr"
        addresses = (f"{base}/1/", f"{base}/12", f"{base}/x/", f"{base}/1/2/", f"{prowlarr.url}/1/", f"{base}/1/?a")
        return [plugin.leads_here(one) for one in addresses]

    assert with_world(work, "/prowlarr") == [True, True, False, False, False, False]
