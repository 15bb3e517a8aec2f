"""Files on their way into the library, on disks and in downloads that are not as they should be."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.imports.choose import look, movie_in
from radarr_desktop.plugin_api import DownloadFile
from tests.fakes.film import film
from tests.fixtures_engine import EMPTY
from tests.integration.shelf import CONTENT, NAME, Shelf, shelf_in


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Downloads and library on one disk."""
    with shelf_in(tmp_path) as shelf:
        yield shelf


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small disk of its own at this folder."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("disks cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def elsewhere(shelf: Shelf) -> Path:
    """A folder for downloads that no hard link to the library can reach."""
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    assert folder.stat().st_dev != shelf.library.stat().st_dev
    return folder


def test_a_library_on_another_disk_is_told_and_a_copy_made_only_when_allowed(shelf: Shelf) -> None:
    folder = elsewhere(shelf)
    try:
        source = folder / f"{NAME}.mkv"
        source.write_bytes(CONTENT)
        shelf.refuses(source, Kind.CANNOT_LINK, "a hard link cannot cross file systems", "Copy this one")
        shelf.media(allow_copies=True)
        path = shelf.take(source)
        assert path.read_bytes() == CONTENT
        assert not path.samefile(source)
        (entry,) = shelf.running.do(shelf.running.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries
        assert entry.data["method"] == "copy"
    finally:
        shutil.rmtree(folder)


def test_a_copy_needs_the_room_it_takes(shelf: Shelf) -> None:
    folder = elsewhere(shelf)
    try:
        source = folder / f"{NAME}.mkv"
        source.write_bytes(CONTENT)
        shelf.media(allow_copies=True, minimum_free_mb=1 << 40)
        shelf.refuses(source, Kind.DISK_FULL, "There is no room", "must keep", "Make room")
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ("size=100k", Kind.DISK_FULL, "There is no room"),
        ("size=1m,nr_inodes=1", Kind.DISK_FULL, "is full"),
        ("size=1m,nr_inodes=2", Kind.DISK_FULL, "is full"),
        ("size=1m,ro", Kind.STORAGE, "read-only"),
    ],
)
def test_a_disk_that_is_full_or_read_only_is_told(options: str, kind: Kind, words: str, shelf: Shelf) -> None:
    shelf.media(allow_copies=True, minimum_free_mb=0)
    source = shelf.download()
    with mounted(shelf.library, options):
        shelf.refuses(source, kind, words)
    assert shelf.take(source).samefile(source)


def test_a_missing_root_folder_is_not_made_anew(shelf: Shelf) -> None:
    source = shelf.download()
    away = shelf.library.rename(shelf.library.with_name("away"))
    with pytest.raises(Problem, match=r"is missing\. Its disk is probably not mounted") as refused:
        shelf.take(source)
    assert refused.value.kind is Kind.STORAGE
    assert not shelf.library.exists()
    away.rename(shelf.library)
    assert shelf.take(source).samefile(source)


def test_an_empty_place_where_a_disk_should_be_is_not_filled(shelf: Shelf) -> None:
    first = shelf.take(shelf.download())
    away = shelf.library.rename(shelf.library.with_name("away"))
    shelf.library.mkdir()
    better = shelf.download(f"{NAME.replace('x264', 'PROPER.x264')}.mkv", film(b"better"))
    shelf.refuses(better, Kind.STORAGE, "is empty, but 1 files were put there", "not mounted")
    shelf.library.rmdir()
    away.rename(shelf.library)
    path = shelf.take(better)
    assert path.samefile(better)
    assert not first.exists()


def test_a_file_of_somebody_else_is_never_overwritten(shelf: Shelf) -> None:
    folder = Path(shelf.movie.folder)
    folder.mkdir()
    foreign = folder / f"{folder.name} Bluray-1080p-KITE.mkv"
    foreign.write_bytes(b"mine")
    shelf.refuses(shelf.download(), Kind.CONFLICT, f"{foreign} is there already", "Move it away")
    foreign.unlink()
    foreign.symlink_to("/nowhere")
    shelf.refuses(shelf.download(), Kind.CONFLICT, "is there already")


