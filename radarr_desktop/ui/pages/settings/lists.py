"""The two lists left of a form: the sections, and the services of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.listing import ROW, Index, ListModel
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import focus_ring, mirrored, rounded
from radarr_desktop.ui.theme import TypeRole, theme

_SECTION, _SERVICE, _LINE = 34, 60, 17


@dataclass(frozen=True)
class Entry:
    """A line of a list; without a key it is a separator."""

    key: str = ""
    text: str = ""
    icon: str = ""
    tone: str = "text2"
    note: str = ""


class EntryModel(ListModel[Entry]):
    """Entries by key."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        super().__init__()
        self._shown = list(entries)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show others; no reset when the keys are the same."""
        is_same = [one.key for one in entries] == [one.key for one in self._shown]
        show = self._show_changed if is_same else self._show
        show(entries)

    def place_of(self, key: str) -> int:
        """Where an entry is; -1 for nowhere."""
        return next((place for place, one in enumerate(self._shown) if one.key == key), -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Separators cannot be chosen."""
        return super().flags(index) if self._shown[index.row()].key else Qt.ItemFlag.NoItemFlags

    def told(self, row: Entry, role: int) -> str | None:
        """Words."""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text}, {row.note}" if row.note else row.text
        return None


class EntryList(QListView):
    """Up, down and letters choose."""

    def __init__(self, name: str, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setItemDelegate(EntryDelegate(self))


class EntryDelegate(QStyledItemDelegate):
    """Icon and words on a rounded ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """By what the entry has."""
        entry: Entry = index.data(ROW)
        return QSize(100, _LINE if not entry.key else _SERVICE if entry.note else _SECTION)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        entry: Entry = index.data(ROW)
        view = option.widget
        if not isinstance(view, EntryList):
            return
        tokens = theme().tokens
        rect = option.rect
        if not entry.key:
            painter.fillRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1, tokens.color("line"))
            return
        box = rect.adjusted(0, 1, 0, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or over:
            rounded(painter, box, tokens.radius.button, fill=tokens.color("sel" if selected else "hover"))
        if view.hasFocus() and index == view.currentIndex():
            focus_ring(painter, box, tokens.radius.button, tokens)
        top = box.top() + (11 if entry.note else (box.height() - 18) // 2)
        spot = mirrored(view, QRect(box.left() + 12, top, 18, 18), rect)
        tone = "accent" if selected and entry.tone == "text2" else entry.tone
        painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(entry.icon, tone, 18, view.devicePixelRatio()))
        words = QRect(box.left() + 42, top - 1, box.width() - 54, 20)
        role: TypeRole = "row" if entry.note else "label"
        color = "text" if selected or entry.note else "text2"
        draw_text(painter, mirrored(view, words, rect), entry.text, role, color, view)
        if entry.note:
            below = mirrored(view, words.translated(0, 20), rect)
            draw_text(painter, below, entry.note, "secondary", "text2", view)


def waits_until(moment: datetime | None) -> str:
    """ "14 min", or nothing when the time has come."""
    left = (moment - datetime.now(UTC)).total_seconds() if moment else 0
    return amounts.duration(left) if left > 0 else ""
