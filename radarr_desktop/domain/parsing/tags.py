"""The words of release names and what they mean. Data."""

from __future__ import annotations

import re

from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.quality import Modifier, Source

_GAP = r"[ ._-]?"


def _words(*alternatives: str) -> str:
    return "|".join(alternatives)


SOURCES: dict[str, tuple[Source, Modifier]] = {
    "remux": (Source.BLURAY, Modifier.REMUX),
    "disc": (Source.BLURAY, Modifier.BRDISK),
    "bluray": (Source.BLURAY, Modifier.NONE),
    "webdl": (Source.WEBDL, Modifier.NONE),
    "webrip": (Source.WEBRIP, Modifier.NONE),
    "rawhd": (Source.TV, Modifier.RAWHD),
    "hdtv": (Source.TV, Modifier.NONE),
    "dvdscr": (Source.DVD, Modifier.SCREENER),
    "regional": (Source.DVD, Modifier.REGIONAL),
    "dvdr": (Source.DVD, Modifier.REMUX),
    "dvd": (Source.DVD, Modifier.NONE),
    "cam": (Source.CAM, Modifier.NONE),
    "telesync": (Source.TELESYNC, Modifier.NONE),
    "telecine": (Source.TELECINE, Modifier.NONE),
    "workprint": (Source.WORKPRINT, Modifier.NONE),
}

