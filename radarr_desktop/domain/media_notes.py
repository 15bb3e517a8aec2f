"""Where a file's bytes tell otherwise than its name. A note changes no score of its own; it tells against the group."""

from __future__ import annotations

from collections.abc import Iterator

from radarr_desktop.domain.languages import UNKNOWN, Language, language_by_code, spoken
from radarr_desktop.domain.media import MediaFacts, MediaNote, VideoTrack
from radarr_desktop.domain.parsing import Codec, Hdr, ParsedRelease

_MPEG4 = frozenset({Codec.MPEG4, Codec.XVID, Codec.DIVX})
_PLAIN = 576
"""Lines up to which nobody minds which of the old formats it is."""


def media_notes(parsed: ParsedRelease, media: MediaFacts, original_language: str) -> tuple[MediaNote, ...]:
    """What does not fit; ``original_language`` is the movie's, as a code."""
    if media.video is None:
        return ()
    found = (
        _resolution(parsed, media, media.video),
        _codec(parsed, media.video),
        _hdr(parsed, media.video),
        _language(parsed, media, original_language),
    )
    return tuple(note for notes in found for note in notes)


def _resolution(parsed: ParsedRelease, media: MediaFacts, video: VideoTrack) -> Iterator[MediaNote]:
    told, seen = parsed.resolution, media.resolution
    if told not in (480, 576, 720, 1080, 2160) or not seen or told == seen or max(told, seen) <= _PLAIN:
        return
    picture = f"its picture has {video.width} × {video.height}, which is {seen}p"
    yield MediaNote("resolution", f"Its name says {told}p, {picture}.")


def _codec(parsed: ParsedRelease, video: VideoTrack) -> Iterator[MediaNote]:
    told, seen = parsed.codec, video.codec
    if Codec.UNKNOWN in (told, seen) or told is seen or {told, seen} <= _MPEG4:
        return
    yield MediaNote("codec", f"Its name says {told}, its picture is {seen}.")


def _hdr(parsed: ParsedRelease, video: VideoTrack) -> Iterator[MediaNote]:
    told, seen = set(parsed.hdr) - {Hdr.SDR}, set(video.hdr) - {Hdr.SDR}
    if not told:
        return
    if not seen:
        yield MediaNote("hdr", f"Its name says {_joined(parsed.hdr)}, its picture is plain (SDR).")
    elif Hdr.DV in told - seen:
        yield MediaNote("hdr", f"Its name says Dolby Vision, its picture is {_joined(video.hdr)}.")


def _language(parsed: ParsedRelease, media: MediaFacts, original_language: str) -> Iterator[MediaNote]:
    tracks = [track for track in media.audio if not track.is_commentary]
    seen = [language_by_code(track.language) for track in tracks]
    told = [language for language in spoken(parsed, original_language) if language != UNKNOWN]
    known = [language for language in seen if language is not None]
    if not known or len(known) < len(seen) or not told or any(_base(one) in map(_base, told) for one in known):
        return
    names = _joined(tuple(dict.fromkeys(language.name for language in known)))
    meant = _joined(tuple(language.name for language in told))
    says = f"Its name says {meant}" if parsed.languages else f"Its name says nothing of a language other than {meant}"
    yield MediaNote("language", f"{says}, it is spoken in {names}.")


def _base(language: Language) -> str:
    """Regions are one: files seldom tell them."""
    return {"Flemish": "Dutch"}.get(language.name, language.name.partition(" (")[0])


def _joined(words: tuple[str, ...]) -> str:
    return " and ".join(words)
