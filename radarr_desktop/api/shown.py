"""Which releases a client was shown: the v3 API names a release by indexer and guid when it is grabbed."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable

from radarr_desktop.domain.records import StoredRelease

LIFETIME = 30 * 60.0
"""Seconds, as Radarr has it."""
MOST = 5_000


class ShownReleases:
    """Remembers what interactive searches answered."""

    def __init__(self) -> None:
        self._shown: OrderedDict[tuple[int, str], tuple[float, StoredRelease, int]] = OrderedDict()

    def remember(self, movie_id: int, releases: Iterable[StoredRelease]) -> None:
        """Keep what was just shown for this movie."""
        now = time.monotonic()
        for stored in releases:
            key = (stored.indexer_id, stored.release.guid)
            self._shown[key] = (now, stored, movie_id)
            self._shown.move_to_end(key)
        while len(self._shown) > MOST:
            self._shown.popitem(last=False)

    def find(self, indexer_id: int, guid: str) -> tuple[StoredRelease, int] | None:
        """The release and the id of the movie it was shown for, or None when that is too long ago."""
        found = self._shown.get((indexer_id, guid))
        if found is None or time.monotonic() - found[0] > LIFETIME:
            return None
        return found[1], found[2]
