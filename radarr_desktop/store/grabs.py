"""Grabs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from peewee import fn

from radarr_desktop.domain.records import OPEN_STATES, Grab, GrabState
from radarr_desktop.store import sql
from radarr_desktop.store.models import GrabRow, MovieRow

_BY_ID = sql.Rows(GrabRow, "WHERE id = ?")
_OF_MOVIE = sql.Rows(GrabRow, "WHERE movie_id = ? ORDER BY id DESC")


def insert(grab: Grab) -> Grab:
    """Store a new grab; the result has its id."""
    row = GrabRow.create(
        movie=grab.movie_id,
        slot=grab.slot_id,
        release=grab.release_id,
        client=grab.client_id or None,
        title=grab.title,
        hashes=grab.hashes,
        parsed=grab.parsed,
        score=grab.score,
        size=grab.size,
        indexer=grab.indexer,
        state=grab.state.value,
        added=grab.added,
        correlation=grab.correlation,
        problem=grab.problem,
        by_user=grab.by_user,
        flags=grab.flags,
        unseen=grab.unseen,
        cause=grab.cause,
        wait_until=grab.wait_until,
        private=grab.private,
    )
    return _grab(row)


def set_state(grab_id: int, state: GrabState, problem: str = "") -> None:
    """Move a grab on its way."""
    GrabRow.update(state=state.value, problem=problem).where(GrabRow.id == grab_id).execute()


def move(grab_id: int, states: Iterable[GrabState], to: GrabState, problem: str = "", cause: str = "") -> bool:
    """Move a grab on only if it still is in one of ``states``; was it? ``cause`` is a code of ``failures``."""
    words = [state.value for state in states]
    there = (GrabRow.id == grab_id) & GrabRow.state.in_(words)
    return bool(GrabRow.update(state=to.value, problem=problem, cause=cause).where(there).execute())


def wait_longer(grab_id: int, until: datetime) -> None:
    """Nothing is done about it before then."""
    GrabRow.update(wait_until=until).where(GrabRow.id == grab_id).execute()


def looked_into(grab_id: int, size: int) -> None:
    """The files of a magnet link are known, and wanted."""
    GrabRow.update(unseen=False, size=size).where(GrabRow.id == grab_id).execute()


def give_to(grab_id: int, client_id: int, hashes: tuple[str, ...]) -> None:
    """Remember which client has it, and under which hashes: those of an address are known only then."""
    GrabRow.update(client=client_id, hashes=hashes).where(GrabRow.id == grab_id).execute()


def get(grab_id: int) -> Grab | None:
    """One grab."""
    row = _BY_ID.first(grab_id)
    return _grab(row) if row else None


def by_hash(digest: str) -> Grab | None:
    """The newest grab of the torrent with this info hash, in lower case."""
    row = GrabRow.select().where(fn.INSTR(GrabRow.hashes, f'"{digest}"') > 0).order_by(GrabRow.id.desc()).first()
    return _grab(row) if row else None


def in_states(states: Iterable[GrabState]) -> list[Grab]:
    """Grabs in any of these states, oldest first."""
    words = [state.value for state in states]
    return [_grab(row) for row in GrabRow.select().where(GrabRow.state.in_(words)).order_by(GrabRow.id)]


def marks(states: Iterable[GrabState]) -> list[tuple[Any, ...]]:
    """Of grabs in these states, oldest first: the id and what changes on their way; the rest need not be read again."""
    words = [state.value for state in states]
    progress = (GrabRow.state, GrabRow.client, GrabRow.problem, GrabRow.unseen, GrabRow.wait_until, GrabRow.private)
    columns = (GrabRow.id, *progress)
    return list(GrabRow.select(*columns).where(GrabRow.state.in_(words)).order_by(GrabRow.id).tuples())


def with_ids(ids: Iterable[int]) -> list[Grab]:
    """These, oldest first."""
    return [_grab(row) for row in GrabRow.select().where(GrabRow.id.in_(list(ids))).order_by(GrabRow.id)]


def open_grabs() -> list[Grab]:
    """Grabs that have not ended."""
    return in_states(OPEN_STATES)


def of_movie(movie_id: int) -> list[Grab]:
    """A movie's grabs, newest first."""
    return [_grab(row) for row in _OF_MOVIE(movie_id)]


def titles_of_movies(movie_ids: Iterable[int]) -> dict[int, str]:
    """Movie titles with their years, by id."""
    return {
        row.id: f"{row.title} ({row.year})" if row.year else row.title
        for row in MovieRow.select().where(MovieRow.id.in_(list(movie_ids)))
    }


def _grab(row: Any) -> Grab:
    return Grab(
        id=row.id,
        movie_id=row.movie_id,
        slot_id=row.slot_id,
        release_id=row.release_id,
        client_id=row.client_id or 0,
        title=row.title,
        hashes=tuple(row.hashes),
        parsed=row.parsed,
        score=row.score,
        size=row.size,
        indexer=row.indexer,
        state=GrabState(row.state),
        added=row.added,
        correlation=row.correlation,
        problem=row.problem,
        by_user=row.by_user,
        flags=row.flags,
        unseen=row.unseen,
        cause=row.cause,
        wait_until=row.wait_until,
        private=row.private,
    )
