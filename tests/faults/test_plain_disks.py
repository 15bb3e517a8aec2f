"""A library on a disk as it is in a USB drive or a share: exFAT knows no hard links, and takes capitals for small ones.

Nor does it rename without replacing, and its driver calls one file by another number under each spelling of its name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.loopback.tmdb import Film
from tests.fakes.film import film
from tests.faults.test_disks import mounted
from tests.fixtures_engine import world_and_engine
from tests.integration.renamed import OLD, Renamed
from tests.integration.shelf import NAME

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mkfs.exfat") or not shutil.which("mount.exfat-fuse"),
    reason="needs root, exfatprogs and exfat-fuse",
)
SIZE = 48 << 20
LOUD = 810_001


@contextmanager
def exfat(at: Path) -> Iterator[None]:
    """Such a disk."""
    image = at.with_name("exfat.img")
    with image.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run(["mkfs.exfat", str(image)], check=True, capture_output=True)
    at.mkdir()
    with mounted("-t", "exfat-fuse", "-o", "loop", str(image), at=at):
        yield


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Renamed]:
    """A library on it, with one movie that was copied there."""
    with exfat(tmp_path / "library"), world_and_engine(tmp_path, with_movie=False) as (world, running):
        media = running.do(running.engine.settings.media())
        running.do(running.engine.settings.save_media(replace(media, allow_copies=True, minimum_free_mb=0)))
        yield Renamed(world, running)


def test_what_cannot_be_linked_there_is_copied_only_where_that_is_allowed(shelf: Renamed) -> None:
    first = film()
    assert shelf.file.read_bytes() == first
    assert shelf.file.stat().st_nlink == 1
    media = shelf.running.do(shelf.running.engine.settings.media())
    shelf.running.do(shelf.running.engine.settings.save_media(replace(media, allow_copies=False)))
    better = shelf.library.parent / "better" / NAME.replace("BluRay", "BluRay.REMUX") / "film.mkv"
    better.parent.mkdir(parents=True)
    better.write_bytes(film(b"better"))
    before = shelf.tree()
    with pytest.raises(Problem, match="cannot be linked") as refused:
        shelf.running.do(shelf.running.engine.imports.file(str(better), shelf.movie.id))
    assert refused.value.kind is Kind.CANNOT_LINK
    assert (shelf.tree(), shelf.file.read_bytes()) == (before, first)


def test_a_rename_of_capitals_only_and_its_undo_lose_nothing(shelf: Renamed) -> None:
    side = shelf.side(f"{shelf.base}.en.srt")
    before, rows, told = shelf.tree(), shelf.rows(), side.read_text()
    shelf.name(Naming("{MOVIE TITLE} ({Year})", "{MOVIE TITLE} ({Year}) {Quality Full}-{Release Group}"))
    assert shelf.rename().problems == ()
    name = "THE SALT MERIDIAN (2025) Bluray-1080p-KITE"
    assert sorted(Path(path).name for path in shelf.tree()) == [f"{name}.en.srt", f"{name}.mkv"]
    movie = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id))
    assert movie.file is not None
    assert Path(movie.file.path).read_bytes() == film()
    shelf.undo()
    assert (shelf.tree(), shelf.rows(), side.read_text()) == (before, rows, told)


def test_two_movies_whose_names_differ_in_capitals_do_not_take_each_other(shelf: Renamed) -> None:
    shelf.world.world.tmdb.add(Film(LOUD, OLD.upper().removesuffix(" (2025)"), 2025, cinemas=date(2025, 3, 1)))
    before = shelf.tree()
    with pytest.raises(Problem, match="belongs to The Salt Meridian") as refused:
        shelf.add(LOUD)
    assert refused.value.kind is Kind.CONFLICT
    assert (shelf.tree(), shelf.file.read_bytes()) == (before, film())


def test_a_file_of_people_whose_name_differs_in_capitals_is_not_replaced(shelf: Renamed) -> None:
    shelf.world.world.tmdb.add(Film(LOUD, "Loud", 2025, cinemas=date(2025, 3, 1)))
    theirs = shelf.library / "Loud (2025)" / "LOUD (2025) BLURAY-1080P-KITE.MKV"
    theirs.parent.mkdir()
    theirs.write_bytes(b"somebody's own")
    source = shelf.running.downloads / "Loud.2025.1080p.BluRay.x264-KITE.mkv"
    source.write_bytes(film(b"loud"))
    movie, before = shelf.add(LOUD), shelf.tree()
    with pytest.raises(Problem, match="is there already"):
        shelf.running.do(shelf.running.engine.imports.file(str(source), movie.id))
    assert (shelf.tree(), theirs.read_bytes()) == (before, b"somebody's own")


def test_what_is_removed_goes_to_the_trash_and_comes_back(shelf: Renamed) -> None:
    shelf.side(f"{shelf.base}.en.srt")
    before, rows = shelf.tree(), shelf.rows()
    shelf.running.do(shelf.running.engine.movies.remove(shelf.movie.id, delete_files=True))
    assert all(path.startswith(".radarr-desktop-trash/") for path in shelf.tree())
    shelf.undo()
    assert (shelf.tree(), shelf.rows(), shelf.file.read_bytes()) == (before, rows, film())
