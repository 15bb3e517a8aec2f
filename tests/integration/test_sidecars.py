"""Notes and pictures beside movies: written where wanted, following their movie, never over somebody's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.naming import Naming
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.settings import SidecarSettings
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.integration.shelf import NAME

FOLDER = "The Salt Meridian (2025)"
BASE = f"{FOLDER} Bluray-1080p-KITE"
ALL = SidecarSettings(nfo=True, images=True)


class Library:
    """A program with one wanted movie."""

    def __init__(self, world: WorldThread, running: RunningEngine) -> None:
        self.running = running
        self.engine = running.engine
        self.folder = running.library / FOLDER
        self.movie = running.do(self.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))

    def write(self, settings: SidecarSettings) -> None:
        """Set what is written, and wait for it."""
        self.running.do(self.engine.sidecars.save(settings))
        self.settle()

    def take(self, name: str = NAME, seed: bytes = b"") -> None:
        """Import a film."""
        source = self.running.downloads / f"{name}.mkv"
        source.write_bytes(film(seed))
        self.running.do(self.engine.imports.file(str(source), self.movie.id))
        self.settle()

    def settle(self) -> None:
        """Wait until all is written."""
        self.running.do(self.engine.bus.drain())
        self.running.do(self.engine.jobs.idle())

    def undo(self) -> None:
        """Take the newest change back."""
        (state,) = self.running.do(self.engine.undo.operations(limit=1))
        self.running.do(self.engine.undo.undo(state.operation.id))
        self.settle()

    def files(self) -> list[str]:
        """All of the library beside the trash."""
        found = [path for path in self.running.library.rglob("*") if path.is_file()]
        names = [str(path.relative_to(self.running.library)) for path in found]
        return sorted(name for name in names if not name.startswith("."))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """One wanted movie."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Library(world, running)


def test_nothing_is_written_unless_it_is_wanted(library: Library) -> None:
    library.take()
    assert library.files() == [f"{FOLDER}/{BASE}.mkv"]


def test_they_come_with_an_import_and_follow_a_rename_and_its_undo(library: Library) -> None:
    library.write(ALL)
    library.take()
    pictures = ["fanart.png", "poster.png"]
    before = [f"{FOLDER}/{name}" for name in (f"{BASE}.mkv", f"{BASE}.nfo", *pictures)]
    assert library.files() == before
    note = (library.folder / f"{BASE}.nfo").read_text(encoding="utf-8")
    assert '<uniqueid type="tmdb" default="true">900001</uniqueid>' in note
    assert "<codec>h264</codec>" in note
    library.running.do(library.engine.names.save(Naming("{Movie Title}", "{Movie Title}")))
    preview = library.running.do(library.engine.renaming.preview())
    library.running.do(library.engine.renaming.carry_out(preview))
    library.settle()
    after = [f"The Salt Meridian/{name}" for name in ("The Salt Meridian.mkv", "The Salt Meridian.nfo", *pictures)]
    assert library.files() == after
    library.undo()
    assert library.files() == before
    assert not (library.running.library / "The Salt Meridian").exists()


def test_they_are_written_anew_only_where_something_changed(library: Library) -> None:
    library.write(SidecarSettings(nfo=True, movie_nfo=True))
    library.take()
    note = library.folder / "movie.nfo"
    before = note.stat()
    refresh = library.engine.jobs.enqueue("refresh_movie", {"movie_id": library.movie.id})
    library.running.do(refresh)
    library.settle()
    assert note.stat().st_mtime_ns == before.st_mtime_ns
    tag = library.running.do(library.engine.tags.add("sea"))
    library.running.do(library.engine.movies.update(library.movie.id, tags=(tag.id,)))
    library.running.do(library.engine.jobs.enqueue("refresh_movie", {"movie_id": library.movie.id}))
    library.settle()
    assert "<tag>sea</tag>" in note.read_text(encoding="utf-8")


def test_what_somebody_wrote_or_changed_is_never_touched(library: Library) -> None:
    library.folder.mkdir()
    (library.folder / "poster.png").write_text("mine", encoding="utf-8")
    library.write(ALL)
    library.take()
    note = library.folder / f"{BASE}.nfo"
    note.write_text("edited", encoding="utf-8")
    library.running.do(library.engine.jobs.enqueue("refresh_movie", {"movie_id": library.movie.id}))
    library.settle()
    assert (library.folder / "poster.png").read_text(encoding="utf-8") == "mine"
    assert note.read_text(encoding="utf-8") == "edited"
    assert (library.folder / "fanart.png").is_file()
    library.running.do(library.engine.movies.remove(library.movie.id, delete_files=True))
    library.settle()
    assert library.files() == [f"{FOLDER}/{BASE}.nfo", f"{FOLDER}/poster.png"]


def test_they_go_with_the_files_of_a_removed_movie_and_come_back_with_them(library: Library) -> None:
    library.write(ALL)
    library.take()
    before = library.files()
    library.running.do(library.engine.movies.remove(library.movie.id, delete_files=True))
    library.settle()
    assert library.files() == []
    library.undo()
    assert library.files() == before
    library.running.do(library.engine.movies.remove(library.movie.id))
    library.settle()
    assert library.files() == before


def test_an_upgrade_leaves_no_old_note(library: Library) -> None:
    library.write(SidecarSettings(nfo=True))
    library.take()
    library.take(NAME.replace("1080p", "2160p"), b"better")
    assert [name.rpartition(".")[2] for name in library.files()] == ["mkv", "nfo"]
    assert len({name.rpartition(".")[0] for name in library.files()}) == 1


def test_what_was_written_once_follows_although_no_more_is_wanted(library: Library) -> None:
    library.write(SidecarSettings(nfo=True))
    library.take()
    library.write(SidecarSettings())
    library.running.do(library.engine.names.save(Naming("{Movie Title}", "{Movie Title}")))
    preview = library.running.do(library.engine.renaming.preview())
    library.running.do(library.engine.renaming.carry_out(preview))
    library.settle()
    assert library.files() == ["The Salt Meridian/The Salt Meridian.mkv", "The Salt Meridian/The Salt Meridian.nfo"]
