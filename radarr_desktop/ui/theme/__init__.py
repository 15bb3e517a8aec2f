"""Tokens, palette, style sheet, fonts and icons of the window, in two themes from one source."""

from __future__ import annotations

from radarr_desktop.ui.theme.icons import Icons
from radarr_desktop.ui.theme.roles import set_icon, set_look, set_role
from radarr_desktop.ui.theme.theme import MotionMode, Theme, ThemeMode, theme
from radarr_desktop.ui.tokens import STATES, State, ThemeName, Tokens, TypeRole, TypeStyle, load_tokens

__all__ = [
    "STATES",
    "Icons",
    "MotionMode",
    "State",
    "Theme",
    "ThemeMode",
    "ThemeName",
    "Tokens",
    "TypeRole",
    "TypeStyle",
    "load_tokens",
    "set_icon",
    "set_look",
    "set_role",
    "theme",
]
