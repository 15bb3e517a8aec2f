"""What the library shows while there is no movie in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.ui.pages.placeholder import paint_placeholder
from radarr_desktop.ui.parts import Button, Card, Icon, Label, paint_icon, rounded
from radarr_desktop.ui.theme import theme

_POSTER = QSize(112, 168)


class EmptyLibrary(QWidget):
    """Three ways to begin, the first one the usual."""

    add_asked = Signal()
    collection_asked = Signal()
    services_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Label(self.tr("Your library is empty"), "title")
        sentence = Label(
            self.tr(
                "Add a movie, and it is looked for until it is there. Nothing on your disk is changed without asking."
            ),
            "body",
            "text2",
            wrap=True,
        )
        hint = Label(
            self.tr("You can also drop links, magnets and .torrent files anywhere in this window."),
            "secondary",
            "text3",
        )
        for label in (title, sentence, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(16)
        self._add_cards()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(_Fan(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addSpacing(16)
        holder = QWidget()
        holder.setLayout(self._cards)
        holder.setMaximumWidth(800)
        self._cards.setContentsMargins(0, 0, 0, 0)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(holder, 20)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(16)
        column.addWidget(hint)
        column.addStretch(3)

    def _add_cards(self) -> None:
        add = Button(self.tr("Add movie"), "primary")
        add.clicked.connect(self.add_asked)
        collection = Button(self.tr("Look through it"))
        collection.clicked.connect(self.collection_asked)
        services = Button(self.tr("Connect services"))
        services.clicked.connect(self.services_asked)
        texts = (
            ("search", self.tr("Find a movie"), self.tr("By title, or by a pasted IMDb or TMDb link."), add),
            (
                "folder-search",
                self.tr("I already have a collection"),
                self.tr("Its folder is looked through, and each movie in it recognised. Files stay as they lie."),
                collection,
            ),
            (
                "plug",
                self.tr("Connect services"),
                self.tr("Where releases are found, what downloads them, and who is told."),
                services,
            ),
        )
        for icon, title, words, button in texts:
            self._cards.addWidget(_card(icon, title, words, button), 1)


def _card(icon: str, title: str, words: str, button: Button) -> Card:
    card = Card()
    card.body.setContentsMargins(20, 20, 20, 20)
    card.body.addWidget(Icon(icon, "accent", 24))
    card.body.addSpacing(4)
    card.body.addWidget(Label(title, "card"))
    text = Label(words, "body", "text2", wrap=True)
    text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    card.body.addWidget(text, 1)
    card.body.addSpacing(12)
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    card.body.addLayout(row)
    return card


class _Fan(QWidget):
    """Three drawn posters like cards in a hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(360, 208)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        middle = QPointF(self.width() / 2, self.height() / 2)
        for seed, shift, angle, dim in ((3, -104, -9, 0.45), (21, 104, 9, 0.45), (9, 0, 0, 0.0)):
            painter.save()
            painter.translate(middle.x() + shift, middle.y() + (8 if angle else 0))
            painter.rotate(angle)
            box = QRectF(-_POSTER.width() / 2, -_POSTER.height() / 2, _POSTER.width(), _POSTER.height())
            path = QPainterPath()
            path.addRoundedRect(box, tokens.radius.card, tokens.radius.card)
            painter.setClipPath(path)
            painter.drawImage(box, paint_placeholder(MovieInfo(seed, ""), _POSTER, self.devicePixelRatio()))
            painter.fillRect(box, tokens.color("window", dim))
            painter.setClipping(False)
            rounded(painter, box, tokens.radius.card, line=tokens.color("line"))
            painter.restore()
        plus = QRectF(middle.x() + 32, middle.y() + 58, 40, 40).toRect()
        rounded(painter, plus.adjusted(-3, -3, 3, 3), 23, fill=tokens.color("window"))
        rounded(painter, plus, 20, fill=tokens.color("fill"))
        paint_icon(painter, plus, "plus", "on_fill", 20, self.devicePixelRatio())
