"""Torrents that hold many movies: which file is whose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from radarr_desktop.domain.records import PackPart, PartState
from radarr_desktop.store.models import PackPartRow


def of_grab(grab_id: int) -> list[PackPart]:
    """The parts of a grab, by path; none when it holds one movie, or nobody looked yet."""
    return [_part(row) for row in PackPartRow.select().where(PackPartRow.grab == grab_id).order_by(PackPartRow.path)]


def get(part_id: int) -> PackPart | None:
    """One part."""
    row = PackPartRow.get_or_none(PackPartRow.id == part_id)
    return _part(row) if row else None


def add(parts: Iterable[PackPart]) -> None:
    """Remember what was found; what is known of a path already stays."""
    for part in parts:
        PackPartRow.insert(
            grab=part.grab_id,
            path=part.path,
            size=part.size,
            movie=part.movie_id or None,
            slot=part.slot_id or None,
            state=part.state.value,
            problem=part.problem,
        ).on_conflict_ignore().execute()


def change(part_id: int, state: PartState, problem: str = "") -> None:
    """How far a part is."""
    PackPartRow.update(state=state.value, problem=problem).where(PackPartRow.id == part_id).execute()


def give(part_id: int, movie_id: int, slot_id: int) -> None:
    """Say whose a part is."""
    PackPartRow.update(movie=movie_id, slot=slot_id, state=PartState.WAITING.value, problem="").where(
        PackPartRow.id == part_id
    ).execute()


def _part(row: Any) -> PackPart:
    return PackPart(
        id=row.id,
        grab_id=row.grab_id,
        path=row.path,
        size=row.size,
        state=PartState(row.state),
        movie_id=row.movie_id or 0,
        slot_id=row.slot_id or 0,
        problem=row.problem,
    )
