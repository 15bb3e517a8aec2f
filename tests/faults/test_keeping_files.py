"""What somebody who wants to lose a file would try: other names of one file, disks that go away, two with one name."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import JobState
from radarr_desktop.engine.imports.told import Wish
from radarr_desktop.engine.imports.unpacking import FOLDER, sweep
from radarr_desktop.engine.journal import place
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.store import operations
from tests.fakes.film import film
from tests.faults.test_disks import mounted
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.integration.renamed import Renamed
from tests.integration.shelf import CONTENT, NAME, Shelf

BETTER = NAME.replace("x264", "PROPER.x264")
AMBER = 810_001


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Downloads and library on one disk."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        world.world.tmdb.add(Film(AMBER, "Amber Lantern", 2011, cinemas=date(2011, 3, 1)))
        yield Shelf(running, running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id))))


def taken(shelf: Shelf, source: Path, *, mode: str = "move", movie_id: int = 0) -> JobState:
    """Import by hand, and take the file away from where it was."""
    running = shelf.running
    wish = Wish(str(source), movie_id or shelf.movie.id)
    job = running.do(running.engine.manual.take([wish], mode=mode))
    running.do(running.engine.jobs.idle())
    return running.do(running.engine.jobs.get(job.id)).state


def undo(running: RunningEngine) -> None:
    """Take the newest change back."""
    (newest,) = running.do(running.engine.undo.operations(limit=1))
    running.do(running.engine.undo.undo(newest.operation.id))


def test_the_librarys_own_file_under_another_path_is_not_taken_away(shelf: Shelf, tmp_path: Path) -> None:
    placed = shelf.take(shelf.download())
    (tmp_path / "downloads" / f"{NAME}.mkv").unlink()
    (tmp_path / "seen").mkdir()
    with mounted("--bind", str(shelf.library), at=tmp_path / "seen"):
        assert taken(shelf, tmp_path / "seen" / placed.relative_to(shelf.library)) is JobState.DONE
        assert placed.read_bytes() == CONTENT
        os.link(placed, tmp_path / "library" / "another name.mkv")
        assert taken(shelf, tmp_path / "seen" / placed.relative_to(shelf.library)) is JobState.DONE
    assert placed.read_bytes() == CONTENT


def test_another_movies_file_is_not_taken_from_it(shelf: Shelf) -> None:
    engine, do = shelf.running.engine, shelf.running.do
    placed = shelf.take(shelf.download())
    other = do(engine.movies.add(NewMovie(AMBER)))
    assert taken(shelf, placed, movie_id=other.id) is JobState.DEAD
    assert placed.read_bytes() == CONTENT
    assert do(engine.movies.get(other.id)).file is None


def test_a_file_that_was_moved_into_the_library_goes_back_with_an_undo(shelf: Shelf) -> None:
    source = shelf.download()
    assert taken(shelf, source) is JobState.DONE
    assert not source.exists()
    undo(shelf.running)
    assert source.read_bytes() == CONTENT
    assert [path for path in shelf.library.rglob("*") if path.is_file()] == []
    undo(shelf.running)
    file = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
    assert file is not None
    assert Path(file.path).read_bytes() == CONTENT
    assert not source.exists()


def test_a_file_that_was_moved_from_another_disk_goes_back_to_it(shelf: Shelf, tmp_path: Path) -> None:
    shelf.media(allow_copies=True, minimum_free_mb=0)
    (tmp_path / "stick").mkdir()
    with mounted("-t", "tmpfs", "-o", "size=20m", "none", at=tmp_path / "stick"):
        source = tmp_path / "stick" / f"{NAME}.mkv"
        source.write_bytes(CONTENT)
        assert taken(shelf, source) is JobState.DONE
        assert not source.exists()
        undo(shelf.running)
        assert source.read_bytes() == CONTENT
        undo(shelf.running)
        file = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
        assert file is not None
        assert Path(file.path).read_bytes() == CONTENT
        assert not source.exists()


def test_two_side_files_of_one_name_both_go_and_both_come_back(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        shelf = Renamed(world, running)
        other = tmp_path / "other"
        other.mkdir()
        running.do(running.engine.folders.add(str(other)))
        for folder in ("Trailers", "Extras"):
            shelf.side(f"{folder}/trailer.mkv").write_text(folder)
        before, rows = shelf.tree(), shelf.rows()
        running.do(running.engine.moving.move(shelf.movie.id, str(other / "Salt")))
        running.do(running.engine.jobs.idle())
        assert all(path.startswith(".radarr-desktop-trash/") for path in shelf.tree())
        assert (other / "Salt" / "Extras" / "trailer.mkv").read_text() == "Extras"
        shelf.undo()
        assert (shelf.tree(), shelf.rows()) == (before, rows)
        assert (shelf.file.parent / "Trailers" / "trailer.mkv").read_text() == "Trailers"
        shelf.undo()
        assert (other / "Salt" / "Trailers" / "trailer.mkv").read_text() == "Trailers"


def test_an_import_begun_on_a_disk_that_is_away_waits_for_it(shelf: Shelf, tmp_path: Path) -> None:
    engine, do = shelf.running.engine, shelf.running.do
    shelf.take(shelf.download())
    source = shelf.download(f"{BETTER}.mkv", film(b"better"))
    target = Path(do(engine.movies.get(shelf.movie.id)).folder) / "better.mkv"
    step = place.link_step(source, target, root=shelf.library, allow_copy=True)
    data = {"parsed": BETTER, "keep_free": 0}
    change = Change(OperationKind.IMPORT, shelf.movie.id, BETTER, (step,), slot_id=shelf.movie.slot.id, data=data)
    do(engine.db.run(partial(operations.begin, change, "", datetime.now(UTC))))
    away = shelf.library.rename(tmp_path / "unmounted")
    shelf.library.mkdir()
    do(engine.recover())
    assert list(shelf.library.iterdir()) == []
    assert len(do(engine.db.read(operations.open_operations))) == 1
    shelf.library.rmdir()
    away.rename(shelf.library)
    do(engine.recover())
    assert do(engine.db.read(operations.open_operations)) == []
    assert target.read_bytes() == film(b"better")


def test_nothing_is_undone_while_the_disk_is_away(shelf: Shelf, tmp_path: Path) -> None:
    placed = shelf.take(shelf.download())
    away = shelf.library.rename(tmp_path / "unmounted")
    shelf.library.mkdir()
    with pytest.raises(Problem, match="not mounted"):
        undo(shelf.running)
    shelf.library.rmdir()
    away.rename(shelf.library)
    file = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
    assert file is not None
    assert file.path == str(placed)
    undo(shelf.running)
    assert not placed.exists()


def test_a_movie_whose_folder_cannot_be_looked_into_is_not_forgotten(shelf: Shelf, tmp_path: Path) -> None:
    engine, do = shelf.running.engine, shelf.running.do
    placed = shelf.take(shelf.download())
    do(engine.rescan.library())
    folder = placed.parent.rename(tmp_path / "another disk")
    for leads_to in (tmp_path / "not mounted", placed.parent):  # a disk that is away; and a link that goes in a circle
        placed.parent.symlink_to(leads_to)
        assert do(engine.rescan.library()).held != ()
        with pytest.raises(Problem, match="nothing was changed"):
            do(engine.rescan.movie(shelf.movie.id))
        assert do(engine.movies.get(shelf.movie.id)).file is not None
        placed.parent.unlink()
    placed.parent.symlink_to(folder)
    assert do(engine.rescan.library()).held == ()
    placed.unlink()
    do(engine.rescan.movie(shelf.movie.id))
    assert do(engine.movies.get(shelf.movie.id)).file is None


class TwoDisks:
    """A root folder with a file of its own, and a second disk mounted in it, with a movie."""

    def __init__(self, shelf: Shelf, at: Path) -> None:
        self.running, self.library, self.at = shelf.running, shelf.library, at
        engine, do = self.running.engine, self.running.do
        media = do(engine.settings.media())
        do(engine.settings.save_media(replace(media, allow_copies=True, minimum_free_mb=0)))
        self.first = shelf.take(shelf.download())
        self.movie = do(engine.movies.add(NewMovie(AMBER, folder=str(at / "Amber Lantern (2011)"))))
        self.file = self.take(film(b"amber"))

    def take(self, content: bytes, more: str = "") -> Path:
        """Import for it."""
        source = self.running.downloads / f"Amber.Lantern.2011.{more}1080p.BluRay-KITE.mkv"
        source.write_bytes(content)
        return Path(self.running.do(self.running.engine.imports.file(str(source), self.movie.id)).path)

    def now(self) -> str:
        """Path of its file by the rows."""
        file = self.running.do(self.running.engine.movies.get(self.movie.id)).file
        return file.path if file else ""


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Path]:
    """Where a second disk is mounted in the library."""
    at = tmp_path / "library" / "second"
    at.mkdir(parents=True)
    with mounted("-t", "tmpfs", "-o", "size=20m", "none", at=at):
        yield at


@pytest.fixture
def two(second: Path, shelf: Shelf) -> TwoDisks:
    assert shelf.library in second.parents
    return TwoDisks(shelf, second)


def test_a_trash_is_on_the_disk_of_what_goes_there(two: TwoDisks) -> None:
    engine, do = two.running.engine, two.running.do
    better = two.take(film(b"better"), "PROPER.")
    assert better.read_bytes() == film(b"better")
    (trash,) = do(engine.trash.all())
    assert Path(trash.files[0].target).is_relative_to(two.at / ".radarr-desktop-trash")
    undo(two.running)
    assert two.file.read_bytes() == film(b"amber")
    do(engine.movies.remove(two.movie.id, delete_files=True))
    assert not two.file.exists()
    undo(two.running)
    assert two.file.read_bytes() == film(b"amber")
    assert do(engine.trash.empty()) != []
    assert not (two.at / ".radarr-desktop-trash").exists()


def test_a_disk_in_the_root_folder_that_is_away_is_no_deletion_and_gets_nothing(two: TwoDisks, tmp_path: Path) -> None:
    engine, do = two.running.engine, two.running.do
    (tmp_path / "aside").mkdir()
    subprocess.run(["mount", "--move", str(two.at), str(tmp_path / "aside")], check=True)
    try:
        assert do(engine.rescan.library()).held != ()
        assert two.now() == str(two.file)
        with pytest.raises(Problem, match="not mounted"):
            do(engine.rescan.movie(two.movie.id))
        assert two.now() == str(two.file)
        with pytest.raises(Problem, match="not mounted"):
            two.take(film(b"better"), "PROPER.")
        with pytest.raises(Problem, match="not mounted"):
            do(engine.movies.remove(two.movie.id, delete_files=True))
        assert list(two.at.iterdir()) == []
    finally:
        subprocess.run(["mount", "--move", str(tmp_path / "aside"), str(two.at)], check=True)
    assert do(engine.rescan.library()).held == ()
    two.file.unlink()
    two.file.parent.rmdir()
    (two.at / "Another").mkdir()
    do(engine.rescan.library())
    assert two.now() == ""


@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "missing"])
def test_a_movie_that_lies_in_another_root_folder_is_not_forgotten_with_it(
    shelf: Shelf, tmp_path: Path, *, is_empty: bool
) -> None:
    engine, do = shelf.running.engine, shelf.running.do
    other = tmp_path / "other"
    video = other / "The Salt Meridian (2025)" / "film.mkv"
    video.parent.mkdir(parents=True)
    video.write_bytes(CONTENT)
    (shelf.library / "Another (2001)").mkdir()
    do(engine.folders.add(str(other)))
    do(engine.movies.update(shelf.movie.id, folder=str(video.parent)))
    do(engine.rescan.movie(shelf.movie.id))
    movie = do(engine.movies.get(shelf.movie.id))
    assert movie.slot.root_folder == str(other)
    assert movie.file is not None
    do(engine.movies.update(shelf.movie.id, folder=str(shelf.library / "Salt")))  # its file stays where it is
    away = other.rename(tmp_path / "unmounted")
    if is_empty:
        other.mkdir()
    assert do(engine.rescan.library()).held != ()
    with pytest.raises(Problem, match="missing or empty"):
        do(engine.rescan.movie(shelf.movie.id))
    with pytest.raises(Problem, match="missing or empty"):
        do(engine.movies.delete_file(movie.file.id))
    assert do(engine.movies.get(shelf.movie.id)).file == movie.file
    if is_empty:
        other.rmdir()
    away.rename(other)
    do(engine.movies.delete_file(movie.file.id))
    assert not video.exists()
    undo(shelf.running)
    assert video.read_bytes() == CONTENT


def test_what_somebody_put_at_the_old_name_is_not_replaced_by_an_undo(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        shelf = Renamed(world, running)
        old = shelf.file
        shelf.name(Naming("{Movie Title}", "{Movie Title} {Quality}"))
        shelf.rename()
        old.parent.mkdir()
        old.write_bytes(b"somebody's own")
        before = shelf.tree()
        with pytest.raises(Problem, match="is there already"):
            shelf.undo()
        assert (shelf.tree(), old.read_bytes()) == (before, b"somebody's own")
        movie = running.do(running.engine.movies.get(shelf.movie.id))
        assert movie.file is not None
        removed = Path(movie.file.path)
        running.do(running.engine.movies.delete_file(movie.file.id))
        removed.parent.mkdir(exist_ok=True)
        removed.write_bytes(b"another one's")
        with pytest.raises(Problem, match="is there already"):
            shelf.undo()
        assert removed.read_bytes() == b"another one's"
        removed.unlink()
        shelf.undo()
        assert removed.read_bytes() == film()


def test_an_upgrade_may_change_the_capitals_of_its_name(shelf: Shelf) -> None:
    placed = shelf.take(shelf.download())
    media = shelf.running.do(shelf.running.engine.settings.media())
    shelf.media(naming=replace(media.naming, file=media.naming.file.upper()))
    new = shelf.take(shelf.download(f"again/{NAME}.mkv", film(b"again")))
    assert (new.name.casefold(), new.name != placed.name) == (placed.name.casefold(), True)
    assert (new.read_bytes(), placed.exists()) == (film(b"again"), False)
    undo(shelf.running)
    assert (placed.read_bytes(), new.exists()) == (CONTENT, False)


def test_a_folder_for_unpacking_that_leads_elsewhere_is_not_emptied(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    for folder in (root, elsewhere / "download-1", elsewhere / "photos", tmp_path / "other" / FOLDER / "mine"):
        folder.mkdir(parents=True)
    (root / FOLDER).symlink_to(elsewhere)
    sweep(root, [])
    sweep(tmp_path / "other", [])
    assert sorted(path.name for path in elsewhere.iterdir()) == ["download-1", "photos"]
    assert (tmp_path / "other" / FOLDER / "mine").is_dir()
