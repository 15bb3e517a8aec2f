"""The plots, by pyqtgraph: the one place that imports it, when the first of them is to be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.domain.reputation.prior import USUAL
from radarr_desktop.domain.reputation.standing import Step
from radarr_desktop.ui.models.reputation import LOOKS, share_words, when
from radarr_desktop.ui.models.statistics import BarLine
from radarr_desktop.ui.theme import theme

pg.setConfigOption("exitCleanup", False)  # Qt's objects end with the window, not with the interpreter

_LINE = 26
_BAR = 0.5
_ROOM = 1.45
"""So much wider than the longest bar: its words stand behind it."""
_COURSE = 190
_BEHIND = 0.02
_OFFSET = 8
"""Between the words at the left and what they tell of."""


class Plot(QWidget):
    """Draws itself again in other colours; the wheel and the mouse stay with the page."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._view = pg.PlotWidget()
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for each in (self._view, self._view.viewport()):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(self._view.Shape.NoFrame)
        self._item = self._view.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._item.setMouseEnabled(False, False)
        self._item.layout.setContentsMargins(0, 0, 0, 0)
        self._item.hideAxis("bottom")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._view)
        theme().changed.connect(self.draw)

    def draw(self) -> None:
        """All of it, in the colours in force."""
        tokens = theme().tokens
        self._view.setBackground(tokens.color("panel"))
        self._item.clear()
        axis = self._item.getAxis("left")
        axis.setPen(None)
        axis.setTickPen(None)
        axis.setTextPen(tokens.color("text2"))
        axis.setStyle(tickFont=_font(), tickLength=0, tickTextOffset=_OFFSET, tickAlpha=0)

    def _ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Words at the left; their room is told beforehand, or they would be missing in the first painting."""
        measure, axis = QFontMetricsF(_font()), self._item.getAxis("left")
        axis.setTicks([ticks])
        axis.setWidth(math.ceil(max(measure.horizontalAdvance(words) for _, words in ticks)) + _OFFSET)

    def _words(self, text: str, x: float, y: float, tone: str, anchor: tuple[float, float] = (0, 0.5)) -> None:
        item = pg.TextItem(text, theme().tokens.color(tone), anchor=anchor)
        item.setFont(_font())
        item.setPos(x, y)
        self._item.addItem(item)


class BarsPlot(Plot):
    """Bars below each other, each with its name before and its words behind it."""

    chosen = Signal(str)
    """The key of a bar that was clicked."""

    def __init__(self, name: str, bars: Sequence[BarLine], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.label}" for bar in bars))
        self.setFixedHeight(self.height_of(len(bars)))
        self._item.invertY()
        if any(bar.key for bar in bars):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(self.tr("Click a group for what became of its releases"))
        self.draw()

    @staticmethod
    def height_of(bars: int) -> int:
        """What so many of them need."""
        return _LINE * max(1, bars) + 4

    def draw(self) -> None:
        """Bars, marks and words."""
        super().draw()
        tokens, bars = theme().tokens, self._bars
        most = max((bar.end for bar in bars), default=1) or 1
        colors = [tokens.color(bar.tone) for bar in bars]
        places = list(range(len(bars)))
        ends = [max(bar.end, bar.begin + most / 400) for bar in bars]
        self._item.addItem(
            pg.BarGraphItem(x0=[bar.begin for bar in bars], x1=ends, y=places, height=_BAR, brushes=colors, pens=colors)
        )
        for place, bar in enumerate(bars):
            self._words(bar.label, ends[place] + most * _BEHIND, place, "text")
            if bar.middle is not None:
                at, half = [bar.middle, bar.middle], [place - 0.4, place + 0.4]
                self._item.plot(at, half, pen=pg.mkPen(tokens.color("text"), width=2))
        self._ticks([(place, bar.name) for place, bar in enumerate(bars)])
        self._item.setYRange(-0.5, len(bars) - 0.5, padding=0)
        self._item.setXRange(0, most * _ROOM, padding=0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open what a bar stands for."""
        place = int(event.position().y() * len(self._bars) / max(1, self.height()))
        if 0 <= place < len(self._bars) and self._bars[place].key:
            self.chosen.emit(self._bars[place].key)
        else:
            super().mousePressEvent(event)


class CoursePlot(Plot):
    """How a group came to stand as it does: a line over time, an event at each of its dots."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._steps: tuple[Step, ...] = ()
        self.setFixedHeight(_COURSE)

    def show_course(self, steps: Sequence[Step]) -> None:
        """Another one, oldest first."""
        self._steps = tuple(steps)
        shares = [share_words(step.share) for step in steps]
        self.setAccessibleDescription(self.tr("From {first} to {last}").format(first=shares[0], last=shares[-1]))
        self.draw()

    def draw(self) -> None:
        """Line, dots, what is usual, and the first and last day."""
        super().draw()
        steps, tokens = self._steps, theme().tokens
        if not steps:
            return
        places, shares = list(range(len(steps))), [step.share for step in steps]
        low = 0.5 if min(shares) > 0.5 else 0.0
        usual = pg.InfiniteLine(USUAL, angle=0, pen=pg.mkPen(tokens.color("edge"), style=Qt.PenStyle.DashLine))
        self._item.addItem(usual)
        self._words(self.tr("usual"), len(steps) - 0.5, USUAL, "text3", (1, 0 if shares[-1] > USUAL else 1))
        self._item.plot(places, shares, pen=pg.mkPen(tokens.color("text3"), width=1.5), antialias=True)
        colors = [tokens.color(LOOKS[step.event.outcome][1]) for step in steps]
        dots = pg.ScatterPlotItem(places, shares, size=9, brush=colors, pen=pg.mkPen(tokens.color("panel")))
        self._item.addItem(dots)
        self._ticks([(share, share_words(share)) for share in (low, (1 + low) / 2, 1.0)])
        self._words(when(steps[0].event.at), -0.5, low, "text3", (0, 0))
        if len(steps) > 1:
            self._words(when(steps[-1].event.at), len(steps) - 0.5, low, "text3", (1, 0))
        self._item.setYRange(low - 0.16 * (1 - low), 1 + 0.04 * (1 - low), padding=0)
        self._item.setXRange(-0.5, len(steps) - 0.5, padding=0.02)


def _font() -> QFont:
    return theme().font_for("secondary", tabular=True)
