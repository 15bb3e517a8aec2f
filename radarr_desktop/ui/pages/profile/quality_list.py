"""The qualities of a profile as a list, best first: order by drag or Alt+Up and Down, what is wanted by Space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from radarr_desktop.ui.models.listing import ROW, Index, ListModel
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import focus_ring, mirrored, paint_icon, rounded
from radarr_desktop.ui.theme import theme

HEIGHT = 40
_GRIP, _BOX, _WORDS = 16, 40, 68
_CHECK = 16


@dataclass(frozen=True)
class QualityRow:
    """One line: a quality, or a group of them."""

    key: int
    title: str
    members: str
    allowed: bool
    is_cutoff: bool
    is_group: bool


class QualityModel(ListModel[QualityRow]):
    """Rows as they are given, the best first."""

    @property
    def rows(self) -> tuple[QualityRow, ...]:
        """What is shown."""
        return tuple(self._shown)

    def set_rows(self, rows: Sequence[QualityRow]) -> None:
        """Show others; no reset while their number stays the same."""
        show = self._show_changed if len(rows) == len(self._shown) else self._show
        show(rows)

    def place_of(self, key: int) -> int:
        """Where a row is; -1 for nowhere."""
        return next((place for place, row in enumerate(self._shown) if row.key == key), -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be wanted or not."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def told(self, row: QualityRow, role: int) -> Any:
        """Words, and whether it is wanted."""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.allowed else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (
                row.title,
                row.members,
                self.tr("wanted") if row.allowed else self.tr("not wanted"),
                self.tr("upgrades stop here") if row.is_cutoff else "",
                self.tr("{place} of {count}").format(place=self.place_of(row.key) + 1, count=len(self._shown)),
            )
            return ", ".join(part for part in parts if part)
        return None


class QualityList(QListView):
    """As high as its rows: the page scrolls, not the list."""

    moved = Signal(int, int)
    """A key, and the place in this list it is to have."""
    toggled = Signal(int)
    stop_asked = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.quality_model = QualityModel()
        self.setModel(self.quality_model)
        self.setItemDelegate(QualityDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self._pressed: QPoint | None = None
        self._lifted = -1
        self._gap = -1

    def set_rows(self, rows: Sequence[QualityRow]) -> None:
        """Show others; what was chosen stays so by its key."""
        current, chosen = self.current_key, self.chosen_keys
        self.quality_model.set_rows(rows)
        self.setFixedHeight(HEIGHT * len(rows) + 2)
        selection = self.selectionModel()
        selection.clearSelection()
        for key in chosen:
            if (place := self.quality_model.place_of(key)) >= 0:
                selection.select(self.quality_model.index(place), selection.SelectionFlag.Select)
        if (place := self.quality_model.place_of(current)) >= 0:
            selection.setCurrentIndex(self.quality_model.index(place), selection.SelectionFlag.NoUpdate)

    @property
    def current_key(self) -> int:
        """The row with the keyboard; -1 for none."""
        row = self.currentIndex().data(ROW)
        return row.key if row else -1

    @property
    def chosen_keys(self) -> list[int]:
        """The selected rows, in order."""
        return [index.data(ROW).key for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and arrows move, Space wants, Ctrl+U stops upgrading here."""
        key, place = event.key(), self.currentIndex().row()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if place < 0:
            super().keyPressEvent(event)
        elif alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            to = place + (-1 if key == Qt.Key.Key_Up else 1)
            if 0 <= to < self.quality_model.rowCount():
                self.moved.emit(self.current_key, to)
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit(self.current_key)
        elif key == Qt.Key.Key_U and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stop_asked.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The box is a switch; the rest of the row chooses, and lifts when it is pulled."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            rect = self.visualRect(index)
            if _box(self, rect).adjusted(-6, -8, 6, 8).contains(at):
                self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.ClearAndSelect)
                self.toggled.emit(index.data(ROW).key)
                return
            if index.row() == self._hovered() and stop_rect(self, rect, index.data(ROW)).contains(at):
                self.stop_asked.emit(index.data(ROW).key)
                return
            self._pressed = at
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a lifted row would come down."""
        at = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
            self.viewport().update()
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._lifted < 0 and far:
            self._lifted = self.indexAt(self._pressed).row()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._lifted >= 0:
            self._gap = max(0, min(round(at.y() / HEIGHT), self.quality_model.rowCount()))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put a lifted row down."""
        lifted, gap = self._lifted, self._gap
        self._put_down()
        if lifted >= 0:
            place = gap - 1 if gap > lifted else gap
            if place != lifted:
                self.moved.emit(self.quality_model.rows[lifted].key, place)
            return
        super().mouseReleaseEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        """A lifted row goes back."""
        self._put_down()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, and the line where a lifted one would be."""
        super().paintEvent(event)
        if self._lifted < 0:
            return
        tokens = theme().tokens
        y = min(max(self._gap * HEIGHT - 1, 0), self.viewport().height() - 3)
        painter = QPainter(self.viewport())
        rounded(painter, QRect(4, y, self.viewport().width() - 8, 3), 1.5, fill=tokens.color("accent"))

    def is_lifted(self, row: int) -> bool:
        """Whether a row is being dragged."""
        return row == self._lifted

    def _hovered(self) -> int:
        return self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()

    def _put_down(self) -> None:
        self._pressed, self._lifted, self._gap = None, -1, -1
        self.viewport().unsetCursor()
        self.viewport().update()

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid() or (self.currentIndex().isValid() and not self.viewport().underMouse()):
            index = self.currentIndex()
            at = self.visualRect(index).center()
        if index.isValid():
            self.menu_asked.emit(index.data(ROW).key, self.viewport().mapToGlobal(at))


class QualityDelegate(QStyledItemDelegate):
    """Grip, box, words, and where upgrades stop."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are equally high."""
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        view = option.widget
        if not isinstance(view, QualityList):
            return
        row: QualityRow = index.data(ROW)
        rect, tokens = option.rect, theme().tokens
        ground = rect.adjusted(0, 1, 0, -2)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not selected and index.row() + 1 < index.model().rowCount():
            painter.fillRect(rect.left() + 8, rect.bottom(), rect.width() - 16, 1, tokens.color("line"))
        if selected or over or view.is_lifted(index.row()):
            rounded(painter, ground, tokens.radius.card, fill=tokens.color("sel" if selected else "hover"))
        if view.hasFocus() and index == view.currentIndex():
            focus_ring(painter, ground, tokens.radius.card, tokens)
        ratio = view.devicePixelRatio()
        grip = mirrored(view, QRect(rect.left() + _GRIP - 8, rect.top(), 16, rect.height()), rect)
        paint_icon(painter, grip, "grip-vertical", "text2" if over or selected else "text3", 16, ratio)
        paint_check(painter, _box(view, rect), checked=row.allowed)
        if row.allowed and row.is_cutoff:
            _paint_tag(painter, view, stop_rect(view, rect, row), solid=True)
        elif over and row.allowed:
            _paint_tag(painter, view, stop_rect(view, rect, row), solid=False)
        _paint_words(painter, view, rect, row, over=over)


