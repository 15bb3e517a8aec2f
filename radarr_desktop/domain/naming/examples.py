"""A movie that shows what patterns make: every token has something to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from radarr_desktop.domain.media import AudioTrack, MediaFacts, SubtitleTrack, VideoTrack
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming.facts import NameFacts
from radarr_desktop.domain.naming.names import file_name, folder_name
from radarr_desktop.domain.naming.pattern import compiled
from radarr_desktop.domain.naming.settings import Naming, NamingError
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio, parse_release
from radarr_desktop.plugin_api import MovieInfo

_RELEASE = "The.Salt.Meridian.A.Sea.Story.2025.Extended.PROPER.2160p.UHD.BluRay.DV.HDR10.TrueHD.Atmos.7.1.x265-KITE"
_INFO = MovieInfo(
    tmdb_id=900001,
    title="The Salt Meridian: A Sea Story",
    year=2025,
    imdb_id="tt9000001",
    original_title="Der Salzmeridian",
    original_language="de",
    runtime=118,
    in_cinemas=date(2025, 3, 6),
    certification="PG-13",
    collection="The Salt Collection",
    collection_id=900100,
    translations=(("de", "Der Salzmeridian"), ("fr", "Le Méridien de sel")),
)
_MEDIA = MediaFacts(
    container="mkv",
    size=61_000_000_000,
    duration=7080.0,
    bitrate=68_000_000,
    video=VideoTrack(Codec.HEVC, "HEVC", width=3840, height=1600, bit_depth=10, hdr=(Hdr.DV, Hdr.HDR10)),
    audio=(
        AudioTrack(AudioCodec.TRUEHD, "TrueHD", 7.1, "en", ObjectAudio.ATMOS, is_default=True),
        AudioTrack(AudioCodec.AC3, "AC-3", 5.1, "de"),
    ),
    subtitles=(SubtitleTrack("PGS", "en"), SubtitleTrack("PGS", "de")),
)


@dataclass(frozen=True, slots=True)
class NamingExamples:
    """What patterns make of the example, and what is wrong with one; an empty name was not made."""

    folder: str
    file: str
    errors: tuple[NamingError, ...] = ()


def example_movie() -> Movie:
    """A movie that nobody made."""
    return Movie(0, _INFO, (), "")


def example_facts() -> NameFacts:
    """Its file."""
    return NameFacts(_INFO, parse_release(_RELEASE), _MEDIA, ("IMAX", "HYBRID"), original=_RELEASE, filename=_RELEASE)


def examples(naming: Naming) -> NamingExamples:
    """The example's names."""
    errors: list[NamingError] = []
    for pattern, field in ((naming.folder, "folder"), (naming.file, "file")):
        try:
            compiled(pattern, field)
        except NamingError as error:
            errors.append(error)
    wrong = {error.field for error in errors}
    folder = "" if "folder" in wrong else folder_name(example_movie(), naming)
    file = "" if "file" in wrong else file_name(example_facts(), ".mkv", naming)
    return NamingExamples(folder, file, tuple(errors))
