"""The program's mark: in colour for the window, in one colour and four shapes for the tray."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QLinearGradient, QPainter, QPen, QPixmap, QPolygonF

from radarr_desktop.ui.tokens import ThemeName, Tokens, load_tokens

TrayState = Literal["idle", "working", "paused", "attention"]
_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
_TRAY_SIZES = (16, 22, 24, 32, 48, 64)
_RIM = 0.7


def paint_mark(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """A rounded square with the ring and the play triangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    gradient = QLinearGradient(rect.topLeft(), rect.bottomRight())
    gradient.setColorAt(0, tokens.color("mark_start"))
    gradient.setColorAt(1, tokens.color("mark_end"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawRoundedRect(rect, rect.width() * 0.24, rect.width() * 0.24)
    inner = rect.adjusted(*(rect.width() * part for part in (0.2, 0.2, -0.2, -0.2)))
    _paint_ring(painter, inner, tokens.color("on_fill"), inner.width() * 0.15)
    _paint_triangle(painter, inner, tokens.color("on_fill"))
    painter.restore()


def app_icon(tokens: Tokens) -> QIcon:
    """The mark for the window and the task bar."""
    icon = QIcon()
    for side in _APP_SIZES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, side, side), tokens)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def paint_tray_mark(
    painter: QPainter, rect: QRectF, state: TrayState, progress: float, panel: ThemeName, *, dot: bool = True
) -> None:
    """The tray's mark for a dark or a light panel; the state is told by shape."""
    tokens = load_tokens(panel)
    color = tokens.color("text")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = rect.adjusted(*(rect.width() * part for part in (0.07, 0.07, -0.07, -0.07)))
    width = max(1.5, rect.width() * 0.11)
    if state == "working":
        track = QColor(color)
        track.setAlphaF(0.35)
        _paint_ring(painter, box, track, width)
        _paint_arc(painter, box, color, width, progress)
    elif state == "attention":
        _paint_arc(painter, box, color, width, 0.76, start=0)
    else:
        _paint_ring(painter, box, color, width)
    if state == "paused":
        _paint_bars(painter, box, color)
    else:
        _paint_triangle(painter, box, color)
    if state == "attention" and dot:
        _paint_dot(painter, rect, tokens)
    painter.restore()


def tray_icon(state: TrayState, progress: float, panel: ThemeName | None) -> QIcon:
    """The mark in all sizes a panel may ask for; with a dark rim where nobody says how bright the panel is."""
    icon = QIcon()
    for side in _TRAY_SIZES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        if panel is None:
            painter.drawPixmap(0, 0, _rim(state, progress, side))
        paint_tray_mark(painter, QRectF(0, 0, side, side), state, progress, panel or "dark")
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _rim(state: TrayState, progress: float, side: int) -> QPixmap:
    rim = QPixmap(side, side)
    rim.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rim)
    for across in (-_RIM, 0.0, _RIM):
        for down in (-_RIM, 0.0, _RIM):
            paint_tray_mark(painter, QRectF(across, down, side, side), state, progress, "light", dot=False)
    painter.end()
    return rim


def _paint_ring(painter: QPainter, box: QRectF, color: QColor, width: float) -> None:
    half = width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width))
    painter.drawEllipse(box.adjusted(half, half, -half, -half))


def _paint_arc(painter: QPainter, box: QRectF, color: QColor, width: float, part: float, *, start: int = 90) -> None:
    half = width / 2
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    span = -round(360 * 16 * min(1.0, max(0.02, part)))
    painter.drawArc(box.adjusted(half, half, -half, -half), start * 16, span)


def _paint_triangle(painter: QPainter, box: QRectF, color: QColor) -> None:
    side = box.width()
    left, top = box.left(), box.top()
    points = [(0.40, 0.31), (0.71, 0.50), (0.40, 0.69)]
    painter.setBrush(color)
    pen = QPen(color, side * 0.06)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolygon(QPolygonF([QPointF(left + x * side, top + y * side) for x, y in points]))


def _paint_bars(painter: QPainter, box: QRectF, color: QColor) -> None:
    side = box.width()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x in (0.35, 0.54):
        bar = QRectF(box.left() + x * side, box.top() + 0.31 * side, 0.115 * side, 0.38 * side)
        painter.drawRoundedRect(bar, 0.04 * side, 0.04 * side)


def _paint_dot(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    side = rect.width() * 0.46
    dot = QRectF(rect.right() - side, rect.top(), side, side)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    gap = rect.width() * 0.05
    painter.drawEllipse(dot.adjusted(-gap, -gap, gap, gap))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(tokens.color("err"))
    painter.drawEllipse(dot)
    _paint_exclamation(painter, dot, tokens.color("window" if tokens.theme == "dark" else "on_fill"))


def _paint_exclamation(painter: QPainter, dot: QRectF, color: QColor) -> None:
    """A bar over a point: a letter would load the fonts, which a tray has no other use for."""
    side = dot.width()
    width, left = 0.16 * side, dot.center().x() - 0.08 * side
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(left, dot.top() + 0.19 * side, width, 0.37 * side), width / 2, width / 2)
    painter.drawEllipse(QRectF(left, dot.top() + 0.65 * side, width, width))
