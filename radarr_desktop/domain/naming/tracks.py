"""Picture, sound and subtitles as words of a name; what the file does not tell, its release's name may."""

from __future__ import annotations

import re
from collections.abc import Iterable

from radarr_desktop.domain.languages import Language, code_of, language_by_code, language_by_name
from radarr_desktop.domain.media import AudioTrack
from radarr_desktop.domain.naming.facts import NO_MODIFIER, Modifier, NameFacts
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio, ThreeD

_AVC = re.compile(r"\b(?:(x264)|(h[ .]?264))\b", re.IGNORECASE)
_HEVC = re.compile(r"\b(?:(x265)|(h[ .]?265))\b", re.IGNORECASE)
_VIDEO = {Codec.MPEG2: "MPEG2", Codec.MPEG4: "MPEG", Codec.VC1: "VC1"}
_RANGES = {Hdr.HDR10_PLUS: "HDR10Plus"}
_SOUND = {AudioCodec.DTS_HD: "DTS-HD MA"}


def video_codec(facts: NameFacts) -> str:
    """``x265`` for what a release calls so, ``h265`` likewise, else ``HEVC``; other codecs by their names."""
    video = facts.media.video if facts.media else None
    codec = video.codec if video and video.codec is not Codec.UNKNOWN else facts.parsed.codec
    name = facts.original or facts.parsed.name
    if codec is Codec.AVC:
        return _called(_AVC, name, "264") or "AVC"
    if codec is Codec.HEVC:
        return _called(_HEVC, name, "265") or "HEVC"
    return _VIDEO.get(codec, codec.value) or (video.format if video else "")


def bit_depth(facts: NameFacts) -> str:
    """``10``."""
    video = facts.media.video if facts.media else None
    depth = (video.bit_depth if video else 0) or facts.parsed.bit_depth
    return str(depth) if depth else ""


def dynamic_range(facts: NameFacts) -> str:
    """``HDR`` or nothing."""
    return "HDR" if _ranges(facts) else ""


def dynamic_range_type(facts: NameFacts) -> str:
    """``DV HDR10``."""
    return " ".join(_RANGES.get(one, one.value) for one in _ranges(facts))


def three_d(facts: NameFacts) -> str:
    """``3D`` or nothing."""
    return "3D" if facts.parsed.three_d is not ThreeD.NONE else ""


def audio_codec(facts: NameFacts) -> str:
    """Of the main track: ``TrueHD Atmos``."""
    track = _main(facts)
    if track is not None:
        return _sound(track.codec, track.objects, track.format)
    parsed = facts.parsed
    objects = parsed.object_audio[0] if parsed.object_audio else None
    return _sound(parsed.audio[0] if parsed.audio else None, objects, "")


def audio_channels(facts: NameFacts) -> str:
    """``5.1``."""
    track = _main(facts)
    if track is not None and track.channels:
        return f"{track.channels:.1f}"
    return facts.parsed.channels


def audio_languages(facts: NameFacts, modifier: Modifier) -> str:
    """``[EN+DE]``; nothing where all is English."""
    told = all_audio_languages(facts, modifier)
    return "" if told == "[EN]" else told


def all_audio_languages(facts: NameFacts, modifier: Modifier) -> str:
    """The same, English or not."""
    if facts.media and facts.media.audio:
        return _listed((track.language for track in facts.media.audio), modifier)
    spoken = filter(None, map(language_by_name, facts.parsed.languages))
    return _listed(map(code_of, spoken), modifier)


def subtitle_languages(facts: NameFacts, modifier: Modifier) -> str:
    """``[EN+DE]``."""
    if facts.media:
        return _listed((track.language for track in facts.media.subtitles), modifier)
    told = filter(None, map(language_by_name, facts.parsed.subtitles))
    return _listed(map(code_of, told), modifier)


def simple(facts: NameFacts) -> str:
    """Codecs of picture and sound."""
    return " ".join(filter(None, (video_codec(facts), audio_codec(facts))))


def full(facts: NameFacts) -> str:
    """The same with languages."""
    spoken, written = audio_languages(facts, NO_MODIFIER), subtitle_languages(facts, NO_MODIFIER)
    return " ".join(filter(None, (simple(facts) + spoken, written)))


def two_letters(language: Language) -> str:
    """``EN``, as people write it into file names; a region has no letters there."""
    return code_of(language).partition("-")[0].upper()


def _called(pattern: re.Pattern[str], name: str, number: str) -> str:
    found = pattern.search(name)
    return "" if found is None else f"x{number}" if found[1] else f"h{number}"


def _ranges(facts: NameFacts) -> tuple[Hdr, ...]:
    told = facts.media.video.hdr if facts.media and facts.media.video else facts.parsed.hdr
    return tuple(one for one in told if one is not Hdr.SDR)


def _main(facts: NameFacts) -> AudioTrack | None:
    tracks = [track for track in (facts.media.audio if facts.media else ()) if not track.is_commentary]
    return next((track for track in tracks if track.is_default), tracks[0] if tracks else None)


def _sound(codec: AudioCodec | None, objects: ObjectAudio | None, format: str) -> str:
    if objects is ObjectAudio.DTS_X:
        return "DTS-X"
    name = _SOUND.get(codec, codec.value) if codec else format
    return f"{name} Atmos" if objects is ObjectAudio.ATMOS and name else name


def _listed(codes: Iterable[str], modifier: Modifier) -> str:
    known = (language_by_code(code) for code in codes if code)
    every = list(dict.fromkeys(two_letters(language) for language in known if language is not None))
    kept = [code for code in every if not modifier.words or (code in modifier.words) is not modifier.is_without]
    if modifier.tells_rest and kept and len(kept) < len(every):
        kept.append("--")
    return f"[{'+'.join(kept)}]" if kept else ""
