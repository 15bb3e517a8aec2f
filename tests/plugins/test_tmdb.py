"""TMDb: the contract, and what its own protocol asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from pydantic import ValidationError

from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN, THE_SALT_MERIDIAN_ROAD
from radarr_desktop.loopback.tmdb import Film, LoopbackTMDb
from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    MovieInfo,
    NotFound,
    PluginError,
    Rejected,
    ServerFault,
    Unreachable,
)
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, MetadataContract, running
from radarr_desktop_plugins.tmdb import TMDb, TMDbSettings

T = TypeVar("T")
SECRET = MetadataContract.secret
TODAY = datetime.now(UTC).date()
DETAILS: dict[str, Any] = {
    "id": 5,
    "title": "Film",
    "original_title": "Le Film",
    "original_language": "fr",
    "overview": "Words.",
    "release_date": "2020-02-03",
    "poster_path": "/a.jpg",
    "backdrop_path": "/b.jpg",
    "imdb_id": "tt0000005",
    "runtime": 90,
    "genres": [{"id": 18, "name": "Drama"}],
    "vote_average": 7.5,
    "vote_count": 10,
    "popularity": 1.5,
    "production_companies": [{"id": 1, "name": "Studio"}],
    "release_dates": {
        "results": [
            {
                "iso_3166_1": "DE",
                "release_dates": [
                    {"type": 1, "release_date": "2019-12-01T00:00:00.000Z", "certification": ""},
                    {"type": 3, "release_date": "2020-01-01T00:00:00.000Z", "certification": "12"},
                    {"type": 4, "release_date": "2020-05-05T00:00:00.000Z", "certification": ""},
                ],
            },
            {
                "iso_3166_1": "US",
                "release_dates": [
                    {"type": 4, "release_date": "2020-06-06T00:00:00.000Z", "certification": "NR"},
                    {"type": 3, "release_date": "2020-02-03T00:00:00.000Z", "certification": "PG-13"},
                ],
            },
        ]
    },
    "belongs_to_collection": {"id": 77, "name": "Film Collection", "poster_path": None},
    "alternative_titles": {"titles": [{"title": "Der Film"}, {"title": "Film"}, {"title": "Der Film"}]},
    "translations": {
        "translations": [
            {"iso_639_1": "fi", "data": {"title": "Elokuva"}},
            {"iso_639_1": "en", "data": {"title": ""}},
            {"iso_639_1": "xx", "data": None},
        ]
    },
    "videos": {
        "results": [
            {"site": "Vimeo", "type": "Trailer", "key": "vimeo1"},
            {"site": "YouTube", "type": "Trailer", "key": "fan-cut_1", "official": False},
            {"site": "YouTube", "type": "Trailer", "key": "official_1", "official": True},
        ]
    },
    "external_ids": {"imdb_id": "tt0000005"},
    "results": [{"id": 5, "title": "Film", "release_date": ""}],
}


def settings(url: str, **more: Any) -> TMDbSettings:
    return TMDbSettings.model_validate({"base_url": f"{url}/", "image_url": url, "api_key": SECRET} | more)


@asynccontextmanager
async def service() -> AsyncIterator[str]:
    async with LoopbackTMDb(SECRET) as tmdb:
        tmdb.add(THE_SALT_MERIDIAN)
        tmdb.add(THE_SALT_MERIDIAN_ROAD)
        yield tmdb.url


class TestTMDbContract(MetadataContract):
    plugin = TMDb
    refusals = (
        Answer(401, b'{"success":false,"status_code":7,"status_message":"Invalid API key"}'),
        Answer(401, b'{"success":false,"status_code":10,"status_message":"Suspended"}'),
        Answer(200, b'{"success":false,"status_code":3,"status_message":"Authentication failed"}'),
    )
    known = MovieInfo(900001, "The Salt Meridian", 2025, "tt9000001")
    samples = (json.dumps(DETAILS).encode(),)

    def settings(self, base_url: str) -> TMDbSettings:
        return settings(base_url)

    def service(self) -> Any:
        return service()


def with_answer(reply: Answer | Callable[[Asked], Answer], work: Callable[[TMDb], Awaitable[T]], **more: Any) -> T:
    async def run() -> T:
        async with AnsweringServer(reply) as server, running(TMDb, settings(server.url, **more)) as plugin:
            return await work(plugin)

    return asyncio.run(run())


def described(bend: dict[str, Any], **more: Any) -> MovieInfo:
    return with_answer(Answer(body=json.dumps(DETAILS | bend).encode()), lambda plugin: plugin.movie(5), **more)


def test_a_movie_says_all_that_tmdb_does() -> None:
    movie = described({})
    assert movie == MovieInfo(
        tmdb_id=5,
        title="Film",
        year=2020,
        imdb_id="tt0000005",
        original_title="Le Film",
        original_language="fr",
        overview="Words.",
        runtime=90,
        status="released",
        genres=("Drama",),
        in_cinemas=date(2020, 2, 3),
        digital_release=date(2020, 6, 6),
        physical_release=None,
        poster_url=movie.poster_url,
        backdrop_url=movie.backdrop_url,
        rating=7.5,
        votes=10,
        popularity=1.5,
        alternative_titles=("Der Film", "Elokuva"),
        studio="Studio",
        certification="PG-13",
        trailer_id="official_1",
        secondary_year=2019,
        collection="Film Collection",
        collection_id=77,
        translations=(("fi", "Elokuva"),),
    )
    assert movie.poster_url.endswith("/t/p/w500/a.jpg")
    assert movie.backdrop_url.endswith("/t/p/w1280/b.jpg")


def test_dates_and_rating_of_the_own_country_come_first() -> None:
    german = described({}, region="DE")
    assert (german.in_cinemas, german.digital_release) == (date(2020, 1, 1), date(2020, 5, 5))
    assert german.certification == "12"
    elsewhere = described({}, region="FR")
    assert (elsewhere.in_cinemas, elsewhere.digital_release) == (date(2020, 1, 1), date(2020, 5, 5))
    assert elsewhere.certification == ""
    with pytest.raises(ValidationError):
        settings("http://x", region="Germany")


@pytest.mark.parametrize(
    ("cinemas", "digital", "physical", "status"),
    [
        (None, None, None, "announced"),
        (10, None, None, "announced"),
        (-10, None, None, "inCinemas"),
        (-90, None, None, "inCinemas"),
        (-91, None, None, "released"),
        (-200, 5, None, "inCinemas"),
        (-10, -1, None, "released"),
        (-10, 20, 0, "released"),
        (None, None, 5, "announced"),
    ],
)
def test_the_status_follows_from_the_dates(
    cinemas: int | None, digital: int | None, physical: int | None, status: str
) -> None:
    dates = [
        {"type": kind, "release_date": f"{TODAY + timedelta(days=away)}T00:00:00.000Z"}
        for kind, away in ((3, cinemas), (4, digital), (5, physical))
        if away is not None
    ]
    bend = {"release_date": "", "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": dates}]}}
    assert described(bend).status == status


@pytest.mark.parametrize("path", ["//evil.example/x.jpg", "/../../x.jpg", "@evil.example/x.jpg", "/a.svg", 7, None])
def test_a_picture_can_only_be_tmdbs(path: object) -> None:
    assert described({"poster_path": path}).poster_url == ""


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, 7, LoginFailed),
        (401, 33, LoginFailed),
        (404, 34, NotFound),
        (404, 6, NotFound),
        (422, 5, Rejected),
        (400, 22, Rejected),
        (400, 27, Rejected),
        (403, 0, Unreachable),
        (500, 11, ServerFault),
        (503, 9, ServerFault),
        (504, 24, ServerFault),
    ],
)
def test_each_refusal_has_its_own_error(status: int, code: int, error: type[PluginError]) -> None:
    body = json.dumps({"success": False, "status_code": code, "status_message": f"no {SECRET}"}).encode()
    with pytest.raises(error) as raised:
        with_answer(Answer(status, body), lambda plugin: plugin.movie(1))
    assert type(raised.value) is error
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    ("key", "query", "header"),
    [("0123456789abcdef" * 2, True, False), ("eyJhbGciOiJIUzI1NiJ9.e30.x-y_z", False, True), ("", False, False)],
)
def test_a_key_and_a_token_travel_differently(key: str, query: bool, header: bool) -> None:
    asked: list[Asked] = []

    def reply(one: Asked) -> Answer:
        asked.append(one)
        return Answer(body=b'{"images":{}}')

    with_answer(reply, lambda plugin: plugin.test(), api_key=key)
    assert (f"api_key={key}" in asked[0].target and bool(key)) == query
    assert (asked[0].headers.get("authorization") == f"Bearer {key}") == header


def test_search_asks_in_the_chosen_language() -> None:
    asked: list[Asked] = []

    def reply(one: Asked) -> Answer:
        asked.append(one)
        return Answer(body=b'{"results":[]}')

    found = with_answer(reply, lambda plugin: plugin.search(" Über & out ", 1999), language="de-DE", region="DE")
    assert found == []
    for part in ("/3/search/movie?", "%C3%9Cber", "%26", "language=de-DE", "region=DE", "year=1999"):
        assert part in asked[0].target


def test_a_picture_must_be_one() -> None:
    async def run() -> None:
        picture = Answer(body=b"<svg/>", content_type="image/svg+xml")
        async with AnsweringServer(picture) as server, running(TMDb, settings(server.url)) as plugin:
            with pytest.raises(BadAnswer):
                await plugin.image(f"{server.url}/t/p/w500/a.jpg")
            server.answer = Answer(404)
            with pytest.raises(NotFound):
                await plugin.image(f"{server.url}/t/p/w500/a.jpg")
            server.answer = Answer(500)
            with pytest.raises(Unreachable):
                await plugin.image(f"{server.url}/t/p/w500/a.jpg")
            assert all("authorization" not in asked.headers for asked in server.requests)
            assert all(SECRET not in asked.target for asked in server.requests)

    asyncio.run(run())


def test_a_film_without_dates_is_announced() -> None:
    async def run() -> MovieInfo:
        async with LoopbackTMDb(SECRET) as tmdb, running(TMDb, settings(tmdb.url)) as plugin:
            tmdb.add(Film(7, "Someday", 0))
            return await plugin.movie(7)

    movie = asyncio.run(run())
    assert (movie.status, movie.year, movie.imdb_id) == ("announced", 0, "")


def test_the_attribution_is_shown() -> None:
    assert TMDb.description == "This product uses the TMDB API but is not endorsed or certified by TMDB."