def test_a_name_that_is_too_long_is_cut_and_a_path_that_is_too_long_is_told(shelf: Shelf) -> None:
    shelf.media(naming=Naming(file="{Movie Title} " + "long " * 60 + "{Quality}"))
    assert len(shelf.take(shelf.download()).name.encode()) <= 255
    deep = shelf.library
    while len(str(deep)) < 3_900:
        deep /= "d" * 150
    made = Path.cwd()
    try:
        os.chdir(shelf.library)
        for part in deep.relative_to(shelf.library).parts:
            Path(part).mkdir()
            os.chdir(part)
    finally:
        os.chdir(made)
    engine = shelf.running.engine
    shelf.running.do(engine.movies.update(shelf.movie.id, folder=str(deep)))
    shelf.refuses(shelf.download(), Kind.STORAGE, "cannot be made", "Choose a shorter naming pattern")


def test_what_is_no_whole_file_of_the_download_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    folder = shelf.running.downloads / NAME
    real = shelf.download(f"{NAME}/film.mkv")
    files = [DownloadFile(f"{NAME}/film.mkv", len(CONTENT), 1.0)]

    def chosen(folder: Path = shelf.running.downloads) -> Path:
        found = look(folder, files)
        return found.place(movie_in(found, NAME))

    assert chosen() == real
    real.write_bytes(CONTENT[:-1])

    def refused(words: str) -> None:
        with pytest.raises(Problem, match=words):
            chosen()
        real.unlink(missing_ok=True)

    refused("is not whole")
    refused("is not there")
    real.symlink_to("/etc/hostname")
    refused("leads out of the download's folder")
    (folder / "other").write_bytes(CONTENT)
    real.symlink_to("other")
    refused("is not a regular file")
    os.mkfifo(real)
    refused("is not a regular file")
    with pytest.raises(Problem, match="cannot be found here"):
        chosen(tmp_path / "on another machine")


def test_an_import_that_was_open_when_the_disk_was_away_ends_once_it_is_back(shelf: Shelf) -> None:
    old = shelf.take(shelf.download())
    better = shelf.download(f"again/{NAME}.mkv", film(b"again"))
    database, folder = shelf.running.paths.database, shelf.running.folder
    shelf.running.stop()
    trash = shelf.library / ".radarr-desktop-trash" / "stamp" / old.name
    trash.parent.mkdir(parents=True)
    old.rename(trash)
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as db:
        facts = better.stat()
        data = (
            f'{{"size": {facts.st_size}, "inode": {facts.st_ino}, "mtime": {facts.st_mtime_ns}, "allow_copy": false, '
            f'"root": "{shelf.library}", "title": "{NAME}", "parsed": "{NAME}", "replaced": "{old}"}}'
        )
        db.execute(
            "insert into operation (id, kind, state, movie_id, slot_id, title, at, correlation, data)"
            " values (9, 'import', 'open', ?, ?, ?, 0, 'abc', ?)",
            (shelf.movie.id, shelf.movie.slot.id, NAME, data),
        )
        for action, source, target in (("trash", old, trash), ("link", better, old)):
            db.execute(
                "insert into journal (action, source, target, open, at, method, operation_id, data)"
                " values (?, ?, ?, 1, 0, '', 9, ?)",
                (action, str(source), str(target), data),
            )
    away = shelf.library.rename(folder / "away")
    shelf.running.config.write_text(EMPTY)
    shelf.running.start()
    assert shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file is not None
    assert not shelf.library.exists()
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        assert db.execute("select count(*) from journal where open").fetchone() == (2,)
    shelf.running.stop()
    away.rename(shelf.library)
    shelf.running.start()
    assert old.samefile(better)
    assert trash.read_bytes() == CONTENT
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        assert db.execute("select count(*) from journal where open").fetchone() == (0,)
