"""Single values from a service, whatever it wrote there: what cannot be is as if it were not told."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qsl

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


def read_topics(magnet: str) -> frozenset[str]:
    """The hashes that a magnet link names, as lower-case hex: of 40 digits (v1) and of 64 (v2)."""
    try:
        fields = parse_qsl(magnet.partition("?")[2], errors="replace", max_num_fields=500)
    except ValueError:
        return frozenset()
    topics = (value for key, value in fields if re.fullmatch(r"xt(\.\d+)?", key, re.IGNORECASE))
    return frozenset(one for topic in topics if (one := _topic(topic)))


def read_magnet_hash(magnet: str) -> str:
    """The info hash (v1) of a magnet link; empty where it names none, or those of several torrents."""
    hashes = [one for one in read_topics(magnet) if len(one) == 40]
    return hashes[0] if len(hashes) == 1 else ""


def _topic(topic: str) -> str:
    kind, _, value = topic.strip().lower().removeprefix("urn:").partition(":")
    if kind == "btih":
        return read_hash(value)
    return value[4:] if kind == "btmh" and re.fullmatch(r"1220[0-9a-f]{64}", value) and value[4:].strip("0") else ""
