"""Lucide icons in the theme's colours, drawn once per name, role, size and screen ratio."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from radarr_desktop.ui.tokens import Tokens

DIRECTIONAL = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "corner-down-left",
        "external-link",
        "folder-input",
        "list-checks",
        "list-plus",
        "list-video",
        "log-in",
        "panel-left",
        "play",
        "redo-2",
        "skip-forward",
        "undo-2",
    }
)
_BADGE_SIZE = 14
_ICON_SIZES = (14, 16, 18, 20, 24)
# What the style sheet shows by file: (icon, role, size)
_STYLE_FILES = (
    ("chevron-down", "text2", 16),
    ("chevron-up", "text2", 16),
    ("check", "on_fill", 16),
    ("minus", "on_fill", 16),
    ("circle", "on_fill", 16),
    ("arrow-down", "text3", 12),
    ("arrow-up", "text3", 12),
)


@cache
def _source(name: str) -> str:
    return files("radarr_desktop_resources").joinpath("icons", f"{name}.svg").read_text("utf-8")


class Icons:
    """The icons of one theme; make a new one when the theme changes."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._pixmaps: dict[tuple[str, str, int, float, bool], QPixmap] = {}

    def svg(self, name: str, role: str, size: int) -> bytes:
        """The icon's text with its colour and stroke written in."""
        stroke = self._tokens.stroke.badge_icon if size <= _BADGE_SIZE else self._tokens.stroke.icon
        text = _source(name).replace("currentColor", self._tokens.colors[role])
        return text.replace('stroke-width="2"', f'stroke-width="{stroke}"').encode()

    def pixmap(self, name: str, role: str = "text2", size: int = 16, ratio: float | None = None) -> QPixmap:
        """The icon for a delegate or a paint event; mirrored where the reading direction asks for it."""
        scale = ratio if ratio is not None else QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
        mirrored = name in DIRECTIONAL and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        key = (name, role, size, scale, mirrored)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, role, size, scale, mirrored=mirrored)
        return self._pixmaps[key]

    def icon(self, name: str, role: str = "text2") -> QIcon:
        """The icon for an action or a native menu, in every size used, with its disabled form."""
        icon = QIcon()
        for size in _ICON_SIZES:
            icon.addPixmap(self.pixmap(name, role, size), QIcon.Mode.Normal)
            icon.addPixmap(self.pixmap(name, "edge", size), QIcon.Mode.Disabled)
        return icon

    def write_style_files(self, folder: Path) -> dict[str, str]:
        """Copies for the style sheet, which can only name files; returns name -> path for `url()`."""
        folder.mkdir(parents=True, exist_ok=True)
        paths: dict[str, str] = {}
        for name, role, size in _STYLE_FILES:
            path = folder / f"{self._tokens.theme}-{name}-{role}.svg"
            content = self.svg(name, role, size)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
            paths[f"icon-{name}"] = path.as_posix()
        return paths

    def _render(self, name: str, role: str, size: int, ratio: float, *, mirrored: bool) -> QPixmap:
        pixels = max(1, round(size * ratio))
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mirrored:
            painter.setTransform(QTransform(-1, 0, 0, 1, pixels, 0))
        QSvgRenderer(QByteArray(self.svg(name, role, size))).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
