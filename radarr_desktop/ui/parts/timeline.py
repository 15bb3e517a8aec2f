"""The Why? timeline: what happened to a movie's releases, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.ui.parts.icon import Icon
from radarr_desktop.ui.parts.labels import Label
from radarr_desktop.ui.parts.release_name import ReleaseName, Run
from radarr_desktop.ui.theme import theme

_TIME = 76
_DISC = 24
_GAP = 4


@dataclass(frozen=True)
class TimelineEntry:
    """What one event says; everything below the title is optional."""

    time: str
    icon: str
    tone: str
    title: str
    release: tuple[Run, ...] = ()
    fact: str = ""
    note: str = ""


class TimelineItem(QWidget):
    """One event: its time, a tinted icon on the rail, a title, the release, a fact and small actions."""

    def __init__(
        self,
        entry: TimelineEntry,
        actions: Sequence[QAbstractButton] = (),
        below: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_last = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(", ".join(part for part in (entry.time, entry.title, entry.fact) if part))
        self._disc = Icon(entry.icon, entry.tone, 14, disc=_DISC)
        words = QVBoxLayout()
        words.setContentsMargins(8, 3, 0, 18)
        words.setSpacing(5)
        words.addWidget(Label(entry.title, "card", wrap=True))
        if entry.release:
            words.addWidget(ReleaseName(entry.release, wrap=True))
        if entry.fact:
            words.addWidget(Label(entry.fact, "secondary", "text2", wrap=True))
        if actions or entry.note:
            words.addLayout(_foot(actions, entry.note))
        if below is not None:
            words.addWidget(below)
        clock = Label(entry.time, "secondary", "text3")
        clock.setFixedWidth(_TIME)
        clock.setContentsMargins(0, 4, 0, 0)
        clock.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(clock, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(_GAP)
        row.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def set_last(self, is_last: bool) -> None:
        """The last one has no rail below it."""
        self._is_last = is_last
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rail between this icon and the next."""
        if self._is_last:
            return
        disc = self._disc.geometry()
        rail = QRect(disc.center().x(), disc.bottom() + 1, 2, self.height() - disc.bottom() - 1)
        QPainter(self).fillRect(rail, theme().tokens.color("line"))


def _foot(actions: Sequence[QAbstractButton], note: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for action in actions:
        row.addWidget(action)
    if note:
        row.addWidget(Label(note, "secondary", "text3"))
    row.addStretch(1)
    return row
