"""TMDb: what a film is, when it comes out and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    MetadataSource,
    MovieInfo,
    NotFound,
    Rejected,
    ServerFault,
    Settings,
    Unreachable,
    read_json,
)

DETAILS = "release_dates,alternative_titles,translations,videos,external_ids"
LARGEST_IMAGE = 16 * 1024 * 1024
CINEMA_ONLY = timedelta(days=90)
"""After this long a film counts as released although nobody told when."""
PREMIERE, LIMITED, THEATRICAL, DIGITAL, PHYSICAL = 1, 2, 3, 4, 5


class TMDbSettings(Settings):
    """What TMDb wants to know."""

    api_key: SecretStr = Field(
        default=SecretStr(""),
        title="API key",
        description="The read access token or the API key from your TMDb account's API settings; either works.",
    )
    language: str = Field(
        default="en-US", title="Language", description="Of titles and overviews, like en-US or de-DE."
    )
    region: str = Field(
        default="US",
        title="Country",
        description="Two letters; its release dates and age rating come first.",
        pattern=r"^[A-Z]{2}$",
    )
    base_url: str = Field(default="https://api.themoviedb.org", title="Address", json_schema_extra={"advanced": True})
    image_url: str = Field(
        default="https://image.tmdb.org", title="Address of pictures", json_schema_extra={"advanced": True}
    )


class TMDb(MetadataSource[TMDbSettings]):
    """The Movie Database's API, version 3."""

    name = "TMDb"
    description = "This product uses the TMDB API but is not endorsed or certified by TMDB."
    info_url = "https://www.themoviedb.org"

    @property
    def spacing(self) -> float:
        """20 requests a second, half of what TMDb bears."""
        return 0.05

    async def test(self) -> None:
        """Read TMDb's own configuration, which needs the key and nothing else."""
        await self._get("/3/configuration", {})

    async def movie(self, tmdb_id: int) -> MovieInfo:
        """Everything about one film, in one request."""
        answer = await self._get(
            f"/3/movie/{int(tmdb_id)}", {"language": self.settings.language, "append_to_response": DETAILS}
        )
        if not (info := self._movie(answer)):
            raise BadAnswer(f"TMDb described film {tmdb_id} without an id or a title. It is asked again later.")
        return info

    async def search(self, text: str, year: int = 0) -> Sequence[MovieInfo]:
        """Films by title, in TMDb's order."""
        if not text.strip():
            return []
        wanted = {"query": text.strip()[:200], "include_adult": "false"}
        wanted |= {"language": self.settings.language, "region": self.settings.region}
        answer = await self._get("/3/search/movie", wanted | ({"year": str(year)} if year else {}))
        return [found for row in _rows(answer, "results") if (found := self._movie(row))]

    async def find_imdb(self, imdb_id: str) -> MovieInfo:
        """The film with this IMDb id, in full."""
        if not re.fullmatch(r"tt[0-9]{1,10}", imdb_id):
            raise NotFound(f"“{_clean(imdb_id)}” is not an IMDb id; one looks like tt0816692.")
        answer = await self._get(f"/3/find/{imdb_id}", {"external_source": "imdb_id"})
        for row in _rows(answer, "movie_results"):
            if number := _number(row.get("id")):
                return await self.movie(number)
        raise NotFound(f"TMDb knows no film with the IMDb id {imdb_id}.")

    async def image(self, url: str) -> bytes:
        """A picture's bytes; only from TMDb's own picture host, and without the key."""
        host = self.settings.image_url.rstrip("/")
        if not url.startswith(f"{host}/t/p/"):
            raise Rejected("This picture is not on TMDb's picture host, so it is not fetched.")
        response = await self.context.http.request("GET", url, max_answer=LARGEST_IMAGE)
        if response.status_code == 404:
            raise NotFound("TMDb no longer has this picture.")
        if response.status_code != 200:
            raise ServerFault(f"TMDb's picture host answered {response.status_code}. It is asked again later.")
        if not response.content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF")):
            raise BadAnswer("TMDb's picture host sent something that is no picture.")
        return response.content

    async def _get(self, path: str, params: dict[str, str]) -> dict[str, Any]:
        key = self.settings.api_key.get_secret_value()
        short = re.fullmatch(r"[0-9a-fA-F]{32}", key)
        response = await self.context.http.request(
            "GET",
            self.settings.base_url.rstrip("/") + path,
            params=params | ({"api_key": key} if short else {}),
            headers={"Accept": "application/json"} | ({} if short or not key else {"Authorization": f"Bearer {key}"}),
        )
        status = response.status_code
        if status >= 500:
            raise ServerFault(f"TMDb cannot work right now (it answered {status}). It is asked again later.")
        if 300 <= status < 400:
            raise BadAnswer(f"TMDb pointed elsewhere ({status}). Check the address in the settings.")
        answer = read_json(response)
        if not isinstance(answer, dict):
            raise BadAnswer("TMDb answered something that is not its API. Check the address, or wait.")
        if status != 200 or answer.get("success") is False:
            self._refuse(status, _number(answer.get("status_code")))
        return answer

    def _refuse(self, status: int, code: int) -> None:
        told = f"({status}, TMDb's code {code})" if code else f"({status})"
        if status == 401 or code in (3, 7, 10, 33, 35, 36):
            suspended = "TMDb has suspended this API key" if code == 10 else "TMDb refused the API key"
            raise LoginFailed(f"{suspended} {told}. Copy it again from your TMDb account's API settings.")
        if status == 403:
            raise Unreachable(f"TMDb turned this program away {told}. It is asked again later.")
        if status == 404 or code in (6, 34):
            raise NotFound(f"TMDb has nothing under this id {told}. It may have been removed or merged.")
        raise Rejected(f"TMDb did not accept the request {told}. If it happens again, please report it.")

    def _movie(self, row: dict[str, Any]) -> MovieInfo | None:
        tmdb_id, title = _number(row.get("id")), _clean(row.get("title"))
        if not tmdb_id or not title:
            return None
        released = _date(row.get("release_date"))
        cinemas = self._released(row, THEATRICAL, LIMITED) or released
        digital, physical = self._released(row, DIGITAL), self._released(row, PHYSICAL)
        series = row.get("belongs_to_collection")
        series = series if isinstance(series, dict) else {}
        return MovieInfo(
            tmdb_id=tmdb_id,
            title=title,
            year=released.year if released else 0,
            imdb_id=_imdb(row),
            original_title=_clean(row.get("original_title")),
            original_language=_clean(row.get("original_language"))[:5],
            overview=_clean(row.get("overview"), 5000),
            runtime=_number(row.get("runtime")),
            status=_status(datetime.now(UTC).date(), cinemas, digital, physical),
            genres=tuple(filter(None, (_clean(genre.get("name")) for genre in _rows(row, "genres")))),
            in_cinemas=cinemas,
            digital_release=digital,
            physical_release=physical,
            poster_url=self._picture(row.get("poster_path"), "w500"),
            backdrop_url=self._picture(row.get("backdrop_path"), "w1280"),
            rating=min(_real(row.get("vote_average")), 10.0),
            votes=_number(row.get("vote_count")),
            popularity=_real(row.get("popularity")),
            alternative_titles=_alternatives(row, title),
            studio=next((_clean(one.get("name")) for one in _rows(row, "production_companies")), ""),
            certification=self._certification(row),
            trailer_id=_trailer(row),
            secondary_year=_secondary_year(row, released),
            collection=_clean(series.get("name")),
            collection_id=_number(series.get("id")),
            translations=_translations(row),
        )

    def _picture(self, path: object, size: str) -> str:
        if not isinstance(path, str) or not re.fullmatch(r"/[\w-]{1,100}\.(jpg|jpeg|png|webp)", path, re.ASCII):
            return ""
        return f"{self.settings.image_url.rstrip('/')}/t/p/{size}{path}"

    def _released(self, row: dict[str, Any], *kinds: int) -> date | None:
        """The earliest date of these kinds: at home first, else anywhere."""
        found = [
            (country != self.settings.region, day)
            for country, one in _release_dates(row)
            if _number(one.get("type")) in kinds and (day := _date(one.get("release_date")))
        ]
        return min(found)[1] if found else None

    def _certification(self, row: dict[str, Any]) -> str:
        home = [one for country, one in _release_dates(row) if country == self.settings.region]
        home.sort(key=lambda one: _number(one.get("type")) != THEATRICAL)
        return next(filter(None, (_clean(one.get("certification"))[:20] for one in home)), "")


