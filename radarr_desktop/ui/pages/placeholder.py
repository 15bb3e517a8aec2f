"""A poster for movies without one: drawn from the title, always the same for the same movie."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QLinearGradient, QPainter

from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.ui.theme import theme

_TITLE_FROM = 56


def paint_placeholder(info: MovieInfo, size: QSize, ratio: float) -> QImage:
    """Two colours of the movie's own, a moon, and the title."""
    image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    digest = hashlib.sha256(f"{info.tmdb_id} {info.title}".encode()).digest()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width, height = size.width(), size.height()
    hue = digest[0] / 255
    turn = (hue + 0.06 + digest[1] / 255 * 0.12) % 1.0
    sky = QLinearGradient(QPointF(0, 0), QPointF(width * 0.3, height))
    sky.setColorAt(0, QColor.fromHslF(hue, 0.38, 0.16))
    sky.setColorAt(1, QColor.fromHslF(turn, 0.42, 0.34))
    painter.fillRect(QRectF(0, 0, width, height), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromHslF(turn, 0.55, 0.66, 0.55))
    moon = width * (0.20 + digest[2] / 255 * 0.12)
    painter.drawEllipse(QPointF(width * (0.25 + digest[3] / 255 * 0.5), height * 0.30), moon, moon)
    _paint_hills(painter, size, hue, digest)
    if width >= _TITLE_FROM:
        _paint_title(painter, info, size)
    painter.end()
    image.setDevicePixelRatio(1)
    return image


def _paint_hills(painter: QPainter, size: QSize, hue: float, digest: bytes) -> None:
    width, height = size.width(), size.height()
    for number in range(3):
        lightness = 0.20 - number * 0.05
        painter.setBrush(QColor.fromHslF(hue, 0.35, lightness))
        center = QPointF(width * (digest[4 + number] / 255), height * (1.02 + number * 0.14))
        painter.drawEllipse(center, width * 0.95, height * 0.46)


def _paint_title(painter: QPainter, info: MovieInfo, size: QSize) -> None:
    font = QFont(theme().font_for("display"))
    font.setPixelSize(max(9, round(size.width() * 0.115)))
    font.setLetterSpacing(font.letterSpacingType(), -0.2)
    metrics = QFontMetricsF(font)
    margin = size.width() * 0.08
    box = QRectF(margin, size.height() * 0.5, size.width() - 2 * margin, size.height() * 0.5 - margin)
    flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    title = info.title
    while len(title) > 1 and metrics.boundingRect(box, flags, title).height() > box.height():
        title = title[: len(title) * 3 // 4].rstrip() + "…"
    painter.setFont(font)
    painter.setPen(theme().tokens.color("on_fill"))
    painter.drawText(box, flags, title)
