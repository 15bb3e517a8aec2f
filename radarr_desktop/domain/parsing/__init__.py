"""Release names: what a name says of a release, and where it says it."""

from __future__ import annotations

from radarr_desktop.domain.parsing.parse import parse_release
from radarr_desktop.domain.parsing.parsed import (
    AudioCodec,
    Codec,
    Hdr,
    ObjectAudio,
    ParsedRelease,
    Refusal,
    Span,
    SpanKind,
    ThreeD,
)
from radarr_desktop.domain.parsing.path import parse_path

__all__ = [
    "AudioCodec",
    "Codec",
    "Hdr",
    "ObjectAudio",
    "ParsedRelease",
    "Refusal",
    "Span",
    "SpanKind",
    "ThreeD",
    "parse_path",
    "parse_release",
]
