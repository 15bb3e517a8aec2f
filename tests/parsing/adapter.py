"""What the parser reads, in the vocabulary of the development sets' scorer."""

from __future__ import annotations

from radarr_desktop.domain.parsing import AudioCodec, ParsedRelease, SpanKind, parse_release
from radarr_desktop.domain.quality import Modifier, Source

_LANGUAGES = {"Portuguese (Brazil)": "pt-br", "Spanish (Latino)": "latino"}
_MODIFIERS = {Modifier.SCREENER: "screener", Modifier.REGIONAL: "regional"}


def parse(name: str) -> dict[str, object]:
    """For ``score.py --adapter``. The sets part neither languages of subtitles from spoken ones nor DVD-R from DVD."""
    parsed = parse_release(name)
    return {
        "title": parsed.title,
        "alt_titles": parsed.titles[1:],
        "year": parsed.year,
        "resolution": f"{parsed.resolution}p" if parsed.resolution else None,
        "source": _source(parsed),
        "codec": parsed.codec,
        "hdr": parsed.hdr,
        "audio": [*parsed.audio, *parsed.object_audio, *(["DTS"] if AudioCodec.DTS_HD_HRA in parsed.audio else [])],
        "channels": parsed.channels,
        "edition": parsed.editions,
        "languages": [_LANGUAGES.get(one, one) for one in (*parsed.languages, *parsed.subtitles)],
        "proper": parsed.revision.version > 1,
        "repack": parsed.is_repack,
        "group": parsed.group,
        "container": parsed.container,
    }


def spoken_only(name: str) -> dict[str, object]:
    """The same with the languages as the parser tells them."""
    return parse(name) | {"languages": [_LANGUAGES.get(one, one) for one in parse_release(name).languages]}


def _source(parsed: ParsedRelease) -> str | None:
    if parsed.modifier in _MODIFIERS:
        return _MODIFIERS[parsed.modifier]
    if parsed.modifier is Modifier.REMUX:
        return "dvd" if parsed.source is Source.DVD else "remux"
    if parsed.source is Source.TV:
        words = {parsed.name[span.start : span.end].lower() for span in parsed.spans if span.kind is SpanKind.SOURCE}
        return "hdtv" if any("hd" in word and "dsr" not in word for word in words) else "sdtv"
    return None if parsed.source is Source.UNKNOWN else str(parsed.source)


parse_raw = parse_release
