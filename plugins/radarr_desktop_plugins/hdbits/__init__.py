"""HDBits: searched through its JSON API, by IMDb id first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from radarr_desktop.plugin_api import BadAnswer, Context, Details, Indexer, NotFound, Query, Release, keeping
from radarr_desktop_plugins.hdbits.api import Api
from radarr_desktop_plugins.hdbits.rows import clean, release
from radarr_desktop_plugins.hdbits.settings import Category, Codec, HDBitsSettings, Medium, Origin

if TYPE_CHECKING:
    from radarr_desktop_plugins.hdbits.browse import Browser

__all__ = ["Category", "Codec", "HDBits", "HDBitsSettings", "Medium", "Origin"]

LIMIT = 100
"""Releases on a page."""


class HDBits(Indexer[HDBitsSettings]):
    """HDBits' JSON API."""

    name = "HDBits"
    description = "A private tracker for high-definition films. You need an account there."
    info_url = "https://hdbits.org"

    def __init__(self, settings: HDBitsSettings, context: Context) -> None:
        super().__init__(settings, context)
        self._api = Api(settings, context)

    async def test(self) -> None:
        """Let HDBits check the passkey; this costs no search."""
        await self._api.ask("/api/test", {})

    async def recent(self) -> Sequence[Release]:
        """The newest films: a search for nothing in particular."""
        return (await self._page({}, 0))[0]

    async def older(self, page: int) -> Sequence[Release]:
        """The films before those."""
        return (await self._page({}, page))[0]

    async def search(self, query: Query) -> Sequence[Release]:
        """By IMDb id; by title and year only when there is no id or HDBits knows nothing under it."""
        if imdb := re.fullmatch(r"tt([0-9]{1,10})", query.imdb_id):
            found = await self._find({"imdb": {"id": int(imdb[1])}})
            if found:
                return found
        words = " ".join(re.findall(r"\w+", query.title))
        if not words:
            return []
        return await self._find({"search": f"{words} {query.year}" if query.year else words})

    async def torrent(self, release: Release) -> bytes:
        """Fetch the .torrent."""
        number = re.fullmatch(r"hdbits-([0-9]{1,18})", release.guid)
        if not number:
            raise NotFound(f"{clean(release.title)} is not a release of HDBits.")
        return await self._api.torrent(number[1], clean(release.title))

    @property
    def segments(self) -> Sequence[str]:
        """The chosen categories; none without a session."""
        return self.settings.categories if self.settings.cookie.get_secret_value() else ()

    async def listing(self, segment: str, page: int) -> Sequence[Release]:
        """A page for people, read."""
        return await self._browser.page(segment, page)

    async def details(self, release: Release) -> Details:
        """The page of a torrent, read."""
        return await self._browser.details(release)

    @cached_property
    def _browser(self) -> Browser:
        # here: few read pages, and HTML's table of names takes half a megabyte
        from radarr_desktop_plugins.hdbits.browse import Browser

        return Browser(self.settings, self.context)

    async def _find(self, wanted: dict[str, Any]) -> list[Release]:
        """Page by page, as long as a page is full and shows something new."""
        found: list[Release] = []
        with keeping(found):
            for page in range(self.settings.most_pages):
                releases, is_full = await self._page(wanted, page)
                known = len(found)
                found[:] = _each_once([*found, *releases])
                if not is_full or len(found) == known:
                    break
        return found

    async def _page(self, wanted: dict[str, Any], page: int) -> tuple[list[Release], bool]:
        """The releases of a page, and whether there may be another."""
        rows = await self._api.rows(
            {**self.settings.filters(), "limit": LIMIT, **wanted, **({"page": page} if page else {})}
        )
        details = self._api.url("/details.php?id=")
        releases = [read for row in rows if (read := release(row, details))]
        if rows and not releases:
            raise BadAnswer(
                "HDBits lists its torrents in a form that this version does not know. "
                "See whether there is a newer version of the program."
            )
        if len(releases) < len(rows):
            self.context.log.debug("%d of %d torrents had no id or name", len(rows) - len(releases), len(rows))
        return _each_once(releases), len(rows) >= LIMIT


def _each_once(releases: Sequence[Release]) -> list[Release]:
    """The same torrent again is left out: a list that moves on between two pages shows some of it twice."""
    found: list[Release] = []
    known: set[str] = set()
    for one in releases:
        names = {one.guid, one.info_hash} - {""}
        if not names & known:
            found.append(one)
        known |= names
    return found
