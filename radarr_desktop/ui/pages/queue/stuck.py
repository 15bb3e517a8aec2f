"""The card of downloads that need the user: cause, and the fix beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import QueueItem
from radarr_desktop.ui.models.queue import state_sentence
from radarr_desktop.ui.models.stuck import cause_words, explanation, fixes
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.posters import Posters, Subject
from radarr_desktop.ui.parts import Button, ElidingLabel, Icon, IconButton, Label, hline

_MOST, _STEP = 3, 50
"""Rows shown at first, and how many more are made at once: a client in trouble may have hundreds."""
_POSTER = QSize(38, 56)


class StuckCard(QFrame):
    """Rebuilt when the stuck ones change; there are few."""

    asked = Signal(object, str)
    """A `QueueItem` and what to do: the key of a `Fix`."""
    menu_asked = Signal(object, QPoint)
    all_asked = Signal()

    def __init__(self, posters: Posters, library: LiveLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._posters = posters
        self._library = library
        self._shown: tuple[object, ...] = ()
        self._followed: Mapping[int, str] = {}
        self._limit = _STEP
        self.setProperty("part", "banner")
        self.setProperty("tone", "err")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(16, 12, 16, 12)
        self._box.setSpacing(10)
        self._is_narrow = False

    def fit(self, breakpoint: str) -> None:
        """Less room: the second button goes into the menu."""
        self._is_narrow = breakpoint == "narrow"
        self._shown = ()

    def set_followed(self, sentences: Mapping[int, str]) -> None:
        """What would be taken instead, by grab; shown with the next `show_items`."""
        self._followed = sentences

    def show_items(self, items: Sequence[QueueItem], *, unfolded: bool = False) -> None:
        """Show these, or the first few of them."""
        states = ((item.grab.id, state_sentence(item), self._library.movie(item.grab.movie_id)) for item in items)
        followed = tuple(self._followed.get(item.grab.id, "") for item in items)
        key = (unfolded, self._is_narrow, self._limit, followed, *states)
        if key == self._shown:
            return
        self._shown = key
        clear(self._box)
        self._box.addLayout(self._head(len(items)))
        shown = items[: self._limit if unfolded else _MOST]
        for item in shown:
            self._box.addWidget(hline())
            self._box.addLayout(self._row(item))
        if len(shown) < len(items):
            more = Button(self.tr("Show {count} more").format(count=len(items) - len(shown)), "ghost", small=True)
            # the button goes with its click
            grow = partial(self._grow, items) if unfolded else self.all_asked.emit
            more.clicked.connect(lambda: QTimer.singleShot(0, self, grow))
            self._box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)

    def _grow(self, items: Sequence[QueueItem]) -> None:
        self._limit += _STEP
        self.show_items(items, unfolded=True)

    def _head(self, count: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("triangle-alert", "err", 18))
        title = (
            self.tr("1 download needs you") if count == 1 else self.tr("{count} downloads need you").format(count=count)
        )
        row.addWidget(Label(title, "card"))
        row.addStretch(1)
        if not self._is_narrow:
            calm = self.tr("Nothing is lost: files stay where they are until you decide.")
            row.addWidget(Label(calm, "secondary", "text2"))
        return row

    def _row(self, item: QueueItem) -> QHBoxLayout:
        title = QHBoxLayout()
        title.setSpacing(6)
        name = Label(item.movie_title, "row")
        cause = ElidingLabel(f"·  {cause_words(item)}", "label", "err")
        title.addWidget(name)
        title.addWidget(cause, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(title)
        told = " ".join(part for part in (explanation(item), self._followed.get(item.grab.id, "")) if part)
        words.addWidget(Label(told, "secondary", "text2", wrap=True))
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_Poster(self._posters, self._library.movie(item.grab.movie_id)), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        offered = fixes(item)
        for fix in offered[:1] if self._is_narrow else offered:
            button = Button(fix.text, "primary" if fix is offered[0] else "default", fix.icon)
            button.clicked.connect(lambda _checked=False, key=fix.key: self.asked.emit(item, key))
            row.addWidget(button)
        more = IconButton("ellipsis", self.tr("More for {title}").format(title=item.movie_title))
        more.clicked.connect(lambda: self.menu_asked.emit(item, more.mapToGlobal(QPoint(0, more.height() + 4))))
        row.addWidget(more)
        return row


class _Poster(QWidget):
    def __init__(self, posters: Posters, movie: Movie | None) -> None:
        super().__init__()
        self._posters = posters
        self._info = movie.info if movie else None
        self.setFixedSize(_POSTER)
        posters.arrived.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._info is not None:
            frame = self._posters.frame(Subject(self._info), _POSTER, self.devicePixelRatio(), radius=4)
            QPainter(self).drawPixmap(0, 0, frame)
