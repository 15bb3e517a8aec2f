"""The rows of the queue: poster, release as read, stages, numbers, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radarr_desktop.domain.records import QueueItem
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.queue import ROW, QueueModel, stage, state_sentence
from radarr_desktop.ui.models.queue_state import is_paused
from radarr_desktop.ui.models.verdicts import name_runs
from radarr_desktop.ui.pages.item_views import ActionList
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.posters import Dim, Posters, Subject
from radarr_desktop.ui.pages.rows import draw_text
from radarr_desktop.ui.parts import (
    StageView,
    focus_ring,
    mirrored,
    paint_bar,
    paint_icon,
    paint_release_name,
    paint_stages,
    percent,
    rounded,
    stage_names,
)
from radarr_desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
POSTER = QSize(38, 56)
_ACTION = 28
_ACTIONS = 2 * _ACTION + 4
_PERCENT, _TIME = 72, 84
_NARROW_BELOW = 1000
_NARROW_BAR = 132
_STALE = Dim(0.0, grey=True)
_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_KEYS = {
    (Qt.Key.Key_Space, _PLAIN): "pause",
    (Qt.Key.Key_Delete, _PLAIN): "remove",
    (Qt.Key.Key_Delete, _CTRL): "next",
    (Qt.Key.Key_Up, _CTRL): "first",
    (Qt.Key.Key_Down, _CTRL): "last",
}


class QueueView(ActionList):
    """Space pauses, Del removes, Enter opens the movie; the same in the menu and under the mouse."""

    pressed_key = Signal(str)
    """An action for all that is selected."""

    def __init__(self, posters: Posters, library: LiveLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Downloads"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(QueueDelegate(posters, library, self))
        posters.arrived.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of downloads."""
        action = _KEYS.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if action is not None and self.currentIndex().isValid():
            self.pressed_key.emit(action)
        else:
            super().keyPressEvent(event)

    def action_spots(self, index: QModelIndex) -> dict[str, QRect]:
        """At the end of the row."""
        return action_spots(self.visualRect(index), self)


