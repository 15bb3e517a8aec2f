"""Who made a release, as a key: people, sites and posters write one group in many ways."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from radarr_desktop.domain.parsing.lexicon import lexicon

_LONGEST = 64
"""Characters of a group that are looked at; no real one has more."""
_BRACKETED = re.compile(r"[\[({][^\[\](){}]*[\])}]?")
_INSIDE = re.compile(r"[^\[\](){}]+")
_JOINT = re.compile(r"[-&+/@]")
_BETWEEN = re.compile(r"[\s._'’`\[\](){}]+")
_WORDS = re.compile(r"[^\W_]+")
_NOBODY = frozenset(["", "nogrp", "nogroup", "norg", "none", "unknown", "anonymous", "p2p"])
_REMARKS = frozenset(["internal", "int", "readnfo", "proper", "repack", "rerip", "p2p"])
"""What groups write behind their names; a group of that name alone is one."""


@lru_cache(maxsize=4096)
def group_names(group: str) -> tuple[str, ...]:
    """The keys of all who are named: none, one, or those of a joint release (``A-B``), each once."""
    text = _plain(group[:_LONGEST])[:_LONGEST]
    text = _BRACKETED.sub(" ", text).strip() or next(filter(None, map(str.strip, _INSIDE.findall(text))), "")
    whole = " ".join(_WORDS.findall(text))
    if whole in lexicon().odd_groups:
        return (_folded(_without_site(whole.replace(" ", "."))),)
    text = _without_remarks(text)
    names = dict.fromkeys(_folded(_without_site(part)) for part in _JOINT.split(text))
    return tuple(name for name in names if name not in _NOBODY)


def _plain(text: str) -> str:
    """In one case, without accents and look-alikes of other widths."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).strip()


def _without_remarks(text: str) -> str:
    """``GROUP-xpost``, ``GROUP_iNT``, ``GROUP.rartv``: what posters and trackers hang behind it, off again."""
    known = lexicon()
    while match := re.fullmatch(r"(.+?)[-_. ]+([^-_. ]+)", text):
        if match[2] not in known.suffixes | known.trackers | _REMARKS:
            break
        text = match[1]
    return text


def _without_site(part: str) -> str:
    """``group.com``, ``www.group.org``."""
    words = [word for word in part.strip().split(".") if word]
    if len(words) > 1 and words[0] == "www":
        words = words[1:]
    if len(words) > 1 and words[-1] in lexicon().domains and len("".join(words[:-1])) > 2:
        words = words[:-1]
    return ".".join(words)


def _folded(text: str) -> str:
    """Without what people put between words; ``Zi$t`` is not ``ZiT``."""
    return _BETWEEN.sub("", text)
