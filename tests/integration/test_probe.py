"""What a probe tells of real media, made by packaging/make_media.py."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.media import AudioTrack, Finding, SubtitleTrack, VideoTrack
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio
from radarr_desktop.engine.imports.matroska import Marks, marks
from radarr_desktop.engine.imports.probe import Probe, Prober
from radarr_desktop.engine.imports.tracks import read_tracks
from tests.fakes.film import film

MEDIA = Path(__file__).parent.parent / "media"


class Asker:
    """One warm process, asked from a test."""

    def __init__(self, **bounds: Any) -> None:
        self.runner = asyncio.Runner()
        self.prober = Prober(**bounds)

    def __call__(self, path: Path) -> Probe:
        return self.runner.run(self.prober.probe(path))

    def close(self) -> None:
        self.runner.run(self.prober.close())
        self.runner.close()


@pytest.fixture(scope="module")
def probe() -> Iterator[Asker]:
    asker = Asker()
    yield asker
    asker.close()


def video_of(found: Probe) -> VideoTrack:
    assert found.is_sound, found.sentence
    assert found.facts is not None
    assert found.facts.video is not None
    return found.facts.video


def test_all_tracks_of_a_file_are_told(probe: Asker) -> None:
    found = probe(MEDIA / "avc.mkv")
    video = video_of(found)
    assert (video.codec, video.profile, video.width, video.height) == (Codec.AVC, "High", 320, 180)
    assert (video.bit_depth, video.frame_rate, video.hdr, video.interlaced) == (8, 24.0, (), False)
    facts = found.facts
    assert facts is not None
    assert (facts.container, facts.size) == ("Matroska", (MEDIA / "avc.mkv").stat().st_size)
    assert facts.duration == pytest.approx(1.0, abs=0.1)
    assert facts.bitrate == pytest.approx(facts.size * 8 / facts.duration, rel=0.01)
    assert facts.audio == (
        AudioTrack(AudioCodec.TRUEHD, "MLP FBA", 5.1, "en", is_default=True),
        AudioTrack(AudioCodec.DTS, "DTS", 5.1, "de", title="Commentary", is_commentary=True),
        AudioTrack(AudioCodec.FLAC, "FLAC", 5.1, "fr"),
        AudioTrack(AudioCodec.AC3, "AC-3", 5.1, "ja", bitrate=96_000),
    )
    assert facts.subtitles == (
        SubtitleTrack("UTF-8", "en", is_forced=True),
        SubtitleTrack("UTF-8", "fr", title="SDH", is_sdh=True),
    )


def test_marks_of_tracks_tell_what_their_titles_do_not(probe: Asker) -> None:
    facts = probe(MEDIA / "marked.mkv").facts
    assert facts is not None
    assert [track.is_commentary for track in facts.audio] == [False, True]
    assert [(track.language, track.is_sdh, track.is_forced) for track in facts.subtitles] == [
        ("en", True, False),
        ("de", False, True),
    ]


def test_marks_are_read_of_anything_without_an_end_or_a_fault() -> None:
    whole = (MEDIA / "marked.mkv").read_bytes()
    assert marks(whole) == Marks(frozenset({4}), frozenset({3}))
    assert marks(b"") == marks(b"\0" * 100) == marks(bytes(range(256)) * 10) == Marks()
    for at in range(0, 1500, 3):
        for byte in (0, 1, 0x7F, 0xFF):
            told = marks(whole[:at] + bytes([byte]) + whole[at + 1 :])
            assert len(told.hearing_impaired | told.commentary) <= 4
        assert len(marks(whole[:at]).commentary) <= 1


@pytest.mark.parametrize(
    ("name", "hdr", "dolby"),
    [
        ("hdr10.mkv", (Hdr.HDR10,), ""),
        ("hdr10plus.mkv", (Hdr.HDR10_PLUS,), ""),
        ("hlg.mkv", (Hdr.HLG,), ""),
        ("pq.mkv", (Hdr.PQ,), ""),
        ("dv5.mp4", (Hdr.DV,), "5"),
        ("dv8.mp4", (Hdr.DV, Hdr.HDR10), "8.1"),
    ],
)
def test_every_kind_of_range_is_told_apart(name: str, hdr: tuple[Hdr, ...], dolby: str, probe: Asker) -> None:
    video = video_of(probe(MEDIA / name))
    assert (video.codec, video.bit_depth) == (Codec.HEVC, 10)
    assert (video.hdr, video.dolby_profile) == (hdr, dolby)


def test_ten_bits_are_no_hdr(probe: Asker) -> None:
    video = video_of(probe(MEDIA / "av1.mkv"))
    assert (video.codec, video.bit_depth, video.hdr) == (Codec.AV1, 10, ())


def test_a_cropped_picture_has_the_resolution_it_was_cut_from(probe: Asker) -> None:
    facts = probe(MEDIA / "uhd.mkv").facts
    assert facts is not None
    assert facts.resolution == 2160


def test_what_breaks_off_is_found(probe: Asker, tmp_path: Path) -> None:
    for name in ("avc.mkv", "dv8.mp4"):
        whole = (MEDIA / name).read_bytes()
        half = tmp_path / name
        half.write_bytes(whole[: len(whole) // 2])
        found = probe(half)
        assert found.finding is Finding.TRUNCATED
        assert found.sentence == f"{name} breaks off: its end is missing. Let the download client check it again."


def test_sound_without_a_picture_is_no_movie(probe: Asker) -> None:
    found = probe(MEDIA / "sound.mka")
    assert (found.finding, found.sentence) == (Finding.NO_VIDEO, "sound.mka has no picture.")
    assert found.facts is not None
    assert found.facts.audio[0].codec is AudioCodec.FLAC


def test_a_name_tells_nothing_of_what_is_in_a_file(probe: Asker, tmp_path: Path) -> None:
    for name in ("movie.exe", "movie\n.txt", "mövie \udcff.mkv", "http:"):
        copy = tmp_path / name
        shutil.copyfile(MEDIA / "avc.mkv", copy)
        assert video_of(probe(copy)).codec is Codec.AVC


def told(*tracks: dict[str, Any]) -> Any:
    """An answer of MediaInfo, in its own words."""
    general = {"@type": "General", "Format": "Matroska", "Duration": "6000", "OverallBitRate": "20000000"}
    video = {"@type": "Video", "Format": "HEVC", "Width": "3840", "Height": "2160"}
    return {"media": {"track": [general, video, *tracks]}}


@pytest.mark.parametrize(
    ("track", "codec", "objects", "channels"),
    [
        (
            {
                "Format": "MLP FBA",
                "Format_AdditionalFeatures": "16-ch",
                "Format_Commercial_IfAny": "Dolby TrueHD with Dolby Atmos",
                "Channels": "8",
                "ChannelLayout": "L R C LFE Ls Rs Lb Rb",
            },
            AudioCodec.TRUEHD,
            ObjectAudio.ATMOS,
            7.1,
        ),
        (
            {
                "Format": "E-AC-3",
                "Format_AdditionalFeatures": "JOC",
                "Channels": "6",
                "ChannelLayout": "L R C LFE Ls Rs",
            },
            AudioCodec.EAC3,
            ObjectAudio.ATMOS,
            5.1,
        ),
        (
            {
                "Format": "DTS",
                "Format_AdditionalFeatures": "XLL X",
                "Channels": "8",
                "Format_Commercial_IfAny": "DTS-HD MA",
            },
            AudioCodec.DTS_HD_MA,
            ObjectAudio.DTS_X,
            7.1,
        ),
        ({"Format": "DTS", "Format_AdditionalFeatures": "XBR", "Channels": "6"}, AudioCodec.DTS_HD_HRA, None, 5.1),
        ({"Format": "AAC", "Format_AdditionalFeatures": "LC", "Channels": "2"}, AudioCodec.AAC, None, 2.0),
        ({"Format": "MPEG Audio", "Format_Profile": "Layer 3", "Channels": "2"}, AudioCodec.MP3, None, 2.0),
    ],
)
def test_sound_that_no_free_encoder_makes_is_read_from_what_is_said_of_it(
    track: dict[str, Any], codec: AudioCodec, objects: ObjectAudio | None, channels: float
) -> None:
    facts, finding = read_tracks(told({"@type": "Audio", **track}), 1)
    assert finding is None
    assert facts is not None
    assert (facts.audio[0].codec, facts.audio[0].objects, facts.audio[0].channels) == (codec, objects, channels)


@pytest.mark.parametrize("answer", [None, [], {}, {"media": None}, {"media": {"track": [None, 3, "General"]}}])
def test_an_answer_that_says_nothing_is_no_media(answer: object) -> None:
    assert read_tracks(answer, 1) == (None, Finding.NOT_MEDIA)


@pytest.mark.parametrize(
    "measures",
    [
        {"Width": "99999999", "Height": "1"},
        {"Width": "0", "Height": "1080"},
        {"Width": "-5", "Height": "1080"},
        {"Width": "nan", "Height": "1080"},
        {"Width": "1e400", "Height": "1080"},
    ],
)
def test_measures_that_no_movie_has_are_not_believed(measures: dict[str, str]) -> None:
    answer = told()
    answer["media"]["track"][1] |= measures
    assert read_tracks(answer, 1) == (None, Finding.IMPLAUSIBLE)


def test_words_from_a_file_are_short_and_clean() -> None:
    title = "A\x1b[2J\n\u202eB" + "x" * 5000
    facts, _ = read_tracks(told({"@type": "Audio", "Format": "AAC", "Title": title, "Language": "../../etc"}), 1)
    assert facts is not None
    (track,) = facts.audio
    assert track.title.startswith("A[2JBxx")
    assert len(track.title) <= 200
    assert track.language == ""


@pytest.mark.parametrize("size", [0, 200_000])
def test_the_films_of_other_tests_are_sound(size: int, probe: Asker, tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(film(b"this one", size=size))
    facts, video = probe(path).facts, video_of(probe(path))
    assert facts is not None
    assert (facts.duration, facts.resolution, video.codec) == (6000, 1080, Codec.AVC)
    assert path.stat().st_size >= size
    path.write_bytes(film(b"this one", size=size)[:-10])
    assert probe(path).finding is Finding.TRUNCATED
