"""What a replay reads: the releases that were judged lately, and what is known of each movie's past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from radarr_desktop.store import sql
from radarr_desktop.store.fields import milliseconds
from radarr_desktop.store.models import GrabRow

_JUDGED = """
    SELECT DISTINCT v.slot_id, v.release_id FROM verdict v JOIN slot s ON s.id = v.slot_id
    WHERE s.profile_id IN ({}) AND v.last >= ? ORDER BY v.slot_id
"""
_RAW = """
    SELECT id, body, parsed, indexer_id, indexer, indexer_priority, formats, formats_of FROM release WHERE id IN ({})
"""
_hashes = GrabRow.hashes.python_value


def judged_since(moment: datetime, profile_ids: Collection[int]) -> list[tuple[int, list[int]]]:
    """Each slot of these profiles with the ids of its releases."""
    rows = list(sql.among(_JUDGED, profile_ids, milliseconds(moment)))
    return [(slot_id, [row[1] for row in some]) for slot_id, some in groupby(rows, key=lambda row: row[0])]


def raw_releases(release_ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    """Id, release and what its name says as JSON, its indexer's id, name and priority, formats and what they are of."""
    return {row[0]: row for row in sql.among(_RAW, release_ids)}


def imported() -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    """By movie the titles and hashes of what was imported before."""
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for movie_id, title, hashes in sql.execute("SELECT movie_id, title, hashes FROM \"grab\" WHERE state = 'imported'"):
        found[movie_id].append((title, tuple(_hashes(hashes))))
    return found
