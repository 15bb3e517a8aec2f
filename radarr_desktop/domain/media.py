"""What a media file is made of, as its own bytes tell; and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio


class Finding(StrEnum):
    """Why a file cannot be taken for a whole movie."""

    GONE = "gone"
    UNREADABLE = "unreadable"
    NOT_REGULAR = "not_regular"
    EMPTY = "empty"
    NOT_MEDIA = "not_media"
    NO_VIDEO = "no_video"
    NO_DURATION = "no_duration"
    TRUNCATED = "truncated"
    IMPLAUSIBLE = "implausible"
    """It claims what no file can be."""
    TOO_MUCH_READING = "too_much_reading"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    CRASHED = "crashed"
    """Reading it ended the process that read it."""
    NO_READER = "no_reader"
    """The library that reads media is missing: this says nothing about the file."""


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """The picture."""

    codec: Codec
    format: str
    """The codec as the file's reader calls it, for those without a name of ours."""
    profile: str = ""
    width: int = 0
    height: int = 0
    bit_depth: int = 0
    frame_rate: float = 0.0
    bitrate: int = 0
    hdr: tuple[Hdr, ...] = ()
    """Dolby Vision first, then what it falls back to; empty for a plain picture."""
    dolby_profile: str = ""
    """``5``, ``7``, ``8.1``: of Dolby Vision, where there is one."""
    interlaced: bool = False


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """One sound track."""

    codec: AudioCodec | None
    format: str
    channels: float = 0.0
    """``5.1`` for five and a low-frequency one; 0 where nobody says."""
    language: str = ""
    """A code as the file has it (``en``, ``pt-BR``), or empty."""
    objects: ObjectAudio | None = None
    title: str = ""
    bitrate: int = 0
    is_default: bool = False
    is_commentary: bool = False


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """One subtitle inside the file."""

    format: str
    language: str = ""
    title: str = ""
    is_forced: bool = False
    is_sdh: bool = False
    """For people who do not hear: sounds are written too."""
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A file's tracks and measures. Times in seconds, rates in bits a second, 0 where the file says nothing."""

    container: str
    size: int
    duration: float
    bitrate: int
    video: VideoTrack | None
    audio: tuple[AudioTrack, ...] = ()
    subtitles: tuple[SubtitleTrack, ...] = ()

    @property
    def resolution(self) -> int:
        """Lines by Radarr's bounds, which count cropped pictures as what they were cut from; 0 without a picture."""
        if self.video is None:
            return 0
        width, height = self.video.width, self.video.height
        for lines, wide, high in ((2160, 3200, 2100), (1080, 1800, 1000), (720, 1200, 700), (576, 1000, 560)):
            if width >= wide or height >= high:
                return lines
        return 480 if width and height else 0


@dataclass(frozen=True, slots=True)
class MediaNote:
    """Something a file's bytes tell otherwise than its name: ``resolution``, ``codec``, ``hdr`` or ``language``."""

    name: str
    sentence: str


def shortest(runtime: int) -> int:
    """Seconds below which a video of a movie with this many minutes can only be a sample; 0 minutes: nobody knows."""
    for minutes, seconds in ((0, 0), (3, 15), (10, 90), (30, 300)):
        if runtime <= minutes:
            return seconds
    return 600
