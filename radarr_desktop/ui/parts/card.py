"""Cards and banners: boxes that hold one thing each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from radarr_desktop.ui.parts.icon import Icon
from radarr_desktop.ui.parts.labels import Label
from radarr_desktop.ui.theme import set_look

BannerTone = Literal["err", "wait", "miss", "info", "ok", "plain"]
_BANNER_ICONS = {
    "err": "triangle-alert",
    "wait": "clock",
    "miss": "circle-dashed",
    "info": "info",
    "ok": "circle-check",
    "plain": "circle-question-mark",
}


class Card(QFrame):
    """A panel with a line around it; add to `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 16)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        if title:
            self.title = Label(title, "card")
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)


class Banner(QFrame):
    """What happened, why, and the buttons that fix it."""

    def __init__(
        self,
        title: str,
        why: str = "",
        tone: BannerTone = "err",
        *,
        icon: str = "",
        buttons: Sequence[QAbstractButton] = (),
        buttons_below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "banner")
        self._icon = Icon(size=20)
        self._title = Label(title, "card", wrap=True)
        self._why = Label(why, "body", "text2", wrap=True)
        self._note = Label("", "secondary", "text3", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._own_icon = icon
        self._build(buttons, below=buttons_below)
        self.set_tone(tone)
        self.set_text(title, why)
        self.set_note("")

    def set_text(self, title: str, why: str = "") -> None:
        """Tell something else."""
        self._title.setText(title)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.setAccessibleName(f"{title} {why}".strip())

    def set_note(self, note: str) -> None:
        """The line below: a countdown, when it was last seen."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_tone(self, tone: BannerTone) -> None:
        """How bad it is, told by icon and line."""
        self._icon.show_icon(self._own_icon or _BANNER_ICONS[tone], "accent" if tone == "plain" else tone)
        set_look(self, "tone", tone)

    def _build(self, buttons: Sequence[QAbstractButton], *, below: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(3)
        labels: tuple[QLabel, ...] = (self._title, self._why, self._note)
        for label in labels:
            words.addWidget(label)
        row.addLayout(words, 1)
        for button in buttons:
            self._buttons.addWidget(button)
        if below:
            self._buttons.addStretch(1)
            words.addSpacing(5)
            words.addLayout(self._buttons)
        else:
            row.addLayout(self._buttons)
