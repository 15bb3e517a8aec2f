"""HDBits' pages for people, read for statistics: with the session of the user's own browser, and easily disturbed.

Every page must be what it was documented to be; the first that is not ends the reading with a clear word.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import Context, Details, IndexerFlag, NotFound, Rejected, Release
from radarr_desktop_plugins.hdbits.media_info import media_info
from radarr_desktop_plugins.hdbits.refusals import check_http
from radarr_desktop_plugins.hdbits.rows import clean
from radarr_desktop_plugins.hdbits.settings import CATEGORIES, Category, HDBitsSettings
from radarr_desktop_plugins.hdbits.tree import Element, read_page

if TYPE_CHECKING:
    from httpx import Response

LARGEST_PAGE = 2 * 1024 * 1024
_COOKIE = "Log in to HDBits in your browser, then give the session cookie anew."
_CHALLENGES = ("just a moment", "challenge-running", "challenge-platform", "cf-chl", "attention required")
_FREE = re.compile(r"\b(100|75|50|25)% (?:FL|Free Leech)\b", re.IGNORECASE)
_FLAGS = {
    "100": IndexerFlag.FREELEECH,
    "75": IndexerFlag.FREELEECH_75,
    "50": IndexerFlag.HALFLEECH,
    "25": IndexerFlag.FREELEECH_25,
}
_SIZE = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,3})?)\s*([KMGT])i?B", re.IGNORECASE)
_POWERS = {"K": 1, "M": 2, "G": 3, "T": 4}
_DATE = re.compile(r"\b((?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?: ([0-2][0-9]:[0-5][0-9]))?")


class Browser:
    """Reads browse pages and details with the user's session."""

    def __init__(self, settings: HDBitsSettings, context: Context) -> None:
        self._http = context.http
        self._base = settings.base_url.rstrip("/")
        self._cookie = settings.cookie.get_secret_value()

    async def page(self, segment: str, number: int) -> list[Release]:
        """What a page of a category lists, newest first; an empty list is its end."""
        category = CATEGORIES[Category(segment)]
        query = {f"filter_cat[{category}]": "1", "sort": "added", "d": "DESC", "page": str(number)}
        page = await self._get("/browse.php", query)
        table = page.by_id("torrent-list")
        if table is None:
            results = page.by_id("resultsarea")
            if results is not None and "Nothing here!" in results.text:
                return []
            raise _changed("there is no list of torrents on it")
        rows = [row for row in table.all("tr") if re.fullmatch(r"t[0-9a-z_-]*[0-9]+", row.get("id"))]
        if not rows:
            raise _changed("its list has no rows")
        found = [_listed(row, self._base) for row in rows]
        read = [one for one in found if one is not None]
        if len(read) * 2 <= len(rows) or not any(one.size for one in read):
            raise _changed("its rows have no names, links or sizes where they were")
        return read

    async def details(self, release: Release) -> Details:
        """What the page of a torrent tells."""
        number = re.fullmatch(r"hdbits-([0-9]{1,18})", release.guid)
        if not number:
            raise NotFound(f"{clean(release.title)} is not a release of HDBits.")
        page = await self._get("/details.php", {"id": number[1]})
        if not any(True for _ in page.all("table")) and page.by_id("details") is None:
            raise _changed("there are no details on it")
        return Details(media_info(page.lines))

    async def _get(self, path: str, query: dict[str, str]) -> Element:
        if not self._cookie:
            raise Rejected("HDBits' pages can only be read with a session cookie. Give it in the indexer's settings.")
        response = await self._http.request(
            "GET",
            self._base + path,
            params=query,
            headers={"Cookie": self._cookie, "Accept": "text/html"},
            max_answer=LARGEST_PAGE,
        )
        _check(response)
        page = await asyncio.to_thread(read_page, response.content)
        if not any(link.get("href").startswith("/logout.php") for link in page.all("a")):
            raise Rejected(f"HDBits does not know the session any more. {_COOKIE}")
        return page


