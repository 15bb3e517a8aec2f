"""Strikes as they stand now, and in the database: a crash costs minutes of them, no more."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.stuck import Strike
from radarr_desktop.store import strikes as store
from radarr_desktop.store.database import Database

KEPT = 600.0
"""Seconds of a part that a crash may cost."""

Key = tuple[int, Reason]
"""A grab's id and the rule."""


class Strikes:
    """Read once, written when something changed that counts."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._now: dict[Key, Strike] = {}
        self._stored: dict[Key, Strike] = {}
        self._is_read = False

    async def read(self) -> None:
        """What was remembered, at the first look."""
        if not self._is_read:
            self._now = await self._db.read(store.all_of_them)
            self._stored = dict(self._now)
            self._is_read = True

    def get(self, key: Key) -> Strike | None:
        """How it stands."""
        return self._now.get(key)

    def set(self, key: Key, strike: Strike | None) -> None:
        """How it stands now; None: nothing is against it."""
        if strike is None:
            self._now.pop(key, None)
        else:
            self._now[key] = strike

    def forget(self, grab_ids: Iterable[int]) -> None:
        """These have ended."""
        gone = set(grab_ids)
        self._now = {key: strike for key, strike in self._now.items() if key[0] not in gone}

    async def keep(self) -> None:
        """Write down what changed."""
        changed = [(*key, strike) for key, strike in self._now.items() if _differs(self._stored.get(key), strike)]
        gone = [key for key in self._stored if key not in self._now]
        if not changed and not gone:
            return

        def work() -> None:
            for grab_id, rule in gone:
                store.forget(grab_id, [rule])
            store.put(changed)

        await self._db.run(work)
        for grab_id, rule, strike in changed:
            self._stored[grab_id, rule] = strike
        for key in gone:
            del self._stored[key]


def _differs(stored: Strike | None, strike: Strike) -> bool:
    """By so much that it must not be lost?"""
    if stored is None or (stored.count, stored.since) != (strike.count, strike.since):
        return stored is not None or strike.seconds > 0
    return abs(stored.seconds - strike.seconds) >= KEPT
