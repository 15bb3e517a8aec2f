"""What a release name says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from radarr_desktop.domain.quality import UNKNOWN, Modifier, Quality, Revision, Source


class SpanKind(StrEnum):
    """What a part of a name tells; the window colours them by this."""

    TITLE = "title"
    YEAR = "year"
    ID = "id"
    RESOLUTION = "resolution"
    SOURCE = "source"
    """Modifiers (REMUX, SCR, R5) too: together they are the quality."""
    VIDEO = "video"
    """Codec and bit depth."""
    HDR = "hdr"
    THREE_D = "3d"
    AUDIO = "audio"
    """Codecs, object audio and channels."""
    EDITION = "edition"
    LANGUAGE = "language"
    SUBTITLES = "subtitles"
    REVISION = "revision"
    SERVICE = "service"
    GROUP = "group"
    PART = "part"
    HASH = "hash"
    CONTAINER = "container"
    OTHER = "other"
    """Known words that tell none of the above: INTERNAL, LIMITED, a site's address."""


class Codec(StrEnum):
    """How the picture is encoded; x264 and H.264 are both AVC."""

    UNKNOWN = ""
    AVC = "AVC"
    HEVC = "HEVC"
    VVC = "VVC"
    AV1 = "AV1"
    VP9 = "VP9"
    VC1 = "VC-1"
    MPEG2 = "MPEG-2"
    MPEG4 = "MPEG-4"
    XVID = "XviD"
    DIVX = "DivX"


class Hdr(StrEnum):
    """How the picture's range is described. Plain ``HDR`` is HDR10."""

    DV = "DV"
    HDR10 = "HDR10"
    HDR10_PLUS = "HDR10+"
    HLG = "HLG"
    PQ = "PQ"
    SDR = "SDR"


class AudioCodec(StrEnum):
    """How sound is encoded."""

    TRUEHD = "TrueHD"
    DTS_HD_MA = "DTS-HD MA"
    DTS_HD_HRA = "DTS-HD HRA"
    DTS_HD = "DTS-HD"
    """Not said whether MA or HRA."""
    DTS = "DTS"
    EAC3 = "EAC3"
    AC3 = "AC3"
    AC4 = "AC4"
    FLAC = "FLAC"
    PCM = "PCM"
    ALAC = "ALAC"
    AAC = "AAC"
    OPUS = "Opus"
    VORBIS = "Vorbis"
    MP3 = "MP3"
    MP2 = "MP2"
    WMA = "WMA"


class ObjectAudio(StrEnum):
    """Sound placed in the room; it rides on one of the codecs."""

    ATMOS = "Atmos"
    DTS_X = "DTS:X"
    AURO_3D = "Auro-3D"


class ThreeD(StrEnum):
    """Whether, and how, there are two pictures."""

    NONE = ""
    UNTOLD = "3D"
    SIDE_BY_SIDE = "SBS"
    HALF_SIDE_BY_SIDE = "Half-SBS"
    OVER_UNDER = "OU"
    HALF_OVER_UNDER = "Half-OU"
    FRAME_PACKED = "MVC"


class Refusal(StrEnum):
    """Why a name is not read as a movie's release."""

    NONE = ""
    EMPTY = "empty"
    """Nothing a title could be made of."""
    TOO_LONG = "too long"
    OBFUSCATED = "obfuscated"
    """A hash, a random word, a posting's number."""
    PASSWORD = "password"
    """A password-protected posting."""
    EPISODE = "episode"
    """An episode or a season of a series."""


@dataclass(slots=True, unsafe_hash=True)  # frozen, each of the seven of a name takes three times as long
class Span:
    """Where in the name a fact was read: ``name[start:end]``. Never changed."""

    kind: SpanKind
    start: int
    end: int


@dataclass(frozen=True)
class ParsedRelease:
    """The facts of one release name. What a name does not tell is empty, 0, or the kind's ``UNKNOWN``."""

    name: str
    titles: tuple[str, ...] = ()
    """The main title, then what it is also known as. Empty exactly when the name was refused."""
    year: int = 0
    imdb_id: str = ""
    """``tt`` and at least 7 digits."""
    tmdb_id: int = 0
    quality: Quality = UNKNOWN
    source: Source = Source.UNKNOWN
    """As the name says it; the quality's own source may be assumed."""
    resolution: int = 0
    """Lines, as the name says it: 0, 360, 480, 540, 576, 720, 1080, 1440, 2160 or 4320."""
    modifier: Modifier = Modifier.NONE
    revision: Revision = Revision()  # noqa: RUF009  frozen
    is_repack: bool = False
    """REPACK or RERIP: right for the files of the same group only."""
    group: str = ""
    editions: tuple[str, ...] = ()
    """As people write them: ``Director's Cut``, ``IMAX``, ``25th Anniversary``."""
    codec: Codec = Codec.UNKNOWN
    bit_depth: int = 0
    hdr: tuple[Hdr, ...] = ()
    is_hybrid: bool = False
    """Made from more than one source, as Dolby Vision of one laid on the picture of another."""
    audio: tuple[AudioCodec, ...] = ()
    object_audio: tuple[ObjectAudio, ...] = ()
    channels: str = ""
    """``5.1``; of several the first that is told."""
    three_d: ThreeD = ThreeD.NONE
    languages: tuple[str, ...] = ()
    """Spoken ones, by the names of the v3 API: ``English``, ``Portuguese (Brazil)``."""
    is_multi: bool = False
    """Several sound tracks, whether or not it is told which."""
    is_dual: bool = False
    """Two sound tracks: the original one, and that of ``languages``."""
    subtitles: tuple[str, ...] = ()
    """The languages of subtitles, where they are told."""
    hardcoded_subs: str = ""
    """Subtitles burnt into the picture: the word that tells it, as ``KORSUB`` or ``HC``."""
    service: str = ""
    """The streaming service's usual short name: ``AMZN``, ``NF``."""
    container: str = ""
    """``mkv``."""
    is_scene: bool = False
    """Looks as the scene's rules ask: dots, a source, a codec, a group behind the last hyphen."""
    is_sample: bool = False
    part: int = 0
    """Of CD1, Disc 2, Part 3: only behind title and year; a part named in the title is the title's."""
    hash: str = ""
    """The checksum of a file in brackets: 8 hexadecimal digits."""
    refused: Refusal = Refusal.NONE
    spans: tuple[Span, ...] = ()
    """By position, never overlapping."""

    @classmethod
    def of(cls, told: dict[str, object]) -> ParsedRelease:
        """From what a name tells; the rest stays as declared. Building it field by field takes ten times as long."""
        parsed = object.__new__(cls)
        object.__setattr__(parsed, "__dict__", told)
        return parsed

    @property
    def title(self) -> str:
        """The main title; empty when the name was refused."""
        return self.titles[0] if self.titles else ""

    @property
    def edition(self) -> str:
        """All editions in one line."""
        return " ".join(self.editions)

    @property
    def sound(self) -> str:
        """Codecs, object audio and channels in one line."""
        return " ".join([*self.audio, *self.object_audio, *([self.channels] if self.channels else [])])
