"""Read a file's path: the file's name and its folder's together."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from radarr_desktop.domain.parsing.parse import parse_release
from radarr_desktop.domain.parsing.parsed import ParsedRelease, Span, SpanKind
from radarr_desktop.domain.quality import UNKNOWN

_SIGNS = r"[\\/]+"
_INNER = (
    r"(?i)samples?|subs?|subtitles|proof|extras?|featurettes|bdmv|stream|playlist|video_ts|audio_ts"
    r"|(?:cd|dvd|disc|disk)[ ._-]?\d"
)
"""Folders inside a release's own."""
_QUALITY = ("quality", "source", "resolution", "modifier")
_NAMING = frozenset({SpanKind.TITLE, SpanKind.YEAR})


def parse_path(path: str) -> ParsedRelease:
    """What the file's name tells, and what only the folder around it does; ``name`` is both, with a slash between.

    A file's name that is shortened or scrambled yields to the folder's.
    """
    parts = [part for part in re.split(_SIGNS, path) if part]
    read = parse_release(parts[-1] if parts else "")
    folder = next((part for part in reversed(parts[:-1]) if not re.fullmatch(_INNER, part)), "")
    if any(re.fullmatch(_INNER, part) and part.lower().startswith("sample") for part in parts[-2:-1]):
        read = replace(read, is_sample=True)
    around = parse_release(folder)
    if not _belong_together(around, read):
        return read
    return _joined(around, read)


def _belong_together(around: ParsedRelease, read: ParsedRelease) -> bool:
    """The folder is the movie's own, not one that holds many."""
    return bool(around.titles) and (around.year > 0 or _key(around.title) == _key(read.title))


def _key(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _joined(around: ParsedRelease, read: ParsedRelease) -> ParsedRelease:
    is_scrambled = not read.titles or (not read.year and around.year > 0)
    main, other = (around, read) if is_scrambled else (read, around)
    told = {field.name: getattr(main, field.name) or getattr(other, field.name) for field in fields(ParsedRelease)}
    of_quality = main if main.quality != UNKNOWN else other
    told |= {name: getattr(of_quality, name) for name in _QUALITY}
    behind = len(around.name) + 1
    spans = [span for span in around.spans if span.kind not in _NAMING or main is around]
    spans += [
        Span(span.kind, span.start + behind, span.end + behind)
        for span in read.spans
        if span.kind not in _NAMING or main is read
    ]
    told |= {"name": f"{around.name}/{read.name}", "titles": main.titles, "spans": tuple(spans)}
    told |= {"container": read.container, "refused": main.refused, "revision": max(main.revision, other.revision)}
    return ParsedRelease(**told)
