"""Torrents collected for statistics: releases like all others, and what only their pages tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from radarr_desktop.domain.collecting import Collecting, CollectingState
from radarr_desktop.domain.decision import Candidate
from radarr_desktop.store import releases, sql
from radarr_desktop.store.models import CollectedRow, CollectingRow
from radarr_desktop.store.sql import Rows

_ALL = Rows(CollectingRow, "ORDER BY instance_id")


def put(collecting: Collecting) -> None:
    """Remember how far it went."""
    CollectingRow.replace(**asdict(collecting)).execute()


def get(instance_id: int) -> Collecting | None:
    """How far an indexer was read; None: never begun."""
    return next((one for one in all_collectings() if one.instance_id == instance_id), None)


def all_collectings() -> list[Collecting]:
    """Every indexer's."""
    names = Collecting.__dataclass_fields__
    rows = [{name: getattr(row, name) for name in names} for row in _ALL()]
    return [Collecting(**row | {"state": CollectingState(row["state"])}) for row in rows]


def forget(instance_id: int) -> None:
    """The instance is gone."""
    CollectingRow.delete().where(CollectingRow.instance_id == instance_id).execute()


def remember(candidates: Sequence[Candidate], now: datetime) -> dict[str, int]:
    """Store what a page lists; the releases that were not known yet, guid and id.

    What the indexer's API told of a release is more than its page tells, so that is left as it is.
    """
    if not candidates:
        return {}
    known = releases.ids_of(candidates[0].indexer_id, [each.release.guid for each in candidates])
    fresh = releases.remember([each for each in candidates if each.release.guid not in known], now)
    ids = {each.release.guid: each.release_id for each in fresh} | known
    for each in candidates:
        _listed(ids[each.release.guid], each.release.grabs, now)
    return {each.release.guid: each.release_id for each in fresh}


def counts(indexer_id: int) -> tuple[int, int]:
    """Torrents that were collected from an indexer, and how many of them told what they are made of."""
    ((listed, samples),) = sql.execute(
        "SELECT count(*), count(CASE WHEN media_info <> '' THEN 1 END) FROM collected"
        " JOIN release ON release.id = release_id WHERE indexer_id = ?",
        indexer_id,
    )
    return int(listed), int(samples)


def _listed(release_id: int, grabs: int | None, now: datetime) -> None:
    at = CollectedRow.seen.db_value(now)
    sql.change(
        "INSERT INTO collected (release_id, grabs, seen, media_info) VALUES (?, ?, ?, '')"
        " ON CONFLICT (release_id) DO UPDATE SET grabs = excluded.grabs, seen = excluded.seen",
        release_id,
        grabs,
        at,
    )
    sql.change("UPDATE release SET last_seen = max(last_seen, ?) WHERE id = ?", at, release_id)


def looked_into(release_id: int, media_info: str, now: datetime) -> None:
    """Keep what the page of a torrent told."""
    CollectedRow.update(looked_into=now, media_info=media_info).where(CollectedRow.release == release_id).execute()


def media_info_of(release_id: int) -> str:
    """That text; empty where it was not looked into, or told nothing."""
    rows = sql.execute("SELECT media_info FROM collected WHERE release_id = ?", release_id)
    return str(rows[0][0]) if rows else ""
