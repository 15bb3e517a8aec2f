"""What a release name says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from radarr_desktop.domain.quality import UNKNOWN, Quality, Revision


class SpanKind(StrEnum):
    """What a part of a name tells; the window colours them by this."""

    TITLE = "title"
    YEAR = "year"
    RESOLUTION = "resolution"
    SOURCE = "source"
    VIDEO = "video"
    HDR = "hdr"
    AUDIO = "audio"
    EDITION = "edition"
    LANGUAGE = "language"
    REVISION = "revision"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the name a fact was read: ``name[start:end]``."""

    kind: SpanKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedRelease:
    """The facts of one release name."""

    name: str
    title: str = ""
    """Empty: the name is not one of a movie's release."""
    year: int = 0
    quality: Quality = UNKNOWN
    revision: Revision = field(default_factory=Revision)
    group: str = ""
    edition: str = ""
    codec: str = ""
    audio: tuple[str, ...] = ()
    hdr: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
