"""Text: labels by role and tone, labels that elide, key caps and lines."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolTip, QWidget

from radarr_desktop.ui.theme import TypeRole, set_look, set_role

Tone = Literal["text", "text2", "text3", "accent", "ok", "info", "wait", "miss", "upgrade", "err", "off"]


class Label(QLabel):
    """One text in a role (size and weight) and a tone (colour), both following the theme."""

    def __init__(
        self,
        text: str = "",
        role: TypeRole = "body",
        tone: Tone = "text",
        *,
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role, tabular=tabular)
        self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour."""
        set_look(self, "tone", tone)


class ElidingLabel(Label):
    """One line that gives way: it ends in an ellipsis, and a tool tip has the whole text."""

    def __init__(
        self,
        text: str = "",
        role: TypeRole = "body",
        tone: Tone = "text",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, tone, parent=parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_elided(self) -> bool:
        """Whether a part of the text is hidden right now."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters is enough."""
        few = min(self.fontMetrics().averageCharWidth() * 4, self.sizeHint().width())
        return QSize(few, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, rect.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(rect, self.alignment() | Qt.TextFlag.TextSingleLine, shown)

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tool tip while it does not fit."""
        if event.type() is QEvent.Type.ToolTip and self.is_elided and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)


class KeyCap(QLabel):
    """A key's name in a small box."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        set_role(self, "group")
        self.setProperty("part", "keycap")


def hline() -> QFrame:
    """A horizontal line between two parts of a card or page."""
    return _line("hline")


def vline() -> QFrame:
    """A vertical line."""
    return _line("vline")


def _line(part: str) -> QFrame:
    line = QFrame()
    line.setProperty("part", part)
    return line
