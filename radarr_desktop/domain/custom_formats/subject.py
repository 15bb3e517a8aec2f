"""What custom formats look at: the facts of one release or file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from radarr_desktop.domain.languages import UNKNOWN as UNKNOWN_LANGUAGE
from radarr_desktop.domain.languages import Language, language_by_code, spoken
from radarr_desktop.domain.parsing import ParsedRelease, SpanKind
from radarr_desktop.domain.quality import UNKNOWN, Quality
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo

FLAG_BITS = {
    IndexerFlag.FREELEECH: 1,
    IndexerFlag.HALFLEECH: 2,
    IndexerFlag.DOUBLE_UPLOAD: 4,
    IndexerFlag.INTERNAL: 32,
    IndexerFlag.SCENE: 128,
    IndexerFlag.FREELEECH_75: 256,
    IndexerFlag.FREELEECH_25: 512,
    IndexerFlag.EXCLUSIVE: 4096,
    IndexerFlag.NEUTRAL: 8192,
}
"""As the v3 API numbers them; the last two are ours, it has none for them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A release, or a file as it was when it was a release."""

    title: str
    """The release's name with ``A Movie`` in place of the movie's title: a title's words tell nothing about it."""
    file_name: str = ""
    edition: str = ""
    edition_words: str = ""
    """The edition as the name spells it."""
    group: str = ""
    languages: tuple[Language, ...] = ()
    original: Language = UNKNOWN_LANGUAGE
    quality: Quality = UNKNOWN
    flags: int = 0
    """``FLAG_BITS``, added up."""
    size: int = 0
    """Bytes."""
    year: int = 0
    """The movie's, else the release's."""


def subject_of(
    parsed: ParsedRelease,
    *,
    size: int = 0,
    flags: Collection[IndexerFlag] = (),
    movie: MovieInfo | None = None,
    file_name: str = "",
) -> Subject:
    """The facts of a release (or, with ``file_name``, of a file) of this movie."""
    code = movie.original_language if movie else ""
    return Subject(
        title=simple_title(parsed),
        file_name=file_name,
        edition=parsed.edition,
        edition_words=_words(parsed, SpanKind.EDITION),
        group=parsed.group,
        languages=spoken(parsed, code),
        original=language_by_code(code) or UNKNOWN_LANGUAGE,
        quality=parsed.quality,
        flags=sum(FLAG_BITS.get(flag, 0) for flag in flags),
        size=size,
        year=(movie.year if movie else 0) or parsed.year,
    )


def simple_title(parsed: ParsedRelease) -> str:
    """The name without the movie's title."""
    start, end = title_place(parsed)
    return f"{parsed.name[:start]}{_placeholder(parsed.name)}{parsed.name[end:]}" if end else parsed.name


def title_place(parsed: ParsedRelease) -> tuple[int, int]:
    """Where the title is in the name; (0, 0) if it is nowhere."""
    for span in parsed.spans:
        if span.kind is SpanKind.TITLE:
            return span.start, span.end
    return 0, 0


def in_name(parsed: ParsedRelease, start: int, end: int) -> tuple[int, int]:
    """A stretch of the simple title as one of the name."""
    title_start, title_end = title_place(parsed)
    if not title_end:
        return start, end
    ends = title_start + len(_placeholder(parsed.name))
    moved = title_end - ends
    first = start if start < title_start else start + moved if start >= ends else title_start
    last = end if end <= title_start else end + moved if end >= ends else title_end
    return first, last


def _placeholder(name: str) -> str:
    return "A.Movie" if "." in name else "A Movie"


def _words(parsed: ParsedRelease, kind: SpanKind) -> str:
    parts = [parsed.name[span.start : span.end] for span in parsed.spans if span.kind is kind]
    return " ".join(parts).replace(".", " ").replace("_", " ")
