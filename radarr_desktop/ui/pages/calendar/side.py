"""Beside the days: the chosen movie, why it is searched when, and the next searches of all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.domain.movie import Movie
from radarr_desktop.engine.search.outlook import PlannedSearch
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.calendar import SEARCH, Entry, when
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.posters import Posters, Subject
from radarr_desktop.ui.parts import Button, ElidingLabel, Icon, Label, StateChip, hline

_POSTER = QSize(72, 108)
WIDTH = 304
MOST = 8
"""Searches in the list."""


class Poster(QWidget):
    """A small one."""

    def __init__(self, posters: Posters, movie: Movie, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._posters = posters
        self._subject = Subject(movie.info)
        self.setFixedSize(_POSTER)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        posters.arrived.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, or what stands in for it."""
        QPainter(self).drawPixmap(0, 0, self._posters.frame(self._subject, _POSTER, self.devicePixelRatio()))


class ChosenCard(QWidget):
    """The movie of the chosen entry."""

    search_asked = Signal(int)
    open_asked = Signal(int)

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._posters = posters
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)

    def show_entry(self, entry: Entry | None, movie: Movie | None, facts: str, sentence: str) -> None:
        """Show another one, or none."""
        clear(self._box)
        self.setVisible(entry is not None and movie is not None)
        if entry is None or movie is None:
            return
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Poster(self._posters, movie))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(ElidingLabel(movie.info.title, "card"))
        words.addWidget(Label(facts, "secondary", "text2", wrap=True))
        if entry.kind != SEARCH:
            words.addWidget(StateChip(f"{entry.word} {times.day(entry.day)}", entry.state, entry.icon))
        words.addStretch(1)
        head.addLayout(words, 1)
        self._box.addLayout(head)
        self._box.addWidget(Label(sentence, "body", "text2", wrap=True))
        search, opening = Button(self.tr("Search now"), icon="search"), Button(self.tr("Open"), icon="arrow-right")
        search.clicked.connect(lambda: self.search_asked.emit(movie.id))
        opening.clicked.connect(lambda: self.open_asked.emit(movie.id))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(search)
        row.addWidget(opening)
        row.addStretch(1)
        self._box.addLayout(row)
        self._box.addWidget(hline())


class NextSearches(QWidget):
    """Who is searched next, and why."""

    open_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)

    def show_searches(self, searches: Sequence[PlannedSearch], sentence: str) -> None:
        """Show others; the sentence says what holds them up."""
        clear(self._box)
        self._box.addWidget(Label(self.tr("Next searches"), "row"))
        for one in searches[:MOST]:
            self._box.addLayout(self._line(one))
        if sentence:
            self._box.addSpacing(4)
            self._box.addWidget(Label(sentence, "secondary", "text3", wrap=True))

    def _line(self, one: PlannedSearch) -> QHBoxLayout:
        title = ElidingLabel(one.title, "label")
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(8)
        line.addWidget(Icon("search", "text3", 14))
        line.addWidget(title, 1)
        line.addWidget(Label(when(one.due), "secondary", "text3", tabular=True))
        why = ElidingLabel(one.reason, "secondary", "text3")
        below = QHBoxLayout()
        below.setContentsMargins(22, 0, 0, 0)
        below.addWidget(why)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addLayout(line)
        both.addLayout(below)
        holder = QHBoxLayout()
        holder.addLayout(both)
        return holder
