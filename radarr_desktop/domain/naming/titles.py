"""The forms of a title: article behind, without punctuation, first letter, cut short."""

from __future__ import annotations

import re

from radarr_desktop.domain.naming.letters import plain

_ARTICLES = ("the", "an", "a")
_JOINED = str.maketrans({"&": " and ", "/": " ", "\\": " ", "_": " ", "·": " "})
_PUNCTUATION = re.compile(r"""["'`´‘’“”„«»!¡?¿,;:()\[\]{}@$%^*=~<>|…]""")
_ALONE = re.compile(r"(?:^|(?<=\s))[-–—.+#]+(?=\s|$)")
_SPACES = re.compile(r"\s+")
_CUT = "..."


def the_behind(title: str) -> str:
    """``Salt Meridian, The``; what stands in brackets at the end stays there."""
    article, _, rest = title.partition(" ")
    rest = rest.strip()
    if article.lower() not in _ARTICLES or not rest:
        return title
    bracket = rest.rfind("(") if rest.endswith(")") else -1
    tail = f" {rest[bracket:]}" if bracket > 0 else ""
    return f"{rest[:bracket].rstrip() if tail else rest}, {article}{tail}"


def cleaned(title: str) -> str:
    """Words alone: ``&`` is *and*, no punctuation, no marks on Latin letters; what is inside a word stays."""
    words = _PUNCTUATION.sub("", plain(title).translate(_JOINED))
    return _SPACES.sub(" ", _ALONE.sub("", words)).strip(" .-")


def first_character(title: str) -> str:
    """What a shelf of movies is sorted by: the first letter or digit, else ``_``."""
    for letter in plain(the_behind(title))[:2]:
        if letter.isalnum():
            return letter.upper()
    return "_"


def cut(text: str, length: int) -> str:
    """At most so many characters, dots for what is missing; a negative length keeps the end. 0: all of it."""
    if not length or len(text) <= abs(length):
        return text
    room = max(abs(length) - len(_CUT), 1)
    return f"{text[:room].rstrip()}{_CUT}" if length > 0 else f"{_CUT}{text[-room:].lstrip()}"
