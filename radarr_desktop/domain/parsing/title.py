"""Titles as people write them, out of a name's letters."""

from __future__ import annotations

import re

_EDGES = " \t\u00a0\u200b.,_-–—~+*|/\\:;·•'\"`«»\u200e\u200f"
_ALSO = r"\s+(?:/|\||[aA][kK][aA]|[aA]\.[kK]\.[aA]\.?|[aA] [kK] [aA])\s+"
_ALSO_FIRST = r"(?i)^(?:aka|a\.?k\.?a)[. ]+"
_ACRONYM = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])")
_SPACES = r"\s{2,}"
_NUMBERED = r"\d|^[eE][pP]\b"
_FIRST_GREEK, _FIRST_HEBREW, _FIRST_IDEOGRAPH = "\u0370", "\u0590", "\u2e80"
_LATIN = r"[A-Za-zÀ-ɏ]{2}"


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
        text = re.sub(_SPACES, " ", text)
    return _balanced(text) if text and (text[0] in "([{" or text[-1] in ")]}([{") else text.strip()


def titles(text: str, asides: list[str]) -> tuple[str, ...]:
    """The main title and the others: behind a slash or AKA, in brackets, or in another script.

    Where scripts differ, the Latin one is the main title: it is what libraries know a movie by.
    """
    title = clean_title(text)
    lower = title.lower()
    is_plain = lower.isascii()
    found = [title]
    if " / " in lower or " | " in lower or " aka " in lower or " a.k.a" in lower or " a k a " in lower:
        found = [clean_title(part) for part in re.split(_ALSO, title)]
    elif not is_plain:
        found = _by_script(title)
    if asides:
        asides = [re.sub(_ALSO_FIRST, "", aside) for aside in asides]
        found += [
            clean_title(aside) for aside in asides if re.search(_LATIN, aside) and not re.search(_NUMBERED, aside)
        ]
    if len(found) > 1:
        found = list(dict.fromkeys(one for one in found if one))
        if not is_plain and _is_other_script(found[0]):
            found.sort(key=lambda one: _is_other_script(one) or not re.search(_LATIN, one))
    return tuple(found)


def _by_script(title: str) -> list[str]:
    """``抓娃娃 Successor`` is two titles; so are parts with a slash between where a script needs no spaces."""
    if "/" in title and any(letter >= _FIRST_IDEOGRAPH for letter in title):
        return [clean_title(part) for part in title.split("/")]
    words = title.split(" ")
    latin = next((place for place, word in enumerate(words) if re.match(_LATIN, word)), 0)
    if latin and all(not re.search(_LATIN, word) for word in words[:latin]) and _is_unspaced("".join(words[:latin])):
        return [clean_title(" ".join(words[latin:])), clean_title(" ".join(words[:latin]))]
    return [title]


def _is_unspaced(text: str) -> bool:
    """Hebrew, Arabic, the scripts of India and the Far East: not Greek or Cyrillic, where a numeral may be Latin."""
    return any(letter >= _FIRST_HEBREW for letter in text)


def _is_other_script(text: str) -> bool:
    """Letters beyond the Latin ones."""
    return any(letter >= _FIRST_GREEK and letter.isalpha() for letter in text)


def _balanced(text: str) -> str:
    """Brackets at the edges stay only in pairs."""
    for opening, closing in ("()", "[]", "{}"):
        if text.count(opening) != text.count(closing):
            text = text.strip(opening + closing + _EDGES)
    return text.strip()
