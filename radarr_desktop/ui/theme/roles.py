"""Give a widget its role: the text style, the colour and the icon that follow the theme."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from radarr_desktop.ui.theme.theme import theme
from radarr_desktop.ui.tokens import TypeRole


def set_role(widget: QWidget, role: TypeRole, *, tabular: bool = False) -> None:
    """The text style of a widget; tabular when its numbers change in place."""
    widget.setProperty("role", role)
    widget.setProperty("tabular", tabular)
    widget.setFont(theme().font_for(role, tabular=tabular))


def set_look(widget: QWidget, name: str, value: str | bool) -> None:
    """A dynamic property the style sheet selects by (`tone`, `kind`, `bad`, ...), changed at any time."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_icon(target: QAction | QAbstractButton, name: str, role: str = "text2") -> None:
    """An icon that is drawn again when the theme changes."""
    target.setProperty("icon_name", name)
    target.setProperty("icon_role", role)
    theme().refresh_icon(target)
