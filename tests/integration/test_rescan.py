"""What a look at the disk changes, and what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from tests.fakes.film import film as a_film
from tests.fixtures_engine import RunningEngine, world_and_engine


def imported(running: RunningEngine, tmdb_id: int) -> Movie:
    film = running.folder / "Film.2025.1080p.BluRay-KITE.mkv"
    film.write_bytes(a_film())
    movie = running.do(running.engine.movies.add(NewMovie(tmdb_id)))
    running.do(running.engine.imports.file(str(film), movie.id))
    return running.do(running.engine.movies.get(movie.id))


def test_a_file_that_is_gone_is_forgotten_and_told(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        assert movie.file is not None
        running.do(running.engine.rescan.movie(movie.id))
        assert running.do(running.engine.movies.get(movie.id)).file == movie.file
        Path(movie.file.path).unlink()
        running.do(running.engine.jobs.enqueue("rescan_movie", {"movie_id": movie.id}))
        running.do(running.engine.jobs.idle())
        assert running.do(running.engine.movies.get(movie.id)).file is None
        page = running.do(running.engine.history.page(movie_id=movie.id, kinds=[HistoryKind.FILE_DELETED]))
        assert [entry.data["reason"] for entry in page.entries] == ["MissingFromDisk"]


def test_a_disk_that_is_not_mounted_deletes_nothing(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        running.library.rename(tmp_path / "unmounted")
        running.library.mkdir()
        with pytest.raises(Problem, match="nothing was forgotten"):
            running.do(running.engine.rescan.movie(movie.id))
        assert running.do(running.engine.movies.get(movie.id)).file == movie.file


def test_a_file_that_appeared_in_the_movies_folder_is_the_movies(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        folder = Path(movie.folder)
        (folder / "Extras").mkdir(parents=True)
        film = folder / "The.Salt.Meridian.2025.PROPER.1080p.BluRay.x264-KITE.mkv"
        film.write_bytes(a_film())
        (folder / "Extras" / "making of.mkv").write_bytes(b"extra" * 5000)
        (folder / "film.nfo").write_text("text")
        running.do(running.engine.rescan.movie(movie.id))
        file = running.do(running.engine.movies.get(movie.id)).file
        assert file is not None
        assert (file.path, file.size, file.quality.name, file.group) == (
            str(film),
            len(a_film()),
            "Bluray-1080p",
            "KITE",
        )
        running.do(running.engine.rescan.movie(movie.id))
        page = running.do(running.engine.history.page(movie_id=movie.id, kinds=[HistoryKind.IMPORTED]))
        assert [entry.data["method"] for entry in page.entries] == ["found"]
        assert film.read_bytes() == a_film()


def test_a_file_under_another_name_takes_the_place_of_the_one_that_is_gone(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        assert movie.file is not None
        renamed = Path(movie.file.path).rename(Path(movie.folder) / "Mine.2025.720p.WEB-DL-KITE.mkv")
        running.do(running.engine.rescan.movie(movie.id))
        file = running.do(running.engine.movies.get(movie.id)).file
        assert file is not None
        assert (file.path, file.quality.name) == (str(renamed), "WEBDL-720p")


def test_of_several_files_none_is_guessed(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        Path(movie.folder).mkdir()
        for name in ("one.mkv", "two.mkv"):
            (Path(movie.folder) / name).write_bytes(a_film())
        running.do(running.engine.rescan.movie(movie.id))
        assert running.do(running.engine.movies.get(movie.id)).file is None
