"""The head of the movie page: backdrop, poster, title, facts, one sentence, the buttons."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.movie_state import MovieRow, release_word, state_word
from radarr_desktop.ui.pages.posters import Posters, Subject
from radarr_desktop.ui.parts import Button, ElidingLabel, Icon, IconButton, Label, StateChip
from radarr_desktop.ui.theme import theme

_HEIGHT = 236
_ART_FROM = 0.28
_TEXT_TO = 0.60
_CLEAR_FROM = 0.85
_OVER_TEXT, _OVER_ART = 0.80, 0.42
POSTER = QSize(136, 204)


class Hero(QWidget):
    """Knows nothing of the engine; tells which button was pressed by its key."""

    action_asked = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._posters = posters
        self._row: MovieRow | None = None
        self._backdrop: QPixmap | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = ElidingLabel("", "display")
        self._chip = StateChip("", "off")
        self._facts = ElidingLabel("", "body", "text2")
        self._star = Icon("star", "wait", 16)
        self._rating = Label("", "label")
        self._source = Label("TMDb", "secondary", "text3")
        self._sentence = Label("", "body", "text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.search = Button(self.tr("Search now"), "primary", "search")
        self.pick = Button(self.tr("Pick a release"), icon="list-filter")
        self.folder = Button(self.tr("Open folder"), icon="folder-open")
        self.more = IconButton("ellipsis", self.tr("More"))
        self._build()
        posters.arrived.connect(self._redraw)
        theme().changed.connect(self._redraw)

    def show_movie(self, row: MovieRow, sentence: str) -> None:
        """Show another movie, or the same one as it is now."""
        self._row = row
        info = row.movie.info
        self._title.setText(info.title)
        self._chip.set_state(state_word(row.state), row.tone)
        facts = (str(info.year or ""), times.runtime(info.runtime), ", ".join(info.genres[:3]))
        self._facts.setText("  ·  ".join(part for part in facts if part))
        for part in (self._star, self._rating, self._source):
            part.setVisible(bool(info.rating))
        self._rating.setText(f"{info.rating:.1f}")
        self._sentence.setText(sentence or release_word(row.movie))
        self.folder.setVisible(bool(row.movie.folder))
        self._redraw()

    def fit(self, breakpoint: str) -> None:
        """Less room: the third button becomes an icon."""
        narrow = breakpoint == "narrow"
        self.folder.setText("" if narrow else self.tr("Open folder"))
        self.folder.setAccessibleName(self.tr("Open folder"))
        self.folder.setToolTip(self.tr("Open folder (Ctrl+Shift+O)"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The art is composed for one size."""
        super().resizeEvent(event)
        self._backdrop = None
        self._text.setMaximumWidth(max(360, int(self.width() * _TEXT_TO) - 24 - POSTER.width() - 24 + 80))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Art, then the poster on it."""
        if self._row is None:
            return
        painter = QPainter(self)
        if self._backdrop is None:
            self._backdrop = self._compose()
        painter.drawPixmap(0, 0, self._backdrop)
        movie = self._row.movie
        spot = self._poster_spot()
        frame = self._posters.frame(Subject(movie.info), POSTER, self.devicePixelRatio())
        painter.drawPixmap(spot.topLeft(), frame)

    def _poster_spot(self) -> QRect:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - 24 - POSTER.width() if rtl else 24
        return QRect(QPoint(left, 16), POSTER)

    def _redraw(self) -> None:
        self._backdrop = None
        self.update()

    def _compose(self) -> QPixmap:
        ratio = self.devicePixelRatio()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        tokens = theme().tokens
        pixmap.fill(tokens.color("window"))
        movie = self._row.movie if self._row else None
        if movie is None or not movie.info.backdrop_url:
            return pixmap
        width, height = self.width(), self.height()
        art = QRect(int(width * _ART_FROM), 0, width - int(width * _ART_FROM), height)
        image = self._posters.image(Subject(movie.info, "backdrop"), art.size(), ratio)
        if image is None:
            return pixmap
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        part = art.size().scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
        top = (image.height() - part.height()) / 3
        source = QRectF((image.width() - part.width()) / 2, top, part.width(), part.height())
        painter.drawImage(QRectF(art), image, source)
        across = QLinearGradient(0, 0, width, 0)
        for stop, alpha in (
            (0, 1.0),
            (_ART_FROM, 1.0),
            (_TEXT_TO, _OVER_TEXT),
            (_CLEAR_FROM, _OVER_ART),
            (1, _OVER_ART),
        ):
            across.setColorAt(stop, tokens.color("window", alpha))
        painter.fillRect(art, across)
        down = QLinearGradient(0, height * 0.45, 0, height)
        down.setColorAt(0, tokens.color("window", 0.0))
        down.setColorAt(1, tokens.color("window", 1.0))
        painter.fillRect(art, down)
        painter.end()
        return pixmap

    def _build(self) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._chip)
        facts.addWidget(self._facts)
        facts.addWidget(self._star)
        facts.addWidget(self._rating)
        facts.addWidget(self._source)
        facts.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.search, self.pick, self.folder, self.more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._text = QWidget()
        words = QVBoxLayout(self._text)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addLayout(facts)
        words.addWidget(self._sentence)
        words.addSpacing(4)
        words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(24 + POSTER.width() + 24, 16, 24, 16)
        row.addWidget(self._text, 1)
        row.addStretch(0)
        self.search.clicked.connect(lambda: self.action_asked.emit("search"))
        self.pick.clicked.connect(lambda: self.action_asked.emit("pick"))
        self.folder.clicked.connect(lambda: self.action_asked.emit("folder"))
        self.more.clicked.connect(
            lambda: self.menu_asked.emit(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))
        )
