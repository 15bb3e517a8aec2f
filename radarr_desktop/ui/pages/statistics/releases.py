"""The releases that were seen, as cards with a plot or its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from radarr_desktop.domain.statistics import ReleaseStatistics
from radarr_desktop.ui.models.statistics import Figure, FigureModel, figures
from radarr_desktop.ui.pages.column import ScrollColumn
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.pages.statistics.plots import BarsPlot
from radarr_desktop.ui.parts import Card, Label
from radarr_desktop.ui.theme import theme

_TWO_FROM = 860
_NUMBER = 92
_MOST_ROWS = 12
"""A table that is longer scrolls by itself."""


class ReleasesView(QWidget):
    """Two columns of cards where there is room; a card is made once, and its plot when the event loop has time."""

    group_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: Sequence[Figure] = ()
        self._as_tables = False
        self._two = True
        self._cards: dict[tuple[str, bool], Card] = {}
        self._undrawn: list[tuple[Figure, Card, QWidget]] = []
        """With what keeps the plot's place."""
        self._draw = QTimer(self, interval=0)
        self._draw.timeout.connect(self._draw_one)
        self._column = ScrollColumn()
        self._column.set_two_columns(two=False)
        self._row = QHBoxLayout()
        self._columns = [QVBoxLayout() for _ in range(2)]
        for column in self._columns:
            column.setSpacing(16)
            self._row.addLayout(column, 1)
        self._column.main.addLayout(self._row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._column)

    def show_statistics(self, told: ReleaseStatistics) -> None:
        """Show others."""
        shown = [figure for figure in figures(told) if figure.rows]
        if shown == self._figures:
            return
        for card in self._cards.values():
            card.hide()
            card.deleteLater()
        self._figures, self._cards, self._undrawn = shown, {}, []
        self._lay_out()

    def set_tables(self, as_tables: bool) -> None:
        """Tables in place of plots, or the other way round."""
        if self._as_tables != as_tables:
            self._as_tables = as_tables
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        two = self.width() >= _TWO_FROM
        if self._two != two:
            self._two = two
            self._lay_out()

    def _lay_out(self) -> None:
        for column in self._columns:
            while (item := column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
        columns = self._columns if self._two else self._columns[:1]
        self._row.setSpacing(16 if self._two else 0)
        self._row.setStretch(1, int(self._two))
        heights = [0] * len(columns)
        for figure in self._figures:
            place = heights.index(min(heights))
            heights[place] += 3 + min(_MOST_ROWS, len(figure.rows if self._as_tables else figure.bars))
            card = self._card(figure)
            columns[place].addWidget(card)
            card.show()
        for column in columns:
            column.addStretch(1)
        if self._undrawn:
            self._draw.start()

    def _card(self, figure: Figure) -> Card:
        key = figure.title, self._as_tables
        if key not in self._cards:
            self._cards[key] = self._made(figure)
        return self._cards[key]

    def _made(self, figure: Figure) -> Card:
        card = Card(figure.title, self)
        if figure.note:
            card.body.addWidget(Label(figure.note, "secondary", "text3", wrap=True))
        if self._as_tables:
            table = FigureTable(figure)
            card.body.addWidget(table)
            if any(bar.key for bar in figure.bars):
                table.opened.connect(lambda index: self.group_asked.emit(index.siblingAtColumn(0).data()))
        else:
            room = QWidget()
            room.setFixedHeight(BarsPlot.height_of(len(figure.bars)))
            card.body.addWidget(room)
            self._undrawn.append((figure, card, room))
        return card

    def _draw_one(self) -> None:
        """A plot takes longer than a frame: between two of them the window answers."""
        figure, card, room = self._undrawn.pop(0)
        plot = BarsPlot(figure.title, figure.bars)
        plot.chosen.connect(self.group_asked)
        card.body.replaceWidget(room, plot)
        room.deleteLater()
        if not self._undrawn:
            self._draw.stop()


class FigureTable(RowTable):
    """What a plot shows, and the rest, in words."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(figure.title, parent=parent)
        self.setModel(FigureModel(figure))
        self.setItemDelegate(FigureDelegate(self))
        header, height = self.horizontalHeader(), theme().tokens.height
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(figure.heads)):
            self.setColumnWidth(column, _NUMBER)
        self.setFixedHeight(height.table_header + height.row * min(_MOST_ROWS, len(figure.rows)) + 2)


class FigureDelegate(RowDelegate):
    """A name, then numbers."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell."""
        first = index.column() == 0
        text = index.data() or ""
        draw_text(painter, rect, text, "row" if first else "body", "text" if first else "text2", table, right=not first)
