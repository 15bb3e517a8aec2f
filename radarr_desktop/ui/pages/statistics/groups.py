"""How groups stand, as a table, and what the chosen one's score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHeaderView, QVBoxLayout, QWidget

from radarr_desktop.domain.reputation.evidence import Evidence, weight
from radarr_desktop.domain.reputation.standing import course
from radarr_desktop.engine.reputation.reputations import GroupStanding
from radarr_desktop.ui.models.reputation import (
    GroupColumn,
    GroupRow,
    GroupsModel,
    event_entry,
    sentence,
    tone_of,
)
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.pages.statistics.plots import CoursePlot
from radarr_desktop.ui.parts import Card, EmptyState, Label, TimelineItem, mirrored, paint_bar

_BESIDE_FROM = 900
_SIDE = 420
_BELOW = 320
_BAR = 72
_SETTLE_MS = 80
"""Whoever holds an arrow key passes over rows without reading what is behind each."""
_MOST_EVENTS = 60
"""Shown; more than these decide little, they are older."""
_WIDTHS = {
    GroupColumn.QUALITY: 132,
    GroupColumn.SHARE: 168,
    GroupColumn.POINTS: 72,
    GroupColumn.EVENTS: 72,
    GroupColumn.LAST: 120,
}
_ONLY_WIDE = {GroupColumn.LAST: 720, GroupColumn.EVENTS: 560}
"""Columns that go when the table is narrower than this."""


class GroupsView(QWidget):
    """The table; beside it, or below where there is no room, the chosen group's course and events."""

    group_asked = Signal(object)
    """Read the events of a `GroupRow`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GroupsModel()
        self.table = GroupsTable(self.model)
        self._detail = ScrollColumn()
        self._detail.set_two_columns(two=False)
        self._course = Card(" ")
        self._sentence = Label("", "secondary", "text2", wrap=True)
        self._plot = CoursePlot(self.tr("How it came to that"))
        self._course.body.addWidget(self._sentence)
        self._course.body.addWidget(self._plot)
        self._course.hide()
        self._happened = QVBoxLayout()
        self._detail.main.addWidget(self._course)
        self._detail.main.addLayout(self._happened)
        self._chosen: tuple[str, int] = ("", 0)
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 4, 4, 0)
        self._no_match = EmptyState("list-filter", self.tr("No group matches"), self.tr("Clear the filter to see all."))
        rows.addWidget(self.table)
        rows.addWidget(self._no_match)
        self._no_match.hide()
        self.model.modelReset.connect(self._show_match)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addLayout(rows, 1)
        self._box.addWidget(self._detail)
        self._place_detail()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(lambda: self._ask(self.table.currentIndex()))
        self.table.selectionModel().currentRowChanged.connect(self._choose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The detail on the right, or below."""
        super().resizeEvent(event)
        self._place_detail()

    def _place_detail(self) -> None:
        beside = self.width() >= _BESIDE_FROM
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(direction)
        self._detail.setMinimumSize(_SIDE if beside else 0, 0 if beside else _BELOW)
        self._detail.setMaximumSize(_SIDE if beside else 16_777_215, 16_777_215 if beside else _BELOW)

    def show_groups(self, groups: Sequence[GroupStanding]) -> None:
        """Show others; the chosen one stays chosen."""
        chosen = self._chosen
        self.model.set_groups(groups)
        place = max(0, self.model.place_of(*chosen))
        self.table.setCurrentIndex(self.model.index(place, 0))

    def choose(self, name: str) -> bool:
        """Show a group; is it there?"""
        place = self.model.place_of(name)
        if place >= 0:
            self.table.setCurrentIndex(self.model.index(place, 0))
        return place >= 0

    def is_chosen(self, row: GroupRow) -> bool:
        """Is this still what the detail is to show?"""
        return self._chosen == (row.group.name, row.quality.id)

    def show_events(self, row: GroupRow, events: Sequence[Evidence], movies: dict[int, str]) -> None:
        """What a score is made of."""
        self._course.title.setText(f"{row.group.written} · {row.quality.name}")
        self._sentence.setText(sentence(row))
        self._plot.show_course(course(events, row.group.name, row.quality))
        self._course.show()
        clear(self._happened)
        self._happened.addWidget(self._timeline(events, movies))

    def _show_match(self) -> None:
        some = bool(self.model.rowCount())
        for widget in (self.table, self._detail):
            widget.setVisible(some)
        self._no_match.setVisible(not some)
        if some and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(max(0, self.model.place_of(*self._chosen)), 0))

    def _timeline(self, events: Sequence[Evidence], movies: dict[int, str]) -> Card:
        card, now = Card(self.tr("What happened")), datetime.now(UTC)
        shown = events[:_MOST_EVENTS]
        for event in shown:
            counts = weight(event.outcome, event.at, now)
            item = TimelineItem(event_entry(event, counts, movies.get(event.movie_id, "")))
            item.set_last(event is shown[-1])
            card.body.addWidget(item)
        if rest := len(events) - len(shown):
            card.body.addWidget(Label(self.tr("{count} older ones").format(count=rest), "secondary", "text3"))
        return card

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            row: GroupRow = current.data(ROW)
            self._chosen = (row.group.name, row.quality.id)
            self._settle.start()

    def _ask(self, current: QModelIndex) -> None:
        if current.isValid():
            self.group_asked.emit(current.data(ROW))


class GroupsTable(RowTable):
    """A row for each group and quality."""

    def __init__(self, model: GroupsModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("Reputation of groups"))
        self.setModel(model)
        self.setItemDelegate(GroupsDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns go and come with the width."""
        super().resizeEvent(event)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
            self.setColumnHidden(column, self.viewport().width() < _ONLY_WIDE.get(column, 0))
        self.horizontalHeader().setSectionResizeMode(GroupColumn.GROUP, QHeaderView.ResizeMode.Stretch)


class GroupsDelegate(RowDelegate):
    """The share is a bar with its number, points have the colour of good or bad."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of a group's row."""
        row: GroupRow = index.data(ROW)
        column = GroupColumn(index.column())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if column is GroupColumn.SHARE:
            bar = QRect(rect.left(), rect.top(), _BAR, rect.height())
            paint_bar(
                painter, mirrored(table, bar, rect), row.standing.share, tone_of(row.standing.share), widget=table
            )
            number = QRect(bar.right() + 8, rect.top(), rect.width() - _BAR - 8, rect.height())
            draw_text(painter, mirrored(table, number, rect), text, "body", "text2", table)
        elif column is GroupColumn.POINTS:
            points = row.standing.points
            tone = "ok" if points > 0 else "err" if points < 0 else "text3"
            draw_text(painter, rect, text, "row", tone, table, right=True)
        else:
            is_name = column is GroupColumn.GROUP
            right = column in GroupsModel.right
            draw_text(
                painter, rect, text, "row" if is_name else "body", "text" if is_name else "text2", table, right=right
            )
