"""The bundled fonts, and one ready QFont for each text role."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from radarr_desktop.ui.theme.tokens import Tokens, TypeRole

_TABULAR = QFont.Tag("tnum")
_LIGATURES = QFont.Tag("calt")
_TIGHT_FROM = 20
_TIGHT = -0.3


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts once; the families found."""
    found: list[str] = []
    for entry in sorted(files("radarr_desktop_resources").joinpath("fonts").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".ttf"):
            number = QFontDatabase.addApplicationFontFromData(entry.read_bytes())
            found += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(found))


class Fonts:
    """Fonts of one set of tokens, made once each."""

    def __init__(self, tokens: Tokens, *, use_system_font: bool = False) -> None:
        load_fonts()
        self._tokens = tokens
        self._text = _system_first(tokens.text_families) if use_system_font else list(tokens.text_families)
        self._made: dict[TypeRole, QFont] = {}

    def get(self, role: TypeRole) -> QFont:
        """The font of a text role; figures in it are tabular."""
        if role not in self._made:
            self._made[role] = self._make(role)
        return self._made[role]

    def _make(self, role: TypeRole) -> QFont:
        style = self._tokens.type[role]
        font = QFont()
        font.setFamilies(list(self._tokens.mono_families) if role.startswith("mono") else self._text)
        font.setPixelSize(style.size)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        font.setWeight(QFont.Weight(style.weight))
        if role.startswith("mono"):
            font.setFeature(_LIGATURES, 0)
            font.setStyleHint(QFont.StyleHint.Monospace)
        else:
            font.setFeature(_TABULAR, 1)
        if style.size >= _TIGHT_FROM:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _TIGHT)
        return font


def _system_first(families: tuple[str, ...]) -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return [system, *families]
