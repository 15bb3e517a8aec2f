"""Appearance: light or dark, font, motion; in force at once."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.parts import Label, Segment, Segmented
from radarr_desktop.ui.preferences import Preferences
from radarr_desktop.ui.theme import ThemeMode, theme


class AppearanceShelf(Shelf):
    """Asks no engine: these belong to the window."""

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__(
            desk, self.tr("Appearance"), self.tr("How this window looks. Changes are kept and in force at once.")
        )
        self._preferences = preferences
        self.mode = Segmented(
            self.tr("Colours"),
            [
                Segment("system", self.tr("As the system")),
                Segment("light", self.tr("Light")),
                Segment("dark", self.tr("Dark")),
            ],
            preferences.theme,
        )
        self.font_box = QCheckBox(self.tr("Use the system's font"))
        self.still = QCheckBox(self.tr("Nothing moves"))
        self.font_box.setChecked(preferences.system_font)
        self.still.setChecked(preferences.reduced_motion == "on")
        self.content.addWidget(Label(self.tr("Colours"), "label"))
        row = QHBoxLayout()
        row.addWidget(self.mode)
        row.addStretch(1)
        self.content.addLayout(row)
        self.content.addWidget(self.font_box)
        self.content.addWidget(self.still)
        self.mode.chosen.connect(self._choose_mode)
        self.font_box.toggled.connect(self._choose_font)
        self.still.toggled.connect(self._choose_motion)

    async def load(self) -> None:
        """Nothing to ask for."""

    def _choose_mode(self, key: str) -> None:
        mode = cast("ThemeMode", key)
        self._preferences.theme = mode
        theme().set_mode(mode)

    def _choose_font(self, use: bool) -> None:
        self._preferences.system_font = use
        theme().set_use_system_font(use)

    def _choose_motion(self, still: bool) -> None:
        self._preferences.reduced_motion = "on" if still else "system"
        theme().set_reduced_motion(self._preferences.reduced_motion)
