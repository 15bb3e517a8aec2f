"""The QPalette of a theme, so that widgets without a style rule still fit in."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from radarr_desktop.ui.tokens import Tokens

_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_fill",
    QPalette.ColorRole.Highlight: "fill",
    QPalette.ColorRole.HighlightedText: "on_fill",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "sidebar",
}

_DISABLED: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.WindowText: "text3",
    QPalette.ColorRole.Text: "text3",
    QPalette.ColorRole.ButtonText: "text3",
    QPalette.ColorRole.HighlightedText: "text3",
    QPalette.ColorRole.Highlight: "press",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.Link: "text3",
}


def make_palette(tokens: Tokens) -> QPalette:
    """Every colour role of the theme, with its own Disabled group."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, tokens.color(name))
    for role, name in _DISABLED.items():
        palette.setColor(QPalette.ColorGroup.Disabled, role, tokens.color(name))
    return palette
