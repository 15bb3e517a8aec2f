"""qBittorrent: the contract against a real one, and what only it has to do."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.plugin_api import (
    Context,
    Download,
    DownloadState,
    Http,
    LoginFailed,
    NotFound,
    RateLimited,
    Rejected,
    Torrent,
)
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, running
from radarr_desktop.plugin_api.testing.download_client import (
    Offer,
    RemoteDownloadClientContract,
    RemoteWorld,
    World,
    contents,
    started,
    state_of,
)
from radarr_desktop.plugin_api.testing.download_orders import DownloadOrdersContract
from radarr_desktop.plugin_api.testing.service import JsonContract, ServiceContract
from radarr_desktop_plugins.qbittorrent import QBittorrent, QBittorrentSettings
from tests.fakes import swarm as rig


class RealWorld(RemoteWorld):
    """A category of its own in a running qBittorrent."""

    def __init__(self, folder: Path, made: rig.Swarm, program: rig.QBittorrent) -> None:
        self.folder = folder
        self.swarm = made
        self.program = program
        self.category = f"movies-{secrets.token_hex(4)}"

    def client(self, **settings: Any) -> QBittorrent:
        wanted: dict[str, Any] = {
            "base_url": self.program.url,
            "username": self.program.username,
            "password": self.program.password,
            "category": self.category,
            "save_path": str(self.folder / "downloads"),
        }
        context = Context("qBittorrent", self.folder, Http("radarr-desktop-tests"), logging.getLogger("test"), "0")
        return QBittorrent(QBittorrentSettings.model_validate(wanted | settings), context)

    async def offer(self, *, kind: str = "v1", rate: int = 0) -> Offer:
        return await self.swarm.offer(kind=kind, rate=rate)

    async def rejoin(self, offer: Offer) -> None:
        await self.swarm.rejoin(offer, self.program.peer_port)

    async def given(self, offer: Offer) -> int:
        return self.swarm.given(offer)

    async def hurry(self, offer: Offer) -> None:
        await self.swarm.hurry(offer, self.program.peer_port)

    async def leave(self, offer: Offer) -> None:
        await self.swarm.leave(offer)

    def refused(self) -> QBittorrent:
        return self.client(password="wrong")

    def unreachable(self) -> QBittorrent:
        return self.client(base_url=f"http://{rig.HOST}:{rig.free_port()}")


FOLDER = Path(__file__).parents[2] / "build" / "qbittorrent"
FETCHED = [one for one in sorted(FOLDER.glob("*/qbittorrent-nox")) if one.parent.name != "bullseye"]
"""Other versions, when packaging/fetch_qbittorrent.sh has been run."""


@pytest.fixture(
    scope="module", params=["qbittorrent-nox", *map(str, FETCHED)], ids=lambda one: Path(one).parent.name or "installed"
)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[rig.QBittorrent]:
    """A real qBittorrent, one of each version for all of this module; each test has its own category in it."""
    with rig.qbittorrent(tmp_path_factory.mktemp("qbittorrent"), request.param) as one:
        yield one


@asynccontextmanager
async def real(folder: Path, program: rig.QBittorrent) -> AsyncIterator[RealWorld]:
    """A swarm beside the running qBittorrent."""
    async with rig.swarm(folder / "seeded") as made:
        yield RealWorld(folder, made, program)


class TestQBittorrent(RemoteDownloadClientContract):
    """The contract."""

    @pytest.fixture(autouse=True)
    def _program(self, program: rig.QBittorrent) -> None:
        self.program = program

    def world(self, folder: Path) -> AbstractAsyncContextManager[RemoteWorld]:
        return real(folder, self.program)


class TestOrders(DownloadOrdersContract):
    """The contract of terms and orders."""

    @pytest.fixture(autouse=True)
    def _program(self, program: rig.QBittorrent) -> None:
        self.program = program

    def world(self, folder: Path) -> AbstractAsyncContextManager[World]:
        return real(folder, self.program)


def play(folder: Path, program: rig.QBittorrent, scene: Callable[[RealWorld], Awaitable[None]]) -> None:
    """Run one scene beside this qBittorrent."""

    async def run() -> None:
        async with real(folder, program) as world:
            await scene(world)

    asyncio.run(run())


def test_logs_in_again_when_qbittorrent_was_restarted(tmp_path: Path) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        async with started(world) as client:
            added = await client.add(offer.torrent)
            await state_of(client, added, DownloadState.COMPLETED)
            await asyncio.to_thread(world.program.stop)
            await asyncio.to_thread(world.program.start)
            done = await state_of(client, added, DownloadState.COMPLETED)
            assert contents(done, offer) == offer.content

    with rig.qbittorrent(tmp_path / "program") as own:
        play(tmp_path, own, scene)


def test_a_wrong_password_is_tried_once_and_a_ban_is_named(tmp_path: Path) -> None:
    async def scene(world: RealWorld) -> None:
        async with started(world) as good:
            await good.test()
            wrong = world.refused()
            for _ in range(10):
                with pytest.raises(LoginFailed):
                    await wrong.downloads()
            await world.end(wrong)
            async with started(world) as another:  # ten attempts would have locked us out
                await another.test()
            for _ in range(5):
                client = world.refused()
                with pytest.raises(LoginFailed):
                    await client.downloads()
                await world.end(client)
            client = world.client()
            with pytest.raises(
                RateLimited, match=r"locked this computer out .* Restart qBittorrent, or wait an hour\."
            ):
                await client.downloads()
            await world.end(client)
            assert list(await good.downloads()) == []

    with rig.qbittorrent(tmp_path / "program") as own:
        play(tmp_path, own, scene)


def test_torrents_of_others_are_left_alone(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        other = world.client(category="somebody-else")
        async with started(world) as client:
            theirs = await other.add(offer.torrent)
            assert list(await client.downloads()) == []
            with pytest.raises(NotFound):
                await client.pause(theirs)
            await client.remove(theirs, delete_files=True)
            with pytest.raises(Rejected, match=r"in the category “somebody-else”\. Move it to"):
                await client.add(offer.torrent)
            await state_of(other, theirs, DownloadState.COMPLETED)
            await other.remove(theirs, delete_files=True)
            assert await client.add(offer.torrent) == theirs
        await world.end(other)

    play(tmp_path, program, scene)


def test_a_magnet_link_smuggles_nothing_in(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        offer = await world.offer()
        async with started(world) as client:
            for magnet in (
                f"{offer.magnet.magnet}\nhttp://127.0.0.1:9/evil.torrent",
                f"http://127.0.0.1:9/?xt=urn:btih:{offer.torrent.hashes[0]}",
                f"magnet:?dn=x#xt=urn:btih:{offer.torrent.hashes[0]} http://127.0.0.1:9/",
            ):
                with pytest.raises(Rejected, match=r"has no magnet link that can be read"):
                    await client.add(Torrent("X", offer.torrent.hashes, magnet=magnet))
            assert list(await client.downloads()) == []

    play(tmp_path, program, scene)


def test_says_when_the_category_cannot_be(tmp_path: Path, program: rig.QBittorrent) -> None:
    async def scene(world: RealWorld) -> None:
        client = world.client(category="a//b")
        with pytest.raises(Rejected, match=r"does not take “a//b” as a category\. Choose another name\."):
            await client.test()
        await world.end(client)

    play(tmp_path, program, scene)


def settings(**values: str) -> QBittorrentSettings:
    """Settings as they come from a form."""
    return QBittorrentSettings.model_validate(values)


class TestLogin(ServiceContract):
    """What the engine relies on, with user name and password."""

    plugin = QBittorrent
    refusals = (Answer(200, b"Fails.", "text/plain"), Answer(401, b"Unauthorized", "text/plain"))

    def settings(self, base_url: str) -> QBittorrentSettings:
        return settings(base_url=base_url, username="admin", password=self.secret)

    async def use(self, plugin: QBittorrent) -> object:
        return await plugin.downloads()


SAMPLE: dict[str, Any] = {
    "rid": 1,
    "full_update": True,
    "categories": {"radarr-desktop": {"name": "radarr-desktop", "savePath": ""}},
    "torrents": {
        "ab" * 20: {
            "infohash_v1": "ab" * 20,
            "infohash_v2": "",
            "name": "Static.Bloom.2024",
            "state": "downloading",
            "category": "radarr-desktop",
            "progress": 0.25,
            "size": 1000,
            "amount_left": 750,
            "dlspeed": 10,
            "upspeed": 1,
            "num_seeds": 3,
            "num_leechs": 2,
            "eta": 75,
            "save_path": "/downloads",
            "ratio": 0.1,
        }
    },
    "torrents_removed": [],
}


class TestApiKey(JsonContract):
    """What the engine relies on, with an API key; no login comes before the answer then."""

    plugin = QBittorrent
    refusals = (Answer(403, b"Forbidden", "text/plain"), Answer(401, b"Unauthorized", "text/plain"))
    samples = (json.dumps(SAMPLE).encode(),)

    def settings(self, base_url: str) -> QBittorrentSettings:
        return settings(base_url=base_url, api_key=self.secret)

    async def use(self, plugin: QBittorrent) -> object:
        return await plugin.downloads()

    def well_formed(self, result: Any) -> None:
        for one in result:
            assert isinstance(one, Download)
            assert 0 <= one.progress <= 1
            assert all(isinstance(value, str) for value in (one.id, one.name, one.folder, one.message))
            assert min(one.size, one.left, one.speed, one.upload_speed, one.seeds, one.peers, one.ratio) >= 0


def row(**changes: Any) -> dict[str, Any]:
    """A whole answer with this torrent."""
    return SAMPLE | {"torrents": {"ab" * 20: SAMPLE["torrents"]["ab" * 20] | changes}}


async def first(url: str) -> Download:
    """The first torrent listed there."""
    async with running(QBittorrent, settings(base_url=url)) as client:
        return (await client.downloads())[0]


def told(answer: dict[str, Any]) -> Download:
    """What the plugin makes of it."""

    async def ask() -> Download:
        async with AnsweringServer(Answer(body=json.dumps(answer).encode())) as server:
            return await first(server.url)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("word", "progress", "state"),
    [
        ("uploading", 1, DownloadState.COMPLETED),
        ("stalledUP", 1, DownloadState.COMPLETED),
        ("queuedUP", 1, DownloadState.COMPLETED),
        ("forcedUP", 1, DownloadState.COMPLETED),
        ("pausedUP", 1, DownloadState.COMPLETED),
        ("stoppedUP", 1, DownloadState.COMPLETED),
        ("stalledUP", 0.99, DownloadState.DOWNLOADING),
        ("moving", 1, DownloadState.MOVING),
        ("checkingUP", 1, DownloadState.CHECKING),
        ("checkingResumeData", 1, DownloadState.CHECKING),
        ("missingFiles", 1, DownloadState.ERROR),
        ("error", 0.5, DownloadState.ERROR),
        ("downloading", 0.5, DownloadState.DOWNLOADING),
        ("forcedDL", 0.5, DownloadState.DOWNLOADING),
        ("stalledDL", 0.5, DownloadState.STALLED),
        ("queuedDL", 0.5, DownloadState.QUEUED),
        ("pausedDL", 0.5, DownloadState.PAUSED),
        ("stoppedDL", 0.5, DownloadState.PAUSED),
        ("metaDL", 0, DownloadState.METADATA),
        ("forcedMetaDL", 0, DownloadState.METADATA),
        ("a word of tomorrow", 1, DownloadState.QUEUED),
    ],
)
def test_states(word: str, progress: float, state: DownloadState) -> None:
    seen = told(row(state=word, progress=progress, amount_left=0 if progress == 1 else 10))
    assert seen.state is state
    assert bool(seen.message) is (state is DownloadState.ERROR)


def test_numbers() -> None:
    seen = told(row(infohash_v2="cd" * 32))
    assert (seen.progress, seen.size, seen.left, seen.speed, seen.seeds, seen.peers) == (0.25, 1000, 750, 10, 3, 2)
    assert seen.eta == 75
    assert seen.hashes == {"ab" * 20, "cd" * 32, "cd" * 20}
    assert told(row(eta=8_640_000)).eta is None


def test_a_login_of_5_2_keeps_whatever_cookie_it_gets() -> None:
    def answer(asked: Asked) -> Answer:
        if asked.target == "/api/v2/auth/login":
            return Answer(204, headers={"Set-Cookie": "QBT_SID_8080=abc; HttpOnly; path=/"})
        if asked.headers.get("cookie") != "QBT_SID_8080=abc":
            return Answer(403, b"Forbidden")
        return Answer(body=json.dumps(SAMPLE).encode())

    async def ask() -> None:
        async with AnsweringServer(answer) as server:
            wanted = settings(base_url=f"{server.url}/", username="admin", password="secret")
            async with running(QBittorrent, wanted) as client:
                assert len(await client.downloads()) == 1
                assert len(await client.downloads()) == 1
            assert [one.target.split("?")[0] for one in server.requests] == [
                "/api/v2/auth/login",
                "/api/v2/sync/maindata",
                "/api/v2/sync/maindata",
            ]

    asyncio.run(ask())


def test_a_session_that_is_not_kept_is_no_reason_to_log_in_for_ever() -> None:
    def answer(asked: Asked) -> Answer:
        return Answer(200, b"Ok.") if asked.target == "/api/v2/auth/login" else Answer(403, b"Forbidden")

    async def ask() -> None:
        async with AnsweringServer(answer) as server:
            wanted = settings(base_url=server.url, username="admin", password="secret")
            async with running(QBittorrent, wanted) as client:
                with pytest.raises(LoginFailed):
                    await client.downloads()
            assert sum(one.target == "/api/v2/auth/login" for one in server.requests) == 2

    asyncio.run(ask())
