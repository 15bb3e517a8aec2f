"""The loopback world holds together: what is found can be fetched, and only the good release is what it says."""

from __future__ import annotations

import asyncio
import filecmp
import time
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import bencode2
import libtorrent as lt
import pytest

from radarr_desktop.loopback.torrents import TorrentFile, Version, claiming, empty, of_files
from radarr_desktop.loopback.world import World
from radarr_desktop.plugin_api import IndexerFlag, Query
from radarr_desktop.plugin_api.testing import running
from radarr_desktop_plugins.hdbits import HDBits, HDBitsSettings
from radarr_desktop_plugins.tmdb import TMDb, TMDbSettings

T = TypeVar("T")
TRACKER = "http://127.0.0.1:1/announce"


class Leecher:
    """A libtorrent session that fetches one torrent."""

    def __init__(self, folder: Path) -> None:
        pack: Any = {
            "listen_interfaces": "127.0.0.1:0",
            "enable_dht": False,
            "enable_lsd": False,
            "enable_upnp": False,
            "enable_natpmp": False,
            "allow_multiple_connections_per_ip": True,
            "stop_tracker_timeout": 0,
            "alert_mask": lt.alert.category_t.storage_notification,
        }
        self.folder = folder
        self.session = lt.session(pack)

    async def fetch(self, params: Any, timeout: float = 60) -> None:
        """Return when everything is there, also for those who read the files."""
        params.save_path = str(self.folder)
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        handle = self.session.add_torrent(params)
        deadline = time.monotonic() + timeout
        while not (handle.status().is_seeding and handle.status().has_metadata):
            assert time.monotonic() < deadline, (
                f"not fetched: {handle.status().state}, {handle.status().num_peers} peers"
            )
            await asyncio.sleep(0.02)
        handle.flush_cache()  # a piece counts as had while it is still being written
        while not any(isinstance(alert, lt.cache_flushed_alert) for alert in self.session.pop_alerts()):
            assert time.monotonic() < deadline, "not written"
            await asyncio.sleep(0.02)


def in_world(folder: Path, work: Callable[[World], Awaitable[T]]) -> T:
    async def run() -> T:
        async with World(folder) as world:
            return await work(world)

    return asyncio.run(run())


