"""Read one release name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from radarr_desktop.domain.parsing.parsed import (
    AudioCodec,
    Codec,
    Hdr,
    ObjectAudio,
    ParsedRelease,
    Refusal,
    Span,
    SpanKind,
)
from radarr_desktop.domain.parsing.tags import EXTENSION, GROUP, SOURCES, TAG, TAGS, YEAR
from radarr_desktop.domain.quality import Modifier, Quality, Revision, Source, find_quality

MAX_LENGTH = 1000
"""Characters; a longer name is no name."""

_SEPARATORS = re.compile(r"[._]+|\s+")
_HASHLIKE = re.compile(r"^[0-9a-f]{16,}$|^[A-Za-z0-9+/=]{24,}$", re.IGNORECASE)

_Found = tuple[Span, str]


def parse_release(name: str) -> ParsedRelease:
    """The facts of a release name; ``title`` stays empty for what is no movie release's name."""
    text = name.strip()
    if not text or len(text) > MAX_LENGTH or not text.isprintable():
        return ParsedRelease(name, refused=Refusal.EMPTY)
    stem = EXTENSION.sub("", text)
    if _HASHLIKE.match(stem):
        return ParsedRelease(name, refused=Refusal.EMPTY)
    tags = list(_tags(stem))
    group = _group(stem, tags)
    year = _year(stem, tags)
    first_tag = min((span.start for span, _ in tags if span.start > 0), default=len(stem))
    if group and group.start < first_tag and not tags:
        group = None
    end = year.start if year else min(first_tag, group.start if group else len(stem))
    title = _clean(stem[:end])
    if not title:
        return ParsedRelease(name, refused=Refusal.EMPTY)
    tags = [(span, word) for span, word in tags if span.start >= end and (not group or span.end <= group.start)]
    spans = [Span(SpanKind.TITLE, 0, len(stem[:end].rstrip(" ._-([{"))), *(span for span, _ in tags)]
    spans += [span for span in (year, group) if span]
    words = {kind: tuple(dict.fromkeys(w for span, w in tags if span.kind is kind)) for kind in SpanKind}
    audio = " ".join(words[SpanKind.AUDIO])
    return ParsedRelease(
        name=name,
        titles=(title,),
        year=int(stem[year.start : year.end]) if year else 0,
        quality=_quality(words),
        revision=_revision(stem, tags),
        group=stem[group.start : group.end] if group else "",
        editions=words[SpanKind.EDITION],
        codec=next(map(Codec, words[SpanKind.VIDEO]), Codec.UNKNOWN),
        audio=tuple(codec for codec in AudioCodec if codec in audio.split() or codec in words[SpanKind.AUDIO]),
        object_audio=tuple(kind for kind in ObjectAudio if kind in audio),
        hdr=tuple(map(Hdr, words[SpanKind.HDR])),
        languages=tuple(word for word in words[SpanKind.LANGUAGE] if word != "Multi"),
        is_multi="Multi" in words[SpanKind.LANGUAGE],
        spans=tuple(sorted(spans, key=lambda span: span.start)),
    )


def _tags(stem: str) -> Iterator[_Found]:
    for match in TAG.finditer(stem):
        if match.lastgroup is not None:
            kind, word = TAGS[int(match.lastgroup[1:])]
            yield Span(kind, match.start(), match.end()), word


def _year(stem: str, tags: list[_Found]) -> Span | None:
    """The last year before the technical tags; never the name's first word (``1917``, ``2012``)."""
    technical = (SpanKind.RESOLUTION, SpanKind.SOURCE, SpanKind.VIDEO)
    limit = min((span.start for span, _ in tags if span.kind in technical), default=len(stem))
    years = [match for match in YEAR.finditer(stem) if 0 < match.start() < max(limit, 1)]
    return Span(SpanKind.YEAR, years[-1].start(), years[-1].end()) if years else None


def _group(stem: str, tags: list[_Found]) -> Span | None:
    match = GROUP.search(stem)
    if match is None or any(span.start <= match.start("group") < span.end for span, _ in tags):
        return None
    return Span(SpanKind.GROUP, match.start("group"), match.end("group"))


def _quality(words: dict[SpanKind, tuple[str, ...]]) -> Quality:
    lines = max((int(word) for word in words[SpanKind.RESOLUTION]), default=0)
    if words[SpanKind.RESOLUTION][:1] == ("2160",) and len(words[SpanKind.RESOLUTION]) > 1:
        lines = max(int(word) for word in words[SpanKind.RESOLUTION][1:])
    source, modifier = Source.UNKNOWN, Modifier.NONE
    for word in words[SpanKind.SOURCE]:
        found, special = SOURCES[word]
        source = found if source is Source.UNKNOWN else source
        modifier = special if modifier is Modifier.NONE else modifier
    if source is Source.UNKNOWN and not lines:
        return find_quality(Source.UNKNOWN, 0)
    return find_quality(source, lines, modifier)


def _revision(stem: str, tags: list[_Found]) -> Revision:
    version, real = 1, 0
    for span, word in tags:
        if word == "real":
            real += 1
        elif word == "proper":
            digit = stem[span.end - 1]
            version = max(version, int(digit) + (0 if stem[span.start] in "vV" else 1) if digit.isdigit() else 2)
    return Revision(real, version)


def _clean(text: str) -> str:
    """A title as people write it: separators to spaces, brackets and dashes at the end dropped."""
    return _SEPARATORS.sub(" ", text).strip(" -([{}])+,")
