"""What failed, when and why: the past that blocks are measured by and statistics are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from radarr_desktop.domain.blocklist import Count, FailureStatistics, Subject
from radarr_desktop.domain.failures import Failure
from radarr_desktop.store import sql
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import FailureRow

LONGEST_MESSAGE = 1000
"""Characters of a sentence that are kept."""


def add(failure: Failure, subject: Subject, now: datetime, *, blocked: bool) -> None:
    """Remember one."""
    FailureRow.create(
        at=now,
        code=failure.code,
        movie_id=subject.movie_id,
        grab_id=subject.grab_id,
        title=subject.title,
        info_hash=subject.info_hash,
        indexer=subject.indexer,
        release_group=subject.group,
        client=subject.client,
        message=failure.sentence[:LONGEST_MESSAGE],
        blocked=blocked,
    )


def count(failure: Failure, subject: Subject) -> int:
    """How often this release has failed like this for this movie."""
    same = (FailureRow.title == subject.title) & (FailureRow.movie_id == subject.movie_id)
    return int(FailureRow.select().where(same & (FailureRow.code == failure.code)).count())


def statistics(since: datetime, now: datetime) -> FailureStatistics:
    """What failed since then."""
    rows = sql.execute(
        "SELECT at, code, release_group, indexer, blocked FROM failure WHERE at >= ?", FailureRow.at.db_value(since)
    )
    days = Counter(moment(row[0]).date() for row in rows)
    blocked = Counter(moment(row[0]).date() for row in rows if row[4])
    all_days = [since.date() + timedelta(days=number) for number in range((now.date() - since.date()).days + 1)]
    return FailureStatistics(
        since=since.date(),
        total=len(rows),
        by_reason=_counts(rows, lambda row: row[1]),
        by_group=_counts(rows, lambda row: row[2]),
        by_indexer=_counts(rows, lambda row: row[3]),
        by_day=tuple(Count(day.isoformat(), days[day], blocked[day]) for day in all_days),
    )


def forget(before: datetime) -> None:
    """Drop what is older."""
    FailureRow.delete().where(FailureRow.at < before).execute()


def _counts(rows: Sequence[tuple[Any, ...]], name: Callable[[tuple[Any, ...]], str]) -> tuple[Count, ...]:
    """Of each name, but for the empty one."""
    all_, blocked = Counter(map(name, rows)), Counter(name(row) for row in rows if row[4])
    listed = sorted(all_.items(), key=lambda item: (-item[1], item[0].casefold()))
    return tuple(Count(each, number, blocked[each]) for each, number in listed if each)
