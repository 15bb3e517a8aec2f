"""The token file keeps its promises: contrast, colour-blind distances, and being the only source of colours."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files
from pathlib import Path

import pytest

import radarr_desktop.ui as ui
from radarr_desktop.ui.theme import STATES, ThemeName, Tokens, load_tokens

Rgb = tuple[float, float, float]
SURFACES = ("window", "sidebar", "panel", "raised", "field", "hover", "sel")
THEMES: tuple[ThemeName, ...] = ("dark", "light")
# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
MACHADO: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}


def rgb(tokens: Tokens, role: str) -> Rgb:
    """A role's colour, 0 to 1."""
    text = tokens.colors[role]
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def linear(color: Rgb) -> Rgb:
    """Without the gamma of sRGB."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The ratio of WCAG 2."""
    weights = (0.2126, 0.7152, 0.0722)
    light, dark = sorted(sum(w * p for w, p in zip(weights, linear(c), strict=True)) for c in (one, other))[::-1]
    return (light + 0.05) / (dark + 0.05)


def lab(color: Rgb) -> Rgb:
    """CIE Lab of a linear colour, white D65."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in color)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883

    def curve(t: float) -> float:
        return t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116

    fx, fy, fz = curve(x), curve(y), curve(z)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(color: Rgb, eye: str) -> Rgb:
    """Lab of a colour as an eye sees it."""
    parts = linear(color)
    red, green, blue = (sum(m * p for m, p in zip(row, parts, strict=True)) for row in MACHADO[eye])
    return lab((red, green, blue))


def distance(one: Rgb, other: Rgb) -> float:
    """Delta E 1976."""
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
def test_text_and_states_are_readable_on_every_surface(name: ThemeName, surface: str) -> None:
    tokens = load_tokens(name)
    ground = rgb(tokens, surface)
    ratios = {role: contrast(rgb(tokens, role), ground) for role in ("text", "text2", "text3", "accent", *STATES)}
    assert {role: ratio for role, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_is_readable_on_its_own_tint(name: ThemeName, state: str) -> None:
    tokens = load_tokens(name)
    tint = tokens.tint(state)
    assert tint.alpha() == 255
    assert contrast(rgb(tokens, state), (tint.redF(), tint.greenF(), tint.blueF())) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_edges_rings_and_buttons_are_visible(name: ThemeName) -> None:
    tokens = load_tokens(name)
    for surface in ("window", "panel", "raised", "field"):
        assert contrast(rgb(tokens, "edge"), rgb(tokens, surface)) >= 3, surface
        assert contrast(rgb(tokens, "accent"), rgb(tokens, surface)) >= 3, surface
    for fill in ("fill", "fill_hover"):
        assert contrast(rgb(tokens, "on_fill"), rgb(tokens, fill)) >= 4.5, fill


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("kind", ["resolution", "source", "video", "audio", "group"])
def test_release_names_are_readable(name: ThemeName, kind: str) -> None:
    tokens = load_tokens(name)
    assert contrast(rgb(tokens, "text"), rgb(tokens, f"release_{kind}")) >= (10.1 if name == "dark" else 13.4)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eye", MACHADO)
def test_states_differ_for_every_eye(name: ThemeName, eye: str) -> None:
    tokens = load_tokens(name)
    colors = {state: seen(rgb(tokens, state), eye) for state in STATES}
    closest = min(distance(colors[a], colors[b]) for a, b in itertools.combinations(STATES, 2))
    assert closest >= 9


def test_more_contrast_turns_lines_into_edges() -> None:
    tokens = load_tokens("dark").with_more_contrast()
    assert tokens.colors["line"] == tokens.colors["edge"]
    assert tokens.colors["text3"] == tokens.colors["text2"]
    assert tokens.tint("err") == tokens.color("panel")


def test_larger_text_makes_larger_rows_but_never_smaller_ones() -> None:
    tokens = load_tokens("dark")
    assert tokens.scaled(1.5).type["body"].size == 20
    assert tokens.scaled(1.5).height.row == 54
    assert tokens.scaled(0.75).height.row == 36
    assert min(style.size for style in tokens.scaled(0.75).type.values()) == 11


def test_only_the_token_file_names_colours() -> None:
    written = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\bQColor\(\d")
    sources = [*Path(ui.__file__).parent.rglob("*.py")]
    sheet = files("radarr_desktop_resources").joinpath("themes", "window.qss").read_text("utf-8")
    offenders = [str(path) for path in sources if written.search(path.read_text("utf-8"))]
    assert offenders == []
    assert not written.search(sheet)


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    sources = Path(ui.__file__).parent.rglob("*.py")
    offenders = [str(path) for path in sources if ".setStyleSheet(" in path.read_text("utf-8")]
    assert [Path(path).name for path in offenders] == ["theme.py"]
