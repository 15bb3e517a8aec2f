"""Text made into names that every file system takes: Linux, Windows, macOS, SMB."""

from __future__ import annotations

import re
import unicodedata

from radarr_desktop.domain.naming.settings import Colon

MAX_NAME = 255
"""Bytes of one name on every common file system."""

_REPLACED = str.maketrans({"\\": "+", "/": "+", "?": "!", "*": "-", "<": "", ">": "", "|": "", '"': ""})
_DROPPED = str.maketrans(dict.fromkeys('\\/<>"|?*'))
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?= *(?:\.|$))", re.IGNORECASE)
MOST = 1000
"""Characters of a title that are looked at: putting marks in order takes the square of their number."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", "com", "lpt"})
"""What the names above begin with."""
_JOINERS = "\u200c\u200d"
"""Invisible, but letters of some scripts need them."""
_COLONS = {
    Colon.DELETE: "",
    Colon.DASH: "-",
    Colon.SPACE_DASH: " -",
    Colon.SPACE_DASH_SPACE: " - ",
    Colon.SMART: "-",
}
_MARKS = range(0x300, 0x370)
_APART = str.maketrans({"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O"})


def clean(text: str, *, colon: Colon = Colon.SMART, replace_illegal: bool = False) -> str:
    """Text that is one safe name everywhere: no separators, invisible or reserved characters, NFC."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
        text = unicodedata.normalize("NFC", "".join(letter for letter in text if _is_visible(letter)))
    if ":" in text:
        text = text.replace(": ", " - ") if colon is Colon.SMART else text
        text = text.replace(":", _COLONS[colon])
    text = text.translate(_REPLACED if replace_illegal else _DROPPED)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    text = text.strip(" .")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # what was dropped may have stood between a letter and its mark
    return _RESERVED.sub(r"\1_", text) if text[:3].lower() in _DEVICES else text


def shorten(name: str, limit: int) -> str:
    """Cut to ``limit`` bytes of UTF-8 without splitting a character."""
    return name.encode()[:limit].decode(errors="ignore").rstrip(" .")


def path_key(path: str) -> str:
    """What two paths share that some disk would take for one."""
    return unicodedata.normalize("NFC", path).casefold()


def plain(text: str) -> str:
    """Latin letters without their marks; other scripts need theirs."""
    if text.isascii():
        return text
    kept: list[str] = []
    base = ""
    for letter in unicodedata.normalize("NFD", text[:MOST].translate(_APART)):
        is_mark = ord(letter) in _MARKS
        if not (is_mark and base.isascii() and base.isalpha()):
            kept.append(letter)
        base = base if is_mark else letter
    return unicodedata.normalize("NFC", "".join(kept))


def _is_visible(letter: str) -> bool:
    """No control character, half of a surrogate pair, or mark that turns the direction of what follows."""
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
