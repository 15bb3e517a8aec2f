"""The application style sheet: one template whose `@names` are filled from the tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from PySide6.QtGui import QColor

from radarr_desktop.ui.tokens import STATES, Tokens

_NAME = re.compile(r"@([a-z][a-z0-9_-]*)")

_SCROLL_BAR = 0.55


def make_style_sheet(tokens: Tokens, icon_files: Mapping[str, str]) -> str:
    """Fill the template; an unknown name is a mistake in the template and raises KeyError."""
    template = files("radarr_desktop_resources").joinpath("themes", "window.qss").read_text("utf-8")
    values = _values(tokens) | {name: f'url("{path}")' for name, path in icon_files.items()}
    return _NAME.sub(lambda match: values[match.group(1)], template)


def _values(tokens: Tokens) -> dict[str, str]:
    values = dict(tokens.colors)
    for role in (*STATES, "accent"):
        values[f"{role}-tint"] = _rgba(tokens.tint(role))
        values[f"{role}-line"] = _rgba(tokens.color(role, tokens.banner_line))
        values[f"{role}-wash"] = _rgba(tokens.color(role, tokens.banner_tint))
    values["edge-soft"] = _rgba(tokens.color("edge", _SCROLL_BAR))
    for name in ("check", "pill", "button", "card", "sheet"):
        values[f"r-{name}"] = f"{getattr(tokens.radius, name)}px"
    for name, style in tokens.type.items():
        values[f"t-{name}"] = f"font-size: {style.size}px; font-weight: {style.weight}"
    values["h-button"] = f"{tokens.height.button - 2}px"
    values["h-field-focus"] = f"{tokens.height.button - 4}px"
    values["h-row"] = f"{tokens.height.row}px"
    values["h-table-header"] = f"{tokens.height.table_header - 1}px"
    return values


def _rgba(color: QColor) -> str:
    return f"rgba({color.red()}, {color.green()}, {color.blue()}, {color.alpha()})"
