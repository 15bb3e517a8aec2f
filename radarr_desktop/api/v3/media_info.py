"""What a file is made of, as the v3 API tells it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from radarr_desktop.api.endpoint import Answer
from radarr_desktop.domain.languages import language_by_code, three_letters
from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.naming import tracks
from radarr_desktop.domain.naming.facts import NameFacts
from radarr_desktop.domain.parsing import ParsedRelease

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie, MovieFile


class MediaInfoResource(Answer, kw_only=True):
    id: int
    audio_bitrate: int
    audio_channels: float
    audio_codec: str
    audio_languages: str
    audio_stream_count: int
    video_bit_depth: int
    video_bitrate: int
    video_codec: str
    video_fps: float
    video_dynamic_range: str
    video_dynamic_range_type: str
    resolution: str
    run_time: str
    scan_type: str
    subtitles: str


def media_info(movie: Movie, file: MovieFile) -> MediaInfoResource | None:
    """Nothing where nobody looked into the file."""
    media = file.media
    if media is None or media.video is None:
        return None
    video, facts = media.video, NameFacts(movie.info, ParsedRelease(file.release_title), media)
    main = next((track for track in media.audio if not track.is_commentary), None)
    return MediaInfoResource(
        id=file.id,
        audio_bitrate=main.bitrate if main else 0,
        audio_channels=main.channels if main else 0.0,
        audio_codec=tracks.audio_codec(facts),
        audio_languages=_languages(track.language for track in media.audio),
        audio_stream_count=len(media.audio),
        video_bit_depth=video.bit_depth,
        video_bitrate=video.bitrate,
        video_codec=tracks.video_codec(facts),
        video_fps=round(video.frame_rate, 3),
        video_dynamic_range=tracks.dynamic_range(facts),
        video_dynamic_range_type=tracks.dynamic_range_type(facts),
        resolution=f"{video.width}x{video.height}",
        run_time=_run_time(media),
        scan_type="Interlaced" if video.interlaced else "Progressive",
        subtitles=_languages(track.language for track in media.subtitles),
    )


def _languages(codes: Iterable[str]) -> str:
    """``eng/ger``, each once; what is not known is left out."""
    return "/".join(dict.fromkeys(word for word in map(_three_letters, codes) if word))


@lru_cache(maxsize=256)  # thousands of files in one answer
def _three_letters(code: str) -> str:
    language = language_by_code(code)
    return three_letters(language) if language else ""


def _run_time(media: MediaFacts) -> str:
    """``1:42:07``, or ``42:07`` of what is shorter than an hour."""
    minutes, seconds = divmod(round(media.duration), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