def test_the_good_release_is_found_by_the_plugins_and_arrives_bit_by_bit(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        plugins = {one["module"]: one["settings"] for one in provisioned(world, tmp_path)["plugin"]}
        async with (
            running(TMDb, TMDbSettings.model_validate(plugins["tmdb"])) as tmdb,
            running(HDBits, HDBitsSettings.model_validate(plugins["hdbits"])) as hdbits,
        ):
            (movie,) = [one for one in await tmdb.search("salt meridian") if one.year == 2025]
            movie = await tmdb.movie(movie.tmdb_id)
            assert (movie.imdb_id, movie.runtime, movie.status) == ("tt9000001", 1, "released")
            assert (await tmdb.image(movie.poster_url)).startswith(b"\x89PNG")
            found = await hdbits.search(Query(movie.title, movie.year, movie.imdb_id))
            good = next(one for one in found if one.title == world.good)
            data = await hdbits.torrent(good)
            assert isinstance(data, bytes)
        before = world.seeded_file.read_bytes()
        leecher = Leecher(tmp_path / "downloads")
        await leecher.fetch(lt.load_torrent_buffer(data))
        arrived = tmp_path / "downloads" / world.seeded_file.relative_to(world.folder)
        assert filecmp.cmp(arrived, world.seeded_file, shallow=False)
        assert world.seeded_file.read_bytes() == before
        assert good.size == sum(one.stat().st_size for one in arrived.parent.iterdir())

    in_world(tmp_path, work)


def test_the_rivals_are_wrong_in_all_the_ways(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        settings = HDBitsSettings.model_validate(provisioned(world, tmp_path)["plugin"][1]["settings"])
        async with running(HDBits, settings) as hdbits:
            found = {one.title: one for one in await hdbits.search(Query("", imdb_id=world.movie.imdb_id))}
        assert len(found) >= 9
        assert set(found) == set(world.torrents)
        good, fake = found[world.good], found[world.fake]
        assert "1080p.BluRay" in fake.title
        assert (fake.seeders or 0) > (good.seeders or 0)
        assert IndexerFlag.FREELEECH in fake.flags
        assert abs(fake.size - good.size) < 0.2 * good.size
        names = listing(world.torrents[world.fake])
        assert any(name.endswith(".mkv.exe") for name in names)
        assert not any(name.endswith((".mkv", ".mp4")) for name in names)
        assert [name.rpartition(".")[2] for name in listing(world.torrents[world.good])] == ["mkv", "nfo"]
        for part in (".2160p.", ".WEBRip.", ".WEB-DL.", ".720p.", ".CAM.", "Road.2019", "dvdscr", "Making.of"):
            assert any(part in title for title in found), f"no rival is {part}"
        assert any(one.seeders == 0 for one in found.values())
        for title, torrent in world.torrents.items():
            assert torrent.size == found[title].size
            assert found[title].info_hash == torrent.info_hash

    in_world(tmp_path, work)


@pytest.mark.parametrize("version", list(Version))
def test_more_can_be_shared_as_torrent_or_magnet(version: Version, tmp_path: Path) -> None:
    film = tmp_path / "Another Film (2001).mkv"
    film.write_bytes(bytes(range(256)) * 3000)

    async def work(world: World) -> None:
        torrent = await world.share(film, f"Another.Film.2001.{version}", version=version, private=False)
        assert world.hdbits.listings[-1].hash == torrent.info_hash
        by_file = Leecher(tmp_path / "by-file")
        await by_file.fetch(lt.load_torrent_buffer(torrent.data))
        by_magnet = Leecher(tmp_path / "by-magnet")
        await by_magnet.fetch(lt.parse_magnet_uri(torrent.magnet))
        for leecher in (by_file, by_magnet):
            assert filecmp.cmp(leecher.folder / film.name, film, shallow=False)

    in_world(tmp_path, work)


def test_two_worlds_do_not_meet(tmp_path: Path) -> None:
    async def run() -> set[str]:
        async with World(tmp_path / "a") as one, World(tmp_path / "b") as other:
            parts = [part for world in (one, other) for part in (world.tmdb, world.hdbits, world.tracker)]
            return {part.url for part in parts} | {str(world.seeder.port) for world in (one, other)}

    assert len(asyncio.run(run())) == 8


def test_the_provisioning_says_all_the_program_needs(tmp_path: Path) -> None:
    folder = tmp_path / 'a "b" \\ ü'

    async def work(world: World) -> None:
        declared = provisioned(world, folder)
        assert declared["port"] == {"host": "127.0.0.1", "port": 0, "api_key": world.api_key}
        assert declared["root_folder"] == [{"path": str(folder / "library")}]
        assert [one["module"] for one in declared["plugin"]] == ["tmdb", "hdbits", "libtorrent"]
        assert declared["plugin"][2]["settings"]["download_folder"] == str(folder / "downloads")
        assert declared["movie"][0]["quality_profile"] == declared["quality_profile"][0]["name"]
        assert declared["media"] == {"allow_copies": False}

    in_world(tmp_path, work)


@pytest.mark.parametrize("version", list(Version))
def test_a_torrent_of_files_has_the_hashes_it_says(version: Version, tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "a.mkv").write_bytes(b"a" * 40_000)
    (tmp_path / "film" / "b.nfo").write_bytes(b"b" * 10)
    torrent = of_files(tmp_path / "film", TRACKER, version=version)
    assert (len(torrent.v1), len(torrent.v2)) == (40 * (version != Version.V2), 64 * (version != Version.V1))
    assert torrent.size == 40_010
    assert len(torrent.wire_hashes) == 1 + (version == Version.HYBRID)
    assert torrent.info_hash in torrent.wire_hashes
    assert "tr=" in torrent.magnet


def test_hostile_torrents_stay_hostile() -> None:
    climbing = claiming({"../../etc/passwd": 10, "CON": 5}, TRACKER, name="..")
    assert b"l2:..2:..3:etc6:passwde" in climbing.data
    assert b"4:name2:.." in climbing.data
    assert b"8:../x.mkv" in claiming({"../x.mkv": 10}, TRACKER).data
    assert empty(TRACKER).size == 0
    honest = claiming({"film.mkv": 40_000}, TRACKER)
    assert honest.v1 == str(lt.load_torrent_buffer(honest.data).info_hashes.v1)


def provisioned(world: World, folder: Path) -> dict[str, Any]:
    return tomllib.loads(world.provisioning(folder / "downloads", folder / "library"))


def listing(torrent: TorrentFile) -> list[str]:
    info = bencode2.bdecode(torrent.data)[b"info"]
    return sorted(b"/".join(file[b"path"]).decode() for file in info[b"files"])
