"""How long a torrent is seeded; kept in its record, behind what libtorrent writes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import libtorrent as lt
from radarr_desktop.plugin_api import Start, Terms

_KEY = b"~goal"
"""Behind all of libtorrent's keys, which it reads in order."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Either one is enough; -1 stands for none."""

    permille: int = -1
    """Of what was fetched, given back."""
    minutes: int = -1
    metadata: bool = False
    """To know its files comes first, and that is enough until it is resumed."""

    def is_reached(self, status: Any) -> bool:
        """Whether a torrent of this status has done its share."""
        if not status.is_finished or not status.has_metadata:
            return False
        has_given = self.permille >= 0 and ratio_of(status) * 1000 >= self.permille
        return has_given or 0 <= self.minutes * 60 <= status.finished_duration.total_seconds()


def goal_of(terms: Terms) -> Goal:
    """What was asked for."""
    return Goal(
        -1 if terms.ratio is None else round(terms.ratio * 1000),
        -1 if terms.seeding_minutes is None else terms.seeding_minutes,
        terms.start is Start.METADATA,
    )


def ratio_of(status: Any) -> float:
    """What was given for what was taken."""
    fetched = status.all_time_download or status.total_wanted_done
    return float(status.all_time_upload / fetched) if fetched else 0.0


def record_of(params: lt.add_torrent_params, goal: Goal) -> bytes:
    """What must survive a crash."""
    record = bytes(lt.write_resume_data_buf(params))
    if goal == Goal():
        return record
    values: dict[str, Any] = {"permille": goal.permille, "minutes": goal.minutes, "metadata": int(goal.metadata)}
    kept = lt.bencode(values)
    return b"%b%d:%b%be" % (record[:-1], len(_KEY), _KEY, kept)


def read_goal(record: bytes) -> Goal:
    """The goal in a record; none where it was never written."""
    whole: Any = lt.bdecode(record)
    kept = whole.get(_KEY)
    if not isinstance(kept, dict):
        return Goal()
    permille, minutes = kept.get(b"permille"), kept.get(b"minutes")
    return Goal(
        permille if isinstance(permille, int) else -1,
        minutes if isinstance(minutes, int) else -1,
        kept.get(b"metadata") == 1,
    )
