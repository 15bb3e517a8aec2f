"""A real swarm on loopback: tracker, seeder, and a real qBittorrent."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.seeder import Seeder
from radarr_desktop.loopback.torrents import TorrentFile, Version, of_files
from radarr_desktop.loopback.tracker import Tracker
from radarr_desktop.plugin_api import Torrent
from radarr_desktop.plugin_api.testing.download_client import Offer

HOST = "127.0.0.1"
START = 60.0
"""Seconds qBittorrent may take to answer."""


_DIE_WITH_PARENT = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
"""No orphan is left when the test run itself is killed."""


class Swarm:
    """A tracker with a seeder; what it offers is random and new each time."""

    def __init__(self, folder: Path) -> None:
        self.tracker = Tracker()
        self.seeder = Seeder()
        self._folder = folder
        self._torrents: dict[str, TorrentFile] = {}

    async def offer(self, *, kind: str = "v1", rate: int = 0, size: int = 3_000_000, private: bool = False) -> Offer:
        """Seed a folder of two files, and return once the tracker knows the seeder."""
        name = f"Static.Bloom.2024.{secrets.token_hex(4)}"
        content = {f"{name}/{name}.mkv": secrets.token_bytes(size), f"{name}/Subs/en.srt": b"1\n" * 500}
        for path, data in content.items():
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        made = of_files(self._folder / name, self.tracker.url, version=Version(kind), private=private)
        hashes = tuple(one for one in (made.v1, made.v2) if one)
        self._torrents[hashes[0]] = made
        await self.seeder.seed(made, self._folder, rate=rate)
        for one in made.wire_hashes:
            await self.tracker.seeded(one)
        return Offer(Torrent(name, hashes, data=made.data), Torrent(name, hashes, magnet=made.magnet), content)

    async def leave(self, offer: Offer) -> None:
        """Seed it no more."""
        await self.seeder.remove(self._torrents[offer.torrent.hashes[0]])

    async def rejoin(self, offer: Offer, port: int) -> None:
        """Come back as a new seed, that knows nobody, and dial the client at this port."""
        made = self._torrents[offer.torrent.hashes[0]]
        await self.seeder.remove(made)
        await self.seeder.seed(made, self._folder)
        await self.seeder.connect(made, port)

    def given(self, offer: Offer) -> int:
        """Bytes of its content that somebody has fetched."""
        return self.seeder.given(self._torrents[offer.torrent.hashes[0]])

    async def hurry(self, offer: Offer, port: int) -> None:
        """Seed at any speed, and dial the client at this port."""
        made = self._torrents[offer.torrent.hashes[0]]
        await self.seeder.limit(made, 0)
        await self.seeder.connect(made, port)


@contextlib.asynccontextmanager
async def swarm(folder: Path) -> AsyncIterator[Swarm]:
    """A swarm whose seeded files lie in ``folder``."""
    made = Swarm(folder)
    async with made.tracker, made.seeder:
        yield made


class QBittorrent:
    """A qbittorrent-nox with a profile of its own; everything stays on loopback."""

    username = "admin"

    def __init__(self, folder: Path, binary: str = "qbittorrent-nox", extra: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.password = made_up()
        self.port = self.peer_port = 0
        self.binary = shutil.which(binary) or binary
        self._extra = dict(extra or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The Web UI's address."""
        return f"http://{HOST}:{self.port}"

    @property
    def downloads(self) -> Path:
        """The default save path."""
        return self.folder / "complete"

    def start(self) -> None:
        """Start it and return once it answers; a second time on the same profile and ports."""
        if not self.port:
            self.port, self.peer_port = free_port(), free_port()
            self._configure()
        environment = {**os.environ, "HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache")}
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [*_DIE_WITH_PARENT, self.binary, f"--profile={self.folder / 'profile'}"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment,
            )
        deadline = time.monotonic() + START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                message = f"qBittorrent does not start: {(self.folder / 'output').read_text(errors='replace')[-2000:]}"
                raise RuntimeError(message)
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask it to end."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it as a crash would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/api/v2/app/version", timeout=30).close()
        except urllib.error.HTTPError as refusal:
            refusal.close()
        except OSError:
            return False
        return True

    def _configure(self) -> None:
        session = {
            "Interface": socket.if_indextoname(1),
            "InterfaceName": socket.if_indextoname(1),
            "InterfaceAddress": HOST,
            "Port": self.peer_port,
            "BTProtocol": "TCP",
            "DHTEnabled": "false",
            "PeXEnabled": "false",
            "LSDEnabled": "false",
            "MultiConnectionsPerIp": "true",
            "QueueingSystemEnabled": "false",
            # Qt reads other letters in one way or another, by its version, and these escapes always
            "DefaultSavePath": "".join(f"\\x{ord(letter):x}" for letter in str(self.downloads)),
        }
        preferences = {
            "Connection\\ResolvePeerCountries": "false",
            "Connection\\UPnP": "false",
            "WebUI\\Address": HOST,
            "WebUI\\Port": self.port,
            "WebUI\\UseUPnP": "false",
            "WebUI\\Username": self.username,
            "WebUI\\Password_PBKDF2": f'"{_password_hash(self.password)}"',
        }
        lines = ["[LegalNotice]", "Accepted=true", "[Network]", "PortForwardingEnabled=false", "[BitTorrent]"]
        lines += [f"Session\\{key}={value}" for key, value in session.items()]
        lines += ["[Preferences]", *(f"{key}={value}" for key, value in (preferences | self._extra).items())]
        path = self.folder / "profile/qBittorrent/config/qBittorrent.conf"
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(lines) + "\n")


@contextlib.contextmanager
def qbittorrent(
    folder: Path, binary: str = "qbittorrent-nox", extra: Mapping[str, str] | None = None
) -> Iterator[QBittorrent]:
    """A running qBittorrent; a port that somebody else took meanwhile is no reason to fail."""
    for attempt in range(3):
        program = QBittorrent(folder / str(attempt), binary, extra)
        program.folder.mkdir(parents=True)
        try:
            program.start()
        except RuntimeError:
            if attempt == 2:
                raise
        else:
            try:
                yield program
            finally:
                program.stop()
            return


def free_port() -> int:
    """A port that is free for TCP and UDP now."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind((HOST, 0))
            port = int(tcp.getsockname()[1])
            with contextlib.suppress(OSError):
                udp.bind((HOST, port))
                return port


def _password_hash(password: str) -> str:
    """As qBittorrent keeps it: PBKDF2 with SHA-512."""
    salt = secrets.token_bytes(16)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 100_000, 64)
    return f"@ByteArray({base64.b64encode(salt).decode()}:{base64.b64encode(key).decode()})"
