"""Groups by what became of their releases, as a table, and the events behind a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.amounts import signed
from radarr_desktop.domain.quality import Quality
from radarr_desktop.domain.reputation.evidence import LABELS, Evidence, Outcome
from radarr_desktop.domain.reputation.standing import Standing
from radarr_desktop.engine.reputation.reputations import GroupStanding
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.table import TableModel
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.parts import TimelineEntry

LOOKS: dict[Outcome, tuple[str, str]] = {
    Outcome.IMPORTED: ("check", "ok"),
    Outcome.CONTRADICTED: ("circle-alert", "miss"),
    Outcome.FAKE: ("triangle-alert", "err"),
    Outcome.REFUSED: ("ban", "err"),
    Outcome.STALLED: ("hourglass", "miss"),
    Outcome.REPACKED: ("repeat", "miss"),
    Outcome.UNDONE: ("undo-2", "err"),
    Outcome.DELETED: ("trash-2", "off"),
}
GOOD, POOR = 0.85, 0.7
"""Shares from which a group is shown as good, and below which as poor."""


@dataclass(frozen=True)
class GroupRow:
    """A group and one quality that it has events of."""

    group: GroupStanding
    quality: Quality
    standing: Standing


class GroupColumn(IntEnum):
    """Columns of the table."""

    GROUP = 0
    QUALITY = 1
    SHARE = 2
    POINTS = 3
    EVENTS = 4
    LAST = 5


class GroupsModel(TableModel[GroupRow]):
    """Most events first; a text lets only some through."""

    columns = GroupColumn
    right = frozenset({GroupColumn.POINTS, GroupColumn.EVENTS})

    def __init__(self) -> None:
        super().__init__()
        self._all: list[GroupRow] = []
        self._text = ""

    def set_groups(self, groups: Sequence[GroupStanding]) -> None:
        """Show others."""
        self._all = [GroupRow(group, *one) for group in groups for one in group.qualities]
        self._filter()

    def set_text(self, text: str) -> None:
        """Show only groups with this in their name."""
        self._text = text.casefold().strip()
        self._filter()

    def place_of(self, name: str, quality_id: int = 0) -> int:
        """Where a group is shown, at a quality or (0) the first of them; -1 where it is not."""
        found = (place for place, row in enumerate(self._shown) if _is(row, name, quality_id))
        return next(found, -1)

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return (
            self.tr("Group"),
            self.tr("Quality"),
            self.tr("Expected to go well"),
            self.tr("Points"),
            self.tr("Events"),
            self.tr("Last"),
        )

    def cell(self, row: GroupRow, column: GroupColumn) -> str:
        """The words of a cell."""
        match column:
            case GroupColumn.GROUP:
                return row.group.written
            case GroupColumn.QUALITY:
                return row.quality.name
            case GroupColumn.SHARE:
                return share_words(row.standing.share)
            case GroupColumn.POINTS:
                return points_words(row.standing.points)
            case GroupColumn.EVENTS:
                return times.number(row.group.events)
            case GroupColumn.LAST:
                return times.moment(row.group.last)

    def described(self, row: GroupRow) -> str:
        """The sentence of a row."""
        return sentence(row)

    def _filter(self) -> None:
        self._show([row for row in self._all if self._text in row.group.written.casefold()])


def _is(row: GroupRow, name: str, quality_id: int) -> bool:
    return row.group.name == name and quality_id in (0, row.quality.id)


def tone_of(share: float) -> str:
    """Good, poor, or neither."""
    return "ok" if share >= GOOD else "miss" if share >= POOR else "err"


def share_words(share: float) -> str:
    """ "92 %"."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def points_words(points: int) -> str:
    """ "+20", "−10", "0"."""
    return signed(points).replace("-", "\N{MINUS SIGN}")


def sentence(row: GroupRow) -> str:
    """What is thought of a group's releases of one quality, and by what."""
    words = _say(
        "Of 100 {quality} releases of {group}, {share} are expected to go well: {points} points. "
        "{events} events, which count {weight} today."
    )
    return words.format(
        quality=row.quality.name,
        group=row.group.written,
        share=round(100 * row.standing.share),
        points=points_words(row.standing.points),
        events=times.number(row.group.events),
        weight=f"{row.standing.weight:.1f}",
    )


def event_entry(event: Evidence, counts: float, movie: str) -> TimelineEntry:
    """An event as the timeline shows it."""
    icon, tone = LOOKS[event.outcome]
    note = _say("counts {weight} today").format(weight=f"{counts:.2f}")
    fact = " · ".join(part for part in (movie, event.why) if part)
    return TimelineEntry(
        times.age(event.at), icon, tone, outcome_word(event.outcome), title_runs(event.title), fact, note
    )


def outcome_word(outcome: Outcome) -> str:
    """What became of a release, in the user's language."""
    return _say(LABELS[outcome])


def when(moment: datetime) -> str:
    """The day of an event, for the ends of a plot."""
    return times.day(moment.astimezone().date())


def _say(words: str) -> str:
    return QCoreApplication.translate("Reputation", words)