class QueueDelegate(QStyledItemDelegate):
    """One download on 72 px."""

    def __init__(self, posters: Posters, library: LiveLibrary, view: QueueView) -> None:
        super().__init__(view)
        self._posters = posters
        self._library = library
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(400, theme().tokens.height.row_poster)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, poster, words, stages, numbers."""
        item: QueueItem = index.data(ROW)
        model = index.model()
        silent = isinstance(model, QueueModel) and model.is_silent(item)
        told = model.importing(item) if isinstance(model, QueueModel) else None
        lit = self._paint_ground(painter, option, index)
        rect = option.rect.adjusted(8, 0, -8, 0)
        self._paint_poster(painter, rect, item, silent=silent)
        inner = rect.adjusted(POSTER.width() + 16, 0, 0, 0)
        narrow = rect.width() < _NARROW_BELOW
        side = _NARROW_BAR if narrow else max(320, inner.width() * 44 // 100) + _PERCENT + _TIME
        right_edge = inner.right() - _ACTIONS - 12
        words = QRect(inner.left(), inner.top(), right_edge - side - 24 - inner.left(), inner.height())
        sentence = state_sentence(item, silent=silent, importing=told)
        self._paint_words(painter, mirrored(self._view, words, rect), item, sentence)
        view = stage(item, silent=silent, importing=told)
        numbers = QRect(right_edge - side, inner.top(), side, inner.height())
        if narrow:
            self._paint_narrow(painter, mirrored(self._view, numbers, rect), item, view, silent=silent)
        else:
            self._paint_wide(painter, numbers, rect, item, view, silent=silent)
        if lit:
            self._paint_actions(painter, option.rect, index, item)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> bool:
        tokens = theme().tokens
        rect = option.rect
        painter.fillRect(rect.left() + 8, rect.bottom(), rect.width() - 16, 1, tokens.color("line"))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or over:
            rounded(painter, rect, tokens.radius.card, fill=tokens.color("sel" if selected else "hover"))
        if index == self._view.currentIndex() and self._view.hasFocus():
            focus_ring(painter, rect, tokens.radius.card, tokens)
        return selected or over

    def _paint_poster(self, painter: QPainter, rect: QRect, item: QueueItem, *, silent: bool) -> None:
        movie = self._library.movie(item.grab.movie_id)
        spot = QRect(QPoint(rect.left(), rect.top() + (rect.height() - POSTER.height()) // 2), POSTER)
        spot = mirrored(self._view, spot, rect)
        if movie is None:
            rounded(painter, spot, 4, fill=theme().tokens.color("press"))
            return
        ratio = self._view.devicePixelRatio()
        frame = self._posters.frame(Subject(movie.info), POSTER, ratio, _STALE if silent else Dim(), 4)
        painter.drawPixmap(spot.topLeft(), frame)

    def _paint_words(self, painter: QPainter, rect: QRect, item: QueueItem, sentence: str) -> None:
        line = 18
        top = rect.top() + (rect.height() - 3 * line) // 2
        title = QRect(rect.left(), top, rect.width(), line)
        draw_text(painter, title, item.movie_title, "row", "text", self._view)
        paint_release_name(painter, title.translated(0, line), name_runs(item.grab.parsed))
        below = title.translated(0, 2 * line)
        draw_text(painter, below, sentence, "secondary", "text2", self._view)

    def _paint_wide(
        self, painter: QPainter, numbers: QRect, row: QRect, item: QueueItem, view: StageView, *, silent: bool
    ) -> None:
        stages = QRect(numbers.left(), numbers.center().y() - 12, numbers.width() - _PERCENT - _TIME - 12, 26)
        paint_stages(painter, mirrored(self._view, stages, row), view, widget=self._view)
        size = item.download.size if item.download else item.grab.size
        share = percent(view.progress) if item.download and (view.current == 2 or 0 < view.progress < 1) else ""
        first = QRect(numbers.right() - _PERCENT - _TIME, numbers.top(), _PERCENT, numbers.height())
        self._paint_pair(painter, mirrored(self._view, first, row), share, amounts.size(size) if size else "")
        second = QRect(numbers.right() - _TIME, numbers.top(), _TIME, numbers.height())
        self._paint_pair(painter, mirrored(self._view, second, row), *_pace(item, silent=silent))

    def _paint_pair(self, painter: QPainter, rect: QRect, top: str, bottom: str) -> None:
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + half - 20, rect.width(), 18)
        draw_text(painter, upper, top, "row", "text", self._view, right=True)
        draw_text(painter, upper.translated(0, 20), bottom, "secondary", "text2", self._view, right=True)

    def _paint_narrow(self, painter: QPainter, rect: QRect, item: QueueItem, view: StageView, *, silent: bool) -> None:
        half = rect.height() // 2
        tone = "off" if silent else "ok" if view.progress >= 1 else view.tone
        bar = QRect(rect.left(), rect.top() + half - 16, rect.width(), 8)
        paint_bar(painter, bar, view.progress, tone, widget=self._view)
        pace = _pace(item, silent=silent)[0]
        words = f"{stage_names()[view.current]} · {pace}" if pace else stage_names()[view.current]
        below = QRect(rect.left() - 60, rect.top() + half + 1, rect.width() + 60, 18)
        draw_text(painter, below, words, "chip", "text2", self._view, right=True)

    def _paint_actions(self, painter: QPainter, rect: QRect, index: Index, item: QueueItem) -> None:
        icons = {"pause": "play" if is_paused(item) else "pause", "remove": "x"}
        for key, spot in action_spots(rect, self._view).items():
            if self._view.hot == (key, index.row()):
                rounded(painter, spot, 6, fill=theme().tokens.color("press"))
            paint_icon(painter, spot, icons[key], "text2", 16, self._view.devicePixelRatio())


def action_spots(rect: QRect, view: QueueView) -> dict[str, QRect]:
    """Where the actions of a row are."""
    top = rect.top() + (rect.height() - _ACTION) // 2
    left = rect.right() - 8 - _ACTIONS
    spots = {"pause": QRect(left, top, _ACTION, _ACTION), "remove": QRect(left + _ACTION + 4, top, _ACTION, _ACTION)}
    return {key: mirrored(view, spot, rect) for key, spot in spots.items()}


def _pace(item: QueueItem, *, silent: bool) -> tuple[str, str]:
    download = item.download
    if silent or download is None:
        return "—", ""
    if is_paused(item):
        return QCoreApplication.translate("Queue", "Paused"), ""
    time = amounts.duration(download.eta) if download.eta is not None else ""
    return time, amounts.speed(download.speed) if download.speed else ""
