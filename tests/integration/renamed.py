"""A library with one imported movie, and what is done to its names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from radarr_desktop.domain.events import RenameFinished
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.renaming import RenamePreview
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.store import side_files
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, WorldThread
from tests.integration.shelf import NAME

OLD = "The Salt Meridian (2025)"
PLEX = Naming("{Movie Title} ({Year}) {tmdb-{TmdbId}}", "{Movie Title} {[Quality Full]}{-Release Group}")
NEW = "The Salt Meridian (2025) {tmdb-900001}"
NEW_FILE = "The Salt Meridian [Bluray-1080p]-KITE"


class Renamed:
    """A library with one imported movie, and what is done to it."""

    def __init__(self, world: WorldThread, running: RunningEngine) -> None:
        self.world = world
        self.running = running
        self.library = running.library
        self.movie = self.add(world.world.movie.tmdb_id)
        source = running.downloads / f"{NAME}.mkv"
        source.write_bytes(film())
        self.file = Path(running.do(running.engine.imports.file(str(source), self.movie.id)).path)
        self.base = self.file.stem

    def add(self, tmdb_id: int) -> Movie:
        """Want a movie."""
        return self.running.do(self.running.engine.movies.add(NewMovie(tmdb_id)))

    def side(self, name: str, *, owned: bool = True) -> Path:
        """A file beside the movie's that is known."""
        path = self.file.parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
        side = SideFile(0, self.movie.id, self.movie.slot.id, str(path), SideKind.SUBTITLE, owned=owned)
        self.running.do(self.running.engine.db.run(lambda: side_files.put(side)))
        return path

    def name(self, naming: Naming) -> None:
        """Set the rules."""
        self.running.do(self.running.engine.names.save(naming))

    def preview(self, movie_ids: Sequence[int] | None = None, *, folders: bool = True) -> RenamePreview:
        """What would be done."""
        return self.running.do(self.running.engine.renaming.preview(movie_ids, folders=folders))

    def rename(self, *, yes: bool = True) -> RenameFinished:
        """Do what the preview shows."""
        engine = self.running.engine
        job = self.running.do(engine.renaming.carry_out(self.preview(), yes=yes))
        self.running.do(engine.jobs.idle())
        return next(one for one in self.running.events if isinstance(one, RenameFinished) and one.job_id == job.id)

    def undo(self) -> None:
        """Take the newest change back."""
        undo = self.running.engine.undo
        (state,) = self.running.do(undo.operations(limit=1))
        self.running.do(undo.undo(state.operation.id))

    def tree(self) -> list[str]:
        """Every file and empty folder of the library."""
        paths = [path for path in self.library.rglob("*") if path.is_file() or not any(path.iterdir())]
        return sorted(str(path.relative_to(self.library)) for path in paths)

    def rows(self) -> list[str]:
        """Where the rows say that the movie, its file and its side files are."""
        movie = self.running.do(self.running.engine.movies.get(self.movie.id))
        sides = self.running.do(self.running.engine.db.read(lambda: side_files.of_movie(movie.id)))
        paths = [movie.folder, movie.file.path if movie.file else "", *(side.path for side in sides)]
        return [str(Path(path).relative_to(self.library)) for path in paths]
