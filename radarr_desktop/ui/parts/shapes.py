"""Shapes that several parts and delegates paint: rounded boxes, focus rings, soft shadows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QStyle, QWidget

from radarr_desktop.ui.theme import Tokens

_SHADOW_STEPS = 24


def rounded(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    *,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A box with round corners; its line lies inside the rectangle, on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect)
    if line is not None:
        half = width / 2
        box.adjust(half, half, -half, -half)
        radius = max(0.0, radius - half)
    painter.setPen(QPen(line, width) if line is not None else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(fill if fill is not None else QColor(Qt.GlobalColor.transparent))
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF | QRect, radius: float, tokens: Tokens) -> None:
    """The 2 px ring of whatever has the keyboard."""
    rounded(painter, rect, radius, line=tokens.color("accent"), width=tokens.stroke.focus)


def soft_shadow(painter: QPainter, rect: QRectF, radius: float, *, blur: int, drop: int, color: QColor) -> None:
    """A shadow below a floating box, as a stack of rings: no effect that repaints its children."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    total = sum(range(1, _SHADOW_STEPS + 1))
    hole = QPainterPath()
    hole.addRoundedRect(rect, radius, radius)
    for number in range(_SHADOW_STEPS):
        # the widest ring is the faintest, so that the shadow has no edge
        step = QColor(color)
        step.setAlphaF(color.alphaF() * (_SHADOW_STEPS - number) / total)
        grow = blur * (number + 1) / _SHADOW_STEPS - blur / 2
        outer = QPainterPath()
        box = rect.adjusted(-grow, -grow, grow, grow).translated(0, drop)
        corner = max(radius + grow, 1.0)
        outer.addRoundedRect(box, corner, corner)
        painter.fillPath(outer - hole, step)
    painter.restore()


def lift(widget: QWidget, tokens: Tokens) -> None:
    """The shadow of something that floats for a while: it is drawn again whenever the widget changes."""
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(32)
    shadow.setOffset(0, 8)
    shadow.setColor(tokens.color("shadow", tokens.alpha["shadow_floating"]))
    widget.setGraphicsEffect(shadow)


def mirrored(widget: QWidget, rect: QRect, within: QRect | None = None) -> QRect:
    """The rectangle where it belongs in the widget's reading direction."""
    return QStyle.visualRect(widget.layoutDirection(), within if within is not None else widget.rect(), rect)