_PATTERNS: list[tuple[SpanKind, str, str]] = [
    (SpanKind.RESOLUTION, "2160", _words(r"2160p", r"4k", r"uhd")),
    (SpanKind.RESOLUTION, "1080", r"1080[pi]"),
    (SpanKind.RESOLUTION, "720", r"720[pi]"),
    (SpanKind.RESOLUTION, "576", r"576[pi]"),
    (SpanKind.RESOLUTION, "480", r"(?:480|360)[pi]"),
    (SpanKind.SOURCE, "remux", rf"(?:bd{_GAP})?remux"),
    (SpanKind.SOURCE, "disc", _words(r"complete[ ._-](?:uhd[ ._-])?blu-?ray", r"bdmv", r"bd(?:25|50|66|100)")),
    (SpanKind.SOURCE, "bluray", _words(rf"blu{_GAP}ray", rf"bd{_GAP}rip", rf"br{_GAP}rip", r"hddvd")),
    (SpanKind.SOURCE, "webrip", rf"web{_GAP}rip"),
    (SpanKind.SOURCE, "webdl", _words(rf"web{_GAP}dl", r"web(?=[ ._-](?:x|h)[ .]?26[45])", r"web")),
    (SpanKind.SOURCE, "rawhd", rf"raw{_GAP}hd"),
    (SpanKind.SOURCE, "hdtv", _words(r"hdtv(?:rip)?", r"pdtv", r"dsr(?:ip)?", r"tvrip")),
    (SpanKind.SOURCE, "dvdscr", _words(rf"dvd{_GAP}scr", r"screener", r"scr")),
    (SpanKind.SOURCE, "dvdr", _words(r"dvd-?r", r"dvd[59]")),
    (SpanKind.SOURCE, "dvd", _words(rf"dvd{_GAP}rip", r"dvd")),
    (
        SpanKind.SOURCE,
        "cam",
        _words(
            r"(?:hd)?cam(?:rip)?",
        ),
    ),
    (SpanKind.SOURCE, "telesync", _words(r"telesync", r"hd-?ts", r"ts(?=[ ._-]|$)")),
    (SpanKind.SOURCE, "telecine", _words(r"telecine", r"hd-?tc")),
    (SpanKind.SOURCE, "workprint", r"workprint"),
    (SpanKind.VIDEO, "HEVC", _words(r"x[ .]?265", r"h[ .]?265", r"hevc")),
    (SpanKind.VIDEO, "AVC", _words(r"x[ .]?264", r"h[ .]?264", r"avc")),
    (SpanKind.VIDEO, "AV1", r"av1"),
    (SpanKind.VIDEO, "VC-1", r"vc-?1"),
    (SpanKind.VIDEO, "XviD", r"xvid"),
    (SpanKind.HDR, "DV", _words(r"dv", r"dovi", rf"dolby{_GAP}vision")),
    (SpanKind.HDR, "HDR10+", r"hdr10(?:\+|plus|p)"),
    (SpanKind.HDR, "HDR10", _words(r"hdr10", r"hdr")),
    (SpanKind.HDR, "HLG", r"hlg"),
    (SpanKind.HDR, "SDR", r"sdr"),
    (SpanKind.AUDIO, "DTS:X", rf"dts{_GAP}x(?:[ .]?[257]\.1)?"),
    (SpanKind.AUDIO, "DTS-HD MA", rf"dts{_GAP}hd(?:{_GAP}ma)?(?:[ .]?[257][ .][01])?"),
    (SpanKind.AUDIO, "DTS", r"dts(?:[ .]?[25]\.[01])?"),
    (SpanKind.AUDIO, "TrueHD Atmos", r"truehd(?:[ .]?[57][ .]1)?[ .]?atmos(?:[ .]?[57][ .]1)?"),
    (SpanKind.AUDIO, "TrueHD", r"truehd(?:[ .]?[57][ .]1)?"),
    (SpanKind.AUDIO, "EAC3", _words(r"e-?ac-?3(?:[ .]?[257][ .][01])?", r"dd(?:p|\+)a?(?:[ .]?[257][ .][01])?")),
    (SpanKind.AUDIO, "AC3", _words(r"ac-?3(?:[ .]?[257][ .][01])?", r"dd(?:[ .]?[257][ .][01])?")),
    (SpanKind.AUDIO, "FLAC", r"flac(?:[ .]?[257][ .][01])?"),
    (SpanKind.AUDIO, "Opus", r"opus(?:[ .]?[257][ .][01])?"),
    (SpanKind.AUDIO, "AAC", r"aac(?:[ .]?[257][ .][01])?"),
    (SpanKind.AUDIO, "Atmos", r"atmos"),
    (SpanKind.EDITION, "Director's Cut", rf"director'?s{_GAP}cut"),
    (SpanKind.EDITION, "Extended", rf"extended(?:{_GAP}(?:cut|edition))?"),
    (SpanKind.EDITION, "Theatrical", rf"theatrical(?:{_GAP}cut)?"),
    (SpanKind.EDITION, "Unrated", r"unrated"),
    (SpanKind.EDITION, "Uncut", r"uncut"),
    (SpanKind.EDITION, "IMAX", r"imax(?:[ ._-]?(?:edition|enhanced))?"),
    (SpanKind.EDITION, "Open Matte", rf"open{_GAP}matte"),
    (SpanKind.EDITION, "Criterion", rf"criterion(?:{_GAP}collection)?"),
    (SpanKind.EDITION, "Remastered", r"(?:4k[ ._-])?remastered"),
    (SpanKind.LANGUAGE, "Multi", r"multi"),
    (SpanKind.LANGUAGE, "German", r"german"),
    (SpanKind.LANGUAGE, "French", _words(r"french", r"truefrench", r"vff", r"vfq")),
    (SpanKind.LANGUAGE, "Italian", _words(r"italian", r"ita")),
    (SpanKind.LANGUAGE, "Spanish", _words(r"spanish", r"castellano")),
    (SpanKind.LANGUAGE, "Japanese", r"japanese"),
    (SpanKind.LANGUAGE, "Russian", r"russian"),
    (SpanKind.LANGUAGE, "English", _words(r"english", r"eng")),
    (SpanKind.REVISION, "real", r"real(?=[ ._-](?:proper|repack))"),
    (SpanKind.REVISION, "proper", _words(r"proper(?:\d)?", r"repack(?:\d)?", r"rerip(?:\d)?", r"v[2-9]")),
]

TAGS: list[tuple[SpanKind, str]] = [(kind, word) for kind, word, _ in _PATTERNS]
"""By the index of the named group ``t<index>`` in ``TAG``."""

TAG = re.compile(
    r"(?<![^ ._\-\[\](){}+,])(?:"
    + "|".join(f"(?P<t{index}>{pattern})" for index, (_, _, pattern) in enumerate(_PATTERNS))
    + r")(?![^ ._\-\[\](){}+,])",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![^ ._\-\[\](){}])(?:19|20)\d\d(?![^ ._\-\[\](){}])")
GROUP = re.compile(r"-(?P<group>[A-Za-z0-9@_!&.]{2,30})(?:\[[\w. ]{1,20}\])?$")
EXTENSION = re.compile(r"\.(?:mkv|mp4|avi|m4v|ts|m2ts|wmv|mov|iso|torrent)$", re.IGNORECASE)
