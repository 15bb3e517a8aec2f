"""A film database on loopback that speaks the parts of TMDb's API the program uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.pictures import BACKDROP, POSTER, gradient
from radarr_desktop.loopback.server import Server

THEATRICAL, DIGITAL, PHYSICAL = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Film:
    """What the database knows of one film."""

    tmdb_id: int
    title: str
    year: int
    imdb_id: str = ""
    overview: str = ""
    runtime: int = 100
    genres: tuple[str, ...] = ("Drama",)
    language: str = "en"
    cinemas: date | None = None
    digital: date | None = None
    physical: date | None = None
    alternatives: tuple[str, ...] = ()
    studio: str = ""
    certification: str = ""
    trailer: str = ""
    collection: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    """Language and title."""


class LoopbackTMDb(Server):
    """``async with LoopbackTMDb() as tmdb:`` serves API and pictures at ``tmdb.url``."""

    def __init__(self, api_key: str = made_up("tmdb")) -> None:
        super().__init__()
        self.api_key = api_key
        """Accepted as ``api_key`` and as bearer token."""
        self.films: dict[int, Film] = {}
        self.requests: list[str] = []
        """Paths, in order."""
        self.status = 0
        """Answer everything with this HTTP status; 0 behaves."""

    def add(self, film: Film) -> Film:
        """Know a film."""
        self.films[film.tmdb_id] = film
        return film

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.requests.append(request.url.path)
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        path = request.url.path
        if self.status:
            return HTMLResponse("<h1>Error</h1>", self.status, {"Retry-After": "5"})
        if picture := re.fullmatch(r"/t/p/\w+/(\d+)-(poster|backdrop)\.png", path):
            known = int(picture[1]) in self.films
            size = POSTER if picture[2] == "poster" else BACKDROP
            return Response(gradient(picture[1], size), media_type="image/png") if known else HTMLResponse("", 404)
        given = request.query_params.get("api_key") or request.headers.get("authorization", "").removeprefix("Bearer ")
        if given != self.api_key:
            return _refusal(401, 7, "Invalid API key: You must be granted a valid key.")
        if path == "/3/configuration":
            return JSONResponse({"images": {"secure_base_url": f"{self.url}/t/p/", "poster_sizes": ["w500"]}})
        if path == "/3/search/movie":
            return self._search(request)
        if found := re.fullmatch(r"/3/find/(\w+)", path):
            films = [one for one in self.films.values() if one.imdb_id == found[1]]
            return JSONResponse({"movie_results": [_row(one) for one in films], "tv_results": []})
        if movie := re.fullmatch(r"/3/movie/(\d+)", path):
            film = self.films.get(int(movie[1]))
            appended = request.query_params.get("append_to_response", "").split(",")
            return JSONResponse(_details(film, appended)) if film else _not_found()
        return _not_found()

    def _search(self, request: Request) -> Response:
        page = request.query_params.get("page", "1")
        if not page.isdecimal() or not 1 <= int(page) <= 500:
            return _refusal(400, 22, "Invalid page: Pages start at 1 and max at 500.")
        words = set(re.findall(r"\w+", request.query_params.get("query", "").lower()))
        year = request.query_params.get("year")
        films = [
            film
            for film in self.films.values()
            if words
            and any(words <= set(re.findall(r"\w+", name.lower())) for name in (film.title, *film.alternatives))
            and (not year or str(film.year) == year)
        ]
        start = 20 * (int(page) - 1)
        rows = [_row(film) for film in films[start : start + 20]]
        pages = -(-len(films) // 20)
        return JSONResponse({"page": int(page), "results": rows, "total_pages": pages, "total_results": len(films)})


def _row(film: Film) -> dict[str, Any]:
    first = min(filter(None, (film.cinemas, film.digital, film.physical)), default=None)
    return {
        "id": film.tmdb_id,
        "title": film.title,
        "original_title": film.title,
        "original_language": film.language,
        "overview": film.overview,
        "release_date": first.isoformat() if first else "",
        "poster_path": f"/{film.tmdb_id}-poster.png",
        "backdrop_path": f"/{film.tmdb_id}-backdrop.png",
        "genre_ids": [18],
        "popularity": 12.5,
        "vote_average": 7.4,
        "vote_count": 812,
        "adult": False,
        "video": False,
    }


def _details(film: Film, appended: list[str]) -> dict[str, Any]:
    row = _row(film)
    del row["genre_ids"]
    row |= {
        "imdb_id": film.imdb_id or None,
        "runtime": film.runtime,
        "status": "Released",
        "genres": [{"id": number, "name": name} for number, name in enumerate(film.genres, 18)],
        "production_companies": [{"id": 1, "name": film.studio, "logo_path": None}] if film.studio else [],
    }
    if film.collection:
        row["belongs_to_collection"] = {"id": 900100, "name": film.collection, "poster_path": None}
    dates = [
        {"type": kind, "release_date": f"{day}T00:00:00.000Z", "certification": film.certification}
        for kind, day in ((THEATRICAL, film.cinemas), (DIGITAL, film.digital), (PHYSICAL, film.physical))
        if day
    ]
    video = {"site": "YouTube", "type": "Trailer", "official": True, "key": film.trailer}
    extras: dict[str, Any] = {
        "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": dates}] if dates else []},
        "alternative_titles": {
            "titles": [{"iso_3166_1": "US", "title": name, "type": ""} for name in film.alternatives]
        },
        "translations": {
            "translations": [
                {"iso_639_1": code, "iso_3166_1": code.upper(), "data": {"title": title, "overview": ""}}
                for code, title in film.translations
            ]
        },
        "videos": {"results": [video] if film.trailer else []},
        "external_ids": {"imdb_id": film.imdb_id or None},
    }
    return row | {key: value for key, value in extras.items() if key in appended}


def _refusal(status: int, code: int, message: str) -> Response:
    return JSONResponse({"success": False, "status_code": code, "status_message": message}, status)


def _not_found() -> Response:
    return _refusal(404, 34, "The resource you requested could not be found.")
