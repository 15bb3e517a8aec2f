"""History as a table, for one movie or all."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from radarr_desktop.domain.records import HistoryEntry, HistoryKind
from radarr_desktop.ui.models.history import LOOKS, HistoryColumn, HistoryModel, kind_word, undo_word
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text
from radarr_desktop.ui.parts import mirrored, paint_icon, paint_release_name, rounded
from radarr_desktop.ui.theme import set_icon, theme

_WIDTHS = {
    HistoryColumn.WHEN: 132,
    HistoryColumn.WHAT: 164,
    HistoryColumn.MOVIE: 220,
    HistoryColumn.QUALITY: 132,
    HistoryColumn.UNDO: 104,
}
_BUTTON, _ICON = 26, 14
_ROOMY = 1000
"""Below that the quality goes: the release tells it."""
_RELEASES = frozenset({HistoryKind.GRABBED, HistoryKind.IMPORTED, HistoryKind.FAILED, HistoryKind.INSPECTED})


class HistoryTable(RowTable):
    """When, what, which movie, which release, and whether it can be undone."""

    undo_asked = Signal(object)
    """Of a `HistoryEntry`."""

    def __init__(self, model: HistoryModel, *, with_movie: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("History"))
        self._with_movie = with_movie
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(self))
        self.clicked.connect(self._click)
        self.menu_asked.connect(self._menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns go and come with the width."""
        super().resizeEvent(event)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setColumnHidden(HistoryColumn.MOVIE, not self._with_movie)
        self.setColumnHidden(HistoryColumn.QUALITY, self.viewport().width() < _ROOMY)
        self.horizontalHeader().setSectionResizeMode(HistoryColumn.NAME, QHeaderView.ResizeMode.Stretch)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == HistoryColumn.UNDO and index.data():
            self.undo_asked.emit(index.data(ROW))

    def _menu(self, index: QModelIndex, at: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        opening = QAction(self.tr("Open movie"), menu)
        set_icon(opening, "film")
        opening.triggered.connect(lambda: self.opened.emit(index))
        menu.addAction(opening)
        if word := index.siblingAtColumn(HistoryColumn.UNDO).data():
            undo = QAction(word, menu)
            set_icon(undo, "undo-2")
            undo.triggered.connect(lambda: self.undo_asked.emit(index.data(ROW)))
            menu.addAction(undo)
        menu.popup(at)


class HistoryDelegate(RowDelegate):
    """What happened has its icon, a release name its colours."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of an entry's row."""
        entry: HistoryEntry = index.data(ROW)
        column = HistoryColumn(index.column())
        if column is HistoryColumn.WHAT:
            icon, state = LOOKS[entry.kind]
            spot = mirrored(table, QRect(rect.left(), rect.top() + (rect.height() - 16) // 2, 16, 16), rect)
            painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(icon, state, 16, table.devicePixelRatio()))
            words = mirrored(table, rect.adjusted(24, 0, 0, 0), rect)
            draw_text(painter, words, kind_word(entry.kind), "label", "text", table)
        elif column is HistoryColumn.NAME and (entry.kind in _RELEASES or entry.data.get("kind") == "import"):
            paint_release_name(painter, rect, title_runs(entry.title))
        elif column is HistoryColumn.UNDO:
            _paint_undo(painter, rect, index, table)
        else:
            text = index.data(Qt.ItemDataRole.DisplayRole) or ""
            tone = "text3" if column is HistoryColumn.WHEN else "text" if column is HistoryColumn.MOVIE else "text2"
            draw_text(painter, rect, text, "row" if column is HistoryColumn.MOVIE else "body", tone, table)


def _paint_undo(painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
    """A small button where it can be undone, else a word; why not is told by its tool tip and when it is clicked."""
    model, entry = index.model(), index.data(ROW)
    state = model.undo_of(entry) if isinstance(model, HistoryModel) else None
    if state is None:
        return
    word = undo_word(state)
    if not state.undoable:
        draw_text(painter, rect, word, "secondary", "text3", table)
        return
    width = _ICON + 6 + painter.fontMetrics().horizontalAdvance(word) + 20
    box = QRect(rect.left() - 6, rect.top() + (rect.height() - _BUTTON) // 2, min(width, rect.width() + 6), _BUTTON)
    box = mirrored(table, box, rect)
    if table.hover_row == index.row():
        rounded(painter, box, theme().tokens.radius.button, fill=theme().tokens.color("press"))
    spot = mirrored(table, QRect(box.left() + 6, box.top(), _ICON, box.height()), box)
    paint_icon(painter, spot, "undo-2", "text2", _ICON, table.devicePixelRatio())
    draw_text(painter, mirrored(table, box.adjusted(_ICON + 12, 0, 0, 0), box), word, "label", "text", table)
