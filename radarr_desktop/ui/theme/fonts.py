"""The bundled fonts, and one ready QFont for each text role."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from radarr_desktop.ui.tokens import Tokens, TypeRole

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
        self._made: dict[tuple[TypeRole, bool], QFont] = {}

    def get(self, role: TypeRole, *, tabular: bool = False) -> QFont:
        """The font of a text role; tabular for columns of numbers and numbers that change in place."""
        if (role, tabular) not in self._made:
            self._made[role, tabular] = self._make(role, tabular=tabular)
        return self._made[role, tabular]

    def _make(self, role: TypeRole, *, tabular: bool) -> QFont:
        style = self._tokens.type[role]
        font = QFont()
        font.setFamilies(list(self._tokens.mono_families) if role.startswith("mono") else self._text)
        font.setPixelSize(style.size)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        font.setWeight(QFont.Weight(style.weight))
        if role.startswith("mono"):
            font.setFeature(_LIGATURES, 0)
            font.setStyleHint(QFont.StyleHint.Monospace)
        elif tabular:
            # not everywhere: Inter's tabular set also widens the hyphen of "WEB-1080p"
            font.setFeature(_TABULAR, 1)
        if style.size >= _TIGHT_FROM:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _TIGHT)
        return font


def _system_first(families: tuple[str, ...]) -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return [system, *families]
