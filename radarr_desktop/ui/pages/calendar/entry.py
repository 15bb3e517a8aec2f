"""One thing on a day: icon, title and tint, to be clicked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from radarr_desktop.ui.models.calendar import Entry, long_day
from radarr_desktop.ui.parts import mirrored, rounded
from radarr_desktop.ui.theme import set_role, theme

HEIGHT = 24
_ICON = 14
_LEFT = 6
_GAP = 6


class EntryButton(QAbstractButton):
    """As wide as its day; the grid moves the choice, so Tab passes it over."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self._is_chosen = False
        set_role(self, "chip")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().height() + 8))
        said = ", ".join(part for part in (entry.title, entry.word, long_day(entry.day)) if part)
        self.setAccessibleName(said)
        self.setAccessibleDescription(entry.reason)
        self.setToolTip("\n".join(part for part in (f"{entry.title} · {entry.word}", entry.reason) if part))

    def set_chosen(self, *, chosen: bool) -> None:
        """It is the one that the page tells about."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(80, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tint, the icon, and as much of the title as fits."""
        tokens, painter = theme().tokens, QPainter(self)
        line = tokens.color("accent") if self._is_chosen else None
        fill = tokens.tint(self.entry.state)
        width = tokens.stroke.focus if self._is_chosen else 1.0
        rounded(painter, self.rect(), tokens.radius.check, fill=fill, line=line, width=width)
        spot = QRect(_LEFT, (self.height() - _ICON) // 2, _ICON, _ICON)
        icon = theme().icons.pixmap(self.entry.icon, self.entry.state, _ICON, self.devicePixelRatio())
        painter.drawPixmap(mirrored(self, spot).topLeft(), icon)
        words = QRect(_LEFT + _ICON + _GAP, 0, self.width() - 2 * _LEFT - _ICON - _GAP, self.height())
        painter.setFont(self.font())
        painter.setPen(tokens.color("text" if self.entry.monitored else "text3"))
        shown = self.fontMetrics().elidedText(self.entry.title, Qt.TextElideMode.ElideRight, words.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(mirrored(self, words), flags, shown)


class MoreButton(QAbstractButton):
    """ "2 more", where a day has more than fits."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(name)
        set_role(self, "chip")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(80, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme().tokens.color("accent"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(mirrored(self, self.rect().adjusted(_LEFT, 0, 0, 0)), flags, self.text())
