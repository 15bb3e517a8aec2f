"""Releases as they were seen, and every verdict on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from peewee import fn

from radarr_desktop.domain.decision import Candidate, Verdict
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.store.models import ReleaseRow, VerdictRow


def remember(candidates: Iterable[Candidate], now: datetime) -> list[Candidate]:
    """Store what was seen, again or for the first time; the candidates come back with their row ids."""
    return [replace(candidate, release_id=_remember(candidate, now)) for candidate in candidates]


def _remember(candidate: Candidate, now: datetime) -> int:
    release = candidate.release
    key = (ReleaseRow.indexer_id == candidate.indexer_id) & (ReleaseRow.guid == release.guid)
    row = ReleaseRow.get_or_none(key)
    columns = {
        "indexer": candidate.indexer,
        "indexer_priority": candidate.indexer_priority,
        "info_hash": release.info_hash,
        "title": release.title,
        "body": release,
        "parsed": candidate.parsed,
        "last_seen": now,
    }
    if row is None:
        created = ReleaseRow.create(
            indexer_id=candidate.indexer_id, guid=release.guid, first_seen=now, times_seen=1, **columns
        )
        return int(created.id)
    ReleaseRow.update(times_seen=ReleaseRow.times_seen + 1, **columns).where(ReleaseRow.id == row.id).execute()
    return int(row.id)


def newest_verdicts(indexer_id: int, guids: Iterable[str]) -> dict[str, list[Verdict]]:
    """What was decided last about these releases of an indexer, one verdict for each movie; only known ones appear."""
    query = ReleaseRow.select(ReleaseRow.id, ReleaseRow.guid).where(
        (ReleaseRow.indexer_id == indexer_id) & ReleaseRow.guid.in_(list(guids))
    )
    names = {row.id: row.guid for row in query}
    newest: dict[tuple[int, int], Verdict] = {}
    for row in VerdictRow.select().where(VerdictRow.release.in_(list(names))).order_by(VerdictRow.id):
        newest[row.release_id, row.slot_id] = row.body
    found: dict[str, list[Verdict]] = {guid: [] for guid in names.values()}
    for (release_id, _), verdict in newest.items():
        found[names[release_id]].append(verdict)
    return found


def judged(release_id: int, movie_id: int, slot_id: int, verdict: Verdict, now: datetime) -> None:
    """Keep a verdict; the same answer as last time only moves its date."""
    last = (
        VerdictRow.select()
        .where((VerdictRow.release == release_id) & (VerdictRow.slot == slot_id))
        .order_by(VerdictRow.id.desc())
        .first()
    )
    if last is not None and last.body == verdict:
        VerdictRow.update(last_judged=now).where(VerdictRow.id == last.id).execute()
        return
    VerdictRow.create(
        release=release_id,
        movie=movie_id,
        slot=slot_id,
        outcome=verdict.outcome.value,
        score=verdict.score,
        body=verdict,
        first_judged=now,
        last_judged=now,
    )


def of_movie(movie_id: int) -> list[StoredRelease]:
    """All releases ever judged for a movie, each with its newest verdict."""
    last = VerdictRow.select(fn.MAX(VerdictRow.id)).where(VerdictRow.movie == movie_id).group_by(VerdictRow.release)
    newest = {row.release_id: row for row in VerdictRow.select().where(VerdictRow.id.in_(last))}
    rows = ReleaseRow.select().where(ReleaseRow.id.in_(list(newest)))
    return [_stored(row, newest[row.id]) for row in rows]


def get(release_id: int, movie_id: int = 0) -> StoredRelease | None:
    """One release, with its newest verdict for the movie."""
    row = ReleaseRow.get_or_none(ReleaseRow.id == release_id)
    if row is None:
        return None
    verdict = (
        VerdictRow.select()
        .where((VerdictRow.release == release_id) & (VerdictRow.movie == movie_id))
        .order_by(VerdictRow.id.desc())
        .first()
    )
    return _stored(row, verdict)


def by_guid(indexer_id: int, guid: str) -> StoredRelease | None:
    """The release an indexer calls so."""
    row = ReleaseRow.get_or_none((ReleaseRow.indexer_id == indexer_id) & (ReleaseRow.guid == guid))
    return _stored(row, None) if row else None


def priority_of(release_id: int) -> int:
    """The indexer's priority when the release was last seen."""
    return int(ReleaseRow.get_by_id(release_id).indexer_priority)


def _stored(row: Any, verdict: Any) -> StoredRelease:
    return StoredRelease(
        id=row.id,
        release=row.body,
        indexer_id=row.indexer_id,
        indexer=row.indexer,
        parsed=row.parsed,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        times_seen=row.times_seen,
        verdict=verdict.body if verdict else None,
        judged=verdict.last_judged if verdict else None,
    )
