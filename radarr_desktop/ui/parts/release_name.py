"""Release names as the program read them: each part on the colour of its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radarr_desktop.ui.parts.shapes import rounded
from radarr_desktop.ui.theme import theme

ReleaseKind = Literal["resolution", "source", "video", "audio", "group"]
Run = tuple[str, ReleaseKind | None]
_SEPARATORS = frozenset(".-_ ")
_PAD = 1.0
_BLEED = 1.0
_ELLIPSIS = "…"
_SHORTEST_TITLE = 5


@dataclass(frozen=True)
class _Piece:
    text: str
    kind: ReleaseKind | None
    x: float
    line: int
    width: float


def paint_release_name(
    painter: QPainter, rect: QRect, runs: Sequence[Run], *, small: bool = True, wrap: bool = False
) -> None:
    """Paint the runs into the rectangle; a title that is too long is shortened in its middle, never the tail.

    Release names are Latin and read left to right in every language.
    """
    tokens = theme().tokens
    font = theme().font_for("mono_small" if small else "mono")
    metrics = QFontMetricsF(font)
    width = float(rect.width())
    shown = tuple(runs) if wrap else shorten(tuple(runs), width, font)
    pieces = _place(shown, metrics, width if wrap else None)
    line_height = _line_height(metrics)
    top = rect.top() if wrap else rect.top() + (rect.height() - line_height) / 2
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setFont(font)
    for piece in pieces:
        box = QRectF(rect.left() + piece.x, top + piece.line * line_height + 1, piece.width, line_height - 2)
        if piece.kind is not None:
            ground = box.adjusted(-_BLEED, 0, _BLEED, 0)
            rounded(painter, ground, tokens.radius.release, fill=tokens.color(f"release_{piece.kind}"))
        _paint_text(painter, box.adjusted(_PAD if piece.kind else 0, 0, 0, 0), piece, metrics)
    painter.restore()


def release_name_width(runs: Sequence[Run], *, small: bool = True) -> int:
    """The width of the whole name on one line."""
    metrics = QFontMetricsF(theme().font_for("mono_small" if small else "mono"))
    return round(_width(tuple(runs), metrics) + 0.5)


def shorten(runs: tuple[Run, ...], width: float, font: QFont) -> tuple[Run, ...]:
    """The same runs with as much of the title's middle left out as the width asks for."""
    metrics = QFontMetricsF(font)
    title = next((number for number, (_, kind) in enumerate(runs) if kind is None), None)
    if title is None or _width(runs, metrics) <= width:
        return runs
    text = runs[title][0]
    letter = metrics.horizontalAdvance("0")
    keep = len(text) - int((_width(runs, metrics) - width) / letter) - 2
    keep = min(max(keep, _SHORTEST_TITLE), len(text) - 1)
    head = (keep + 1) // 2
    shortened = text[:head] + _ELLIPSIS + text[len(text) - (keep - head) :]
    return (*runs[:title], (shortened, None), *runs[title + 1 :])


def _width(runs: tuple[Run, ...], metrics: QFontMetricsF) -> float:
    return sum(metrics.horizontalAdvance(text) + (2 * _PAD if kind else 0) for text, kind in runs)


def _line_height(metrics: QFontMetricsF) -> float:
    return float(round(metrics.height()) + 4)


def _place(runs: tuple[Run, ...], metrics: QFontMetricsF, width: float | None) -> list[_Piece]:
    pieces: list[_Piece] = []
    x, line = 0.0, 0
    parts = runs if width is None else _breakable(runs)
    widths = [metrics.horizontalAdvance(text) + (2 * _PAD if kind else 0) for text, kind in parts]
    for number, (text, kind) in enumerate(parts):
        # a separator stays with the part before it
        tail = widths[number + 1] if number + 1 < len(parts) and _is_separator(parts[number + 1]) else 0.0
        if width is not None and x > 0 and not _is_separator(parts[number]) and x + widths[number] + tail > width:
            x, line = 0.0, line + 1
        pieces.append(_Piece(text, kind, x, line, widths[number]))
        x += widths[number]
    return pieces


def _is_separator(run: Run) -> bool:
    return run[1] is None and all(letter in _SEPARATORS for letter in run[0])


@lru_cache(maxsize=512)
def _breakable(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Title text in pieces that end at a separator, so that long titles can wrap too."""
    parts: list[Run] = []
    for text, kind in runs:
        start = 0
        for number, letter in enumerate(text if kind is None else ""):
            if letter in _SEPARATORS:
                parts.append((text[start : number + 1], kind))
                start = number + 1
        if start < len(text):
            parts.append((text[start:], kind))
    return tuple(parts)


def _paint_text(painter: QPainter, box: QRectF, piece: _Piece, metrics: QFontMetricsF) -> None:
    tokens = theme().tokens
    baseline = box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent()
    if piece.kind is not None:
        painter.setPen(tokens.color("text"))
        painter.drawText(int(box.left()), int(baseline), piece.text)
        return
    x = box.left()
    start = 0
    for number in range(1, len(piece.text) + 1):
        at_end = number == len(piece.text)
        if at_end or (piece.text[number] in _SEPARATORS) != (piece.text[start] in _SEPARATORS):
            part = piece.text[start:number]
            painter.setPen(tokens.color("text3" if part[0] in _SEPARATORS else "text"))
            painter.drawText(int(x), int(baseline), part)
            x += metrics.horizontalAdvance(part)
            start = number


class ReleaseName(QWidget):
    """A release name as a widget, on one line or wrapped over several."""

    def __init__(
        self, runs: Sequence[Run] = (), *, small: bool = True, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._small, self._wrap = small, wrap
        # a Fixed height would cap a wrapped name at its one-line hint
        height = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, height)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show another name."""
        self._runs = tuple(runs)
        name = "".join(text for text, _ in self._runs)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The whole name on one line."""
        width = release_name_width(self._runs, small=self._small)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """It gives way: shortened or wrapped."""
        return QSize(120, self.heightForWidth(120) if not self._wrap else 20)

    def heightForWidth(self, width: int) -> int:
        """One line, or as many as the width asks for."""
        metrics = QFontMetricsF(theme().font_for("mono_small" if self._small else "mono"))
        pieces = _place(self._runs, metrics, float(width)) if self._wrap else []
        lines = pieces[-1].line + 1 if pieces else 1
        return round(lines * _line_height(metrics))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_release_name(QPainter(self), self.rect(), self._runs, small=self._small, wrap=self._wrap)
