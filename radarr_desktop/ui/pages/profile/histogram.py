"""How large releases of a quality are, and the three handles that say what is wanted of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radarr_desktop.ui.models.profile_words import gb
from radarr_desktop.ui.pages.profile.handle import SIZE, STEPS, Handle
from radarr_desktop.ui.theme import theme

_PLOT = 150
_LABELS = 40
_SIDE = 20
_BINS = 36
_ENDS = (5, 10, 15, 20, 30, 40, 60, 80, 100, 120, 160, 200, 300, 500)
_FADES = 20.0
"""GB away from the target at which the score gives nothing any more."""


@dataclass(frozen=True)
class Wanted:
    """Sizes in GB for a movie of two hours; None is no limit."""

    least: float
    target: float | None
    most: float | None
    cap: float | None = None


class Histogram(QWidget):
    """Bars, the score's wish as a curve, and the handles; `changed` comes with every move."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[float, ...] = ()
        self._bins: tuple[int, ...] = ()
        self._cap: float | None = None
        self._end = 20.0
        self.least = Handle(self.tr("Least"), "off", parent=self)
        self.target = Handle(self.tr("Target"), "ok", beyond=self.tr("largest"), parent=self)
        self.most = Handle(self.tr("Most"), "accent", beyond=self.tr("no limit"), parent=self)
        self._handles = (self.least, self.target, self.most)
        for handle in self._handles:
            handle.moved.connect(lambda handle=handle: self._moved(handle))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(240)

    @property
    def wanted(self) -> Wanted:
        """Where the handles stand."""
        return Wanted(self.least.gigabytes or 0.0, self.target.gigabytes, self.most.gigabytes, self._cap)

    def show_sizes(self, sizes: Sequence[float], wanted: Wanted, *, rescale: bool = True) -> None:
        """Show other sizes, in GB, and put the handles."""
        self._sizes = tuple(sizes)
        self._cap = wanted.cap
        if rescale:
            self._end = _nice_end(self._sizes, wanted)
        self._bins = _binned(self._sizes, self._end)
        for handle in self._handles:
            blocked = handle.blockSignals(True)
            handle.setRange(0, round(self._end * STEPS))
            handle.blockSignals(blocked)
        for handle, value in zip(self._handles, (wanted.least, wanted.target, wanted.most), strict=True):
            handle.put(value)
        self._place()

    def value_at(self, x: int) -> int:
        """What a place on the scale means, in handle steps, at half gigabytes."""
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        share = (x - _SIDE) / max(1, self.width() - 2 * _SIDE)
        return round(share * self._end * 2) * STEPS // 2

    def sizeHint(self) -> QSize:
        """The plot, the handles, their words."""
        return QSize(420, _PLOT + SIZE // 2 + _LABELS + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The handles stand on the scale."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Band, bars, curve, lines, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wanted, tokens = self.wanted, theme().tokens
        low, high = self._x(wanted.least), self._x(self._end if wanted.most is None else wanted.most)
        band = QRectF(min(low, high), 0, abs(high - low), _PLOT)
        painter.fillRect(band, tokens.color("sel", 0.6))
        self._paint_bars(painter, wanted)
        painter.setPen(QPen(tokens.color("edge"), 1))
        painter.drawLine(QPointF(_SIDE, _PLOT + 0.5), QPointF(self.width() - _SIDE, _PLOT + 0.5))
        self._paint_curve(painter, wanted)
        if self._cap is not None and self._cap < self._end:
            pen = QPen(tokens.color("miss"), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(self._x(self._cap), 0), QPointF(self._x(self._cap), _PLOT))
        for handle in self._handles:
            x = self._x(self._at(handle))
            painter.setPen(QPen(tokens.color(handle.tone), 1.5))
            painter.drawLine(QPointF(x, 0), QPointF(x, _PLOT))
        self._paint_words(painter)

    def _paint_bars(self, painter: QPainter, wanted: Wanted) -> None:
        tokens = theme().tokens
        most = max(self._bins, default=0)
        width = self._end / _BINS
        limit = min(one for one in (wanted.most, wanted.cap, math.inf) if one is not None)
        for number, count in enumerate(self._bins):
            if not count:
                continue
            left, right = sorted((self._x(number * width), self._x((number + 1) * width)))
            height = max(3.0, (_PLOT - 16) * count / most)
            middle = (number + 0.5) * width
            allowed = wanted.least <= middle <= limit
            box = QRectF(left + 1.5, _PLOT - height, max(2.0, right - left - 3), height)
            path = QPainterPath()
            path.addRoundedRect(box.adjusted(0, 0, 0, 3), 2, 2)
            painter.save()
            painter.setClipRect(box)
            painter.fillPath(path, tokens.color("info" if allowed else "press"))
            painter.restore()

    def _paint_curve(self, painter: QPainter, wanted: Wanted) -> None:
        path = QPainterPath()
        for step in range(_BINS * 4 + 1):
            size = self._end * step / (_BINS * 4)
            wish = size / self._end if wanted.target is None else 1 - abs(size - wanted.target) / _FADES
            point = QPointF(self._x(size), _PLOT - 4 - (_PLOT - 30) * max(0.0, wish))
            path.lineTo(point) if step else path.moveTo(point)
        painter.setPen(QPen(theme().tokens.color("ok"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_words(self, painter: QPainter) -> None:
        tokens = theme().tokens
        top = _PLOT + SIZE // 2 + 2
        names, values = theme().font_for("small"), theme().font_for("table_header", tabular=True)
        spans: list[tuple[float, float]] = []
        for handle, left, width in self._label_places(names, values):
            spans.append((left, left + width))
            focused = handle.hasFocus()
            for font, tone, text, row in (
                (names, "text" if focused else "text2", handle.name, 0),
                (values, "text", handle.words, 1),
            ):
                painter.setFont(font)
                painter.setPen(tokens.color(tone))
                painter.drawText(QRectF(left, top + row * 17, width, 18), Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(names)
        painter.setPen(tokens.color("text3"))
        metrics = QFontMetrics(names)
        for text, size, side in (
            (gb(0), 0.0, Qt.AlignmentFlag.AlignLeft),
            (gb(self._end), self._end, Qt.AlignmentFlag.AlignRight),
        ):
            width = metrics.horizontalAdvance(text) + 2
            x = self._x(size)
            left = x - (0 if (x < self.width() / 2) else width)
            if not any(left < end + 6 and start - 6 < left + width for start, end in spans):
                painter.drawText(QRectF(left, top, width, 18), side, text)

    def _label_places(self, names: QFont, values: QFont) -> list[tuple[Handle, float, float]]:
        """Side by side where the handles are close together, and never out of sight."""
        places: list[tuple[Handle, float, float]] = []
        edge = 0.0
        ordered = sorted(self._handles, key=lambda handle: self._x(self._at(handle)))
        widths = [
            max(
                QFontMetrics(names).horizontalAdvance(handle.name),
                QFontMetrics(values).horizontalAdvance(handle.words),
            )
            + 10
            for handle in ordered
        ]
        for number, handle in enumerate(ordered):
            width = widths[number]
            room = self.width() - sum(widths[number:])
            left = min(max(edge, self._x(self._at(handle)) - width / 2), room)
            places.append((handle, left, width))
            edge = left + width
        return places

    def _moved(self, handle: Handle) -> None:
        """The three keep their order: one that is pushed against goes along."""
        place = self._handles.index(handle)
        for other in self._handles[:place]:
            if other.value() > handle.value():
                other.put(handle.value() / STEPS)
        for other in self._handles[place + 1 :]:
            if other.value() < handle.value():
                other.put(handle.gigabytes)
        self._place()
        self.changed.emit()

    def _at(self, handle: Handle) -> float:
        value = handle.gigabytes
        return self._end if value is None else value

    def _x(self, size: float) -> float:
        share = min(1.0, max(0.0, size / self._end))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        return _SIDE + share * (self.width() - 2 * _SIDE)

    def _place(self) -> None:
        for handle in self._handles:
            handle.move(round(self._x(self._at(handle))) - SIZE // 2, _PLOT - SIZE // 2 + 8)
        self.setAccessibleName(self.tr("Sizes of releases"))
        words = self.tr("{count} stored releases, for a movie of 120 min").format(count=len(self._sizes))
        self.setAccessibleDescription(words)
        self.update()


def _nice_end(sizes: Sequence[float], wanted: Wanted) -> float:
    ordered = sorted(sizes)
    # a few monsters must not squeeze the rest together
    usual = ordered[int(len(ordered) * 0.98)] if ordered else 0.0
    values = [wanted.least, wanted.target or 0.0, wanted.most or 0.0, min(wanted.cap or 0.0, 2 * usual or 100.0)]
    reach = min(1.15 * max(usual, *values, 4.0), _ENDS[-1])
    return next(float(end) for end in _ENDS if reach <= end)


def _binned(sizes: Sequence[float], end: float) -> tuple[int, ...]:
    bins = [0] * _BINS
    for size in sizes:
        bins[min(_BINS - 1, max(0, int(size / end * _BINS)))] += 1
    return tuple(bins)
