"""The media facts in what MediaInfo says of a file, which repeats what hostile bytes say."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from radarr_desktop.domain.media import AudioTrack, Finding, MediaFacts, SubtitleTrack, VideoTrack
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio
from radarr_desktop.engine.imports.matroska import Marks

NO_MARKS = Marks()
MOST_TRACKS = 200
MOST_TEXT = 200
_MAX_SIDE = 65_536
_MAX_DURATION = 7 * 24 * 3600.0
_MAX_RATE = 10_000_000_000
_MAX_CHANNELS = 64

_VIDEO = {
    "AVC": Codec.AVC,
    "HEVC": Codec.HEVC,
    "VVC": Codec.VVC,
    "AV1": Codec.AV1,
    "VP9": Codec.VP9,
    "VC-1": Codec.VC1,
    "MPEG Video": Codec.MPEG2,
    "MPEG-4 Visual": Codec.MPEG4,
}
_AUDIO = {
    "MLP FBA": AudioCodec.TRUEHD,
    "TrueHD": AudioCodec.TRUEHD,
    "E-AC-3": AudioCodec.EAC3,
    "AC-3": AudioCodec.AC3,
    "AC-4": AudioCodec.AC4,
    "FLAC": AudioCodec.FLAC,
    "PCM": AudioCodec.PCM,
    "ALAC": AudioCodec.ALAC,
    "AAC": AudioCodec.AAC,
    "Opus": AudioCodec.OPUS,
    "Vorbis": AudioCodec.VORBIS,
    "WMA": AudioCodec.WMA,
}
_COMMENTARY = re.compile(r"\bcomment(?:ary|aries)\b|\bkommentar", re.IGNORECASE)
_SDH = re.compile(r"\b(?:sdh|cc|hearing[ -]impaired|hörgeschädigt\w*)\b", re.IGNORECASE)
_FORCED = re.compile(r"\bforced\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_DOLBY_PROFILE = re.compile(r"dv[a-z0-9]{2}\.(\d{2})", re.IGNORECASE)


def read_tracks(answer: object, size: int, marked: Marks = NO_MARKS) -> tuple[MediaFacts | None, Finding | None]:
    """The facts in MediaInfo's JSON, as far as there are any, and what is wrong with the file."""
    tracks = _tracks_of(answer)
    general = next((track for track in tracks if track.get("@type") == "General"), {})
    container = _text(general, "Format")
    if not container:
        return None, Finding.NOT_MEDIA
    video = next((track for track in tracks if track.get("@type") == "Video" and not _is_cover(track)), None)
    duration = _number(general, "Duration") or (_number(video, "Duration") if video else 0.0)
    facts = MediaFacts(
        container=container,
        size=size,
        duration=duration,
        bitrate=int(_number(general, "OverallBitRate")),
        video=_video(video) if video else None,
        audio=tuple(_audio(track, marked) for track in tracks if track.get("@type") == "Audio"),
        subtitles=tuple(_subtitle(track, marked) for track in tracks if track.get("@type") == "Text"),
    )
    if _is_truncated(general):
        return facts, Finding.TRUNCATED
    if facts.video is None:
        return facts, Finding.NO_VIDEO
    if not duration:
        return facts, Finding.NO_DURATION
    return (facts, None) if _is_plausible(facts) else (None, Finding.IMPLAUSIBLE)


def _tracks_of(answer: object) -> list[Mapping[str, Any]]:
    media = answer.get("media") if isinstance(answer, dict) else None
    tracks = media.get("track") if isinstance(media, dict) else None
    if not isinstance(tracks, list):
        return []
    return [track for track in tracks[:MOST_TRACKS] if isinstance(track, dict)]


def _is_cover(track: Mapping[str, Any]) -> bool:
    return _text(track, "Format") in {"JPEG", "PNG"}


def _is_truncated(general: Mapping[str, Any]) -> bool:
    extra = general.get("extra")
    return general.get("IsTruncated") == "Yes" or (isinstance(extra, dict) and extra.get("IsTruncated") == "Yes")


def _is_plausible(facts: MediaFacts) -> bool:
    video = facts.video
    return (
        video is not None
        and 0 < video.width <= _MAX_SIDE
        and 0 < video.height <= _MAX_SIDE
        and facts.duration <= _MAX_DURATION
        and facts.bitrate <= _MAX_RATE
        and all(track.channels <= _MAX_CHANNELS for track in facts.audio)
    )


def _video(track: Mapping[str, Any]) -> VideoTrack:
    format = _text(track, "Format")
    hdr, dolby = _hdr(track)
    return VideoTrack(
        codec=_video_codec(track, format),
        format=format,
        profile=_text(track, "Format_Profile"),
        width=int(_number(track, "Width")),
        height=int(_number(track, "Height")),
        bit_depth=int(_number(track, "BitDepth")),
        frame_rate=_number(track, "FrameRate"),
        bitrate=int(_number(track, "BitRate") or _number(track, "BitRate_Nominal")),
        hdr=hdr,
        dolby_profile=dolby,
        interlaced=_text(track, "ScanType") in {"Interlaced", "MBAFF", "PAFF"},
    )


def _video_codec(track: Mapping[str, Any], format: str) -> Codec:
    hint = f"{_text(track, 'CodecID')} {_text(track, 'Encoded_Library_Name')}".casefold()
    if format == "MPEG-4 Visual" and "xvid" in hint:
        return Codec.XVID
    if format == "MPEG-4 Visual" and ("divx" in hint or "dx50" in hint):
        return Codec.DIVX
    if format == "MPEG Video" and _text(track, "Format_Version").endswith("1"):
        return Codec.UNKNOWN  # MPEG-1: of video CDs
    return _VIDEO.get(format, Codec.UNKNOWN)


