"""The sidebar: pages in groups, badges, and a narrow rail for small windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.ui.parts import Label, focus_ring, mirrored, rounded
from radarr_desktop.ui.shell.mark import Mark
from radarr_desktop.ui.theme import set_role, theme

NavGroup = Literal["library", "activity", "system", "bottom"]
GROUPS: tuple[NavGroup, ...] = ("library", "activity", "system", "bottom")
_SIDE = 8
_ICON = 18
_DOT = 8


@dataclass(frozen=True)
class NavEntry:
    """One page in the sidebar."""

    key: str
    title: str
    icon: str
    group: NavGroup
    shortcut: str = ""


class NavItem(QAbstractButton):
    """One line of the sidebar; on the rail its icon only."""

    def __init__(self, entry: NavEntry) -> None:
        super().__init__()
        self.entry = entry
        self._count = 0
        self._urgent = False
        self._is_rail = False
        self.setText(entry.title)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, "label")
        self._name_it()

    @property
    def count(self) -> int:
        """The number on the badge."""
        return self._count

    def set_badge(self, count: int, *, urgent: bool) -> None:
        """Show a number; urgent only when something needs the user."""
        self._count, self._urgent = count, urgent
        self._name_it()
        self.update()

    def set_rail(self, is_rail: bool) -> None:
        """Show the icon only, or the words too."""
        self._is_rail = is_rail
        self._name_it()
        self.update()

    def nextCheckState(self) -> None:
        """Which page is current is the window's to say, not a click's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Up and Down to the sidebar."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """One line; as wide as its words, so that a longer language is seen to need room."""
        width = 12 + _ICON + 10 + self.fontMetrics().horizontalAdvance(self.text()) + 12
        return QSize(width, theme().tokens.height.nav)

    def minimumSizeHint(self) -> QSize:
        """The rail's width; words elide."""
        return QSize(theme().tokens.height.rail - 2 * _SIDE, theme().tokens.height.nav)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        tokens = theme().tokens
        painter = QPainter(self)
        current = self.isChecked()
        if current or self.underMouse():
            rounded(painter, self.rect(), tokens.radius.button, fill=tokens.color("sel" if current else "hover"))
        if current:
            bar = mirrored(self, QRect(0, (self.height() - 16) // 2, 3, 16))
            rounded(painter, bar, 1.5, fill=tokens.color("accent"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens.radius.button, tokens)
        left = (self.width() - _ICON) // 2 if self._is_rail else 12
        spot = mirrored(self, QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON))
        role = "accent" if current else "text2"
        painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(self.entry.icon, role, _ICON, self.devicePixelRatio()))
        if self._is_rail:
            self._paint_dot(painter, spot)
        else:
            self._paint_words(painter, left + _ICON + 10, current=current)

    def _paint_words(self, painter: QPainter, left: int, *, current: bool) -> None:
        tokens = theme().tokens
        right = self.width() - 12
        if self._count:
            right = self._paint_badge(painter) - 8
        words = QRect(left, 0, max(0, right - left), self.height())
        painter.setFont(theme().font_for("row" if current else "label"))
        painter.setPen(tokens.color("text" if current else "text2"))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(mirrored(self, words), flags, shown)

    def _paint_badge(self, painter: QPainter) -> int:
        tokens = theme().tokens
        number = self.locale().toString(self._count)
        painter.setFont(theme().font_for("group"))
        width = max(20, painter.fontMetrics().horizontalAdvance(number) + 12)
        left = self.width() - 12 - width
        pill = mirrored(self, QRect(left, (self.height() - 18) // 2, width, 18))
        rounded(painter, pill, 9, fill=tokens.tint("err") if self._urgent else tokens.color("press"))
        painter.setPen(tokens.color("err" if self._urgent else "text2"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, number)
        return left

    def _paint_dot(self, painter: QPainter, icon: QRect) -> None:
        if self._count:
            tokens = theme().tokens
            left = icon.right() - 3 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else icon.left() - 4
            dot = QRect(left, icon.top() - 3, _DOT, _DOT)
            rounded(painter, dot.adjusted(-2, -2, 2, 2), _DOT / 2 + 2, fill=tokens.color("sidebar"))
            rounded(painter, dot, _DOT / 2, fill=tokens.color("err" if self._urgent else "accent"))

    def _name_it(self) -> None:
        name = self.entry.title
        if self._count:
            name = f"{name}, {self.locale().toString(self._count)}"
        self.setAccessibleName(name)
        hint = f"{name} ({self.entry.shortcut})" if self.entry.shortcut else name
        self.setToolTip(hint if self._is_rail or self.entry.shortcut else "")


class Sidebar(QWidget):
    """Only pages that exist are here; the current one is told by colour, bar and weight."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._items: dict[str, NavItem] = {}
        self._is_rail = False
        self._motion = QVariantAnimation(self)
        self._motion.valueChanged.connect(self.setFixedWidth)
        self._name = Label("radarr-desktop", "card")
        self._groups: dict[NavGroup, QVBoxLayout] = {}
        self._heads: dict[NavGroup, Label] = {}
        self._lines: dict[NavGroup, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDE, 0, _SIDE, 8)
        self._column.setSpacing(0)
        self._column.addLayout(self._brand())
        for group in GROUPS:
            self._add_group(group)
        self.setFixedWidth(theme().tokens.height.sidebar)

    @property
    def is_rail(self) -> bool:
        """Whether only icons are shown."""
        return self._is_rail

    def add(self, entry: NavEntry) -> NavItem:
        """Show a page."""
        item = NavItem(entry)
        item.clicked.connect(lambda: self.chosen.emit(entry.key))
        self._items[entry.key] = item
        self._groups[entry.group].addWidget(item)
        self._dress_groups()
        return item

    def item(self, key: str) -> NavItem:
        """The line of a page."""
        return self._items[key]

    def set_current(self, key: str) -> None:
        """Mark the page in sight."""
        for other, item in self._items.items():
            item.setChecked(other == key)

    def set_rail(self, is_rail: bool) -> None:
        """Collapse to the rail, or open; 160 ms, or at once with reduced motion."""
        if is_rail == self._is_rail:
            return
        self._is_rail = is_rail
        self._name.setVisible(not is_rail)
        for item in self._items.values():
            item.set_rail(is_rail)
        self._dress_groups()
        height = theme().tokens.height
        target = height.rail if is_rail else height.sidebar
        if theme().reduced_motion or not self.isVisible():
            self.setFixedWidth(target)
            return
        self._motion.stop()
        self._motion.setDuration(theme().tokens.motion.collapse)
        self._motion.setStartValue(self.width())
        self._motion.setEndValue(target)
        self._motion.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk through the pages."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        order = self._order()
        focus = self.focusWidget()
        if step is None or not isinstance(focus, NavItem):
            super().keyPressEvent(event)
            return
        order[(order.index(focus) + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the line towards the page."""
        tokens = theme().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("sidebar"))
        painter.fillRect(mirrored(self, QRect(self.width() - 1, 0, 1, self.height())), tokens.color("line"))

    def _order(self) -> list[NavItem]:
        return [item for group in GROUPS for item in self._items.values() if item.entry.group == group]

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 16, 8, 16)
        row.setSpacing(10)
        row.addWidget(Mark(24))
        row.addWidget(self._name, 1)
        row.addStretch(0)
        return row

    def _add_group(self, group: NavGroup) -> None:
        if group == "bottom":
            self._column.addStretch(1)
        head = Label(_group_title(group), "group", "text3")
        head.setContentsMargins(12, 16, 12, 8)
        line = _GroupLine()
        self._heads[group], self._lines[group] = head, line
        self._column.addWidget(head)
        self._column.addWidget(line)
        column = QVBoxLayout()
        column.setSpacing(theme().tokens.height.nav_pitch - theme().tokens.height.nav)
        self._groups[group] = column
        self._column.addLayout(column)
        self._dress_groups()

    def _dress_groups(self) -> None:
        for group in self._heads:
            titled = group in {"activity", "system"} and any(item.entry.group == group for item in self._items.values())
            self._heads[group].setVisible(titled and not self._is_rail)
            self._lines[group].setVisible(titled and self._is_rail)


class _GroupLine(QWidget):
    """The short line between two groups on the rail."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(17)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect((self.width() - 24) // 2, 8, 24, 1), theme().tokens.color("line"))


def _group_title(group: NavGroup) -> str:
    say = QCoreApplication.translate
    titles = {"activity": say("Sidebar", "Activity"), "system": say("Sidebar", "System")}
    return titles.get(group, "")