def paint_check(painter: QPainter, box: QRect, *, checked: bool) -> None:
    """A check box as the style sheet's, for delegates."""
    tokens = theme().tokens
    look = ("fill", "fill") if checked else ("field", "edge")
    rounded(painter, box, tokens.radius.check, fill=tokens.color(look[0]), line=tokens.color(look[1]))
    if checked:
        paint_icon(painter, box, "check", "on_fill", 12, painter.device().devicePixelRatio())


def stop_rect(view: QWidget, rect: QRect, row: QualityRow) -> QRect:
    """Where the tag is that says upgrades stop here."""
    width = QFontMetrics(theme().font_for("chip")).horizontalAdvance(_stop_word(row.is_cutoff)) + 16
    return mirrored(view, QRect(rect.right() - width - 7, rect.center().y() - 11, width, 23), rect)


def _paint_words(painter: QPainter, view: QualityList, rect: QRect, row: QualityRow, *, over: bool) -> None:
    tagged = row.allowed and (row.is_cutoff or over)
    room = rect.width() - _WORDS - 12 - (stop_rect(view, rect, row).width() + 8 if tagged else 0)
    words = QRect(rect.left() + _WORDS, rect.top(), max(0, room), rect.height())
    role, tone = ("row", "text") if row.allowed else ("body", "text2")
    draw_text(painter, mirrored(view, words, rect), row.title, role, tone, view)  # type: ignore[arg-type]
    used = painter.fontMetrics().horizontalAdvance(row.title) + 8
    if row.members and used + 24 < words.width():
        rest = mirrored(view, words.adjusted(used, 0, 0, 0), rect)
        draw_text(painter, rest, row.members, "secondary", "text3", view)


def _paint_tag(painter: QPainter, view: QualityList, tag: QRect, *, solid: bool) -> None:
    tokens = theme().tokens
    fill = tokens.tint("upgrade") if solid else None
    rounded(painter, tag, tokens.radius.pill, fill=fill, line=None if solid else tokens.color("line"))
    painter.setFont(theme().font_for("chip"))
    painter.setPen(tokens.color("upgrade" if solid else "text3"))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, _stop_word(solid))


def _stop_word(is_cutoff: bool) -> str:
    say = QApplication.translate
    return say("QualityList", "Stop upgrading") if is_cutoff else say("QualityList", "Stop here")


def _box(view: QWidget, rect: QRect) -> QRect:
    return mirrored(view, QRect(rect.left() + _BOX, rect.center().y() - _CHECK // 2 + 1, _CHECK, _CHECK), rect)
