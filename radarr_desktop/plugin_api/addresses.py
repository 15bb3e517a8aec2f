"""Addresses from a service: which may be stored and shown, and which may not because they may hold a key."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SECRET_NAME = re.compile(
    r"api_?key|pass|token|auth|rss_?key|secret|^(?:r|k|u|uid|key|sid|hash_?key)$|_?key$", re.IGNORECASE
)
_LONG_WORD = re.compile(r"[0-9A-Za-z]{24,}")
_LONGEST = 2000
HIDDEN = "********"


def read_page(url: str, key: str = "", info_hash: str = "") -> str:
    """The address of a page people may open: nothing in it is secret. Empty where that is not sure."""
    url = url.strip()
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable():
        return ""
    try:
        parts = urlsplit(url)
        fields = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return ""
    if _looks_secret(parts.path, info_hash) or _looks_secret(parts.fragment, info_hash):
        return ""
    kept = [(name, value) for name, value in fields if not _SECRET_NAME.search(name)]
    if any(_looks_secret(value, info_hash) for _, value in kept):
        return ""
    plain = urlunsplit(parts._replace(query=urlencode(kept) if kept != fields else parts.query))
    return "" if key and key in plain else plain


def is_open_magnet(magnet: str, key: str = "") -> bool:
    """May the link be stored and shown? Its trackers may hold a passkey."""
    if key and key in magnet:
        return False
    try:
        fields = parse_qsl(magnet.partition("?")[2], max_num_fields=500)
    except ValueError:
        return False
    return all(_is_open(value) for name, value in fields if name.lower().startswith(("tr", "ws", "as", "xs")))


def without_keys(text: str) -> str:
    """A service's own words, with what may be a key of the user's hidden: some say which one they do not know."""
    return _LONG_WORD.sub(lambda word: HIDDEN if _looks_secret(word[0], "") else word[0], text)


def _is_open(tracker: str) -> bool:
    try:
        parts = urlsplit(tracker)
    except ValueError:
        return False
    return not parts.query and "@" not in parts.netloc and parts.path.rstrip("/") in ("", "/announce")


def _looks_secret(text: str, info_hash: str) -> bool:
    """Random letters of a passkey's length; words in names of pages are parted by hyphens and dots."""
    return any(
        word.lower() != info_hash and re.search("[0-9]", word) and re.search("[A-Za-z]", word)
        for word in _LONG_WORD.findall(text)
    ) or bool(re.search(r"[0-9]{24}", text))
