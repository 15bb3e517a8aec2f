"""Tables whose rows are one thing: hover, selection and focus go over the whole row."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from radarr_desktop.ui.pages.item_views import choose_first, is_enter, menu_place, set_up
from radarr_desktop.ui.theme import TypeRole, theme

Index = QModelIndex | QPersistentModelIndex
PADDING = 8
# joined once: a flag operation costs as much as a tenth of the drawing
_LINE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ON_LEFT = Qt.AlignmentFlag.AlignLeft | _LINE
_ON_RIGHT = Qt.AlignmentFlag.AlignRight | _LINE


class RowTable(QTableView):
    """A table without grid or row numbers; Enter and double click open a row, the menu key its menu."""

    opened = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, name: str, row_height: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.hover_row = -1
        self._row_height = row_height
        set_up(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(self.opened)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(24)
        columns.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit_rows()
        theme().changed.connect(self._fit_rows)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show these rows; the header knows nothing of what is selected: it would ask each row at every look."""
        super().setModel(model)
        if model is not None:
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; left and right have no cells to go to."""
        if is_enter(event) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the whole row."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is lit any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row has the keyboard when none had it."""
        super().focusInEvent(event)
        choose_first(self)

    def _hover(self, row: int) -> None:
        if row != self.hover_row:
            for changed in (self.hover_row, row):
                if changed >= 0:
                    top = self.rowViewportPosition(changed)
                    self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))
            self.hover_row = row

    def _ask_menu(self, at: QPoint) -> None:
        index, at = menu_place(self, at)
        if index.isValid():
            self.menu_asked.emit(index, at)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._row_height or theme().tokens.height.row)


class RowDelegate(QStyledItemDelegate):
    """Paints the row behind its cells; a subclass paints what is in a cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Row, then cell."""
        table = option.widget
        if not isinstance(table, RowTable):
            return
        self.paint_row(painter, option, index, table)
        painter.save()
        self.paint_cell(painter, option.rect.adjusted(PADDING, 0, -PADDING, 0), index, table)
        painter.restore()

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """The model's words in the body font; override for more."""
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        draw_text(painter, rect, text, "body", "text2", table, right=is_right(alignment))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have one height; asking each would cost a second at 10,000 rows."""
        return QSize(40, theme().tokens.height.row)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, table: RowTable) -> None:
        """Background, line and the frame of the row that has the keyboard."""
        tokens = theme().tokens
        rect = option.rect
        if table.selectionModel().rowIntersectsSelection(index.row()):
            painter.fillRect(rect, tokens.color("sel"))
        elif index.row() == table.hover_row:
            painter.fillRect(rect, tokens.color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tokens.color("line"))
        if table.hasFocus() and index.row() == table.currentIndex().row():
            accent, width = tokens.color("accent"), tokens.stroke.focus
            painter.fillRect(rect.left(), rect.top(), rect.width(), width, accent)
            painter.fillRect(rect.left(), rect.bottom() - width + 1, rect.width(), width, accent)
            header = table.horizontalHeader()
            place = header.visualIndex(index.column())
            shown = [n for n in range(header.count()) if not header.isSectionHidden(header.logicalIndex(n))]
            rtl = table.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left, right = (
                (place == shown[0], place == shown[-1]) if not rtl else (place == shown[-1], place == shown[0])
            )
            if left:
                painter.fillRect(rect.left(), rect.top(), width, rect.height(), accent)
            if right:
                painter.fillRect(rect.right() - width + 1, rect.top(), width, rect.height(), accent)


def draw_text(
    painter: QPainter, rect: QRect, text: str, role: TypeRole, tone: str, widget: QWidget, *, right: bool = False
) -> None:
    """One line of text that ends in an ellipsis where there is no room; on the right figures are tabular."""
    font = theme().font_for(role, tabular=right)
    painter.setFont(font)
    painter.setPen(theme().tokens.color(tone))
    rtl = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    shown = elide(text, rect.width(), role, theme().tokens.type[role].size)
    painter.drawText(rect, _ON_RIGHT if right is not rtl else _ON_LEFT, shown)


@lru_cache(maxsize=4096)
def elide(text: str, width: int, role: TypeRole, size: int) -> str:
    """The text as far as it fits; `size` is the role's size now, so that a changed text scale is seen."""
    return QFontMetrics(theme().font_for(role)).elidedText(text, Qt.TextElideMode.ElideRight, width)


def is_right(alignment: object) -> bool:
    """Whether a model's alignment asks for the trailing side."""
    return isinstance(alignment, Qt.AlignmentFlag) and bool(alignment & Qt.AlignmentFlag.AlignTrailing)
