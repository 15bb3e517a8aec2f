"""The kept index of titles: built once, then only what changed is read."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

from radarr_desktop.domain.events import MovieAdded, MovieChanged, MovieRemoved
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.library.index import LibraryIndex
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies, profiles
from radarr_desktop.store.database import Database
from tests.fakes.rooms import database


def title(words: str) -> ParsedRelease:
    return ParsedRelease(words, (words,))


def insert(number: int, words: str) -> Movie:
    profile = profiles.all_profiles() or [profiles.save_profile(QualityProfile(0, "HD", (), 0, upgrades=True))]
    info = MovieInfo(number, words, 2025)
    return movies.insert(Movie(0, info, (Slot(0, "", profile[0].id, "/films"),), f"/films/{words}"))


async def library(db: Database, bus: Bus, count: int) -> tuple[LibraryIndex, list[Movie]]:
    made = await db.run(lambda: [insert(number, f"Salt {number}") for number in range(1, count + 1)])
    return LibraryIndex(db, bus), made


def test_the_index_follows_what_is_told_of_the_library(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            bus = Bus()
            index, (one, two) = await library(db, bus, 2)
            assert (await index.current()).match(title("Salt 1")).movie_id == one.id

            petal = await db.run(lambda: insert(3, "Iron Petal"))
            bus.publish(MovieAdded(movie_id=petal.id, title="Iron Petal"))
            await db.run(lambda: movies.update(replace(one, info=replace(one.info, title="Salt Road"))))
            bus.publish(MovieChanged(movie_id=one.id))
            await db.run(lambda: movies.delete(two.id))
            bus.publish(MovieRemoved(movie_id=two.id, title="Salt 2"))

            now = await index.current()
            assert len(now) == 2
            assert now.match(title("Iron Petal")).movie_id == petal.id
            assert now.match(title("Salt Road")).movie_id == one.id
            assert now.match(title("Salt 1")).movie_id == 0
            assert now.match(title("Salt 2")).movie_id == 0

    asyncio.run(run())


def test_many_changes_at_once_are_all_taken_in(tmp_path: Path) -> None:
    async def run() -> None:
        async with database(tmp_path) as db:
            bus = Bus()
            index, made = await library(db, bus, 120)
            assert len(await index.current()) == 120
            for movie in made:
                await db.run(partial(movies.delete, movie.id))
                bus.publish(MovieRemoved(movie_id=movie.id, title=movie.title))
            both = await asyncio.gather(index.current(), index.current())
            assert [len(each) for each in both] == [0, 0]

    asyncio.run(run())


def test_a_change_that_could_not_be_read_is_read_later(tmp_path: Path) -> None:
    async def run() -> None:
        bus = Bus()
        async with database(tmp_path) as db:
            index, (one,) = await library(db, bus, 1)
            assert len(await index.current()) == 1
            await db.run(lambda: movies.delete(one.id))
            bus.publish(MovieRemoved(movie_id=one.id, title=one.title))
            asking = asyncio.create_task(index.current())
            await asyncio.sleep(0)
            asking.cancel()
            await asyncio.wait([asking])
            assert asking.cancelled()
            assert len(await index.current()) == 0

    asyncio.run(run())
