"""The status bar: health on the left, then the next check; speeds, space and links on the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.parts import focus_ring, mirrored
from radarr_desktop.ui.theme import State, set_role, theme

_ICON = 14
_GAP = 6


class StatusItem(QAbstractButton):
    """An icon and a few words; only some can be clicked."""

    def __init__(self, icon: str, *, clickable: bool = False) -> None:
        super().__init__()
        self._icon, self._role, self._tone = icon, "text2", "text2"
        self._clickable = clickable
        self._has_room = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        set_role(self, "secondary", tabular=True)
        self.hide()

    def show_text(self, text: str, *, icon: str = "", role: str = "text2", tone: str = "text2") -> None:
        """Say something; the empty text hides the item."""
        self._icon, self._role, self._tone = icon or self._icon, role, tone
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text) and self._has_room)
        self.updateGeometry()
        self.update()

    def set_has_room(self, has_room: bool) -> None:
        """Step aside in a narrow window."""
        self._has_room = has_room
        self.setVisible(bool(self.text()) and has_room)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(_ICON + _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 8, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and words."""
        tokens = theme().tokens
        painter = QPainter(self)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(0, 4, 0, -4), tokens.radius.check, tokens)
        spot = mirrored(self, QRect(4, (self.height() - _ICON) // 2, _ICON, _ICON))
        painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(self._icon, self._role, _ICON, self.devicePixelRatio()))
        tone = "text" if self._clickable and self.underMouse() else self._tone
        painter.setPen(tokens.color(tone))
        words = mirrored(self, QRect(4 + _ICON + _GAP, 0, self.width() - _ICON - _GAP - 4, self.height()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())

    def hitButton(self, pos: object) -> bool:
        """Words that cannot be clicked take no clicks."""
        return self._clickable


class StatusBar(QWidget):
    """Takes plain values; says nothing about what it was not told."""

    health_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme().tokens.height.status)
        self.setAccessibleName(self.tr("Status"))
        self.health = StatusItem("circle-check", clickable=True)
        self.health.clicked.connect(self.health_clicked)
        self.next_check = StatusItem("rss")
        self.down = StatusItem("arrow-down")
        self.up = StatusItem("arrow-up")
        self.space = StatusItem("hard-drive")
        self.links = StatusItem("link")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.health)
        row.addWidget(self.next_check)
        row.addStretch(1)
        for item in (self.down, self.up, self.space, self.links):
            row.addWidget(item)
        self._is_narrow = False
        self._space = ("", "")

    def set_health(self, state: State, text: str) -> None:
        """One sentence; only trouble is coloured as a whole."""
        icon = theme().tokens.state_icons[state]
        self.health.show_text(text, icon=icon, role=state, tone="text2" if state == "ok" else state)

    def set_next_check(self, text: str) -> None:
        """ "Next check in 4 min"."""
        self.next_check.show_text(text)

    def set_speeds(self, down: float | None, up: float | None) -> None:
        """Bytes a second; None hides."""
        self.down.show_text("" if down is None else amounts.speed(down))
        self.up.show_text("" if up is None else amounts.speed(up))

    def set_free_space(self, folder: str, free: float) -> None:
        """The root folder with the least room."""
        self._space = (folder, self.tr("{size} free").format(size=amounts.size(free)))
        self._show_space()

    def set_links(self, works: bool | None) -> None:
        """Whether hard links work between downloads and library; None while unknown."""
        if works is None:
            self.links.show_text("")
        elif works:
            self.links.show_text(self.tr("Hard links work"), icon="link")
        else:
            self.links.show_text(self.tr("No hard links"), icon="unlink", role="err", tone="err")

    def set_narrow(self, is_narrow: bool) -> None:
        """Keep health, download speed and space; the rest waits for a wider window."""
        self._is_narrow = is_narrow
        for item in (self.next_check, self.up, self.links):
            item.set_has_room(not is_narrow)
        self._show_space()

    def _show_space(self) -> None:
        folder, words = self._space
        self.space.show_text(words if self._is_narrow or not folder else f"{amounts.isolated(folder)}\u2002{words}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the line above."""
        tokens = theme().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("sidebar"))
        painter.fillRect(QRect(0, 0, self.width(), 1), tokens.color("line"))