def _status(today: date, cinemas: date | None, digital: date | None, physical: date | None) -> str:
    homes = [day for day in (digital, physical) if day]
    if any(day <= today for day in homes):
        return "released"
    if not cinemas or cinemas > today:
        return "announced"
    return "released" if not homes and today - cinemas > CINEMA_ONLY else "inCinemas"


def _release_dates(row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for country in _rows(row.get("release_dates"), "results"):
        for one in _rows(country, "release_dates"):
            yield str(country.get("iso_3166_1")), one


def _secondary_year(row: dict[str, Any], released: date | None) -> int:
    days = [day for _, one in _release_dates(row) if (day := _date(one.get("release_date")))]
    first = min(days, default=released)
    return first.year if first and released and first.year < released.year else 0


def _translations(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The title by language; of several countries with one language, the one told first."""
    told: dict[str, str] = {}
    for one in _rows(row.get("translations"), "translations"):
        data, code = one.get("data"), one.get("iso_639_1")
        title = _clean(data.get("title")) if isinstance(data, dict) else ""
        if title and isinstance(code, str) and re.fullmatch(r"[a-z]{2}", code):
            told.setdefault(code, title)
    return tuple(told.items())


def _alternatives(row: dict[str, Any], title: str) -> tuple[str, ...]:
    told = [_clean(one.get("title")) for one in _rows(row.get("alternative_titles"), "titles")]
    for one in _rows(row.get("translations"), "translations"):
        data = one.get("data")
        told.append(_clean(data.get("title")) if isinstance(data, dict) else "")
    return tuple(dict.fromkeys(name for name in told if name and name != title))


def _trailer(row: dict[str, Any]) -> str:
    videos = [one for one in _rows(row.get("videos"), "results") if one.get("site") == "YouTube"]
    trailers = [one for one in videos if one.get("type") == "Trailer"]
    trailers.sort(key=lambda one: one.get("official") is not True)
    keys = (str(one.get("key")) for one in trailers)
    return next((key for key in keys if re.fullmatch(r"[\w-]{5,20}", key, re.ASCII)), "")


def _imdb(row: dict[str, Any]) -> str:
    outside = row.get("external_ids")
    for value in (row.get("imdb_id"), outside.get("imdb_id") if isinstance(outside, dict) else None):
        if isinstance(value, str) and re.fullmatch(r"tt[0-9]{7,10}", value):
            return value
    return ""


def _rows(answer: object, key: str) -> list[dict[str, Any]]:
    """The objects of a list; anything else in its place counts as nothing."""
    rows = answer.get(key) if isinstance(answer, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: object) -> int:
    return int(_real(value))


def _real(value: object) -> float:
    """A number that makes sense here: finite and not negative."""
    try:
        number = float(value) if isinstance(value, int | float | str) else 0.0
    except (OverflowError, ValueError):
        return 0.0
    return number if 0 <= number < 2**53 else 0.0


def _clean(value: object, longest: int = 500) -> str:
    """Readable text on one line."""
    text = value if isinstance(value, str) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * longest]).split())[:longest]
