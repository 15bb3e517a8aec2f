"""A program in a loopback world, with either download client."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radarr_desktop.domain import events
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.loopback.torrents import TorrentFile
from tests.fakes.swarm import QBittorrent, qbittorrent
from tests.fixtures_engine import RunningEngine, WorldThread, config_for, running_engine

CLIENTS = ("libtorrent", "qbittorrent")


@dataclass
class Stage:
    """A world, a program in it, and the client it downloads with."""

    world: WorldThread
    running: RunningEngine
    qbittorrent: QBittorrent | None

    @property
    def good(self) -> TorrentFile:
        """The release that should win."""
        return self.world.world.torrents[self.world.world.good]

    def add(self, *, search: bool) -> Movie:
        """Want the movie."""
        return self.running.do(self.running.engine.movies.add(NewMovie(self.world.world.movie.tmdb_id, search=search)))

    def downloaded(self, name: str) -> Path:
        """A file as the client has it."""
        folder = self.qbittorrent.downloads if self.qbittorrent else self.running.downloads
        return next(folder.rglob(name))

    def qbittorrent_files(self, name: str) -> list[Path]:
        """What qBittorrent has of a file, also unfinished."""
        return list(self.qbittorrent.downloads.rglob(f"{name}*")) if self.qbittorrent else []

    def imported(self, grab_id: int = 0) -> events.MovieImported:
        """Wait until a grab is in the library."""

        def look() -> events.MovieImported | None:
            told = [event for event in self.running.events if isinstance(event, events.MovieImported)]
            return next((event for event in told if grab_id in (0, event.grab_id)), None)

        imported = self.running.wait_for(look, "the import")
        assert imported is not None
        return imported

    def grabs(self, movie: Movie) -> list[Grab]:
        """All of a movie, newest first."""
        return list(self.running.do(self.running.engine.decisions.why(movie.id)).grabs)

    def log(self) -> list[dict[str, Any]]:
        """Every line that was logged."""
        return [json.loads(line) for line in self.running.paths.log.read_text().splitlines()]


@contextlib.contextmanager
def staged(folder: Path, client: str) -> Iterator[Stage]:
    """Everything running."""
    with contextlib.ExitStack() as stack:
        world = WorldThread(folder)
        stack.callback(world.close)
        config, program = config_for(world, folder, with_movie=False), None
        if client == "qbittorrent":
            program = stack.enter_context(qbittorrent(folder / "qbittorrent"))
            config = with_qbittorrent(config, program)
        config += f'\n[[plugin]]\nmodule = "webhook"\nname = "Listener"\nsettings = {{ url = "{world.inbox.url}" }}\n'
        yield Stage(world, stack.enter_context(running_engine(folder, config)), program)


def with_qbittorrent(config: str, program: QBittorrent) -> str:
    """The provisioning with another download client."""
    start = config.index('[[plugin]]\nmodule = "libtorrent"')
    end = config.index("[[quality_profile]]")
    table = f'[[plugin]]\nmodule = "qbittorrent"\nname = "qBittorrent"\n[plugin.settings]\nbase_url = "{program.url}"\n'
    login = f'username = "{program.username}"\npassword = "{program.password}"\n\n'
    return config[:start] + table + login + config[end:]
