"""A whole world on loopback: film database, indexer, tracker and seeder around one small real film."""

from __future__ import annotations

import asyncio
import importlib.resources
import json
import shutil
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from radarr_desktop.loopback.hdbits import Listing, LoopbackHDBits
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.releases import FAKE, GOOD, THE_SALT_MERIDIAN, THE_SALT_MERIDIAN_ROAD, rivals
from radarr_desktop.loopback.seeder import Seeder
from radarr_desktop.loopback.tmdb import LoopbackTMDb
from radarr_desktop.loopback.torrents import TorrentFile, Version, claiming, of_files
from radarr_desktop.loopback.tracker import Tracker

NOTES = "A small film for trying the program out. It was made for this and shows nothing real.\n"


class World:
    """``async with World(folder) as world:`` and everything runs; leaving it stops all of it.

    What is seeded lies under ``folder``; nothing else of the world touches the disk.
    """

    movie = THE_SALT_MERIDIAN
    good = GOOD
    """The release that should win."""
    fake = FAKE
    """The release that looks at least as good until its file list is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "seeding"
        self.tmdb = LoopbackTMDb()
        self.hdbits = LoopbackHDBits()
        self.tracker = Tracker()
        self.seeder = Seeder()
        self.api_key = made_up()
        """What ``provisioning`` gives the program's port."""
        self.torrents: dict[str, TorrentFile] = {}
        """By release name, the real and the claimed ones."""
        self._stack = AsyncExitStack()

    @property
    def seeded_file(self) -> Path:
        """The film as it is seeded; the one in the library must be identical to it."""
        return self.folder / GOOD / f"{GOOD.lower()}.mkv"

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            for part in (self.tmdb, self.hdbits, self.tracker, self.seeder):
                await stack.enter_async_context(part)
            await self._fill()
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def share(
        self,
        path: Path,
        title: str,
        *,
        listing: Listing | None = None,
        version: Version = Version.V1,
        private: bool = True,
        rate: int = 0,
    ) -> TorrentFile:
        """Seed a file or folder and list it under this title; it is announced before this returns.

        ``listing`` says what else the indexer tells of it; ``rate`` limits the speed, in bytes a second.
        """
        torrent = await asyncio.to_thread(of_files, path, self.tracker.url, version=version, private=private)
        await self.seeder.seed(torrent, path.parent, rate=rate)
        for info_hash in torrent.wire_hashes:
            await self.tracker.seeded(info_hash)
        number = int(self.movie.imdb_id.removeprefix("tt"))
        told = listing or Listing(name=title.replace(".", " "), seeders=37, leechers=2, imdb=number)
        self.list_torrent(replace(told, size=torrent.size), title, torrent)
        return torrent

    def list_torrent(self, listing: Listing, title: str, torrent: TorrentFile) -> None:
        """List a torrent nobody needs to seed."""
        self.torrents[title] = torrent
        self.hdbits.add(replace(listing, filename=f"{title}.torrent", hash=torrent.info_hash, data=torrent.data))

    def provisioning(self, download_dir: Path, library_dir: Path) -> str:
        """The TOML that makes the program live in this world, with the built-in downloader."""
        text = _toml_string
        return f"""\
[port]
host = "127.0.0.1"
port = 0
api_key = {text(self.api_key)}

[[root_folder]]
path = {text(str(library_dir))}

[[plugin]]
module = "tmdb"
name = "TMDb"
enabled = true
[plugin.settings]
base_url = {text(self.tmdb.url)}
image_url = {text(self.tmdb.url)}
api_key = {text(self.tmdb.api_key)}

[[plugin]]
module = "hdbits"
name = "HDBits"
enabled = true
[plugin.settings]
base_url = {text(self.hdbits.url)}
username = {text(self.hdbits.username)}
passkey = {text(self.hdbits.passkey)}
pause = 0
hourly = 0

[[plugin]]
module = "libtorrent"
name = "Built-in downloader"
enabled = true
settings = {{ download_folder = {text(str(download_dir))}, interface = "127.0.0.1", dht = false, lsd = false }}

[[quality_profile]]
name = "HD"
allowed = ["HDTV-1080p", "WEBRip-1080p", "WEBDL-1080p", "Bluray-1080p"]
cutoff = "Bluray-1080p"
upgrades = true

[[movie]]
tmdb_id = {self.movie.tmdb_id}
quality_profile = "HD"
root_folder = {text(str(library_dir))}
monitored = true

[media]
allow_copies = false
"""

    async def _fill(self) -> None:
        self.tmdb.add(THE_SALT_MERIDIAN)
        self.tmdb.add(THE_SALT_MERIDIAN_ROAD)
        number = int(self.movie.imdb_id.removeprefix("tt"))
        for rival in rivals():
            title = rival.listing.filename.removesuffix(".torrent")
            folder = title if len(rival.files) > 1 else ""
            torrent = claiming(rival.files, self.tracker.url, name=folder)
            self.list_torrent(replace(rival.listing, imdb=number), title, torrent)
        await asyncio.to_thread(self._lay_out)
        await self.share(self.seeded_file.parent, GOOD)

    def _lay_out(self) -> None:
        self.seeded_file.parent.mkdir(parents=True, exist_ok=True)
        sample = importlib.resources.files("radarr_desktop_resources") / "media" / "sample.mkv"
        with sample.open("rb") as source, self.seeded_file.open("wb") as target:
            shutil.copyfileobj(source, target)
        self.seeded_file.with_suffix(".nfo").write_text(NOTES, encoding="utf-8")


def _toml_string(value: str) -> str:
    """A TOML basic string; JSON's are the same but for the escapes of rare letters."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
