"""What is expected of a release before anything is known: by its kind, its origin and the shipped table of groups."""

from __future__ import annotations

from functools import cache

from radarr_desktop.domain.parsing.lexicon import lines
from radarr_desktop.domain.quality import Modifier, Quality, Source
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.plugin_api import IndexerFlag

USUAL = 0.85
"""The share of releases with which all goes well."""
_CAREFUL, _CARELESS = 0.95, 0.6
_VOUCHED = frozenset({IndexerFlag.INTERNAL, IndexerFlag.EXCLUSIVE})
"""A tracker's own people made it."""
_BY_SOURCE = {
    Source.CAM: 0.5,
    Source.TELESYNC: 0.5,
    Source.TELECINE: 0.55,
    Source.WORKPRINT: 0.5,
    Source.UNKNOWN: 0.75,
    Source.WEBRIP: 0.83,
    Source.WEBDL: 0.88,
}


@cache
def shipped() -> dict[str, float]:
    """What is expected of the groups in the table, by key."""
    worth = {"careful": _CAREFUL, "careless": _CARELESS}
    return {
        key: worth[section]
        for section, line in lines("reputation/groups")
        for name in line.split(", ")
        for key in group_names(name)
    }


def expected(group: str, quality: Quality, flags: frozenset[IndexerFlag] = frozenset()) -> float:
    """The share of such releases with which all would go well; ``group`` is a key."""
    if group in shipped():
        share = shipped()[group]
    elif quality.modifier is Modifier.REMUX:
        share = 0.9
    else:
        share = _BY_SOURCE.get(quality.source, USUAL)
    return (share + max(share, _CAREFUL)) / 2 if flags & _VOUCHED else share
