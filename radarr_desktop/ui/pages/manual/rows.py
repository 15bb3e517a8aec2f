"""The list of files: checked or not, what it becomes, what speaks against it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.ui.models.manual import ROW, ManualRow, against, target_words
from radarr_desktop.ui.pages.item_views import set_up
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import focus_ring, mirrored, paint_icon, rounded
from radarr_desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_BOX, _LINE, _LEFT = 18, 18, 44
_HEIGHT = 76


class ManualList(QListView):
    """Space, or a click on the box, checks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Files"))
        self.setUniformItemSizes(True)
        set_up(self)
        self.setItemDelegate(ManualDelegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space checks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box checks."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and box_of(self.visualRect(index), self).contains(event.position().toPoint()):
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
        self.model().setData(index, state, Qt.ItemDataRole.CheckStateRole)


class ManualDelegate(QStyledItemDelegate):
    """Three lines: the file, what it becomes, what speaks against it."""

    def __init__(self, view: ManualList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(300, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        row: ManualRow = index.data(ROW)
        tokens, rect, view = theme().tokens, option.rect, self._view
        painter.fillRect(rect.left() + 8, rect.bottom(), rect.width() - 16, 1, tokens.color("line"))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, rect, tokens.radius.card, fill=tokens.color("sel" if selected else "hover"))
        if index == view.currentIndex() and view.hasFocus():
            focus_ring(painter, rect, tokens.radius.card, tokens)
        self._paint_box(painter, box_of(rect, view), row)
        words = against(row) if row.is_ready or row.problem else ""
        lines = 3 if words else 2
        top = rect.top() + (rect.height() - lines * (_LINE + 2)) // 2
        line = QRect(rect.left() + _LEFT, top, rect.width() - _LEFT - 16, _LINE)
        draw_text(painter, mirrored(view, line, rect), row.file.name, "row", "text", view)
        below = mirrored(view, line.translated(0, _LINE + 2), rect)
        draw_text(painter, below, target_words(row), "body", "text2" if row.is_ready else "wait", view)
        if words:
            tone = "err" if row.problem else "miss"
            spot = mirrored(view, QRect(line.left(), line.top() + 2 * (_LINE + 2), 14, _LINE), rect)
            paint_icon(painter, spot, "circle-x", tone, 14, view.devicePixelRatio())
            third = line.adjusted(20, 2 * (_LINE + 2), 0, 2 * (_LINE + 2))
            draw_text(painter, mirrored(view, third, rect), words, "secondary", tone, view)

    def _paint_box(self, painter: QPainter, box: QRect, row: ManualRow) -> None:
        tokens = theme().tokens
        if row.chosen:
            rounded(painter, box, tokens.radius.check, fill=tokens.color("fill"))
            paint_icon(painter, box, "check", "on_fill", 14, self._view.devicePixelRatio())
        else:
            edge = tokens.color("edge" if row.is_ready else "line")
            rounded(painter, box, tokens.radius.check, fill=tokens.color("field"), line=edge)


def box_of(rect: QRect, view: QWidget) -> QRect:
    """Where a row's box is."""
    return mirrored(view, QRect(rect.left() + 14, rect.top() + (rect.height() - _BOX) // 2, _BOX, _BOX), rect)
