"""Meters: a plain bar, the ring, the score bar and the five stages of a download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from radarr_desktop.ui.parts.shapes import mirrored, rounded
from radarr_desktop.ui.theme import State, set_role, theme

_BAR = 6
_SCORE = 8
_SCORE_GAP = 1.5
_STAGE_GAP = 4
# score segment -> colour role
SCORE_TONES: dict[str, str] = {"quality": "info", "formats": "upgrade", "size": "ok", "group": "wait", "peers": "off"}


@dataclass(frozen=True)
class StageView:
    """Where a download stands: which stage is current, how far it is, and in which tone."""

    current: int
    progress: float = 0.0
    tone: State = "info"
    stale: bool = False


def stage_names() -> tuple[str, ...]:
    """The five stages in the user's language."""
    say = QCoreApplication.translate
    return (
        say("Stages", "Grabbed"),
        say("Stages", "Looked at"),
        say("Stages", "Downloading"),
        say("Stages", "Checked"),
        say("Stages", "Imported"),
    )


def paint_bar(painter: QPainter, rect: QRect, progress: float, tone: str, *, widget: QWidget) -> None:
    """A 6 px bar in the middle of the rectangle."""
    tokens = theme().tokens
    track = QRect(rect.left(), rect.top() + (rect.height() - _BAR) // 2, rect.width(), _BAR)
    rounded(painter, track, _BAR / 2, fill=tokens.color("press"))
    done = round(track.width() * min(1.0, max(0.0, progress)))
    if done > 0:
        part = mirrored(widget, QRect(track.left(), track.top(), max(done, _BAR), _BAR), track)
        rounded(painter, part, _BAR / 2, fill=tokens.color(tone))


def paint_stages(painter: QPainter, rect: QRect, view: StageView, *, widget: QWidget) -> None:
    """Five segments with their names below; done is green, the current one shows its progress."""
    names = stage_names()
    width = (rect.width() - _STAGE_GAP * (len(names) - 1)) / len(names)
    tokens = theme().tokens
    for number, name in enumerate(names):
        left = round(rect.left() + number * (width + _STAGE_GAP))
        segment = mirrored(widget, QRect(left, rect.top(), round(width), _BAR), rect)
        done = 1.0 if number < view.current else view.progress if number == view.current else 0.0
        tone = "off" if view.stale else "ok" if done >= 1.0 else view.tone
        paint_bar(painter, segment, done, tone, widget=widget)
        current = number == view.current
        painter.setFont(theme().font_for("group" if current else "small"))
        painter.setPen(tokens.color("text" if current else "text3"))
        label = QRect(segment.left(), rect.top() + _BAR + 4, segment.width(), rect.height() - _BAR - 4)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, flags, shown)


def paint_ring(painter: QPainter, rect: QRect, progress: float, *, radius: int = 25, width: float = 4.0) -> None:
    """A progress ring with its percentage, in the middle of the rectangle."""
    tokens = theme().tokens
    box = QRectF(0, 0, 2 * radius, 2 * radius)
    box.moveCenter(QRectF(rect).center())
    box.adjust(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.color("press"), width))
    painter.drawEllipse(box)
    pen = QPen(tokens.color("info"), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(box, 90 * 16, -round(360 * 16 * min(1.0, max(0.0, progress))))
    painter.restore()


class ProgressBar(QWidget):
    """A 6 px bar; announced by its accessible name, which the owner keeps at 25 % steps."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._progress, self._tone = name, 0.0, "info"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_progress(0.0)

    def show_progress(self, progress: float, tone: str = "info") -> None:
        """Move the bar."""
        self._progress, self._tone = progress, tone
        self.setAccessibleName(_spoken(self._name, progress))
        self.update()

    def sizeHint(self) -> QSize:
        """Thin, and as wide as there is room."""
        return QSize(160, _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_bar(QPainter(self), self.rect(), self._progress, self._tone, widget=self)


class Bar(QWidget):
    """A share beside its number, which is what a screen reader gets."""

    def __init__(self, share: float, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._tone = share, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Thin, and as wide as there is room."""
        return QSize(60, _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_bar(QPainter(self), self.rect(), self._share, self._tone, widget=self)


class ProgressRing(QWidget):
    """The ring with its percentage inside."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._progress = name, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "table_header", tabular=True)
        self.show_progress(0.0)

    def show_progress(self, progress: float) -> None:
        """Move the ring."""
        self._progress = progress
        self.setAccessibleName(_spoken(self._name, progress))
        self.update()

    def sizeHint(self) -> QSize:
        """The ring's square."""
        return QSize(52, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_ring(painter, self.rect(), self._progress)
        painter.setPen(theme().tokens.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, percent(self._progress))


def percent(progress: float) -> str:
    """ "64 %", with a space that does not break."""
    return f"{int(min(1.0, max(0.0, progress)) * 100)}\u00a0%"


def _spoken(name: str, progress: float) -> str:
    return f"{name}, {int(progress * 4) * 25}\u00a0%"


class StagesBar(QWidget):
    """The five stages as a widget."""

    def __init__(self, view: StageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_stage(view)

    def show_stage(self, view: StageView) -> None:
        """Move on."""
        self._view = view
        names = stage_names()
        self.setAccessibleName(_spoken(names[min(view.current, len(names) - 1)], view.progress))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the names."""
        return QSize(420, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_stages(QPainter(self), self.rect(), self._view, widget=self)


def paint_score(
    painter: QPainter, rect: QRect, parts: Sequence[tuple[str, int]], most: int, *, widget: QWidget
) -> None:
    """The score's positive parts on an 8 px track; penalties are told in numbers, not drawn."""
    tokens = theme().tokens
    track = QRect(rect.left(), rect.top() + (rect.height() - _SCORE) // 2, rect.width(), _SCORE)
    rounded(painter, track, _SCORE / 2, fill=tokens.color("press"))
    left = float(track.left())
    painter.save()
    for name, value in parts:
        width = track.width() * max(0, value) / max(1, most)
        if width <= _SCORE_GAP:
            continue
        box = QRectF(left, track.top(), width - _SCORE_GAP, _SCORE)
        if widget.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveLeft(track.left() + track.right() + 1 - box.right())
        painter.fillRect(box, tokens.color(SCORE_TONES[name]))
        left += width
    painter.restore()


class ScoreBar(QWidget):
    """A score's parts as a widget; `parts` are (quality | formats | size | group | peers, width of `most`)."""

    def __init__(self, parts: Sequence[tuple[str, int]], most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._most = tuple(parts), most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Thin, and as wide as there is room."""
        return QSize(160, _SCORE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_score(QPainter(self), self.rect(), self._parts, self._most, widget=self)
