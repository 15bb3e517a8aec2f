"""What a look at the disk changes, and what it must not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.library.rescan import LibraryLook
from tests.fakes.collection import lay_out, shelved
from tests.fakes.film import film as a_film
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine


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
        assert Path(movie.folder).is_dir()


def test_an_emptied_folder_is_removed_when_that_is_wanted(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        assert movie.file is not None
        (running.library / "Another (2001)").mkdir()
        media = running.do(running.engine.settings.media())
        running.do(running.engine.settings.save_media(replace(media, delete_empty_folders=True)))
        Path(movie.file.path).unlink()
        running.do(running.engine.rescan.movie(movie.id))
        assert not Path(movie.folder).exists()
        assert (running.library / "Another (2001)").is_dir()


def test_a_disk_that_is_not_mounted_deletes_nothing(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        running.library.rename(tmp_path / "unmounted")
        running.library.mkdir()
        with pytest.raises(Problem, match=r"missing or empty.*so nothing was changed"):
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


def test_another_disk_at_the_root_folder_deletes_nothing_and_gets_nothing(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        running.do(running.engine.rescan.movie(movie.id))
        away = running.library.rename(tmp_path / "unmounted")
        running.library.mkdir()
        (running.library / "somebody's.txt").write_text("else")
        with pytest.raises(Problem, match="is there, but none of the 1 files that were in it"):
            running.do(running.engine.rescan.movie(movie.id))
        better = tmp_path / "The.Salt.Meridian.2025.PROPER.1080p.BluRay-KITE.mkv"
        better.write_bytes(a_film(b"better"))
        with pytest.raises(Problem, match="none of the 1 files"):
            running.do(running.engine.imports.file(str(better), movie.id))
        assert running.do(running.engine.movies.get(movie.id)).file == movie.file
        shutil.rmtree(running.library)
        away.rename(running.library)
        running.do(running.engine.imports.file(str(better), movie.id))


def test_a_file_whose_size_changed_is_looked_into_again(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        movie = imported(running, world.world.movie.tmdb_id)
        assert movie.file is not None
        assert movie.file.media is not None
        longer = a_film(b"longer", minutes=131, size=50_000)
        Path(movie.file.path).write_bytes(longer)
        running.do(running.engine.rescan.movie(movie.id))
        file = running.do(running.engine.movies.get(movie.id)).file
        assert file is not None
        assert file.media is not None
        assert (file.id, file.size, round(file.media.duration / 60)) == (movie.file.id, len(longer), 131)


class Collection:
    """A library of many movies, adopted."""

    def __init__(self, world: WorldThread, running: RunningEngine, count: int) -> None:
        films = list(shelved(count))
        for each in films:
            world.world.tmdb.add(each.film)
        lay_out(running.library, films)
        scan = running.do(running.engine.collection.start(str(running.library)))
        running.do(running.engine.jobs.idle(), 60)
        running.do(running.engine.collection.adopt(scan.id))
        running.do(running.engine.jobs.idle(), 60)
        self.running = running
        self.movies = running.do(running.engine.movies.all())

    def look(self, *, accept: bool = False) -> LibraryLook:
        return self.running.do(self.running.engine.rescan.library(accept=accept))

    def there(self) -> int:
        return sum(movie.file is not None for movie in self.running.do(self.running.engine.movies.all()))


def test_a_daily_look_opens_only_folders_that_changed_and_forgets_no_mass(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        many = Collection(world, running, 24)
        assert many.look() == LibraryLook(24, 0)  # they were looked into when they were adopted
        first, second, *rest = many.movies
        (Path(first.folder) / "new.txt").write_text("x")
        shutil.rmtree(second.folder)
        assert many.look() == LibraryLook(24, 2)
        assert many.there() == 23
        for movie in rest[:12]:
            shutil.rmtree(movie.folder)
        held = many.look()
        assert "12 of 23 files" in held.held[0]
        assert "nothing was forgotten" in held.held[0]
        assert many.there() == 23
        health = running.do(running.engine.health())
        assert any("12 of 23 files" in item.message for item in health)
        assert many.look(accept=True).held == ()
        assert many.there() == 11
