"""Movies that go to another folder, on this disk or another one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Problem
from radarr_desktop.loopback.tmdb import Film
from tests.fakes.film import film
from tests.fixtures_engine import world_and_engine
from tests.integration.renamed import OLD, Renamed


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Renamed]:
    """A program with one movie in its library."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Renamed(world, running)


def test_a_movie_moves_to_another_root_folder_and_back(shelf: Renamed, tmp_path: Path) -> None:
    engine = shelf.running.engine
    other = tmp_path / "other"
    other.mkdir()
    shelf.running.do(engine.folders.add(str(other)))
    shelf.side(f"{shelf.base}.en.srt")
    before, rows = shelf.tree(), shelf.rows()
    shelf.running.do(engine.moving.move(shelf.movie.id, str(other / "Films" / "Salt")))
    shelf.running.do(engine.jobs.idle())
    movie = shelf.running.do(engine.movies.get(shelf.movie.id))
    assert (movie.folder, movie.slot.root_folder) == (str(other / "Films" / "Salt"), str(other))
    assert movie.file is not None
    assert Path(movie.file.path).read_bytes() == film()
    assert sorted(path.name for path in Path(movie.folder).iterdir()) == [f"{shelf.base}.en.srt", f"{shelf.base}.mkv"]
    assert not (shelf.library / OLD).exists()
    shelf.undo()
    movie = shelf.running.do(engine.movies.get(shelf.movie.id))
    assert movie.slot.root_folder == str(shelf.library)
    assert [path for path in shelf.tree() if ".radarr-desktop-trash" not in path] == before
    assert shelf.rows() == rows
    assert not (other / "Films").exists()


def test_a_move_to_another_disk_copies_only_where_that_is_allowed(shelf: Renamed) -> None:
    engine = shelf.running.engine
    other = Path(tempfile.mkdtemp(dir="/dev/shm"))
    try:
        assert other.stat().st_dev != shelf.library.stat().st_dev
        shelf.running.do(engine.folders.add(str(other)))
        shelf.side(f"{shelf.base}.en.srt")
        before = shelf.tree()
        job = shelf.running.do(engine.moving.move(shelf.movie.id, str(other / "Salt")))
        shelf.running.do(engine.jobs.idle())
        assert "a hard link cannot cross file systems" in shelf.running.do(engine.jobs.get(job.id)).problem
        assert (shelf.tree(), list(other.iterdir())) == (before, [])
        media = shelf.running.do(engine.settings.media())
        shelf.running.do(engine.settings.save_media(replace(media, allow_copies=True)))
        shelf.running.do(engine.moving.move(shelf.movie.id, str(other / "Salt")))
        shelf.running.do(engine.jobs.idle())
        assert (other / "Salt" / shelf.file.name).read_bytes() == film()
        assert sorted(path.name for path in (other / "Salt").iterdir()) == sorted(Path(name).name for name in before)
        shelf.undo()
        assert [name for name in shelf.tree() if not name.startswith(".")] == before
    finally:
        shutil.rmtree(other)


def test_a_folder_that_is_taken_is_no_place_to_move_to(shelf: Renamed) -> None:
    shelf.world.world.tmdb.add(Film(6000, "Film", 1990))
    film_there = shelf.add(6000)
    engine = shelf.running.engine
    refused = {
        "Salt": "no full path",
        film_there.folder.upper(): "belongs to Film",
        str(shelf.file.parent): "there already",
    }
    for folder, words in refused.items():
        with pytest.raises(Problem, match=words):
            shelf.running.do(engine.moving.move(shelf.movie.id, folder))
    (shelf.library / "Taken").mkdir()
    (shelf.library / "Taken" / shelf.file.name).write_text("mine", encoding="utf-8")
    job = shelf.running.do(engine.moving.move(shelf.movie.id, str(shelf.library / "Taken")))
    shelf.running.do(engine.jobs.idle())
    assert "is there already" in shelf.running.do(engine.jobs.get(job.id)).problem
    assert shelf.file.exists()
