"""Delay profiles and release profiles."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from radarr_desktop.domain.decision.policy import DEFAULT_DELAY, DelayProfile, ReleaseProfile
from radarr_desktop.store.models import DelayProfileRow, ReleaseProfileRow
from radarr_desktop.store.sql import Rows

_DELAYS = Rows(DelayProfileRow, "ORDER BY position, id")
_WORDS = Rows(ReleaseProfileRow, "ORDER BY id")


def all_delays() -> list[DelayProfile]:
    """Every delay profile, in the order they are asked."""
    return [_delay(row) for row in _DELAYS()]


def save_delay(profile: DelayProfile) -> DelayProfile:
    """Insert (id 0) or change a profile; its place among the others stays."""
    columns = asdict(profile)
    del columns["id"], columns["order"]
    if profile.id:
        DelayProfileRow.update(**columns).where(DelayProfileRow.id == profile.id).execute()
        return profile
    others = [other.order for other in all_delays() if other.id != DEFAULT_DELAY]
    order = max(others, default=0) + 1
    row = DelayProfileRow.create(position=order, **columns)
    return replace(profile, id=int(row.id), order=order)


def order_delays(ids: list[int]) -> None:
    """Ask the profiles in this order; the default one stays last."""
    for position, id_ in enumerate(ids, start=1):
        DelayProfileRow.update(position=position).where(DelayProfileRow.id == id_).execute()


def delete_delay(profile_id: int) -> None:
    """Forget a delay profile."""
    DelayProfileRow.delete().where(DelayProfileRow.id == profile_id).execute()


def all_words() -> list[ReleaseProfile]:
    """Every release profile, by id."""
    return [_words(row) for row in _WORDS()]


def save_words(profile: ReleaseProfile) -> ReleaseProfile:
    """Insert (id 0) or change a release profile."""
    columns = asdict(profile)
    del columns["id"]
    if profile.id:
        ReleaseProfileRow.update(**columns).where(ReleaseProfileRow.id == profile.id).execute()
        return profile
    return replace(profile, id=int(ReleaseProfileRow.create(**columns).id))


def delete_words(profile_id: int) -> None:
    """Forget a release profile."""
    ReleaseProfileRow.delete().where(ReleaseProfileRow.id == profile_id).execute()


def _delay(row: Any) -> DelayProfile:
    return DelayProfile(
        id=row.id,
        order=row.position,
        tags=row.tags,
        torrents=row.torrents,
        delay=row.delay,
        bypass_if_highest=row.bypass_if_highest,
        bypass_if_above=row.bypass_if_above,
        minimum_score=row.minimum_score,
        usenet=row.usenet,
        usenet_delay=row.usenet_delay,
        preferred=row.preferred,
    )


def _words(row: Any) -> ReleaseProfile:
    return ReleaseProfile(row.id, row.name, row.enabled, row.required, row.ignored, row.indexer_id, row.tags)
