"""Imports on real disks: shared bytes, one that fills up in the middle of a copy, one that is somebody else's."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from radarr_desktop.domain.events import ImportProgressed
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from tests.fakes.film import film, sparse_film
from tests.faults.crash.program import Case, Process, wait_for
from tests.fixtures_engine import WorldThread, world_and_engine

NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE.mkv"
NOBODY = 65534
PATIENCE = 60.0
TRIES = 5


@contextmanager
def disk(folder: Path, kind: str, size: int, options: str = "loop") -> Iterator[None]:
    """A file system of its own at this folder."""
    image = folder.with_name(f"{folder.name}.img")
    maker = shutil.which(f"mkfs.{kind}")
    if os.geteuid() or maker is None:
        pytest.skip(f"a disk with {kind} needs root and mkfs.{kind}")
    with image.open("wb") as file:
        file.truncate(size)
    subprocess.run([maker, "-q", str(image)], check=True, capture_output=True)
    folder.mkdir(exist_ok=True)
    with mounted("-o", options, str(image), at=folder):
        yield


@contextmanager
def mounted(*what: str, at: Path) -> Iterator[None]:
    """Something mounted for a while."""
    done = subprocess.run(["mount", *what, str(at)], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"it cannot be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


@pytest.mark.parametrize("kind", ["btrfs", "xfs"])
def test_what_cannot_be_linked_shares_its_bytes_where_the_disk_can(kind: str, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", kind, 400 << 20), world_and_engine(tmp_path, with_movie=False) as (world, running):
        for folder in (running.downloads, running.library):
            (tmp_path / "disk" / folder.name).mkdir()
        with (  # one disk, seen through two mounts: no hard link goes from one to the other
            mounted("--bind", str(tmp_path / "disk" / "downloads"), at=running.downloads),
            mounted("--bind", str(tmp_path / "disk" / "library"), at=running.library),
        ):
            source = running.downloads / NAME
            source.write_bytes(film(os.urandom(40 << 20)))
            before = room(running.library)
            movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
            file = Path(running.do(running.engine.imports.file(str(source), movie.id)).path)
            assert room(running.library) > before - (5 << 20)
            assert file.read_bytes() == source.read_bytes()
            assert not file.samefile(source)
            (entry,) = running.do(running.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries
            assert entry.data["method"] == "reflink"
            with file.open("r+b") as written:
                written.write(b"another beginning")
            assert source.read_bytes()[:17] != b"another beginning"
            assert [path for path in running.library.rglob("*") if path.is_file()] == [file]


def room(folder: Path) -> int:
    """Bytes that are free once all is written out."""
    subprocess.run(["sync", "--file-system", str(folder)], check=True)
    return shutil.disk_usage(folder).free


def test_a_copy_tells_how_far_it_is(tmp_path: Path) -> None:
    with (
        disk(tmp_path / "slow", "ext4", 700 << 20),
        world_and_engine(tmp_path, with_movie=False) as (world, running),
        mounted("--bind", str(tmp_path / "slow"), at=running.library),
    ):
        media = running.do(running.engine.settings.media())
        running.do(running.engine.settings.save_media(replace(media, allow_copies=True, minimum_free_mb=0)))
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        source, size = running.downloads / NAME, 500 << 20
        sparse_film(source, size)
        running.do(running.engine.imports.file(str(source), movie.id))
        told = [event for event in running.events if isinstance(event, ImportProgressed)]
        assert told, "copying 500 MB took less than a tenth of a second"
        assert {(one.step, one.movie_id, one.path, one.size) for one in told} == {("copy", movie.id, str(source), size)}
        assert [one.done for one in told] == sorted(one.done for one in told)
        assert all(0 < one.done <= size for one in told)


def test_a_disk_that_fills_up_in_the_middle_of_a_copy_is_left_as_it_was(tmp_path: Path) -> None:
    with (
        disk(tmp_path / "small", "ext4", 400 << 20),
        world_and_engine(tmp_path, with_movie=False) as (world, running),
        mounted("--bind", str(tmp_path / "small"), at=running.library),
    ):
        media = running.do(running.engine.settings.media())
        running.do(running.engine.settings.save_media(replace(media, allow_copies=True, minimum_free_mb=0)))
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        source = running.downloads / NAME
        sparse_film(source, 300 << 20)
        before, facts = sorted(running.library.rglob("*")), source.stat()
        told: list[Problem] = []
        while len(told) < TRIES and not any("is full" in str(one) for one in told):  # the room may go too early
            with filling(running.library), pytest.raises(Problem) as refused:
                running.do(running.engine.imports.file(str(source), movie.id))
            told.append(refused.value)
        assert told[-1].kind is Kind.DISK_FULL
        assert "is full. Make room, then try again." in str(told[-1])
        assert sorted(running.library.rglob("*")) == before
        assert (source.stat().st_size, source.stat().st_mtime_ns) == (facts.st_size, facts.st_mtime_ns)
        assert running.do(running.engine.movies.get(movie.id)).file is None
        assert running.do(running.engine.imports.file(str(source), movie.id)).size == facts.st_size


@contextmanager
def filling(library: Path) -> Iterator[None]:
    """Somebody takes all the room as soon as a copy is under way, and gives it back at the end."""
    filler, ended = library / "filler", threading.Event()

    def fill() -> None:
        while not ended.is_set():
            if any(path.stat().st_size for path in library.glob("*/.import-*.part")):
                with contextlib.suppress(OSError), filler.open("wb") as file:  # or the copy was quicker
                    os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(library).free)
                return
            time.sleep(0.0005)

    thread = threading.Thread(target=fill)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        filler.unlink(missing_ok=True)


class NobodysCase(Case):
    """The program as a user who owns nothing but its own folders."""

    def start(self) -> Process:
        """Begin a life."""
        options = ["--headless", "--config", str(self.config), "--data-dir", str(self.paths.data)]
        return Process([*as_nobody(), sys.executable, "-m", "radarr_desktop", *options], self.folder)

    def asks(self, path: str, body: object) -> httpx.Response:
        """Its port's answer."""
        port = json.loads(self.paths.port_file.read_bytes())
        return httpx.post(f"{port['url']}{path}", json=body, headers={"X-Api-Key": port["api_key"]}, timeout=PATIENCE)

    def imported(self) -> bool:
        """Is the movie there?"""
        return self.asked("select count(*) from movie_file") == 1


