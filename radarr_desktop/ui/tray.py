"""The tray icon: the mark in four shapes, and a native menu that is made anew when it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from radarr_desktop.ui.mark import TrayState, tray_icon
from radarr_desktop.ui.tokens import ThemeName

if TYPE_CHECKING:
    from radarr_desktop.ui.theme import Icons, Theme

_LOOK_EVERY = 3000
_LOOK_FOR = 60_000


@dataclass(frozen=True)
class TrayImport:
    """One of the last imports, as the menu shows it."""

    movie_id: int
    text: str


@dataclass(frozen=True)
class TrayView:
    """All the tray shows: plain values."""

    state: TrayState = "idle"
    progress: float = 0.0
    first_line: str = ""
    second_line: str = ""
    stuck: int = 0
    paused: bool = False
    slow: bool | None = None
    """None: no client can be slowed down."""
    imports: tuple[TrayImport, ...] = ()


class Tray(QObject):
    """Every entry of the menu is a signal; the window is opened and hidden by whoever listens.

    ``dress`` is called when the menu opens: until then nothing here needs the theme, its fonts and its icons.
    """

    available_changed = Signal(bool)
    embedded = Signal(QWidget)
    toggle_window = Signal()
    open_window = Signal()
    open_stuck = Signal()
    search_missing = Signal()
    pause_all = Signal(bool)
    slow_down = Signal(bool)
    open_torrent = Signal()
    paste_link = Signal()
    open_movie = Signal(int)
    open_settings = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        dress: Callable[[], Theme],
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._dress = dress
        self._is_available = is_available
        self._view = TrayView()
        self._menu = QMenu()
        self._menu.aboutToShow.connect(lambda: self._fill_menu(self._dress().icons))
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._waited = 0
        self._look = QTimer(self, interval=_LOOK_EVERY)
        self._look.timeout.connect(self._look_again)
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._draw)
        # a panel may read the menu before it opens it
        self._fill_menu(None)
        self._draw()

    @property
    def menu(self) -> QMenu:
        """The menu, filled as it was opened last."""
        return self._menu

    @property
    def icon(self) -> QSystemTrayIcon:
        """The icon, for balloons where no other notifier works."""
        return self._icon

    def is_available(self) -> bool:
        """Whether this desktop has a tray right now."""
        return self._is_available()

    def start(self) -> None:
        """Show the icon; a desktop that is still starting gets a minute to bring up its tray."""
        if self.is_available():
            self._show()
        else:
            self._look.start()

    def stop(self) -> None:
        """Take the icon away."""
        self._icon.hide()
        self._look.stop()

    def show_view(self, view: TrayView) -> None:
        """Show another state."""
        self._view = view
        self._draw()

    def tell(self, sentence: str) -> None:
        """Say something where there is no window to say it in."""
        self._icon.showMessage("radarr-desktop", sentence, self._icon.icon())

    def _show(self) -> None:
        self._icon.show()
        # a tray that X embeds has a widget of Qt's own behind the icon, which things can be dropped on
        for widget in QApplication.topLevelWidgets():
            if widget.metaObject().className() == "QSystemTrayIconSys":
                widget.destroyed.connect(self._tray_ended)
                self.embedded.emit(widget)

    @Slot()
    def _tray_ended(self) -> None:
        # as when a desktop is starting: its panel may come again, and then there is another widget
        self._waited = 0
        self._look.start()

    @Slot()
    def _draw(self) -> None:
        self._icon.setIcon(tray_icon(self._view.state, self._view.progress, _panel()))
        lines = [line for line in (self._view.first_line, self._view.second_line) if line]
        self._icon.setToolTip("\n".join(["radarr-desktop", *lines]))

    def _look_again(self) -> None:
        self._waited += _LOOK_EVERY
        if self.is_available():
            self._look.stop()
            self._show()
            self.available_changed.emit(True)
        elif self._waited >= _LOOK_FOR:
            self._look.stop()
            self.available_changed.emit(False)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.toggle_window.emit()

    def _fill_menu(self, icons: Icons | None) -> None:
        self._icons = icons
        self._menu.clear()
        view = self._view
        for line in (view.first_line, view.second_line):
            if line:
                self._add(line, "").setEnabled(False)
        if view.first_line or view.second_line:
            self._menu.addSeparator()
        self._add(self.tr("Open radarr-desktop"), "app-window", self.open_window.emit)
        if view.stuck:
            many = self.tr("{count} downloads need you").format(count=view.stuck)
            self._add(
                self.tr("1 download needs you") if view.stuck == 1 else many,
                "triangle-alert",
                self.open_stuck.emit,
                role="err",
            )
        self._menu.addSeparator()
        self._add(self.tr("Search missing now"), "search", self.search_missing.emit)
        pause = self.tr("Resume all") if view.paused else self.tr("Pause all")
        self._add(pause, "play" if view.paused else "pause", lambda: self.pause_all.emit(not view.paused))
        if view.slow is not None:
            slow = self.tr("Full speed") if view.slow else self.tr("Slow down")
            self._add(slow, "gauge", lambda: self.slow_down.emit(not view.slow))
        self._menu.addSeparator()
        self._add(self.tr("Open .torrent…"), "folder-open", self.open_torrent.emit)
        self._add(self.tr("Paste magnet link"), "magnet", self.paste_link.emit)
        self._add_imports()
        self._menu.addSeparator()
        self._add(self.tr("Settings…"), "settings", self.open_settings.emit)
        self._add(self.tr("Quit"), "power", self.quit_requested.emit)

    def _add_imports(self) -> None:
        if not self._view.imports:
            return
        self._menu.addSeparator()
        self._add(self.tr("Last imports"), "").setEnabled(False)
        for one in self._view.imports:
            self._add(one.text, "check", partial(self.open_movie.emit, one.movie_id), role="ok")

    def _add(self, text: str, icon: str, action: Callable[[], object] | None = None, *, role: str = "text2") -> QAction:
        # a movie title may have an ampersand in it, which a menu takes for a mnemonic
        entry = self._menu.addAction(text.replace("&", "&&"))
        if icon and self._icons is not None:
            entry.setIcon(self._icons.icon(icon, role))
        if action is not None:
            entry.triggered.connect(lambda _checked=False: action())
        return entry


def _panel() -> ThemeName | None:
    names: dict[Qt.ColorScheme, ThemeName] = {Qt.ColorScheme.Light: "light", Qt.ColorScheme.Dark: "dark"}
    return names.get(QGuiApplication.styleHints().colorScheme())
