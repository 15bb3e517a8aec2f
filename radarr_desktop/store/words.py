"""Texts that occur again and again, each stored once and known by a number."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from radarr_desktop.store import sql

SLACK = 7
"""Days. That a word is used again is written down no more often than this."""


def day_of(moment: datetime) -> int:
    """Days since 1970: what ``used`` counts in."""
    return int(moment.timestamp() // 86_400)


def numbers(texts: Counter[str], now: datetime) -> dict[str, int]:
    """The number of each text, given to new ones now: the smallest to the most frequent, as they take least room."""
    today = day_of(now)
    known: dict[str, int] = {}
    stale: list[tuple[int, int]] = []
    hashes = {_hash(text) for text in texts}
    for id_, text, used in sql.among("SELECT id, text, used FROM word WHERE hash IN ({})", hashes):
        if text not in texts:
            continue
        known[text] = id_
        if used < today - SLACK:
            stale.append((today, id_))
    sql.change_many("UPDATE word SET used = ? WHERE id = ?", stale)
    ((next_id,),) = sql.execute("SELECT coalesce(max(id), 0) + 1 FROM word")
    new = [text for text, _ in texts.most_common() if text not in known]
    rows = [(next_id + place, _hash(text), text, today) for place, text in enumerate(new)]
    sql.change_many("INSERT INTO word (id, hash, text, used) VALUES (?, ?, ?, ?)", rows)
    known.update((text, id_) for id_, _, text, _ in rows)
    return known


def texts(ids: Iterable[int]) -> dict[int, str]:
    """The texts with these numbers."""
    return dict(sql.among("SELECT id, text FROM word WHERE id IN ({})", set(ids)))


def forget(before: datetime) -> int:
    """Drop what nothing that was written since then can use."""
    return sql.change("DELETE FROM word WHERE used < ?", day_of(before) - SLACK - 1)


def _hash(text: str) -> int:
    """What the index is on: a third of the room of one on the texts."""
    return zlib.crc32(text.encode())
