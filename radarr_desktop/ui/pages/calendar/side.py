"""Beside the days: the chosen movie, why it is searched when, and the next searches of all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.domain.movie import Movie
from radarr_desktop.engine.search.outlook import PlannedSearch
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.calendar import SEARCH, Entry, when
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.posters import Posters, Subject
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import (
    Button,
    ElidingLabel,
    Label,
    StateChip,
    focus_ring,
    hline,
    mirrored,
    paint_icon,
    rounded,
)
from radarr_desktop.ui.theme import theme

_POSTER = QSize(72, 108)
WIDTH = 304
_LINE = 42
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
        self._box.setSpacing(2)

    def show_searches(self, searches: Sequence[PlannedSearch], sentence: str) -> None:
        """Show others; the sentence says what holds them up."""
        clear(self._box)
        self._box.addWidget(Label(self.tr("Next searches"), "row"))
        for one in searches[:MOST]:
            line = SearchLine(one)
            line.clicked.connect(partial(self.open_asked.emit, one.movie_id))
            self._box.addWidget(line)
        if sentence:
            self._box.addSpacing(4)
            self._box.addWidget(Label(sentence, "secondary", "text3", wrap=True))


class SearchLine(QAbstractButton):
    """One of them: who, when, and why; a click leads to all that is known of it."""

    def __init__(self, one: PlannedSearch) -> None:
        super().__init__()
        self._one = one
        self._why = f"{one.indexer} · {one.reason}"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{one.title}, {when(one.due)}")
        self.setAccessibleDescription(self._why)
        self.setToolTip(f"{one.title}\n{self._why}")

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, _LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        tokens, painter, room = theme().tokens, QPainter(self), self.rect().adjusted(2, 0, -2, 0)
        if self.underMouse():
            rounded(painter, self.rect(), tokens.radius.check, fill=tokens.color("hover"))
        icon = QRect(room.left(), 4, 14, 18)
        paint_icon(painter, mirrored(self, icon), "search", "text3", 14, self.devicePixelRatio())
        time = when(self._one.due)
        painter.setFont(theme().font_for("secondary", tabular=True))
        width = painter.fontMetrics().horizontalAdvance(time) + 2
        first = QRect(room.left() + 22, 3, room.width() - 22 - width - 8, 20)
        draw_text(painter, mirrored(self, first), self._one.title, "label", "text", self)
        then = QRect(room.right() - width, 3, width + 1, 20)
        draw_text(painter, mirrored(self, then), time, "secondary", "text3", self, right=True)
        below = QRect(room.left() + 22, 21, room.width() - 22, 18)
        draw_text(painter, mirrored(self, below), self._why, "secondary", "text3", self)
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens.radius.check, tokens)
