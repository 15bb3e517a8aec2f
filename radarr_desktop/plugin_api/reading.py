"""Single values from a service, whatever it wrote there: what cannot be is as if it were not told."""

from __future__ import annotations

import base64
import re

_LARGEST = 2**63


def read_line(value: object, most: int = 500) -> str:
    """One line of readable text; empty for what is no text."""
    text = value[: most * 4] if isinstance(value, str) else ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]


def read_number(value: object, otherwise: int = 0) -> int:
    """A whole number, also written as text; never negative, never longer than a database can hold."""
    try:
        number = int(value) if isinstance(value, int | float | str) and len(str(value)[:99]) < 25 else otherwise
    except (OverflowError, ValueError):
        return otherwise
    return number if 0 <= number < _LARGEST else otherwise


def read_imdb_id(value: object) -> str:
    """``tt0133093``, from that or from its number; empty otherwise."""
    number = re.fullmatch(r"\s*(?:tt)?0*([1-9][0-9]{0,9})\s*", str(value)[:40], re.ASCII)
    return f"tt{int(number[1]):07d}" if number and isinstance(value, str | int) else ""


def read_hash(value: object) -> str:
    """The info hash (v1), told in hex or base32, as 40 lower-case hex digits; empty otherwise."""
    text = value.strip().lower() if isinstance(value, str) and len(value) < 99 else ""
    if re.fullmatch(r"[a-z2-7]{32}", text):
        text = base64.b32decode(text.upper()).hex()
    return text if re.fullmatch(r"[0-9a-f]{40}", text) and text.strip("0") else ""
