"""A month as a list: one line for each thing with its reason, under its day; ten thousand cost no more than ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.ui.models.calendar import SEARCH, Entry, long_day
from radarr_desktop.ui.models.listing import ROW, Index, ListModel
from radarr_desktop.ui.pages.item_views import is_enter, set_up
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import mirrored, paint_icon, rounded
from radarr_desktop.ui.theme import theme

_LINE, _HEAD, _GAP = 32, 38, 4
_LEFT, _ICON = 8, 14
_AT_TOP = QListView.ScrollHint.PositionAtTop
_AT_ONCE = 200
"""Lines that are laid out before others get a turn."""


class AgendaModel(ListModel[date | Entry]):
    """Days, and below each what is on it."""

    def show_days(self, days: Mapping[date, Sequence[Entry]]) -> None:
        """Show others."""
        lines: list[date | Entry] = []
        for day in sorted(days):
            lines += [day, *days[day]]
        self._show(lines)

    def place_of(self, entry: Entry | None) -> int:
        """Where one is; else the first one; -1 where there is none."""
        if entry is not None and entry in self._shown:
            return self._shown.index(entry)
        return next((place for place, line in enumerate(self._shown) if isinstance(line, Entry)), -1)

    def place_from(self, day: date) -> int:
        """Where a day begins, or the next one there is; else the first."""
        lines = enumerate(self._shown)
        return next((place for place, line in lines if not isinstance(line, Entry) and line >= day), 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days cannot be chosen."""
        return super().flags(index) if isinstance(self._shown[index.row()], Entry) else Qt.ItemFlag.NoItemFlags

    def told(self, row: date | Entry, role: int) -> str | None:
        """Words."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if not isinstance(row, Entry):
            return long_day(row) if role != Qt.ItemDataRole.ToolTipRole else None
        return row.title if role == Qt.ItemDataRole.DisplayRole else f"{row.title}, {note_of(row)}"


class Agenda(QListView):
    """Arrows choose, Enter and double click open, letters type ahead."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What comes out, and what is searched"))
        set_up(self)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._month: date | None = None
        self.lines = AgendaModel()
        self.setModel(self.lines)
        self.setItemDelegate(AgendaDelegate(self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))
        self.selectionModel().currentChanged.connect(self._choose)

    @property
    def entry(self) -> Entry | None:
        """The one that the page tells about."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, Entry) else None

    def show_entries(self, days: Mapping[date, Sequence[Entry]]) -> None:
        """Show what is on these days; the chosen one stays so, and nothing is scrolled."""
        entry, scroll = self.entry, self.verticalScrollBar().value()
        self.lines.show_days(days)
        month, self._month = self._month, next((day.replace(day=1) for day in days), None)
        if month != self._month:
            self.scrollTo(self.lines.index(self.lines.place_from(datetime.now().astimezone().date())), _AT_TOP)
        elif entry is not None and (place := self.lines.place_of(entry)) >= 0:
            self.setCurrentIndex(self.lines.index(place))
            self.verticalScrollBar().setValue(scroll)
        else:
            self.verticalScrollBar().setValue(scroll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if is_enter(event) and self.entry is not None:
            self.opened.emit(self.entry)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first line has the keyboard when none had it."""
        super().focusInEvent(event)
        if self.entry is None and (place := self.lines.place_of(None)) >= 0:
            self.setCurrentIndex(self.lines.index(place))

    def _choose(self, now: QModelIndex) -> None:
        if isinstance(row := now.data(ROW), Entry):
            self.chosen.emit(row)


class AgendaDelegate(QStyledItemDelegate):
    """Icon, title, and at the end what it is and why."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A day stands apart from the one before."""
        return QSize(100, _LINE if isinstance(index.data(ROW), Entry) else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        row, view = index.data(ROW), option.widget
        if not isinstance(view, Agenda):
            return
        tokens, rect = theme().tokens, option.rect
        if not isinstance(row, Entry):
            today = row == datetime.now().astimezone().date()
            words = QRect(rect.left() + _LEFT, rect.bottom() - 24, rect.width() - 2 * _LEFT, 20)
            draw_text(painter, words, long_day(row), "row", "accent" if today else "text2", view)
            return
        box = rect.adjusted(0, 0, 0, -_GAP)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        line = tokens.color("accent") if selected else None
        width = tokens.stroke.focus if selected else 1.0
        rounded(painter, box, tokens.radius.check, fill=tokens.tint(row.state), line=line, width=width)
        spot = mirrored(view, QRect(box.left() + _LEFT, box.top(), _ICON, box.height()), rect)
        paint_icon(painter, spot, row.icon, row.state, _ICON, view.devicePixelRatio())
        left = _LEFT + _ICON + _LEFT
        room = box.width() - left - _LEFT
        title = min(room, max(room // 2, room - 360))
        words = QRect(box.left() + left, box.top(), title - _LEFT, box.height())
        tone = "text" if row.monitored else "text3"
        draw_text(painter, mirrored(view, words, rect), row.title, "chip", tone, view)
        note = QRect(box.left() + left + title, box.top(), room - title, box.height())
        draw_text(painter, mirrored(view, note, rect), note_of(row), "secondary", "text2", view, right=True)


def note_of(entry: Entry) -> str:
    """What it is; of a search why, of a release whether it is here already."""
    if entry.kind == SEARCH:
        return entry.reason
    words = [entry.word]
    words += [_say("in the library")] if entry.has_file else []
    words += [] if entry.monitored else [_say("not monitored")]
    return " · ".join(words)


def _say(words: str) -> str:
    return QCoreApplication.translate("Agenda", words)
