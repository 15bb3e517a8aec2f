"""What the window remembers for itself: look, size, the view last used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from radarr_desktop.ui.theme import MotionMode, ThemeMode

_THEMES: tuple[ThemeMode, ...] = ("system", "light", "dark")
_MOTIONS: tuple[MotionMode, ...] = ("system", "on", "off")


class Preferences:
    """One file in the configuration folder; what cannot be read there counts as not set."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeMode:
        """System, light or dark."""
        value = self._settings.value("theme", "system")
        return value if value in _THEMES else "system"

    @theme.setter
    def theme(self, mode: ThemeMode) -> None:
        self._settings.setValue("theme", mode)

    @property
    def reduced_motion(self) -> MotionMode:
        """Whether nothing may move: as the system says, on, or off."""
        value = self._settings.value("reduced_motion", "system")
        return value if value in _MOTIONS else "system"

    @reduced_motion.setter
    def reduced_motion(self, mode: MotionMode) -> None:
        self._settings.setValue("reduced_motion", mode)

    @property
    def system_font(self) -> bool:
        """The system's font instead of the bundled one."""
        return self._settings.value("system_font", "false") in {"true", True}

    @system_font.setter
    def system_font(self, use: bool) -> None:
        self._settings.setValue("system_font", "true" if use else "false")

    @property
    def movies_view(self) -> str:
        """Posters or table."""
        return "table" if self._settings.value("movies_view", "grid") == "table" else "grid"

    @movies_view.setter
    def movies_view(self, view: str) -> None:
        self._settings.setValue("movies_view", view)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty at the first start."""
        value = self._settings.value("geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    def sync(self) -> None:
        """Write it down."""
        self._settings.sync()
