"""All torrent indexers of Prowlarr as one indexer: Prowlarr searches them, and each release says whose it is."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from radarr_desktop.plugin_api import (
    BadAnswer,
    Capabilities,
    Context,
    Indexer,
    NotFound,
    Query,
    Rejected,
    Release,
    keeping,
    read_line,
    read_number,
)
from radarr_desktop_plugins.prowlarr.api import Api
from radarr_desktop_plugins.prowlarr.members import Member, read_members
from radarr_desktop_plugins.prowlarr_search.rows import is_usenet, read_row
from radarr_desktop_plugins.prowlarr_search.settings import ProwlarrSearchSettings
from radarr_desktop_plugins.torznab.download import download
from radarr_desktop_plugins.torznab.items import PREFIX

PAGE = 100
"""Releases of each indexer in one answer."""
MOST_PAGES = 3
"""Of one search; a movie has rarely more than 100 releases."""
MEMBERS_KEPT = 3600.0
"""Seconds for which its list of indexers is good."""
ADDRESSES_KEPT = 20_000


class ProwlarrSearch(Indexer[ProwlarrSearchSettings]):
    """Addresses of torrents hold Prowlarr's key, so they live here only, and are asked for again if need be."""

    name = "Prowlarr, all indexers"
    description = "All torrent indexers of Prowlarr as one, which Prowlarr searches by itself."
    info_url = "https://prowlarr.com"

    def __init__(self, settings: ProwlarrSearchSettings, context: Context) -> None:
        super().__init__(settings, context)
        self._key = settings.api_key.get_secret_value()
        self._api = Api(settings.base_url, self._key, context.http)
        self._members: list[Member] = []
        self._members_until = 0.0
        self._addresses: dict[str, str] = {}

    async def test(self) -> None:
        """Is it Prowlarr, and has it something to search? No tracker is asked."""
        await self._api.check()
        self._members_until = 0.0
        await self._on()

    async def capabilities(self) -> Capabilities:
        """Indexers that take no ids are searched by text."""
        return Capabilities(ids=frozenset({"imdb", "tmdb"}), page=PAGE)

    async def recent(self) -> Sequence[Release]:
        """The newest of all that have a feed."""
        return await self.older(0)

    async def older(self, page: int) -> Sequence[Release]:
        """Those before them."""
        feeds = [one for one in await self._on() if one.has_feed and (one.has_pages or not page)]
        found, _ = await self._page("search", "", feeds, page)
        return sorted(found, key=lambda one: one.published.timestamp() if one.published else 0.0, reverse=True)

    async def search(self, query: Query) -> Sequence[Release]:
        """By ids where an indexer takes them; by title and year where it does not, or found nothing by them."""
        members, found = [one for one in await self._on() if one.can_search], dict[str, Release]()
        words = " ".join(re.findall(r"\w+", query.title))
        with keeping(found.values()):
            if ids := _ids(query):
                await self._find("movie", ids, [one for one in members if one.takes_ids], found)
            names = {one.indexer for one in found.values()}
            silent = [one for one in members if one.name not in names]
            if words:
                await self._find("search", f"{words} {query.year}" if query.year else words, silent, found)
        return list(found.values())

    async def torrent(self, release: Release) -> bytes | str:
        """Fetch the .torrent, or its magnet link; after a restart its address is searched again."""
        if not release.guid.startswith(PREFIX):
            raise NotFound(f"{read_line(release.title)} is not a release of {self.context.name}.")
        address = self._addresses.get(release.guid) or await self._found_again(release)
        return await download(self.context, address, release, self._key)

    async def _on(self) -> list[Member]:
        """Those that are switched on in Prowlarr."""
        if time.monotonic() >= self._members_until:
            members = read_members(await self._api.listed("/api/v1/indexer"))
            self._members = [one for one in members if one.enabled]
            self._members_until = time.monotonic() + (MEMBERS_KEPT if self._members else 0.0)
        if not self._members:
            raise Rejected("Prowlarr has no torrent indexer with movies that is on. Add one there.")
        return self._members

    async def _find(self, kind: str, text: str, members: Sequence[Member], found: dict[str, Release]) -> None:
        """Page by page into ``found``; an indexer whose page is not full has no more."""
        for page in range(MOST_PAGES):
            releases, full = await self._page(kind, text, members, page)
            known = len(found)
            found |= {one.guid: one for one in releases}
            members = [one for one in members if one.id in full and one.has_pages]
            if not members or len(found) == known:
                return

    async def _page(
        self, kind: str, text: str, members: Sequence[Member], page: int
    ) -> tuple[list[Release], frozenset[int]]:
        """A page of each, and the ids of those that may have another."""
        if not members:
            return [], frozenset()
        asked = {"type": kind, "query": text, "limit": PAGE, "offset": page * PAGE}
        ids = [one.id for one in members]
        rows = await self._api.listed(
            "/api/v1/search", {**asked, "indexerIds": ids, "categories": list(self.settings.categories)}
        )
        counts = Counter(read_number(row.get("indexerId")) for row in rows)
        full = frozenset(id_ for id_, count in counts.items() if count >= PAGE)
        return self._releases(rows, {one.id: one.name for one in members}), full

    def _releases(self, rows: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> list[Release]:
        found: dict[str, Release] = {}
        for row in rows:
            if item := read_row(row, names.get(read_number(row.get("indexerId")), ""), self._key):
                found.setdefault(item.release.guid, item.release)
                self._addresses.pop(item.release.guid, None)
                self._addresses[item.release.guid] = item.address
        for guid in list(self._addresses)[: max(0, len(self._addresses) - ADDRESSES_KEPT)]:
            del self._addresses[guid]
        if rows and not found and not all(map(is_usenet, rows)):
            raise BadAnswer(
                "Prowlarr lists its releases in a form that this version does not know. "
                "See whether there is a newer version of the program."
            )
        if len(found) < len(rows):
            self.context.log.debug("%d of %d rows are no torrents, or had no name", len(rows) - len(found), len(rows))
        return list(found.values())

    async def _found_again(self, release: Release) -> str:
        """A release's address; its ids lead there, else its name."""
        await self.search(Query(release.title, 0, release.imdb_id, release.tmdb_id))
        if release.guid not in self._addresses and (release.imdb_id or release.tmdb_id):
            await self.search(Query(release.title))
        if release.guid not in self._addresses:
            raise NotFound(f"{read_line(release.title)} is no longer listed by {self.context.name}.")
        return self._addresses[release.guid]


def _ids(query: Query) -> str:
    """As Prowlarr wants them in its text."""
    imdb = query.imdb_id if re.fullmatch(r"tt[0-9]{1,10}", query.imdb_id) else ""
    return "".join([f"{{ImdbId:{imdb}}}" * bool(imdb), f"{{TmdbId:{query.tmdb_id}}}" * bool(query.tmdb_id)])
