"""/indexerflag: what indexers state about releases."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.domain.custom_formats import FLAG_BITS
from radarr_desktop.plugin_api import IndexerFlag

_THEIRS = (
    (1, "G_Freeleech"),
    (2, "G_Halfleech"),
    (4, "G_DoubleUpload"),
    (8, "PTP_Golden"),
    (16, "PTP_Approved"),
    (32, "G_Internal"),
    (128, "G_Scene"),
    (256, "G_Freeleech75"),
    (512, "G_Freeleech25"),
    (2048, "Nuked"),
)
"""As the v3 API names them."""
FLAGS = (
    *_THEIRS,
    (FLAG_BITS[IndexerFlag.EXCLUSIVE], "Exclusive"),
    (FLAG_BITS[IndexerFlag.NEUTRAL], "Neutral"),
)


def flags_of(bits: int) -> frozenset[IndexerFlag]:
    """Those that a number of the v3 API means."""
    return frozenset(flag for flag, bit in FLAG_BITS.items() if bits & bit)


def bits_of(flags: Iterable[IndexerFlag]) -> int:
    """The number that means these."""
    return sum(FLAG_BITS.get(flag, 0) for flag in flags)


class IndexerFlagResource(Answer):
    id: int
    name: str
    name_lower: str


async def _list(call: Call[Query, None]) -> list[IndexerFlagResource]:
    return [IndexerFlagResource(id=bit, name=name, name_lower=name.lower()) for bit, name in FLAGS]


ENDPOINTS = (Endpoint("GET", "/api/v3/indexerflag", _list, list[IndexerFlagResource]),)
