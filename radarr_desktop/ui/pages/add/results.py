"""The list of movies found, with posters."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.engine.library.movies import Found
from radarr_desktop.ui.models.found import found_line
from radarr_desktop.ui.models.listing import ROW
from radarr_desktop.ui.pages.posters import Posters, Subject
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import focus_ring, mirrored, paint_icon, rounded
from radarr_desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_ROW = 78
_POSTER = QSize(40, 60)
_RATING = 50


class ResultsView(QListView):
    """Enter takes the current one."""

    taken = Signal()

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Movies found"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setItemDelegate(ResultDelegate(posters, self))
        posters.arrived.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.taken.emit()
            return
        super().keyPressEvent(event)


class ResultDelegate(QStyledItemDelegate):
    """Poster, title, one line, and the rating or the mark of the library."""

    def __init__(self, posters: Posters, view: ResultsView) -> None:
        super().__init__(view)
        self._posters = posters
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        found: Found = index.data(ROW)
        tokens = theme().tokens
        rect = option.rect.adjusted(0, 1, 0, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, rect, tokens.radius.card, fill=tokens.color("sel" if selected else "hover"))
        if selected:
            bar = QRect(rect.left(), rect.center().y() - 22, 3, 44)
            painter.fillRect(mirrored(self._view, bar, rect), tokens.color("accent"))
        if self._view.hasFocus() and index == self._view.currentIndex():
            focus_ring(painter, rect, tokens.radius.card, tokens)
        spot = QRect(QPoint(rect.left() + 12, rect.top() + (rect.height() - _POSTER.height()) // 2), _POSTER)
        ratio = self._view.devicePixelRatio()
        frame = self._posters.frame(Subject(found.info), _POSTER, ratio, radius=4)
        painter.drawPixmap(mirrored(self._view, spot, rect).topLeft(), frame)
        left = spot.right() + 17
        words = QRect(left, rect.center().y() - 21, rect.right() - left - _RATING - 24, 20)
        draw_text(painter, mirrored(self._view, words, rect), found.info.title, "card", "text", self._view)
        below = mirrored(self._view, words.translated(0, 24), rect)
        draw_text(painter, below, found_line(found), "body", "text2", self._view)
        self._paint_right(painter, rect, found, ratio)

    def _paint_right(self, painter: QPainter, rect: QRect, found: Found, ratio: float) -> None:
        box = QRect(rect.right() - _RATING - 12, rect.top(), _RATING, rect.height())
        if found.movie_id:
            mark = mirrored(self._view, QRect(box.right() - 20, box.top(), 20, box.height()), rect)
            paint_icon(painter, mark, "circle-check", "ok", 20, ratio)
        elif found.info.rating:
            star = mirrored(self._view, QRect(box.left(), box.top(), 16, box.height()), rect)
            paint_icon(painter, star, "star", "wait", 16, ratio)
            number = mirrored(self._view, QRect(box.left() + 20, box.top(), _RATING - 20, box.height()), rect)
            draw_text(painter, number, f"{found.info.rating:.1f}", "label", "text", self._view, right=True)
