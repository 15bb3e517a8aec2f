"""From facts to the fields they are told in."""

from __future__ import annotations

import re

from radarr_desktop.domain.parsing.facts import Facts
from radarr_desktop.domain.parsing.parsed import ThreeD
from radarr_desktop.domain.quality import Revision

_FIRST = {
    "codec": "codec",
    "depth": "bit_depth",
    "channels": "channels",
    "service": "service",
    "container": "container",
    "part": "part",
    "hash": "hash",
    "imdb": "imdb_id",
}
"""Facts of which the first one counts."""
_ALL = {
    "edition": "editions",
    "hdr": "hdr",
    "object": "object_audio",
    "language": "languages",
    "subtitled": "subtitles",
}
_YES = {
    "repack": "is_repack",
    "hybrid": "is_hybrid",
    "multi": "is_multi",
    "dual": "is_dual",
    "sample": "is_sample",
}
_SUBS = r"(?i)subs?$"
_NO_DIGIT = r"\D"


def tell(facts: Facts, told: dict[str, object]) -> None:
    """Put each fact into its field, unless that is told already."""
    for fact, values in facts.items():
        if fact in _FIRST:
            told.setdefault(_FIRST[fact], values[0])
        elif fact in _ALL:
            told[_ALL[fact]] = tuple(values)
        elif fact in _YES:
            told[_YES[fact]] = True
    if "3d" in facts:
        told["three_d"] = next((kind for kind in facts["3d"] if kind is not ThreeD.UNTOLD), ThreeD.UNTOLD)
    if "hc" in facts:
        told["hardcoded_subs"] = next(
            (word for word in reversed(facts["hc"]) if re.search(_SUBS, word)), facts["hc"][0]
        )
    if "version" in facts or "real" in facts:
        told["revision"] = Revision(len(facts.get("real", ())), max(facts.get("version", (1,))))
    if "tmdb" in facts:
        told["tmdb_id"] = int(re.sub(_NO_DIGIT, "", facts["tmdb"][0]))
