"""One look at a real qBittorrent that has 1,000 torrents of ours, nothing of which has changed."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from radarr_desktop.domain.decision import Candidate
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.torrents import TorrentFile, claiming
from radarr_desktop.plugin_api import Release
from radarr_desktop.store import grabs, movies, releases
from tests.bench.figure import Figure, Unmeasurable
from tests.bench.program import LargeLibrary
from tests.fakes import swarm as rig

TORRENTS = 1000
LOOKS = 30
CATEGORY = "radarr-desktop"


class Polled:
    """An engine whose queue holds 1,000 torrents that wait in qBittorrent."""

    def __init__(self) -> None:
        if not shutil.which("qbittorrent-nox"):
            raise Unmeasurable("qbittorrent-nox is not installed")
        self._folder = tempfile.TemporaryDirectory(prefix="bench-")
        self.program = rig.QBittorrent(Path(self._folder.name))
        self.program.start()
        self.web = httpx.Client(base_url=f"{self.program.url}/api/v2/", timeout=60)
        login = {"username": self.program.username, "password": self.program.password}
        self.web.post("auth/login", data=login).raise_for_status()
        torrents = [claiming({f"Film.{n}.2020.1080p.WEB-DL-X.mkv": 700_000 + n}, "") for n in range(TORRENTS)]
        for start in range(0, TORRENTS, 100):
            files = [("torrents", (f"{one.v1}.torrent", one.data)) for one in torrents[start : start + 100]]
            wanted = {"category": CATEGORY, "paused": "true", "stopped": "true"}
            self.web.post("torrents/add", files=files, data=wanted).raise_for_status()
        self.large = LargeLibrary()
        settings = {"base_url": self.program.url, "category": CATEGORY, **login}
        draft = Draft(PluginKind.DOWNLOAD_CLIENT, "QBittorrent", "qBittorrent", settings)
        client = self.large.do(self.large.engine.plugins.save(draft, force=True))
        self.large.do(self.large.engine.db.run(lambda: _grab(torrents, client.id)))
        deadline = time.monotonic() + 60
        while not self._is_settled():
            if time.monotonic() > deadline:
                raise Unmeasurable("qBittorrent does not come to rest")
            self.look()

    def look(self) -> None:
        """Ask once, as the program does every second."""
        self.large.do(self.large.engine.downloads.refresh())

    def _is_settled(self) -> bool:
        items = self.large.do(self.large.engine.downloads.queue())
        return sum(item.download is not None and item.download.is_stopped for item in items) == TORRENTS


def _grab(torrents: list[TorrentFile], client_id: int) -> None:
    now = datetime.now(UTC)
    for number, torrent in enumerate(torrents, 1):
        movie = movies.get(number)
        assert movie is not None
        title = f"Film.number.{number}.2020.1080p.WEB-DL-X"
        parsed = parse_release(title)
        (candidate,) = releases.remember([Candidate(Release(str(number), title), parsed, 1, "Indexer")], now)
        grabs.insert(
            Grab(
                id=0,
                movie_id=number,
                slot_id=movie.slot.id,
                release_id=candidate.release_id,
                client_id=client_id,
                title=title,
                hashes=(torrent.v1,),
                parsed=parsed,
                score=0,
                size=torrent.size,
                indexer="Indexer",
                state=GrabState.DOWNLOADING,
                added=now,
                correlation="",
            )
        )


@functools.cache
def polled() -> Polled:
    """One for figure and reference."""
    made = Polled()
    atexit.register(made.program.stop)
    return made


def poll() -> float:
    """Milliseconds of this process's processor time for a look, all its threads together."""
    made = polled()
    made.look()
    begin = time.process_time()
    for _ in range(LOOKS):
        made.look()
    return (time.process_time() - begin) / LOOKS * 1000


def bare() -> float:
    """The same question and answer with httpx alone."""
    made = polled()
    rid = made.web.get("sync/maindata", params={"rid": 0}).json()["rid"]
    begin = time.process_time()
    for _ in range(LOOKS):
        rid = made.web.get("sync/maindata", params={"rid": rid}).json()["rid"]
    return (time.process_time() - begin) / LOOKS * 1000


FIGURES = [
    Figure(
        "poll.1000",
        "Processor time of a look at 1,000 unchanged torrents in qBittorrent (reference: httpx alone)",
        "ms",
        3,
        poll,
        bare,
    )
]
