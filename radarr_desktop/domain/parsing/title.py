"""Titles as people write them, out of a name's letters."""

from __future__ import annotations

import re

_EDGES = " \t\u00a0\u200b.,_-–—~+*|/\\:;·•'\"`«»\u200e\u200f"
_ALSO = re.compile(
    r"\s+(?:/|\||aka|a\.k\.a\.?|a k a)\s+|／|(?<=[！？\u2e80-\ud7ff])/|/(?=[\u2e80-\ud7ff])", re.IGNORECASE
)
_HINTS = (" / ", " | ", " aka ", "a.k.a", " a k a ", "／", "！/")
_ACRONYM = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])")
_SPACES = re.compile(r"\s{2,}")
_NUMBERED = re.compile(r"\d|^ep\b", re.IGNORECASE)
_LATIN = re.compile(r"[a-z\u00df-\u024f]{2}", re.IGNORECASE)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\uffef]")
_OTHER_THEN_LATIN = re.compile(
    r"([^a-z\u00df-\u024f]*[\u0590-\u1fff\u2e80-\ud7ff\uf900-\uffef][^a-z\u00df-\u024f]*)[\s.]+(?=[a-z])"
)


def clean_title(text: str) -> str:
    """Dots and underscores to spaces, edges off; the dots of R.I.P.D. stay, and all where spaces part the words."""
    text = text.strip(_EDGES)
    if "_" in text:
        text = text.replace("_", " ")
    if "." in text and 2 * text.count(". ") + text.count(" ") <= text.count("."):
        if _ACRONYM.search(text):
            text = _ACRONYM.sub(lambda match: match[0].replace(".", "\0") + "\0", text)
            text = text.replace(".", " ").replace("\0", ".")
        else:
            text = text.replace(".", " ")
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return _balanced(text) if text and (text[0] in "([{" or text[-1] in ")]}([{") else text.strip()


def titles(text: str, asides: list[str]) -> tuple[str, ...]:
    """The main title and the others: behind a slash or AKA, in brackets, or in another script.

    Where scripts differ, the Latin one is the main title: it is what libraries know a movie by.
    """
    found = [clean_title(text)]
    lower = text.lower()
    if any(hint in lower for hint in _HINTS) or ".aka." in lower:
        found = [clean_title(part) for part in _ALSO.split(found[0])]
    elif not lower.isascii() and (match := _OTHER_THEN_LATIN.match(lower)):
        found = [clean_title(text[match.end() :]), clean_title(text[: match.end()])]
    found += [clean_title(aside) for aside in asides if _LATIN.search(aside) and not _NUMBERED.search(aside)]
    if len(found) > 1:
        found = list(dict.fromkeys(one for one in found if one))
        if _OTHER_SCRIPT.search(found[0]):
            found.sort(key=lambda one: _OTHER_SCRIPT.search(one) is not None or not _LATIN.search(one))
    return tuple(found)


def _balanced(text: str) -> str:
    """Brackets at the edges stay only in pairs."""
    for opening, closing in ("()", "[]", "{}"):
        if text.count(opening) != text.count(closing):
            text = text.strip(opening + closing + _EDGES)
    return text.strip()
