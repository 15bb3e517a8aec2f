"""UNIT3D: the software of many private trackers, asked through its JSON API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import (
    BadAnswer,
    Capabilities,
    Indexer,
    IndexerFlag,
    IndexerSettings,
    LoginFailed,
    NotFound,
    PluginError,
    Query,
    Rejected,
    Release,
    ServerFault,
    Unreachable,
    keeping,
    read_hash,
    read_imdb_id,
    read_json,
    read_line,
    read_number,
)

if TYPE_CHECKING:
    from httpx import Response

PAGE = 100
MOST_PAGES = 3
"""Of one search; a movie has rarely more than 100 releases."""
LARGEST_TORRENT = 16 * 1024 * 1024
ADDRESSES_KEPT = 5_000
_FREELEECH = {
    100: IndexerFlag.FREELEECH,
    75: IndexerFlag.FREELEECH_75,
    50: IndexerFlag.HALFLEECH,
    25: IndexerFlag.FREELEECH_25,
}


class Unit3DSettings(IndexerSettings):
    """What a tracker of this kind wants to know."""

    base_url: str = Field(title="Address", description="Of the tracker, like https://tracker.example.")
    token: SecretStr = Field(
        default=SecretStr(""),
        title="API token",
        description="From your profile on the tracker: Settings, then Security, then API token.",
        json_schema_extra={"required": True},
    )
    categories: tuple[Annotated[int, Field(ge=1, le=999)], ...] = Field(
        default=(1,),
        title="Categories",
        description="Their numbers on this tracker; 1 is movies on most. Empty: all.",
        json_schema_extra={"advanced": True},
    )


class _NothingThere(BadAnswer):
    """404: of a torrent, that it is gone; of all else, that the address is another one."""


class Unit3D(Indexer[Unit3DSettings]):
    """One tracker. Download links hold a key, so they live here only, and are asked for again if need be."""

    name = "UNIT3D tracker"
    description = "A private tracker that runs UNIT3D. You need an account there."
    info_url = "https://github.com/HDInnovations/UNIT3D"

    def __init__(self, settings: Unit3DSettings, context: Any) -> None:
        super().__init__(settings, context)
        self._links: dict[int, str] = {}
        self._next: dict[str, str] = {}
        """Leads to the page after the last one of the newest."""

    async def test(self) -> None:
        """Ask for the newest; that needs the token."""
        if not await self.recent():
            raise Rejected(f"{self._me} lists nothing in the chosen categories. Check their numbers there.")

    async def capabilities(self) -> Capabilities:
        """The same for all trackers of this kind."""
        return Capabilities(ids=frozenset({"imdb", "tmdb"}), page=PAGE)

    async def recent(self) -> Sequence[Release]:
        """The newest in the chosen categories."""
        found, self._next = await self._page({})
        return _newest_first(found)

    async def older(self, page: int) -> Sequence[Release]:
        """The page that the last one leads to."""
        if not self._next:
            return []
        found, self._next = await self._page(self._next)
        return _newest_first(found)

    async def search(self, query: Query) -> Sequence[Release]:
        """By TMDb id, else IMDb id; by title and year only when there is none or nothing was found."""
        if (by_id := _id_of(query)) and (found := await self._find(by_id)):
            return found
        words = " ".join(re.findall(r"\w+", query.title))
        if not words:
            return []
        return await self._find({"name": f"{words} {query.year}" if query.year else words})

    async def torrent(self, release: Release) -> bytes:
        """Fetch the .torrent; its link is asked for where it is not known any more."""
        number = re.fullmatch(r"unit3d-([0-9]{1,18})", release.guid)
        if not number:
            raise NotFound(f"{read_line(release.title)} is not a release of {self._me}.")
        link = self._links.get(int(number[1])) or await self._link(int(number[1]), release)
        response = await self.context.http.request("GET", link, max_answer=LARGEST_TORRENT)
        if response.status_code == 404:
            raise NotFound(f"{read_line(release.title)} is no longer on {self._me} (404).")
        self._check(response)
        if response.content[:1] != b"d":
            sent = "a web page" if response.content.lstrip()[:1] == b"<" else "something that is no torrent"
            raise BadAnswer(
                f"{self._me} sent {sent if response.content else 'an empty file'} instead of the torrent of "
                f"{read_line(release.title)}. Open the release there to see why, or take another one."
            )
        return response.content

    @property
    def _me(self) -> str:
        return self.context.name

    async def _find(self, wanted: Mapping[str, str]) -> list[Release]:
        """All pages of a search."""
        found: dict[str, Release] = {}
        following: dict[str, str] = {}
        with keeping(found.values()):
            for _ in range(MOST_PAGES):
                releases, following = await self._page({**wanted, **following})
                known = len(found)
                found |= {one.guid: one for one in releases}
                if not following or len(found) == known:
                    break
        return list(found.values())

    async def _page(self, wanted: Mapping[str, str]) -> tuple[list[Release], dict[str, str]]:
        """One page, and what leads to the next one."""
        params: dict[str, Any] = {"perPage": PAGE, "sortField": "created_at", "sortDirection": "desc", **wanted}
        if self.settings.categories:
            params["categories[]"] = list(self.settings.categories)
        answer = await self._ask("/api/torrents/filter", params)
        rows = answer.get("data")
        if not isinstance(rows, list):
            raise BadAnswer(f"{self._me} answered without a list of torrents. It is asked again later.")
        releases = {one.guid: one for row in rows if (one := self._release(row))}
        if rows and not releases:
            raise BadAnswer(
                f"{self._me} lists its torrents in a form that this version does not know. "
                "See whether there is a newer version of the program."
            )
        if len(releases) < len(rows):
            self.context.log.debug("%d of %d torrents had no id or name", len(rows) - len(releases), len(rows))
        return list(releases.values()), _following(answer)

    async def _link(self, number: int, release: Release) -> str:
        try:
            row = await self._ask(f"/api/torrents/{number}", {})
        except _NothingThere as gone:
            raise NotFound(f"{read_line(release.title)} is no longer on {self._me} (404).") from gone
        inner = row.get("data")
        self._release(inner if isinstance(inner, dict) else row)
        if number not in self._links:
            raise BadAnswer(f"{self._me} does not tell where the torrent of {read_line(release.title)} is.")
        return self._links[number]

    async def _ask(self, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        response = await self.context.http.request(
            "GET",
            self._url(path),
            params=params,
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {self.settings.token.get_secret_value()}",
            },
        )
        self._check(response)
        answer = read_json(response)
        if not isinstance(answer, dict):
            raise BadAnswer(f"{self._me} answered something that is not its API. Check the address, or wait.")
        return answer

    def _url(self, path: str) -> str:
        return self.settings.base_url.rstrip("/") + path

    def _check(self, response: Response) -> None:
        status = response.status_code
        if status == 200:
            return
        leads_to = urlsplit(response.headers.get("location", "")).path.rstrip("/")
        if status == 401 or (300 <= status < 400 and leads_to.endswith("/login")):
            raise LoginFailed(f"{self._me} refused the API token. Copy it again from your profile there.")
        errors: dict[int, PluginError] = {
            403: Unreachable(f"{self._me} turned this program away (403). Open it in a browser to see why."),
            404: _NothingThere(f"{self._me} has nothing there (404). Check the address in the settings."),
        }
        if 300 <= status < 400:
            raise BadAnswer(f"{self._me} pointed elsewhere ({status}). Check the address in the settings.")
        raise errors.get(status) or ServerFault(
            f"{self._me} cannot work right now (it answered {status}). It is asked again later."
        )

    def _release(self, row: object) -> Release | None:
        facts = row.get("attributes") if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(facts, dict):
            return None
        number, title = read_number(row.get("id")), read_line(facts.get("name"))
        if not number or not title:
            return None
        self._keep(number, facts.get("download_link"))
        tmdb_id = read_number(facts.get("tmdb_id"))
        return Release(
            guid=f"unit3d-{number}",
            title=title,
            size=read_number(facts.get("size")),
            published=_moment(facts.get("created_at")),
            seeders=read_number(facts.get("seeders")),
            leechers=read_number(facts.get("leechers")),
            info_hash=read_hash(facts.get("info_hash")),
            imdb_id=read_imdb_id(facts.get("imdb_id")),
            tmdb_id=tmdb_id if tmdb_id < 2**31 else 0,
            info_url=self._url(f"/torrents/{number}"),
            flags=_flags(facts),
        )

    def _keep(self, number: int, link: object) -> None:
        address = urljoin(self._url("/"), link) if isinstance(link, str) and len(link) < 2000 else ""
        if link and address.startswith(("http://", "https://")):
            self._links.pop(number, None)
            self._links[number] = address
            if len(self._links) > ADDRESSES_KEPT:
                del self._links[next(iter(self._links))]


def _id_of(query: Query) -> dict[str, str]:
    if query.tmdb_id:
        return {"tmdbId": str(query.tmdb_id)}
    imdb = re.fullmatch(r"tt([0-9]{1,10})", query.imdb_id)
    return {"imdbId": imdb[1]} if imdb else {}


def _newest_first(releases: Sequence[Release]) -> list[Release]:
    return sorted(releases, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True)


def _following(answer: Mapping[str, Any]) -> dict[str, str]:
    """What is asked for the next page; the address itself, which could lead anywhere, is not followed."""
    links = answer.get("links")
    address = links.get("next") if isinstance(links, dict) else None
    if not isinstance(address, str):
        return {}
    try:
        fields = parse_qsl(urlsplit(address).query, max_num_fields=100)
    except ValueError:
        return {}
    return {name: value[:1000] for name, value in fields if name in ("cursor", "page")}


def _flags(facts: Mapping[str, Any]) -> frozenset[IndexerFlag]:
    told = facts.get("freeleech")
    percent = re.fullmatch(r"\s*([0-9]{1,3})\s*%?\s*", told) if isinstance(told, str) else None
    free = int(percent[1]) if percent else 100 if told is True else read_number(told)
    flags = {_FREELEECH[free]} if free in _FREELEECH else set()
    if _is_true(facts.get("double_upload")):
        flags.add(IndexerFlag.DOUBLE_UPLOAD)
    if _is_true(facts.get("internal")):
        flags.add(IndexerFlag.INTERNAL)
    return frozenset(flags)


def _is_true(value: object) -> bool:
    return value in (True, 1, "1", "true", "yes")


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value[:40].strip()) if isinstance(value, str) else None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC) if moment else None
    except (OverflowError, ValueError):
        return None
