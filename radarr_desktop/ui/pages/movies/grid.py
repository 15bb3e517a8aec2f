"""The poster grid: one list view, one delegate, no widget per movie."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.ui.models.movie_state import MovieRow, MovieState, meta_line
from radarr_desktop.ui.models.movies import ROW, Column
from radarr_desktop.ui.pages.posters import Dim, Posters, Subject, transparent
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import mirrored, paint_icon, percent, rounded
from radarr_desktop.ui.theme import load_tokens, theme

Index = QModelIndex | QPersistentModelIndex
_CELL = 168
_GAP = 16
_BADGE = 28
_DISC = 60
_ACTION = 32
_ACTION_GAP = 12
_RING = 25
_RING_OUT = 4
_HOVER_SCRIM = 0.47
_MOST_WORDS = 150
"""Titles kept as they were drawn: about seven screens."""
ACTIONS = (("search", "search"), ("pick", "list-filter"), ("menu", "ellipsis"))
"""(key, icon) of what a poster offers under the mouse; all of it is in the context menu too."""
_DIMS = {
    MovieState.MISSING: Dim(0.55),
    MovieState.NOT_RELEASED: Dim(0.55),
    MovieState.DOWNLOADING: Dim(0.45),
    MovieState.ATTENTION: Dim(0.45),
    MovieState.UNMONITORED: Dim(0.60, grey=True),
}
_CLEAR = Dim()


class PosterGrid(QListView):
    """Columns share the width; arrows move in two dimensions, letters type ahead."""

    opened = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)
    action_asked = Signal(QModelIndex, str)

    def __init__(self, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Movies"))
        self.hot = ("", -1)
        self.blanks: set[int] = set()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.setItemDelegate(PosterDelegate(posters, self))
        # else nothing that is scrolled could be kept, and every step would paint every poster
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.doubleClicked.connect(self.opened)
        posters.arrived.connect(self.viewport().update)
        posters.go_on.connect(self._draw_blanks)
        theme().changed.connect(self._fit)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """A view without a model has no column to choose."""
        super().setModel(model)
        if model is not None:
            self.setModelColumn(Column.TITLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the posters."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().tokens.color("window"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        self._fit()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """The first movie has the keyboard when none had it."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        model = self.model()
        if model.rowCount() and not self.selectionModel().hasSelection():
            current = self.currentIndex()
            self.setCurrentIndex(current if current.isValid() else model.index(0, Column.TITLE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an action of a poster does it; anywhere else it selects."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        action = self._action_at(at, index)
        if action and event.button() is Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            if action == "menu":
                self.menu_asked.emit(index, event.globalPosition().toPoint())
            else:
                self.action_asked.emit(index, action)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the action under the mouse."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        self._set_hot(self._action_at(at, index), index.row())

    def leaveEvent(self, event: QEvent) -> None:
        """No action is lit any more."""
        super().leaveEvent(event)
        self._set_hot("", -1)

    def _draw_blanks(self) -> None:
        rows, self.blanks = self.blanks, set()
        for row in rows:
            self.viewport().update(self.visualRect(self.model().index(row, Column.TITLE)))

    def _set_hot(self, action: str, row: int) -> None:
        if (action, row) != self.hot:
            self.hot = (action, row)
            self.viewport().update()

    def _action_at(self, at: QPoint, index: QModelIndex) -> str:
        if not index.isValid():
            return ""
        spots = action_spots(poster_rect(self.visualRect(index)))
        return next((key for (key, _), spot in zip(ACTIONS, spots, strict=True) if spot.contains(at)), "")

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).center()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(index, self.viewport().mapToGlobal(at))

    def _fit(self) -> None:
        width = self.viewport().width()
        columns = max(1, width // _CELL)
        cell = max(80, width // columns)
        size = QSize(cell, _height(cell))
        if self.gridSize() != size:
            self.setGridSize(size)
        self.verticalScrollBar().setSingleStep(60)


class PosterDelegate(QStyledItemDelegate):
    """Paints a poster with what its state asks for, its title and its meta line."""

    def __init__(self, posters: Posters, parent: PosterGrid) -> None:
        super().__init__(parent)
        self._posters = posters
        self._grid = parent
        self._words: dict[tuple[object, ...], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole cell, or the view would centre the item in it."""
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Poster, badge or ring, actions, ring of selection, words."""
        row: MovieRow = index.data(ROW)
        cell = option.rect
        poster = poster_rect(cell)
        subject = Subject(row.movie.info)
        ratio = self._grid.devicePixelRatio()
        dim = _DIMS.get(row.state, _CLEAR)
        frame = self._posters.frame(subject, poster.size(), ratio, dim, may_wait=True)
        if self._posters.is_blank(frame):
            self._grid.blanks.add(index.row())
        painter.drawPixmap(poster.topLeft(), frame)
        if option.state & QStyle.StateFlag.State_MouseOver:
            self._paint_actions(painter, poster, index.row(), ratio)
        elif row.state is MovieState.DOWNLOADING:
            _paint_progress(painter, poster, row.progress)
        if row.state not in {MovieState.AVAILABLE, MovieState.DOWNLOADING}:
            self._paint_badge(painter, poster, row, ratio)
        if option.state & QStyle.StateFlag.State_Selected:
            out = _RING_OUT
            ring = poster.adjusted(-out, -out, out, out)
            rounded(painter, ring, 11, line=theme().tokens.color("accent"), width=theme().tokens.stroke.focus)
        self._paint_words(painter, poster, row, index.row())

    def _paint_badge(self, painter: QPainter, poster: QRect, row: MovieRow, ratio: float) -> None:
        tokens = theme().tokens
        badge = QRect(poster.right() - 7 - _BADGE, poster.top() + 8, _BADGE, _BADGE)
        badge = mirrored(self._grid, badge, poster)
        rounded(painter, badge, _BADGE / 2, fill=tokens.color("raised"))
        paint_icon(painter, badge, tokens.state_icons[row.tone], row.tone, 16, ratio)

    def _paint_actions(self, painter: QPainter, poster: QRect, place: int, ratio: float) -> None:
        tokens = theme().tokens
        rounded(painter, poster, tokens.radius.card, fill=tokens.color("scrim", _HOVER_SCRIM))
        for (key, icon), spot in zip(ACTIONS, action_spots(poster), strict=True):
            hot = self._grid.hot == (key, place)
            rounded(painter, spot, _ACTION / 2, fill=tokens.color("press" if hot else "raised"))
            paint_icon(painter, spot, icon, "text", 16, ratio)

    def _paint_words(self, painter: QPainter, poster: QRect, row: MovieRow, place: int) -> None:
        tokens, ratio = theme().tokens, self._grid.devicePixelRatio()
        line = tokens.type["row"].size + 5
        box = QRect(poster.left(), poster.bottom() + 1 + 8, poster.width(), 2 * line + 1)
        look = (tokens.theme, tokens.type["row"].size, ratio, self._grid.layoutDirection())
        key = (row.movie.info.title, meta_line(row), row.state, row.tone, box.width(), look)
        words = self._words.get(key)
        if words is None and not self._posters.has_time:
            self._grid.blanks.add(place)
            return
        if words is None:
            words = transparent(box.size(), ratio)
            with self._posters.drawing(), QPainter(words) as inner:
                self._draw_words(inner, QRect(0, 0, box.width(), line), row)
            self._words[key] = words
            if len(self._words) > _MOST_WORDS:
                self._words.pop(next(iter(self._words)))
        painter.drawPixmap(box.topLeft(), words)

    def _draw_words(self, painter: QPainter, title: QRect, row: MovieRow) -> None:
        tokens = theme().tokens
        draw_text(painter, title, row.movie.info.title, "row", "text", self._grid)
        meta = QRect(title.left(), title.bottom() + 1, title.width(), title.height())
        tone = row.tone if row.state in {MovieState.MISSING, MovieState.NOT_RELEASED, MovieState.ATTENTION} else "text2"
        if row.state is not MovieState.AVAILABLE:
            spot = mirrored(self._grid, QRect(meta.left(), meta.top() + (meta.height() - 14) // 2, 14, 14), meta)
            ratio = self._grid.devicePixelRatio()
            painter.drawPixmap(spot.topLeft(), theme().icons.pixmap(tokens.state_icons[row.tone], row.tone, 14, ratio))
            meta = mirrored(self._grid, meta.adjusted(20, 0, 0, 0), meta)
        draw_text(painter, meta, meta_line(row), "secondary", tone, self._grid)


def poster_rect(cell: QRect) -> QRect:
    """Where the poster is in its cell."""
    width = cell.width() - _GAP
    return QRect(cell.left() + _GAP // 2, cell.top() + 8, width, width * 3 // 2)


def action_spots(poster: QRect) -> list[QRect]:
    """Where the actions of a poster are."""
    gap = min(_ACTION_GAP, (poster.width() - len(ACTIONS) * _ACTION) // (len(ACTIONS) + 1))
    width = len(ACTIONS) * _ACTION + (len(ACTIONS) - 1) * gap
    left = poster.left() + (poster.width() - width) // 2
    top = poster.bottom() - 12 - _ACTION
    return [QRect(left + number * (_ACTION + gap), top, _ACTION, _ACTION) for number in range(len(ACTIONS))]


def _height(cell: int) -> int:
    line = theme().tokens.type["row"].size + 5
    return 8 + (cell - _GAP) * 3 // 2 + 8 + 2 * line + 20


def _paint_progress(painter: QPainter, poster: QRect, progress: float) -> None:
    # The disc is dark in both themes, and so is what is drawn on it.
    tokens = load_tokens("dark")
    disc = QRect(0, 0, _DISC, _DISC)
    disc.moveCenter(poster.center())
    rounded(painter, disc, _DISC / 2, fill=tokens.color("scrim", 0.78))
    ring = QRectF(0, 0, 2 * _RING, 2 * _RING)
    ring.moveCenter(QRectF(disc).center())
    ring.adjust(2, 2, -2, -2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.color("on_fill", 0.22), 4))
    painter.drawEllipse(ring)
    painter.setPen(QPen(tokens.color("info"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(ring, 90 * 16, -round(360 * 16 * min(1.0, max(0.0, progress))))
    painter.setFont(theme().font_for("row", tabular=True))
    painter.setPen(tokens.color("on_fill"))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, percent(progress))
    painter.restore()