def as_nobody() -> list[str]:
    """Before a command: root becomes nobody, everybody else is no root already."""
    nobody = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    return [] if os.geteuid() else nobody


@pytest.fixture
def case(tmp_path: Path) -> Iterator[NobodysCase]:
    """With a world, below a folder that everybody may enter."""
    able = [*as_nobody(), sys.executable, "-c", "import radarr_desktop"]
    if subprocess.run(able, check=False, capture_output=True).returncode:
        pytest.skip("another user cannot run this Python")
    folder, world = Path(tempfile.mkdtemp(prefix="rd-nobody-")), WorldThread(tmp_path)
    folder.chmod(0o755)
    try:
        made = NobodysCase(world, folder / "case")
        for path in [folder, *folder.rglob("*")]:
            if not os.geteuid():
                os.chown(path, NOBODY, NOBODY)
        yield made
    finally:
        world.close()
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


def test_a_movie_folder_that_may_not_be_written_is_told_and_imported_once_it_may(case: NobodysCase) -> None:
    folder = case.library / "The Salt Meridian (2025)"
    folder.mkdir()
    folder.chmod(0o555)
    process = case.start()
    try:
        wait_for(lambda: case.asked("select count(*) from grab where state = 'blocked'") == 1, process, PATIENCE)
        with case.database() as db:
            ((problem,),) = db.execute("select problem from grab").fetchall()
        assert problem == (
            f"{folder} cannot be written. The system denies it. Check owner and permissions, then try again."
        )
        assert list(folder.iterdir()) == []
        assert case.asked("select count(*) from journal") == 0
        folder.chmod(0o777)
        (source,) = case.downloads.rglob("*.mkv")
        assert case.asks("/api/v4/import", {"path": str(source), "movieId": 1}).status_code == 200
        (file,) = folder.iterdir()
        assert file.samefile(source)
    finally:
        process.kill()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of other users")
def test_a_download_of_another_user_is_told_as_such(case: NobodysCase) -> None:
    process = case.start()
    try:
        wait_for(case.imported, process, PATIENCE)
        source = case.downloads / NAME
        source.write_bytes(film())
        source.chmod(0o600)
        said = case.asks("/api/v4/import", {"path": str(source), "movieId": 1})
        assert said.status_code >= 400
        assert f"{source} cannot be read." in said.text
        assert "The system denies it." in said.text
        source.chmod(0o644)
        said = case.asks("/api/v4/import", {"path": str(source), "movieId": 1})
        assert "belongs to another user, and the system links only what one may write." in said.text
        assert case.asked("select count(*) from journal where open") == 0
        assert source.read_bytes() == film()
    finally:
        process.kill()
