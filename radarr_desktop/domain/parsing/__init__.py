"""Release names: what a name says of a release, and where it says it."""

from __future__ import annotations

from radarr_desktop.domain.parsing.parse import parse_release
from radarr_desktop.domain.parsing.parsed import ParsedRelease, Span, SpanKind

__all__ = ["ParsedRelease", "Span", "SpanKind", "parse_release"]
