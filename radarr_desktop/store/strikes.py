"""Strikes against downloads: they outlive the program."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.stuck import Strike
from radarr_desktop.store.models import StrikeRow


def all_of_them() -> dict[tuple[int, Reason], Strike]:
    """By grab and rule."""
    return {
        (row.grab_id, Reason(row.rule)): Strike(row.count, row.seconds, row.since, row.mark)
        for row in StrikeRow.select()
    }


def put(changed: Iterable[tuple[int, Reason, Strike]]) -> None:
    """Remember how these stand now."""
    for grab_id, rule, strike in changed:
        StrikeRow.replace(
            grab=grab_id,
            rule=rule.value,
            count=strike.count,
            seconds=strike.seconds,
            since=strike.since,
            mark=strike.mark,
        ).execute()


def forget(grab_id: int, rules: Iterable[Reason] = ()) -> None:
    """Drop those of a grab: of these rules, or all."""
    query = StrikeRow.delete().where(StrikeRow.grab == grab_id)
    if wanted := [rule.value for rule in rules]:
        query = query.where(StrikeRow.rule.in_(wanted))
    query.execute()
