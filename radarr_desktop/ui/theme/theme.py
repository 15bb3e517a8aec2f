"""The theme in force: tokens, fonts and icons, applied to the application and changed live."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QStyle, QWidget

from radarr_desktop.ui.theme.fonts import Fonts
from radarr_desktop.ui.theme.icons import Icons
from radarr_desktop.ui.theme.palette import make_palette
from radarr_desktop.ui.theme.style import make_style_sheet
from radarr_desktop.ui.tokens import ThemeName, Tokens, TypeRole, load_tokens

ThemeMode = Literal["system", "light", "dark"]
MotionMode = Literal["system", "on", "off"]
_STANDARD_DPI = 96.0


class Theme(QObject):
    """Holds the tokens in force and tells when they change; the mode is injected, never guessed."""

    changed = Signal()

    def __init__(
        self,
        cache_folder: Path,
        mode: ThemeMode = "system",
        *,
        reduced_motion: MotionMode = "system",
        use_system_font: bool = False,
        text_scale: float | None = None,
    ) -> None:
        super().__init__()
        self._cache_folder = cache_folder
        self._mode: ThemeMode = mode
        self._reduced_motion: MotionMode = reduced_motion
        self._use_system_font = use_system_font
        self._text_scale = text_scale
        self._app: QApplication | None = None
        self._rebuild()

    @property
    def mode(self) -> ThemeMode:
        """What the user chose."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        return self._tokens

    @property
    def icons(self) -> Icons:
        """The icons in the colours in force."""
        return self._icons

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may move."""
        if self._reduced_motion != "system":
            return self._reduced_motion == "on"
        return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0

    def font_for(self, role: TypeRole, *, tabular: bool = False) -> QFont:
        """The font of a text role; tabular for columns of numbers and numbers that change in place."""
        return self._fonts.get(role, tabular=tabular)

    def apply(self, app: QApplication) -> None:
        """Dress the application, and follow the system's colour scheme from here on."""
        global _current
        _current = self
        self._app = app
        # PySide deletes what accessibility() returns together with its style hints: keep both
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._scheme_changed)
        self._accessibility.contrastPreferenceChanged.connect(self._refresh)
        app.setStyle("Fusion")
        self._ask_for_scheme()
        self._refresh()

    def set_mode(self, mode: ThemeMode) -> None:
        """Change between following the system, light and dark; open windows follow at once."""
        self._mode = mode
        self._ask_for_scheme()
        self._refresh()

    def set_reduced_motion(self, mode: MotionMode) -> None:
        """Follow the system, or decide."""
        self._reduced_motion = mode

    def set_use_system_font(self, use: bool) -> None:
        """Swap the bundled text font for the system's."""
        self._use_system_font = use
        self._refresh()

    def _ask_for_scheme(self) -> None:
        if self._mode == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(Qt.ColorScheme.Dark if self._mode == "dark" else Qt.ColorScheme.Light)

    @Slot()
    def _scheme_changed(self) -> None:
        # our own setColorScheme() is heard here too
        if self._mode == "system":
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._rebuild()
        if self._app is None:
            return
        icon_files = self._icons.write_style_files(self._cache_folder)
        self._app.setFont(self.font_for("body"))
        self._app.setPalette(make_palette(self._tokens))
        self._app.setStyleSheet(make_style_sheet(self._tokens, icon_files))
        for widget in self._app.allWidgets():
            self._refresh_widget(widget)
        self.changed.emit()

    def _rebuild(self) -> None:
        tokens = load_tokens(self._name())
        if self._app is not None and self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
            tokens = tokens.with_more_contrast()
        scale = self._text_scale if self._text_scale is not None else _system_text_scale()
        self._tokens = tokens if scale == 1.0 else tokens.scaled(scale)
        self._fonts = Fonts(self._tokens, use_system_font=self._use_system_font)
        self._icons = Icons(self._tokens)

    def _name(self) -> ThemeName:
        if self._mode != "system":
            return self._mode
        light = self._app is not None and self._hints.colorScheme() is Qt.ColorScheme.Light
        return "light" if light else "dark"

    def _refresh_widget(self, widget: QWidget) -> None:
        role = widget.property("role")
        if role is not None:
            widget.setFont(self.font_for(cast("TypeRole", role), tabular=bool(widget.property("tabular"))))
        for action in widget.actions():
            self.refresh_icon(action)
        if isinstance(widget, QAbstractButton):
            self.refresh_icon(widget)

    def refresh_icon(self, target: QAction | QAbstractButton) -> None:
        """Draw the icon named by the target's properties in the colours in force."""
        name = target.property("icon_name")
        if name:
            target.setIcon(self._icons.icon(name, target.property("icon_role")))


def _system_text_scale() -> float:
    screen = QGuiApplication.primaryScreen()
    return 1.0 if sys.platform == "darwin" else min(2.0, max(0.75, screen.logicalDotsPerInch() / _STANDARD_DPI))


_current: Theme | None = None


def theme() -> Theme:
    """The theme the application wears; palette and style sheet are one per application, and so is this."""
    if _current is None:
        raise RuntimeError("No theme yet: call Theme(...).apply(app) before the first widget is built.")
    return _current
