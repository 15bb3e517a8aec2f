"""Addresses of sites in names: they are neither titles nor groups."""

from __future__ import annotations

from radarr_desktop.domain.parsing.lexicon import lexicon
from radarr_desktop.domain.parsing.words import Words

_WEB = frozenset({"www", "ww", "wwww"})
_LONGEST = 6
"""Words of an address."""


def is_address(words: Words, first: int, last: int) -> bool:
    """Whether these words are, or begin with or end in, an address."""
    texts, gaps = words.texts, words.gaps
    if any(texts[index] in _WEB or gaps[index] == "--" for index in range(first, last)):
        return True
    return last - first >= 2 and texts[last - 1] in lexicon().domains and gaps[last - 2] == "."


def address_end(words: Words, first: int) -> int:
    """The word behind an address in front of a name, which a hyphen parts from the rest; 0 where there is none."""
    texts, gaps = words.texts, words.gaps
    if texts[first] in _WEB:
        least = first + 2
    elif first + 1 < words.count and gaps[first] == "." and texts[first + 1] in lexicon().domains:
        least = first + 1
        if " " not in gaps[least] and "_" not in gaps[least]:
            return 0
    else:
        return 0
    for index in range(least, min(first + _LONGEST, words.count - 1)):
        if "-" in gaps[index] and (
            texts[first] not in _WEB or len(gaps[index]) > 1 or texts[index] in lexicon().domains
        ):
            return index + 1
    return 0
