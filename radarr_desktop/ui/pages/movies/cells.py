"""The cells of the poster grid: drawn once, and kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from radarr_desktop.ui.models.movie_state import MovieRow, MovieState, meta_line
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.pages.posters import Dim, Posters, Subject
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import mirrored, paint_icon, percent, rounded
from radarr_desktop.ui.theme import load_tokens, theme

if TYPE_CHECKING:
    from radarr_desktop.ui.pages.movies.grid import PosterGrid

Index = QModelIndex | QPersistentModelIndex
_GAP = 16
_BADGE = 28
_DISC = 60
_ACTION = 32
_ACTION_GAP = 12
_RING = 25
_RING_OUT = 4
_HOVER_SCRIM = 0.47
_CELL_BYTES = 24 * 1024 * 1024
"""What cells that are kept as they were drawn may take: about four windows full of posters."""
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


Look = tuple[str, int, float, Qt.LayoutDirection]
"""What all cells have in common, besides their size."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A cell as it was drawn, and from what: the same row and frame give the same cell."""

    row: MovieRow
    frame: QPixmap
    look: Look
    picture: QPixmap


class PosterDelegate(QStyledItemDelegate):
    """Paints a poster with what its state asks for, its title and its meta line.

    All but the mouse's and the selection's part is drawn once and kept: beside a busy engine every call into Qt may
    have to wait for the interpreter, and a cell that is kept takes one instead of thirty.
    """

    def __init__(self, posters: Posters, parent: PosterGrid) -> None:
        super().__init__(parent)
        self._posters = posters
        self._grid = parent
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._look: Look = ("", 0, 0.0, Qt.LayoutDirection.LayoutDirectionAuto)

    def begin(self) -> None:
        """Before the cells of one repaint."""
        tokens, grid = theme().tokens, self._grid
        self._look = (tokens.theme, tokens.type["row"].size, grid.devicePixelRatio(), grid.layoutDirection())

    def forget(self) -> None:
        """Give the memory back."""
        self._kept.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole cell, or the view would centre the item in it."""
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Poster, badge or ring, actions, ring of selection, words."""
        row: MovieRow = index.data(ROW)
        cell, state = option.rect, option.state
        poster = poster_rect(cell)
        dim = _DIMS.get(row.state, _CLEAR)
        frame = self._posters.frame(Subject(row.movie.info), poster.size(), self._look[2], dim, may_wait=True)
        if self._posters.is_blank(frame):
            self._wait(painter, poster, frame, index)
        elif state & QStyle.StateFlag.State_MouseOver:
            self._paint_cell(painter, poster, row, frame, index.row())
        else:
            self._paint_kept(painter, cell, row, frame, index)
        if state & QStyle.StateFlag.State_Selected:
            out = _RING_OUT
            ring = poster.adjusted(-out, -out, out, out)
            rounded(painter, ring, 11, line=theme().tokens.color("accent"), width=theme().tokens.stroke.focus)

    def _wait(self, painter: QPainter, poster: QRect, frame: QPixmap, index: Index) -> None:
        self._grid.blanks.add(index.row())
        painter.drawPixmap(poster.topLeft(), frame)

    def _paint_kept(self, painter: QPainter, cell: QRect, row: MovieRow, frame: QPixmap, index: Index) -> None:
        kept = self._kept.get(row.movie.id)
        if kept is None or kept.row is not row or kept.frame is not frame or kept.look != self._look:
            if not self._posters.has_time:
                self._wait(painter, poster_rect(cell), frame, index)
                return
            with self._posters.drawing():
                kept = self._drawn(cell.size(), row, frame)
            self._keep(row.movie.id, kept)
        painter.drawPixmap(cell.topLeft(), kept.picture)

    def _drawn(self, size: QSize, row: MovieRow, frame: QPixmap) -> _Kept:
        ratio = self._look[2]
        picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        # the grid's own ground: without an alpha channel it is copied, not blended
        picture.fill(theme().tokens.color("window"))
        with QPainter(picture) as inner:
            self._paint_cell(inner, poster_rect(QRect(0, 0, size.width(), size.height())), row, frame, None)
        return _Kept(row, frame, self._look, picture)

    def _keep(self, id: int, kept: _Kept) -> None:
        self._kept[id] = kept
        self._kept.move_to_end(id)
        one = kept.picture.width() * kept.picture.height() * 4
        while len(self._kept) * one > _CELL_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _paint_cell(
        self, painter: QPainter, poster: QRect, row: MovieRow, frame: QPixmap, under_mouse: int | None
    ) -> None:
        ratio = self._look[2]
        painter.drawPixmap(poster.topLeft(), frame)
        if under_mouse is not None:
            self._paint_actions(painter, poster, under_mouse, ratio)
        elif row.state is MovieState.DOWNLOADING:
            _paint_progress(painter, poster, row.progress)
        if row.state not in {MovieState.AVAILABLE, MovieState.DOWNLOADING}:
            self._paint_badge(painter, poster, row, ratio)
        self._paint_words(painter, poster, row)

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

    def _paint_words(self, painter: QPainter, poster: QRect, row: MovieRow) -> None:
        tokens = theme().tokens
        line = tokens.type["row"].size + 5
        title = QRect(poster.left(), poster.bottom() + 1 + 8, poster.width(), line)
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


def cell_height(cell: int) -> int:
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
