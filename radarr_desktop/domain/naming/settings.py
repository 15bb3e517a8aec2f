"""How names are made: the patterns and rules that users set."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colon(StrEnum):
    """What becomes of a colon, which Windows and SMB forbid; the words are the v3 API's."""

    DELETE = "delete"
    DASH = "dash"
    SPACE_DASH = "spaceDash"
    SPACE_DASH_SPACE = "spaceDashSpace"
    SMART = "smart"
    """``Salt: The Sea`` gets ` - `, ``12:08`` a plain hyphen."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Patterns with ``{Token}``; ``{-Group}`` writes the hyphen only where there is a group."""

    folder: str = "{Movie Title} ({Year})"
    file: str = "{Movie Title} ({Year}) {Quality}{-Group}"
    rename: bool = True
    """Off: files keep the names of their releases."""
    replace_illegal: bool = True
    """``Face/Off`` becomes ``Face+Off``; off: ``FaceOff``."""
    colon: Colon = Colon.SMART


class NamingError(ValueError):
    """A pattern that cannot make names: which (``folder`` or ``file``), and from where to where in it."""

    def __init__(self, field: str, message: str, start: int = 0, end: int = 0) -> None:
        self.field = field
        self.start = start
        self.end = end
        super().__init__(message)
