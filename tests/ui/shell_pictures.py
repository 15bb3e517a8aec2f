"""Pictures of the shell: both themes, narrow, right to left, long words, and the tray's four states."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from radarr_desktop.ui.mark import TrayState, paint_tray_mark
from radarr_desktop.ui.parts import Button, EmptyState, SearchField, Segment, Segmented, Sheet
from radarr_desktop.ui.shell.quit import ask_to_quit
from radarr_desktop.ui.shell.window import MainWindow
from radarr_desktop.ui.theme import Theme, ThemeName, load_tokens
from tests.ui import camera

_STATES: tuple[TrayState, ...] = ("idle", "working", "paused", "attention")
_THEMES: tuple[ThemeName, ...] = ("dark", "light")


def longer(word: str, *, long: bool) -> str:
    """A word as a language with longer ones would have it."""
    return f"{word}{'en' * max(1, len(word) // 6)}ß" if long else word


def build_window(*, long: bool = False) -> MainWindow:
    """A shell with the pages of the first slice, all empty."""
    window = MainWindow(has_tray=lambda: True)
    primary = Button(longer("Add movie", long=long), "primary", "plus")
    page = EmptyState(
        "film",
        longer("Your library is empty", long=long),
        longer("Add one movie, or bring everything you already have. Nothing is renamed without asking.", long=long),
        [Button(longer("Add movie", long=long), "primary", "plus"), Button(longer("Read a folder…", long=long))],
    )
    header = window.add_page("movies", longer("Movies", long=long), "film", page, "library", "Ctrl+1")
    header.set_count("1,284 · 21.7 TB")
    header.add(SearchField(longer("Filter movies", long=long)))
    header.add(Segmented("View", [Segment("grid", "Grid", "layout-grid"), Segment("table", "Table", "rows-3")]))
    header.add(Button(longer("Added", long=long), icon="arrow-down-wide-narrow", menu=True))
    header.add(primary)
    window.add_page("queue", longer("Queue", long=long), "download", QWidget(), "activity", "Ctrl+4")
    window.add_page("history", longer("History", long=long), "history", QWidget(), "activity", "Ctrl+5")
    window.add_page("health", longer("Health", long=long), "activity", QWidget(), "system")
    window.add_page("settings", longer("Settings", long=long), "settings", QWidget(), "bottom", "Ctrl+,")
    window.set_badge("queue", 2, urgent=True)
    window.set_badge("history", 1)
    window.status.set_health("ok", longer("All services reachable", long=long))
    window.status.set_next_check(longer("Next check in 4 min", long=long))
    window.status.set_speeds(18_400_000, 2_100_000)
    window.status.set_free_space("/data", 3.2e12)
    window.status.set_links(works=True)
    return window


def tray_states() -> QImage:
    """All four states at 16, 22 and 32 px on both panels."""
    image = QImage(QSize(400, 120), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for row, panel in enumerate(_THEMES):
        painter.fillRect(0, row * 60, 400, 60, load_tokens(panel).color("sidebar"))
        for column, state in enumerate(_STATES):
            left = 10 + column * 98
            for size in (16, 22, 32):
                _stamp(painter, left, row * 60 + (60 - size) // 2, size, state, panel)
                left += size + 8
    painter.end()
    return image


def _stamp(painter: QPainter, left: int, top: int, size: int, state: TrayState, panel: ThemeName) -> None:
    stamp = QImage(QSize(size, size), QImage.Format.Format_ARGB32_Premultiplied)
    stamp.fill(Qt.GlobalColor.transparent)
    inner = QPainter(stamp)
    paint_tray_mark(inner, QRectF(0, 0, size, size), state, 0.64, panel)
    inner.end()
    painter.drawImage(left, top, stamp)


def main() -> None:
    """Draw all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    look = Theme(camera.PICTURES / "cache", "dark", reduced_motion="on", text_scale=1.0)
    look.apply(app)
    camera.keep_drawn(QPixmap.fromImage(tray_states().scaled(1200, 360)), "tray-states")
    window = build_window()
    window.show()
    for mode in _THEMES:
        look.set_mode(mode)
        for name, width, height in (("shell", 1440, 900), ("shell-narrow", 900, 640)):
            window.resize(width, height)
            app.processEvents()
            camera.keep(window, f"{name}-{mode}")
    window.resize(1280, 820)
    window.toasts.show("3 movies moved to profile HD", "ok", "Undo")
    window.toasts.show("Copper Saints is in your library", "ok")
    app.processEvents()
    camera.keep(window, "shell-toast")
    sheet: Sheet = ask_to_quit(window, on_quit=window.hide)
    app.processEvents()
    camera.keep(window, "shell-sheet")
    sheet.close_sheet()
    window.hide()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    other = build_window()
    other.resize(1280, 820)
    other.show()
    app.processEvents()
    camera.keep(other, "shell-rtl")
    other.hide()
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    german = build_window(long=True)
    german.resize(1120, 700)
    german.show()
    app.processEvents()
    camera.keep(german, "shell-long")


if __name__ == "__main__":
    main()
