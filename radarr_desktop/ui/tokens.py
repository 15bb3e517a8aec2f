"""The design tokens: every colour and measure of the window, read from one file."""

from __future__ import annotations

import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from PySide6.QtGui import QColor

ThemeName = Literal["dark", "light"]
State = Literal["ok", "info", "wait", "miss", "upgrade", "err", "off"]
TypeRole = Literal[
    "display",
    "title",
    "section",
    "card",
    "body",
    "label",
    "row",
    "secondary",
    "chip",
    "table_header",
    "group",
    "small",
    "mono",
    "mono_small",
]
STATES: tuple[State, ...] = ("ok", "info", "wait", "miss", "upgrade", "err", "off")


@dataclass(frozen=True)
class TypeStyle:
    """Size in pixels and weight of one text role."""

    size: int
    weight: int


@dataclass(frozen=True)
class Space:
    """Distances on the 8 px grid; `x1` only inside a component."""

    x1: int
    x2: int
    x3: int
    x4: int
    x6: int
    x8: int
    x10: int
    x16: int


@dataclass(frozen=True)
class Radius:
    """Corner radii."""

    check: int
    pill: int
    button: int
    card: int
    sheet: int
    release: int


@dataclass(frozen=True)
class Stroke:
    """Line widths."""

    line: int
    focus: int
    icon: float
    badge_icon: float


@dataclass(frozen=True)
class Height:
    """Heights of parts, and the two widths of the sidebar."""

    header: int
    filter: int
    row: int
    row2: int
    row_poster: int
    button: int
    button_small: int
    chip: int
    chip_small: int
    status: int
    nav: int
    nav_pitch: int
    sidebar: int
    rail: int
    table_header: int


@dataclass(frozen=True)
class Motion:
    """Durations in milliseconds."""

    enter: int
    leave: int
    collapse: int
    spinner_turn: int
    spinner_delay: int
    toast: int


@dataclass(frozen=True)
class Tokens:
    """One theme's tokens; handed to the style sheet and to delegates alike."""

    theme: ThemeName
    colors: Mapping[str, str]
    alpha: Mapping[str, float]
    tint_strength: float
    banner_tint: float
    banner_line: float
    state_icons: Mapping[str, str]
    type: Mapping[str, TypeStyle]
    text_families: tuple[str, ...]
    mono_families: tuple[str, ...]
    space: Space
    radius: Radius
    stroke: Stroke
    height: Height
    motion: Motion

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role, with an opacity where the look asks for one."""
        color = QColor(self.colors[role])
        color.setAlphaF(alpha)
        return color

    def tint(self, role: str) -> QColor:
        """The background of a state: opaque, mixed over the panel, so that its text is readable on any surface."""
        top, ground, part = self.color(role), self.color("panel"), self.tint_strength
        return QColor.fromRgbF(
            *(
                one * part + other * (1 - part)
                for one, other in zip(top.getRgbF()[:3], ground.getRgbF()[:3], strict=True)  # type: ignore[index]
            )
        )

    def scrim(self) -> QColor:
        """What lies over the window while a sheet is open."""
        return self.color("scrim", self.alpha["scrim"])

    def with_more_contrast(self) -> Tokens:
        """The same theme for people who asked their system for more contrast."""
        colors = dict(self.colors) | {"line": self.colors["edge"], "text3": self.colors["text2"]}
        return replace(self, colors=MappingProxyType(colors), tint_strength=0.0)

    def scaled(self, factor: float) -> Tokens:
        """The same theme at the system's text size; heights grow with their text."""
        styles = {name: replace(style, size=max(11, round(style.size * factor))) for name, style in self.type.items()}
        heights = {
            field.name: _scaled_height(field.name, getattr(self.height, field.name), factor) for field in fields(Height)
        }
        return replace(self, type=MappingProxyType(styles), height=Height(**heights))


def _scaled_height(name: str, value: int, factor: float) -> int:
    return value if name == "rail" else round(value * max(1.0, factor))


@cache
def load_tokens(theme: ThemeName) -> Tokens:
    """Read one theme from the token file."""
    # importlib.resources would take half a megabyte, of which the tray needs nothing else
    file = pkgutil.get_data("radarr_desktop_resources", "themes/tokens.toml")
    assert file is not None, "the package of resources has been taken apart"
    data: dict[str, Any] = tomllib.loads(file.decode())
    own = data[theme]
    return Tokens(
        theme=theme,
        colors=MappingProxyType(own["colors"]),
        alpha=MappingProxyType(own["alpha"]),
        tint_strength=own["tint"],
        banner_tint=own["banner_tint"],
        banner_line=own["banner_line"],
        state_icons=MappingProxyType(data["state_icons"]),
        type=MappingProxyType({name: TypeStyle(**style) for name, style in data["type"].items()}),
        text_families=tuple(data["fonts"]["text"]),
        mono_families=tuple(data["fonts"]["mono"]),
        space=Space(**data["space"]),
        radius=Radius(**data["radius"]),
        stroke=Stroke(**data["stroke"]),
        height=Height(**data["height"]),
        motion=Motion(**data["motion"]),
    )
