"""The movie that is about to be added: poster, title, line, story."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.engine.library.movies import Found
from radarr_desktop.ui.models.found import found_line
from radarr_desktop.ui.pages.posters import Posters, Subject
from radarr_desktop.ui.parts import Label

_POSTER = QSize(96, 144)
_MOST_LETTERS = 230


class Preview(QWidget):
    """Changes with the chosen row."""

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._poster = _Poster(posters)
        self._title = Label("", "title", wrap=True)
        self._line = Label("", "secondary", "text2")
        self._story = Label("", "body", "text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addSpacing(4)
        words.addWidget(self._story)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._poster, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_found(self, found: Found) -> None:
        """Show another."""
        self._poster.show_found(found)
        self._title.setText(found.info.title)
        self._line.setText(found_line(found))
        story = found.info.overview
        self._story.setText(story if len(story) <= _MOST_LETTERS else story[:_MOST_LETTERS].rsplit(" ", 1)[0] + "…")
        self._story.setToolTip(story if len(story) > _MOST_LETTERS else "")


class _Poster(QWidget):
    def __init__(self, posters: Posters) -> None:
        super().__init__()
        self._posters = posters
        self._found: Found | None = None
        self.setFixedSize(_POSTER)
        posters.arrived.connect(self.update)

    def show_found(self, found: Found) -> None:
        self._found = found
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._found is not None:
            frame = self._posters.frame(Subject(self._found.info), _POSTER, self.devicePixelRatio(), radius=6)
            QPainter(self).drawPixmap(0, 0, frame)