def _check(response: Response) -> None:
    """A challenge or a login is no fault of the API: it must not be left alone for that."""
    start = response.content[:20_000].decode("utf-8", "replace").lower()
    if response.status_code in (200, 202, 403, 503) and any(word in start for word in _CHALLENGES):
        raise Rejected(f"HDBits wants to see a browser (a challenge page), so nothing more is asked. {_COOKIE}")
    if response.status_code == 401 or 300 <= response.status_code < 400:
        raise Rejected(f"HDBits asks for a login ({response.status_code}). {_COOKIE}")
    if response.status_code == 404:
        raise NotFound("HDBits has no such page (404). The torrent is gone, or the address in the settings is off.")
    check_http(response, _COOKIE)


def _changed(what: str) -> Rejected:
    return Rejected(
        f"HDBits' page has another layout than this version knows: {what}. Nothing more is asked. "
        "See whether there is a newer version of the program."
    )


def _listed(row: Element, base: str) -> Release | None:
    links = [link for link in row.all("a") if link.get("href").startswith("/details.php?id=")]
    named = [(link, number[1]) for link in links if (number := re.search(r"[?&]id=([0-9]{1,18})", link.get("href")))]
    title = next((clean(link.text) for link, _ in named if link.text), "")
    if not title:
        return None
    id_ = named[0][1]
    cells = row.own("td")
    # The size is found by its form: a column of discounts that came in later moved all that stand behind it.
    place = next((at for at, cell in enumerate(cells) if at > 2 and _SIZE.fullmatch(cell.text.strip())), None)
    grabs, seeders, leechers = _counts(cells, place)
    release = Release(
        guid=f"hdbits-{id_}",
        title=title,
        size=_size(cells[place].text) if place is not None else 0,
        published=_published(row),
        seeders=seeders,
        leechers=leechers,
        imdb_id=_imdb(row),
        info_url=f"{base}/details.php?id={id_}",
        flags=_flags(row),
    )
    return replace(release, grabs=grabs)


def _counts(cells: list[Element], size_at: int | None) -> tuple[int | None, int | None, int | None]:
    """Grabs, seeders and leechers stand behind the size, in this order."""
    if size_at is None:
        return None, None, None
    told = [_count(cell.text) for cell in cells[size_at + 1 : size_at + 4]]
    first, second, third = (*told, None, None, None)[:3]
    return first, second, third


def _count(text: str) -> int | None:
    digits = re.match(r"\s*([0-9][0-9,]{0,11})", text)
    return int(digits[1].replace(",", "")) if digits else None


def _size(text: str) -> int:
    match = _SIZE.search(text)
    return round(float(match[1].replace(",", ".")) * 1024 ** _POWERS[match[2].upper()]) if match else 0


def _imdb(row: Element) -> str:
    for link in row.all("a"):
        if number := re.search(r"tt([0-9]{5,10})", f"{link.get('data-imdb-link')} {link.get('href')}"):
            return f"tt{int(number[1]):07d}"
    return ""


def _flags(row: Element) -> frozenset[IndexerFlag]:
    flags = set()
    for link in row.all("a"):
        if free := _FREE.search(link.get("title")):
            flags.add(_FLAGS[free[1]])
        if link.get("href").startswith("/browse.php?exclusive=1"):
            flags.add(IndexerFlag.EXCLUSIVE)
        if "origin=1" in link.get("href") or link.text.lower() == "internal":
            flags.add(IndexerFlag.INTERNAL)
    return frozenset(flags)


def _published(row: Element) -> datetime | None:
    """A date where one is told; ages like "3 weeks" are too rough to be one."""
    told = [element.get("title") for element in row.walk() if isinstance(element, Element)]
    for text in (*told, row.text):
        if found := _DATE.search(text):
            try:
                return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}:00").replace(tzinfo=UTC)
            except ValueError:
                continue
    return None