def _hdr(track: Mapping[str, Any]) -> tuple[tuple[Hdr, ...], str]:
    """The kinds of range, and the profile of Dolby Vision."""
    formats, fallbacks = _text(track, "HDR_Format"), _text(track, "HDR_Format_Compatibility")
    transfer = _text(track, "transfer_characteristics")
    kinds: list[Hdr] = []
    dolby = ""
    if "Dolby Vision" in formats:
        kinds.append(Hdr.DV)
        dolby = _dolby_profile(_text(track, "HDR_Format_Profile"), fallbacks)
    if "2094 App 4" in formats or "HDR10+" in fallbacks:
        kinds.append(Hdr.HDR10_PLUS)
    elif "HDR10" in fallbacks or "2086" in formats:
        kinds.append(Hdr.HDR10)
    elif "HLG" in fallbacks or "HLG" in transfer:
        kinds.append(Hdr.HLG)
    elif "SDR" in fallbacks:
        kinds.append(Hdr.SDR)
    elif transfer == "PQ" and not kinds:
        kinds.append(Hdr.PQ)
    return tuple(kinds), dolby


def _dolby_profile(profile: str, fallbacks: str) -> str:
    found = _DOLBY_PROFILE.search(profile)
    if found is None:
        return ""
    number = str(int(found[1]))
    if number != "8":
        return number
    if "HDR10" in fallbacks or "Blu-ray" in fallbacks:
        return "8.1"
    if "SDR" in fallbacks:
        return "8.2"
    return "8.4" if "HLG" in fallbacks else "8"


def _audio(track: Mapping[str, Any], marked: Marks) -> AudioTrack:
    format, title = _text(track, "Format"), _text(track, "Title")
    told = f"{_text(track, 'Format_Commercial_IfAny')} {_text(track, 'Format_AdditionalFeatures')}"
    return AudioTrack(
        codec=_audio_codec(track, format, told),
        format=format,
        channels=_channels(track),
        language=_language(track),
        objects=_objects(format, told),
        title=title,
        bitrate=int(_number(track, "BitRate")),
        is_default=_yes(track, "Default"),
        is_commentary=_text(track, "ServiceKind") == "C"
        or bool(_COMMENTARY.search(title))
        or _number(track, "ID") in marked.commentary,
    )


def _audio_codec(track: Mapping[str, Any], format: str, told: str) -> AudioCodec | None:
    name = format.partition(" ")[0] if format.startswith(("E-AC-3", "AC-3", "DTS", "AAC")) else format
    if name == "DTS":
        if "Master Audio" in told or "XLL" in told:
            return AudioCodec.DTS_HD_MA
        return AudioCodec.DTS_HD_HRA if "High Resolution" in told or "XBR" in told else AudioCodec.DTS
    if format == "MPEG Audio":
        return AudioCodec.MP3 if _text(track, "Format_Profile") == "Layer 3" else AudioCodec.MP2
    return _AUDIO.get(name) or _AUDIO.get(format.upper())


def _objects(format: str, told: str) -> ObjectAudio | None:
    if "Atmos" in told or "JOC" in told or "16-ch" in told:
        return ObjectAudio.ATMOS
    if format.startswith("DTS") and ("DTS:X" in told or "XLL X" in told):
        return ObjectAudio.DTS_X
    return ObjectAudio.AURO_3D if "Auro" in told else None


def _channels(track: Mapping[str, Any]) -> float:
    count = int(_number(track, "Channels"))
    has_low = "LFE" in f"{_text(track, 'ChannelPositions')} {_text(track, 'ChannelLayout')}"
    if not has_low and not _text(track, "ChannelLayout") and count in (6, 7, 8):
        has_low = True  # nobody makes six equal channels; DTS does not tell its layout on a short look
    return count - 1 + 0.1 if has_low and count else float(count)


def _subtitle(track: Mapping[str, Any], marked: Marks) -> SubtitleTrack:
    title = _text(track, "Title")
    return SubtitleTrack(
        format=_text(track, "Format"),
        language=_language(track),
        title=title,
        is_forced=_yes(track, "Forced") or bool(_FORCED.search(title)),
        is_sdh=_text(track, "ServiceKind") == "HI"
        or bool(_SDH.search(title))
        or _number(track, "ID") in marked.hearing_impaired,
        is_default=_yes(track, "Default"),
    )


def _language(track: Mapping[str, Any]) -> str:
    told = _text(track, "Language").partition(" / ")[0]
    return told if _LANGUAGE.fullmatch(told) and told not in {"und", "zxx", "mis", "mul"} else ""


def _yes(track: Mapping[str, Any], key: str) -> bool:
    """MP4 answers ``Yes / No`` to some questions: the first is meant."""
    return _text(track, key).partition(" / ")[0] == "Yes"


def _text(track: Mapping[str, Any], key: str) -> str:
    value = track.get(key)
    if not isinstance(value, str):
        return ""
    kept = (one for one in value[:MOST_TEXT] if unicodedata.category(one)[0] != "C")
    return " ".join("".join(kept).split())


def _number(track: Mapping[str, Any], key: str) -> float:
    """The first of the numbers given (``48000 / 24000``), 0 for anything that is none."""
    try:
        number = float(_text(track, key).partition(" / ")[0])
    except ValueError:
        return 0.0
    return number if math.isfinite(number) and number > 0 else 0.0
