"""Source, resolution and modifier: together they make the quality."""

from __future__ import annotations

from radarr_desktop.domain.parsing.facts import Facts
from radarr_desktop.domain.parsing.parsed import AudioCodec, Codec, ObjectAudio
from radarr_desktop.domain.quality import Modifier, Quality, Source, find_quality

_AS_QUALITY = {360: 480, 540: 480, 1440: 1080, 4320: 2160}
_WEB = frozenset({Source.WEBDL, Source.WEBRIP})
_NEVER_ON_DISC = frozenset({AudioCodec.AAC, AudioCodec.FLAC, AudioCodec.OPUS, AudioCodec.VORBIS, AudioCodec.MP3})
_GERMAN = "German"
_DISC = frozenset({Source.BLURAY, Source.DVD, Source.UNKNOWN})
_SAYS_MORE = frozenset({Modifier.SCREENER, Modifier.BRDISK})
_OLD = frozenset({Codec.XVID, Codec.DIVX})

_qualities: dict[tuple[Source, int, Modifier], Quality] = {}


def find_origin(facts: Facts, container: str) -> tuple[Quality, Source, int, Modifier]:
    """The quality it adds up to; and source, resolution and modifier as the name tells them."""
    source, modifier, is_rip = _source(facts)
    if source is Source.UNKNOWN and "service" in facts:
        source = Source.WEBDL
    if modifier is Modifier.NONE:
        modifier = _implied(facts, source, container)
    lines = _lines(facts, is_rip)
    return _quality(facts, source, lines, modifier, is_rip), source, lines, modifier


def find_sound(facts: Facts, source: Source) -> tuple[AudioCodec, ...]:
    """The codecs of the sound; on the web Atmos is carried by nothing but EAC3."""
    if "audio" not in facts and source in _WEB and ObjectAudio.ATMOS in facts.get("object", ()):
        return (AudioCodec.EAC3,)
    audio = facts.get("audio", ())
    if AudioCodec.DTS_HD in audio and AudioCodec.DTS_HD_MA in audio:  # DTS-HD.MA5.1 is two words that tell the same
        audio = [codec for codec in audio if codec is not AudioCodec.DTS_HD]
    return tuple(audio)


def _source(facts: Facts) -> tuple[Source, Modifier, bool]:
    """The last source told, unless one before says more: a screener, a WEBRip, a remux."""
    source, modifier, is_rip, is_remux = Source.UNKNOWN, Modifier.NONE, False, False
    for tag in facts.get("sources") or facts.get("likely sources") or ():
        is_rip = is_rip or tag.is_rip
        is_remux = is_remux or tag.modifier is Modifier.REMUX
        if tag.source is None or modifier in _SAYS_MORE or (source is Source.WEBRIP and tag.source is Source.WEBDL):
            continue
        source, modifier = tag.source, tag.modifier or Modifier.NONE
    if is_remux and source in _DISC:
        modifier = Modifier.REMUX
    return source, modifier, is_rip


def _implied(facts: Facts, source: Source, container: str) -> Modifier:
    """A disc's image, or a broadcast as it was sent."""
    if source is Source.TV and Codec.MPEG2 in facts.get("codec", ()):
        return Modifier.RAWHD
    if source is Source.BLURAY and _is_disc(facts, container):
        return Modifier.BRDISK
    if "iso" in (container, *facts.get("container", ())):
        return {Source.BLURAY: Modifier.BRDISK, Source.DVD: Modifier.REMUX}.get(source, Modifier.NONE)
    return Modifier.NONE


def _is_disc(facts: Facts, container: str) -> bool:
    """Sold discs name the stream that is on them (AVC, VC-1), encodes what made them (x264).

    German releases and those in HEVC of 1080 lines do not hold to that, and no disc has AAC.
    """
    if "stream" not in facts or "encoded" in facts or "mkv" in (container, *facts.get("container", ())):
        return False
    lines = facts.get("resolution", (0,))[0]
    is_small = lines == 720 or (lines == 1080 and Codec.HEVC in facts.get("codec", ()))
    is_ripped = any(tag.is_rip or tag.modifier is Modifier.REMUX for tag in facts.get("sources", ()))
    is_encoded = not _NEVER_ON_DISC.isdisjoint(facts.get("audio", ()))
    return not (is_small or is_ripped or is_encoded or "sources" not in facts or _is_german(facts))


def _is_german(facts: Facts) -> bool:
    return _GERMAN in facts.get("language", ()) or _GERMAN in facts.get("subtitled", ())


def _lines(facts: Facts, is_rip: bool) -> int:
    """UHD means 2160 lines where no other number is told; a BDRip of one is a small picture all the same."""
    if "resolution" in facts:
        return int(facts["resolution"][0])
    if "uhd" in facts:
        return 480 if is_rip and "4k" not in facts["uhd"] else 2160
    return 0


def _quality(facts: Facts, source: Source, lines: int, modifier: Modifier, is_rip: bool) -> Quality:
    if source is Source.BLURAY and modifier is Modifier.NONE:
        if not lines and (is_rip or not _OLD.isdisjoint(facts.get("codec", ()))):
            lines = 480
    elif source is Source.UNKNOWN and modifier is Modifier.REMUX and lines:
        source = Source.BLURAY
    key = (source, _AS_QUALITY.get(lines, lines), modifier)
    quality = _qualities.get(key)
    if quality is None:
        quality = _qualities[key] = find_quality(*key)
    return quality
