"""Qualities: what a release is made from, and how qualities rank by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Source(StrEnum):
    """Where the picture comes from; the words are the v3 API's."""

    UNKNOWN = "unknown"
    CAM = "cam"
    TELESYNC = "telesync"
    TELECINE = "telecine"
    WORKPRINT = "workprint"
    DVD = "dvd"
    TV = "tv"
    WEBDL = "webdl"
    WEBRIP = "webrip"
    BLURAY = "bluray"


class Modifier(StrEnum):
    """What sets a release apart from a plain encode of its source."""

    NONE = "none"
    REGIONAL = "regional"
    SCREENER = "screener"
    RAWHD = "rawhd"
    BRDISK = "brdisk"
    REMUX = "remux"


@dataclass(frozen=True, slots=True)
class Quality:
    """One of the 30 qualities of the v3 API, with its default size limits in MB per minute.

    Two are equal when their ids are: a quality remembered years ago still is the same one.
    """

    id: int
    name: str = field(compare=False)
    source: Source = field(compare=False)
    resolution: int = field(compare=False)
    """Lines, 0 when the quality does not say."""
    modifier: Modifier = field(default=Modifier.NONE, compare=False)
    weight: int = field(default=0, compare=False)
    min_size: float = field(default=0.0, compare=False)
    preferred_size: float | None = field(default=95.0, compare=False)
    max_size: float | None = field(default=100.0, compare=False)
    """None: no limit."""
    group: str = field(default="", compare=False)

    def __reduce__(self) -> tuple[Callable[[int], Quality], tuple[int]]:
        """Between processes only the id travels: there are 30 qualities, and thousands of release names."""
        return _known, (self.id,)


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """How often a release was put right: REAL outranks any version (PROPER, REPACK, v2)."""

    real: int = 0
    version: int = 1


def _table() -> tuple[Quality, ...]:
    s, m = Source, Modifier
    sd = (0.0, 95.0, 100.0)
    free = (0.0, None, None)
    rows: list[tuple[int, str, Source, int, Modifier, int, tuple[float, float | None, float | None], str]] = [
        (0, "Unknown", s.UNKNOWN, 0, m.NONE, 1, sd, ""),
        (24, "WORKPRINT", s.WORKPRINT, 0, m.NONE, 2, sd, ""),
        (25, "CAM", s.CAM, 0, m.NONE, 3, sd, ""),
        (26, "TELESYNC", s.TELESYNC, 0, m.NONE, 4, sd, ""),
        (27, "TELECINE", s.TELECINE, 0, m.NONE, 5, sd, ""),
        (29, "REGIONAL", s.DVD, 480, m.REGIONAL, 6, sd, ""),
        (28, "DVDSCR", s.DVD, 480, m.SCREENER, 7, sd, ""),
        (1, "SDTV", s.TV, 480, m.NONE, 8, sd, ""),
        (2, "DVD", s.DVD, 0, m.NONE, 9, sd, ""),
        (23, "DVD-R", s.DVD, 480, m.REMUX, 10, sd, ""),
        (8, "WEBDL-480p", s.WEBDL, 480, m.NONE, 11, sd, "WEB 480p"),
        (12, "WEBRip-480p", s.WEBRIP, 480, m.NONE, 11, sd, "WEB 480p"),
        (20, "Bluray-480p", s.BLURAY, 480, m.NONE, 12, sd, ""),
        (21, "Bluray-576p", s.BLURAY, 576, m.NONE, 13, sd, ""),
        (4, "HDTV-720p", s.TV, 720, m.NONE, 14, sd, ""),
        (5, "WEBDL-720p", s.WEBDL, 720, m.NONE, 15, sd, "WEB 720p"),
        (14, "WEBRip-720p", s.WEBRIP, 720, m.NONE, 15, sd, "WEB 720p"),
        (6, "Bluray-720p", s.BLURAY, 720, m.NONE, 16, sd, ""),
        (9, "HDTV-1080p", s.TV, 1080, m.NONE, 17, sd, ""),
        (3, "WEBDL-1080p", s.WEBDL, 1080, m.NONE, 18, sd, "WEB 1080p"),
        (15, "WEBRip-1080p", s.WEBRIP, 1080, m.NONE, 18, sd, "WEB 1080p"),
        (7, "Bluray-1080p", s.BLURAY, 1080, m.NONE, 19, free, ""),
        (30, "Remux-1080p", s.BLURAY, 1080, m.REMUX, 20, free, ""),
        (16, "HDTV-2160p", s.TV, 2160, m.NONE, 21, free, ""),
        (18, "WEBDL-2160p", s.WEBDL, 2160, m.NONE, 22, free, "WEB 2160p"),
        (17, "WEBRip-2160p", s.WEBRIP, 2160, m.NONE, 22, free, "WEB 2160p"),
        (19, "Bluray-2160p", s.BLURAY, 2160, m.NONE, 23, free, ""),
        (31, "Remux-2160p", s.BLURAY, 2160, m.REMUX, 24, free, ""),
        (22, "BR-DISK", s.BLURAY, 1080, m.BRDISK, 25, free, ""),
        (10, "Raw-HD", s.TV, 1080, m.RAWHD, 26, free, ""),
    ]
    return tuple(
        Quality(id, name, source, lines, modifier, weight, least, preferred, most, group)
        for id, name, source, lines, modifier, weight, (least, preferred, most), group in rows
    )


QUALITIES = _table()
"""Worst first."""
BY_ID = {quality.id: quality for quality in QUALITIES}
BY_NAME = {quality.name.casefold(): quality for quality in QUALITIES}
UNKNOWN = BY_ID[0]


def _known(id: int) -> Quality:
    return BY_ID[id]


_BY_FACTS = {(q.source, q.resolution, q.modifier): q for q in QUALITIES}


def find_quality(source: Source, resolution: int, modifier: Modifier = Modifier.NONE) -> Quality:
    """The quality with these facts, the nearest one when no quality has all of them, else ``UNKNOWN``."""
    if source is Source.UNKNOWN:
        source = {0: Source.UNKNOWN, 480: Source.TV, 576: Source.DVD}.get(resolution, Source.TV)
    if modifier in _ONLY:
        return _BY_FACTS[(*_ONLY[modifier], modifier)]
    if modifier is Modifier.REMUX and source is Source.DVD:
        return _BY_FACTS[(Source.DVD, 480, Modifier.REMUX)]
    if modifier is Modifier.REMUX and not resolution:
        resolution = 1080
    for facts in (
        (source, resolution, modifier),
        (source, resolution, Modifier.NONE),
        (source, 0, Modifier.NONE),
        (source, _USUAL_LINES.get(source, 0), Modifier.NONE),
    ):
        if facts in _BY_FACTS:
            return _BY_FACTS[facts]
    return UNKNOWN


_USUAL_LINES = {Source.BLURAY: 720, Source.WEBDL: 480, Source.WEBRIP: 480, Source.TV: 480, Source.DVD: 480}
"""Resolution assumed when a name tells the source only."""
_ONLY = {
    Modifier.REGIONAL: (Source.DVD, 480),
    Modifier.SCREENER: (Source.DVD, 480),
    Modifier.RAWHD: (Source.TV, 1080),
    Modifier.BRDISK: (Source.BLURAY, 1080),
}
"""Modifiers that say all: whatever else a name tells, there is one quality with them."""
