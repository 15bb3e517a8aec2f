"""Old above new, the parts that differ marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.ui.models.listing import ROW
from radarr_desktop.ui.models.renames import Part, RenameRow, parts
from radarr_desktop.ui.pages.item_views import set_up
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import focus_ring, mirrored, paint_icon, rounded
from radarr_desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_HEIGHT, _LINE, _ICON = 48, 18, 14


class RenameList(QListView):
    """To be looked through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What gets another name"))
        self.setUniformItemSizes(True)
        set_up(self)
        self.setItemDelegate(RenameDelegate(self))


class RenameDelegate(QStyledItemDelegate):
    """Two lines of monospace; a reason instead of the second where a movie is left out."""

    def __init__(self, view: RenameList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(300, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        row: RenameRow = index.data(ROW)
        tokens, rect = theme().tokens, option.rect
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tokens.color("line"))
        if self._view.hasFocus() and index == self._view.currentIndex():
            focus_ring(painter, rect, tokens.radius.button, tokens)
        old, new = parts(row.old, row.new)
        top = QRect(rect.left() + 8, rect.top() + 5, rect.width() - 16, _LINE)
        below = top.translated(0, _LINE + 2)
        if row.conflict:
            draw_text(painter, mirrored(self._view, top, rect), row.title, "row", "text", self._view)
            self._paint_icon(painter, rect, below, "triangle-alert", "err")
            words = mirrored(self._view, below.adjusted(_ICON + 6, 0, 0, 0), rect)
            draw_text(painter, words, row.conflict, "secondary", "err", self._view)
            return
        self._paint_parts(painter, top.adjusted(_ICON + 6, 0, 0, 0), old, "text3", "err")
        self._paint_icon(painter, rect, below, "arrow-right", "text3")
        self._paint_parts(painter, below.adjusted(_ICON + 6, 0, 0, 0), new, "text", "ok")

    def _paint_icon(self, painter: QPainter, row: QRect, line: QRect, icon: str, tone: str) -> None:
        spot = mirrored(self._view, QRect(line.left(), line.top(), _ICON, line.height()), row)
        paint_icon(painter, spot, icon, tone, _ICON, self._view.devicePixelRatio())

    def _paint_parts(self, painter: QPainter, rect: QRect, told: tuple[Part, ...], tone: str, mark: str) -> None:
        """A path reads from left to right in every language."""
        tokens = theme().tokens
        font = theme().font_for("mono")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left = rect.left()
        for part in told:
            room = rect.right() - left
            shown = metrics.elidedText(part.text, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(shown)
            if part.differs and part.text.strip():
                ground = QRectF(left, rect.top() + 1, width, rect.height() - 2)
                rounded(painter, ground, 3, fill=tokens.tint(mark))
            painter.setPen(tokens.color("text" if part.differs else tone))
            box = QRect(left, rect.top(), width + 1, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            left += width
            if shown != part.text:
                return
