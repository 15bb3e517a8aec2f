"""The movies for which a change would matter: a click opens their Why?."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.ui.models.forecast import LOOKS, Difference, signed_size
from radarr_desktop.ui.models.listing import ROW, Index, ListModel
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import focus_ring, mirrored, paint_icon, rounded
from radarr_desktop.ui.theme import theme

_HEIGHT = 46
_MOST_SHOWN = 12


class DifferenceModel(ListModel[Difference]):
    """Differences as they are given."""

    def set_rows(self, rows: Sequence[Difference]) -> None:
        """Show others."""
        self._show(rows)

    def told(self, row: Difference, role: int) -> str | None:
        """Words."""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((row.title, row.reason, signed_size(row.change) if row.change else ""))
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return row.why
        return None


class DifferenceList(QListView):
    """Few rows are shown whole; many scroll."""

    opened = Signal(int)
    """A movie's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Movies it would be different for"))
        self._rows = DifferenceModel()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._open)

    def show_differences(self, rows: Sequence[Difference]) -> None:
        """Show others."""
        self._rows.set_rows(rows)
        self.setFixedHeight(_HEIGHT * min(len(rows), _MOST_SHOWN) + 2)
        self.setVisible(bool(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None:
            self.opened.emit(row.movie_id)


class _Delegate(QStyledItemDelegate):
    """Icon, movie, why, and how much."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are equally high."""
        return QSize(120, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        view = option.widget
        if not isinstance(view, DifferenceList):
            return
        row: Difference = index.data(ROW)
        tokens, rect = theme().tokens, option.rect
        ground = rect.adjusted(-2, 1, 2, -1)
        if option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, ground, tokens.radius.button, fill=tokens.color("hover"))
        if view.hasFocus() and index == view.currentIndex():
            focus_ring(painter, rect.adjusted(0, 1, 0, -1), tokens.radius.button, tokens)
        icon, tone = LOOKS[row.turn]
        ratio = view.devicePixelRatio()
        spot = QRect(rect.left() + 2, rect.top() + 6, 16, 16)
        paint_icon(painter, mirrored(view, spot, rect), icon, tone, 16, ratio)
        arrow = QRect(rect.right() - 18, rect.top(), 16, rect.height())
        rtl = view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        name = "chevron-left" if rtl else "chevron-right"
        paint_icon(painter, mirrored(view, arrow, rect), name, "text2", 14, ratio)
        change = signed_size(row.change) if row.change else ""
        painter.setFont(theme().font_for("chip", tabular=True))
        used = painter.fontMetrics().horizontalAdvance(change) + 8
        amount = QRect(rect.right() - 26 - used, rect.top(), used, rect.height())
        draw_text(painter, mirrored(view, amount, rect), change, "chip", "text2", view, right=True)
        room = rect.width() - 26 - 30 - used
        words = QRect(rect.left() + 26, rect.top() + 4, room, 19)
        draw_text(painter, mirrored(view, words, rect), row.title, "row", "text", view)
        below = words.translated(0, 19)
        draw_text(painter, mirrored(view, below, rect), row.reason, "secondary", "text3", view)
