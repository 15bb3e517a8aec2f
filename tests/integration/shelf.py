"""A program with one movie, and files to import."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.library.movies import NewMovie
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, world_and_engine

NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"
CONTENT = film(size=200_000)


class Shelf:
    """A program with one movie, and files to import."""

    def __init__(self, running: RunningEngine, movie: Movie) -> None:
        self.running = running
        self.movie = movie
        self.library = running.library

    def download(self, name: str = f"{NAME}.mkv", content: bytes = CONTENT) -> Path:
        """A finished download."""
        path = self.running.downloads / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def take(self, path: Path) -> Path:
        """Import it; where it is now."""
        return Path(self.running.do(self.running.engine.imports.file(str(path), self.movie.id)).path)

    def refuses(self, path: Path, kind: Kind, *words: str) -> str:
        """Import it, which must fail for this reason, and leave everything as it was."""
        return str(self.refused(path, kind, *words))

    def refused(self, path: Path, kind: Kind, *words: str) -> Problem:
        """The same, with the whole problem."""
        before = self.state()
        with pytest.raises(Problem) as refused:
            self.take(path)
        said = str(refused.value)
        assert refused.value.kind is kind, said
        for each in words:
            assert each in said
        assert self.state() == before
        return refused.value

    def state(self) -> tuple[list[tuple[str, bytes]], list[tuple[object, ...]]]:
        """All files of the library, and what the journal and the history say of them."""
        files = sorted((str(path), path.read_bytes() if path.is_file() else b"") for path in self.library.rglob("*"))
        with contextlib.closing(sqlite3.connect(f"file:{self.running.paths.database}?mode=ro", uri=True)) as db:
            rows = db.execute("select count(*), sum(open) from journal union all select count(*), 0 from movie_file")
            return files, rows.fetchall()

    def media(self, **changed: Any) -> None:
        """Change how files are imported."""
        media = self.running.do(self.running.engine.settings.media())
        self.running.do(self.running.engine.settings.save_media(replace(media, **changed)))


@contextlib.contextmanager
def shelf_in(folder: Path) -> Iterator[Shelf]:
    """Downloads and library on one disk."""
    with world_and_engine(folder, with_movie=False) as (world, running):
        yield Shelf(running, running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id))))
