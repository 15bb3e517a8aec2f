"""Where a file's bytes tell otherwise than its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from radarr_desktop.domain.media import AudioTrack, MediaFacts, VideoTrack
from radarr_desktop.domain.media_notes import media_notes
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, parse_release

NAME = "The.Salt.Meridian.2025.{}-KITE"
ENGLISH, GERMAN, UNTOLD = (AudioTrack(AudioCodec.AC3, "AC-3", 5.1, code) for code in ("en", "de", ""))
UHD = VideoTrack(Codec.HEVC, "HEVC", "Main 10", 3840, 1600, 10, hdr=(Hdr.DV, Hdr.HDR10))
FULL = VideoTrack(Codec.AVC, "AVC", "High", 1920, 800, 8)


def told(name: str, video: VideoTrack, *audio: AudioTrack, original: str = "en") -> dict[str, str]:
    facts = MediaFacts("Matroska", 1000, 6000, 1000, video, audio or (ENGLISH,))
    return {note.name: note.sentence for note in media_notes(parse_release(NAME.format(name)), facts, original)}


@pytest.mark.parametrize(
    ("name", "video", "audio"),
    [
        ("2160p.BluRay.DV.HDR.HEVC", UHD, (ENGLISH,)),
        ("2160p.BluRay.HDR.HEVC", UHD, (ENGLISH,)),
        ("1080p.BluRay.x264", FULL, (ENGLISH, GERMAN)),
        ("1080p.BluRay", FULL, (ENGLISH,)),
        ("German.1080p.BluRay.x264", FULL, (GERMAN,)),
        ("German.DL.1080p.BluRay.x264", FULL, (GERMAN, ENGLISH)),
        ("German.1080p.BluRay.x264", FULL, (UNTOLD,)),
        ("1080p.BluRay.x264", FULL, (GERMAN, UNTOLD)),
        ("DVDRip.XviD", replace(FULL, codec=Codec.MPEG4, width=720, height=400), (ENGLISH,)),
    ],
)
def test_what_fits_needs_no_word(name: str, video: VideoTrack, audio: tuple[AudioTrack, ...]) -> None:
    assert told(name, video, *audio) == {}


def test_everything_that_does_not_fit_is_named() -> None:
    notes = told("German.2160p.BluRay.DV.HEVC", FULL, ENGLISH)
    assert notes == {
        "resolution": "Its name says 2160p, its picture has 1920 × 800, which is 1080p.",
        "codec": "Its name says HEVC, its picture is AVC.",
        "hdr": "Its name says DV, its picture is plain (SDR).",
        "language": "Its name says German, it is spoken in English.",
    }


def test_dolby_vision_that_is_missing_is_told_though_there_is_another_range() -> None:
    notes = told("2160p.BluRay.DV.HDR.HEVC", replace(UHD, hdr=(Hdr.HDR10,)))
    assert notes == {"hdr": "Its name says Dolby Vision, its picture is HDR10."}


def test_a_name_that_tells_no_language_means_the_movie_s_own() -> None:
    assert told("1080p.BluRay.x264", FULL, GERMAN)["language"] == (
        "Its name says nothing of a language other than English, it is spoken in German."
    )
    assert told("1080p.BluRay.x264", FULL, GERMAN, original="") == {}
    commentary = replace(ENGLISH, is_commentary=True)
    assert "language" in told("1080p.BluRay.x264", FULL, GERMAN, commentary)


def test_without_a_picture_there_is_nothing_to_compare() -> None:
    facts = MediaFacts("Matroska", 1000, 6000, 1000, None)
    assert media_notes(parse_release(NAME.format("2160p")), facts, "en") == ()
