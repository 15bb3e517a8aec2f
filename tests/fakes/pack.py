"""A torrent that holds many movies, seeded in a loopback world."""

from __future__ import annotations

from datetime import date

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.loopback.tmdb import Film
from tests.fakes.film import film
from tests.fixtures_engine import RunningEngine, WorldThread

PETAL = Film(900011, "Iron Petal", 2011, "tt9000011", runtime=1, cinemas=date(2011, 5, 6))
OTHER_PETAL = Film(900012, "Iron Petal", 1988, "tt9000012", runtime=1, cinemas=date(1988, 5, 6))
PACK = "The.Salt.Meridian.and.Others.1080p.BluRay.x264-KITE"
SALT = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE.mkv"
UNCLEAR = "Iron.Petal.1080p.BluRay.x264-KITE.mkv"
"""It may be either of the two."""


def want(world: WorldThread, running: RunningEngine, wanted: Film) -> Movie:
    """Have a movie in the library, without a file."""
    world.world.tmdb.add(wanted)
    return running.do(running.engine.movies.add(NewMovie(wanted.tmdb_id)))


def drop_pack(world: WorldThread, running: RunningEngine, movie: Movie, *names: str) -> Grab:
    """Seed a torrent with these videos and take it for this movie."""
    folder = running.folder / "packs" / PACK
    folder.mkdir(parents=True)
    for number, name in enumerate(names):
        (folder / name).write_bytes(film(name.encode(), size=500_000 + 1000 * number))
    torrent = world.do(world.world.share(folder, PACK))
    grab = running.do(running.engine.search.drop(torrent.data, movie_id=movie.id)).grab
    assert grab is not None
    return grab
