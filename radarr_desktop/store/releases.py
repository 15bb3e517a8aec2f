"""Releases as they were seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from radarr_desktop.domain.decision import Candidate, Verdict
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.records import Judgement, StoredRelease
from radarr_desktop.store import sql, verdicts
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import ReleaseRow


def remember(candidates: Iterable[Candidate], now: datetime) -> list[Candidate]:
    """Store what was seen, again or for the first time; the candidates come back with their row ids."""
    return [replace(candidate, release_id=_remember(candidate, now)) for candidate in candidates]


_SEEN = """
    INSERT INTO release (indexer_id, guid, indexer, indexer_priority, info_hash, title, body, parsed,
                         formats, formats_of, first_seen, last_seen, times_seen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
    ON CONFLICT (indexer_id, guid) DO UPDATE SET
        indexer = excluded.indexer, indexer_priority = excluded.indexer_priority, info_hash = excluded.info_hash,
        title = excluded.title, body = excluded.body, parsed = excluded.parsed, formats = excluded.formats,
        formats_of = excluded.formats_of, last_seen = excluded.last_seen,
        times_seen = times_seen + 1
    RETURNING id
"""


def _remember(candidate: Candidate, now: datetime) -> int:
    release, at = candidate.release, ReleaseRow.last_seen.db_value(now)
    ((id_,),) = sql.execute(
        _SEEN,
        candidate.indexer_id,
        release.guid,
        candidate.indexer,
        candidate.indexer_priority,
        release.info_hash,
        release.title,
        ReleaseRow.body.db_value(release),
        ReleaseRow.parsed.db_value(candidate.parsed),
        ReleaseRow.formats.db_value(candidate.formats),
        candidate.formats_of,
        at,
        at,
    )
    return int(id_)


def ids_of(indexer_id: int, guids: Iterable[str]) -> dict[str, int]:
    """The rows of these releases of an indexer, by guid; only known ones appear."""
    return dict(sql.among("SELECT guid, id FROM release WHERE guid IN ({}) AND indexer_id = ?", guids, indexer_id))


def newest_verdicts(indexer_id: int, guids: Iterable[str]) -> dict[str, list[Verdict]]:
    """What was decided last about these releases of an indexer, one verdict for each slot; only known ones appear."""
    rows = sql.among("SELECT id, guid FROM release WHERE guid IN ({}) AND indexer_id = ?", guids, indexer_id)
    names = dict(rows)
    decided = verdicts.newest_of_releases(names)
    return {guid: decided.get(id_, []) for id_, guid in names.items()}


def of_movie(movie_id: int) -> list[StoredRelease]:
    """All releases ever judged for a movie, each with its newest verdict."""
    return judged_in(verdicts.of_movie(movie_id))


def judged_in(judgements: Iterable[Judgement]) -> list[StoredRelease]:
    """The releases of these judgements (oldest first), each with the newest of its own."""
    newest = {judgement.release_id: judgement for judgement in judgements}
    return [_stored(row, newest[row[0]]) for row in sql.among(f"{_READ} WHERE id IN ({{}})", newest)]


def get(release_id: int, movie_id: int = 0) -> StoredRelease | None:
    """One release, with its newest verdict for the movie."""
    rows = sql.execute(f"{_READ} WHERE id = ?", release_id)
    return _stored(rows[0], verdicts.newest(release_id, movie_id)) if rows else None


def some(release_ids: Sequence[int], movie_id: int) -> list[StoredRelease]:
    """These releases in this order, each with its newest verdict for the movie; unknown ones are left out."""
    newest = verdicts.newest_for(movie_id, release_ids)
    rows = {row[0]: row for row in sql.among(f"{_READ} WHERE id IN ({{}})", release_ids)}
    return [_stored(rows[id_], newest.get(id_)) for id_ in release_ids if id_ in rows]


def names(after: int, most: int) -> list[tuple[int, str]]:
    """Ids and names of releases behind an id, by id."""
    rows = sql.execute("SELECT id, title FROM release WHERE id > ? ORDER BY id LIMIT ?", after, most)
    return [(id_, title) for id_, title in rows]


def read_again(read: Iterable[tuple[int, ParsedRelease]]) -> None:
    """Take over what their names say now; what custom formats made of them before does not count any more."""
    rows = [(ReleaseRow.parsed.db_value(parsed), id_) for id_, parsed in read]
    statement = "UPDATE release SET parsed = ?1, formats = '[]', formats_of = '' WHERE id = ?2 AND parsed <> ?1"
    sql.change_many(statement, rows)


def forget(before: datetime, most: int) -> int:
    """Drop up to ``most`` releases not seen since then that no verdict or grab is about; how many were."""
    return sql.change(_FORGET, ReleaseRow.last_seen.db_value(before), most)


_FORGET = """
    DELETE FROM release WHERE id IN (
        SELECT id FROM release r WHERE last_seen < ?
        AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.release_id = r.id)
        AND NOT EXISTS (SELECT 1 FROM "grab" g WHERE g.release_id = r.id) LIMIT ?)
"""
_READ = """
    SELECT id, body, indexer_id, indexer, parsed, first_seen, last_seen, times_seen, indexer_priority, formats
    FROM release
"""
_body = ReleaseRow.body.python_value
_parsed = ReleaseRow.parsed.python_value
_formats = ReleaseRow.formats.python_value


def _stored(row: tuple[Any, ...], judgement: Judgement | None) -> StoredRelease:
    return StoredRelease(
        id=row[0],
        release=_body(row[1]),
        indexer_id=row[2],
        indexer=row[3],
        parsed=_parsed(row[4]),
        first_seen=moment(row[5]),
        last_seen=moment(row[6]),
        times_seen=row[7],
        verdict=judgement.verdict if judgement else None,
        judged=judgement.last if judgement else None,
        indexer_priority=row[8],
        formats=_formats(row[9]),
    )
