"""What release names tell of picture, sound, languages and editions."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio, ParsedRelease, ThreeD, parse_release
from radarr_desktop.domain.quality import Modifier, Revision, Source


def read(tags: str) -> ParsedRelease:
    return parse_release(f"The.Salt.Meridian.2025.{tags}-KITE")


@pytest.mark.parametrize(
    ("tags", "quality"),
    [
        ("1080p.BluRay.x264", "Bluray-1080p"),
        ("1080p.Blu-ray.Remux.AVC", "Remux-1080p"),
        ("2160p.UHD.BDRemux.HEVC", "Remux-2160p"),
        ("UHD.BluRay.2160p.HEVC.REMUX", "Remux-2160p"),
        ("COMPLETE.BLURAY", "BR-DISK"),
        ("COMPLETE.UHD.BLURAY", "BR-DISK"),
        ("BD50", "BR-DISK"),
        ("COMPLETE.BLURAY.REMUX", "Remux-1080p"),
        ("1080p.Blu-ray.AVC.DTS-HD.MA.5.1", "BR-DISK"),
        ("2160p.UHD.Blu-ray.HDR10.HEVC.TrueHD.7.1", "BR-DISK"),
        ("1080p.BluRay.HEVC.DTS", "Bluray-1080p"),
        ("1080p.BluRay.H264.AVC.DTS", "Bluray-1080p"),
        ("German.DL.1080p.BluRay.AVC", "Bluray-1080p"),
        ("1080p.BluRay.AVC.AAC", "Bluray-1080p"),
        ("BDRip.x264", "Bluray-480p"),
        ("UHD.BDRip.x264", "Bluray-480p"),
        ("720p.HDDVD.x264", "Bluray-720p"),
        ("BluRay.x264", "Bluray-720p"),
        ("BluRay.XviD", "Bluray-480p"),
        ("576p.BluRay.x264", "Bluray-576p"),
        ("1080p.WEB-DL.H264", "WEBDL-1080p"),
        ("1080p.WEB.H264", "WEBDL-1080p"),
        ("1080p.NF.DDP5.1.H264", "WEBDL-1080p"),
        ("1080p.WEBRip.x264", "WEBRip-1080p"),
        ("WEB-DLRip.x264", "WEBRip-480p"),
        ("1080p.WEBRip.WEB-DL.x264", "WEBRip-1080p"),
        ("2160p.4K.UHD", "HDTV-2160p"),
        ("1080p.HDTV.x264", "HDTV-1080p"),
        ("1080i.HDTV.MPEG2", "Raw-HD"),
        ("PDTV.XviD", "SDTV"),
        ("DVDRip.XviD", "DVD"),
        ("PAL.DVDR", "DVD-R"),
        ("NTSC.DVD9", "DVD-R"),
        ("DVDSCR.XviD", "DVDSCR"),
        ("BLURAY.SCR.XviD", "DVDSCR"),
        ("R5.LiNE.XviD", "REGIONAL"),
        ("R5.DVDRip.XviD", "DVD"),
        ("HDCAM.x264", "CAM"),
        ("CAM.x264", "CAM"),
        ("TS.x264", "TELESYNC"),
        ("HDTS.x264", "TELESYNC"),
        ("TELECINE.x264", "TELECINE"),
        ("WORKPRINT.XviD", "WORKPRINT"),
        ("1080p.TC.x264", "TELECINE"),
    ],
)
def test_source_resolution_and_modifier_make_the_quality(tags: str, quality: str) -> None:
    assert read(tags).quality.name == quality


def test_what_the_name_tells_is_kept_beside_what_it_means() -> None:
    rip = read("BDRip.x264")
    assert (rip.source, rip.resolution, rip.modifier) == (Source.BLURAY, 0, Modifier.NONE)
    disc = read("COMPLETE.UHD.BLURAY")
    assert (disc.source, disc.resolution, disc.modifier) == (Source.BLURAY, 2160, Modifier.BRDISK)


@pytest.mark.parametrize(
    ("tags", "lines"),
    [
        ("2160p", 2160),
        ("4K.HDR", 2160),
        ("4K.Remastered.1080p.BluRay", 1080),
        ("1080i.HDTV", 1080),
        ("1280x720.BluRay", 720),
        ("1920x800.BluRay", 1080),
        ("1080p24.BluRay", 1080),
        ("BD1080p", 1080),
        ("m720p.BRRip", 720),
        ("540p.WEB-DL", 540),
        ("2160p.1080p.BluRay", 2160),
        ("x264", 0),
    ],
)
def test_resolutions(tags: str, lines: int) -> None:
    assert read(tags).resolution == lines


@pytest.mark.parametrize(
    ("tags", "codec", "depth"),
    [
        ("1080p.BluRay.x264", Codec.AVC, 0),
        ("1080p.BluRay.H.264", Codec.AVC, 0),
        ("1080p.BluRay.x265.10bit", Codec.HEVC, 10),
        ("1080p.BluRay.HEVC10", Codec.HEVC, 10),
        ("1080p.BluRay.Hi10P.x264", Codec.AVC, 10),
        ("1080p.BluRay.12bit.AV1", Codec.AV1, 12),
        ("1080p.BluRay.VC-1", Codec.VC1, 0),
        ("1080i.HDTV.MPEG-2", Codec.MPEG2, 0),
        ("DVDRip.XviD", Codec.XVID, 0),
        ("DVDRip.DivX", Codec.DIVX, 0),
    ],
)
def test_codecs(tags: str, codec: Codec, depth: int) -> None:
    assert (read(tags).codec, read(tags).bit_depth) == (codec, depth)


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        ("2160p.WEB-DL.DV.HDR.H.265", (Hdr.DV, Hdr.HDR10)),
        ("2160p.WEB-DL.DoVi.HDR10Plus.H.265", (Hdr.DV, Hdr.HDR10_PLUS)),
        ("2160p.WEB-DL.HDR10+.H.265", (Hdr.HDR10_PLUS,)),
        ("2160p.WEB-DL.HDR10+HEVC", (Hdr.HDR10_PLUS,)),
        ("2160p.UHDTV.HLG.HEVC", (Hdr.HLG,)),
        ("2160p.WEB-DL.PQ.HEVC", (Hdr.PQ,)),
        ("2160p.WEB-DL.SDR.HEVC", (Hdr.SDR,)),
        ("2160p.Dolby.Vision.Profile.8.WEB-DL", (Hdr.DV,)),
        ("1080p.BluRay.x264", ()),
    ],
)
def test_ranges(tags: str, kinds: tuple[Hdr, ...]) -> None:
    assert read(tags).hdr == kinds


def test_hybrids() -> None:
    assert read("Hybrid.2160p.UHD.BluRay.REMUX.DV.HDR10.HEVC").is_hybrid


@pytest.mark.parametrize(
    ("tags", "codecs", "objects", "channels"),
    [
        ("BluRay.DTS-HD.MA.5.1", (AudioCodec.DTS_HD_MA,), (), "5.1"),
        ("BluRay.DTS-HD.MA5.1", (AudioCodec.DTS_HD_MA,), (), "5.1"),
        ("BluRay.DTS-HD.HRA.7.1", (AudioCodec.DTS_HD_HRA,), (), "7.1"),
        ("BluRay.DTS-X.7.1", (AudioCodec.DTS_HD_MA,), (ObjectAudio.DTS_X,), "7.1"),
        ("BluRay.DTS-ES", (AudioCodec.DTS,), (), ""),
        ("BluRay.TrueHD.7.1.Atmos", (AudioCodec.TRUEHD,), (ObjectAudio.ATMOS,), "7.1"),
        ("BluRay.Atmos.7.1", (), (ObjectAudio.ATMOS,), "7.1"),
        ("WEB-DL.DDP5.1.Atmos", (AudioCodec.EAC3,), (ObjectAudio.ATMOS,), "5.1"),
        ("WEB-DL.Atmos", (AudioCodec.EAC3,), (ObjectAudio.ATMOS,), ""),
        ("WEB-DL.DD+5.1", (AudioCodec.EAC3,), (), "5.1"),
        ("WEB-DL.DDP.5.1", (AudioCodec.EAC3,), (), "5.1"),
        ("WEB-DL.DD5.1", (AudioCodec.AC3,), (), "5.1"),
        ("WEB-DL.AAC2.0", (AudioCodec.AAC,), (), "2.0"),
        ("BluRay.FLAC.1.0", (AudioCodec.FLAC,), (), "1.0"),
        ("BluRay.LPCM.2.0", (AudioCodec.PCM,), (), "2.0"),
        ("BDRip.FLACx3.AC3x2", (AudioCodec.FLAC, AudioCodec.AC3), (), ""),
        ("BluRay.Opus.6ch", (AudioCodec.OPUS,), (), "5.1"),
        ("DVDRip.MP3.Stereo", (AudioCodec.MP3,), (), "2.0"),
        ("BluRay.DD51", (AudioCodec.AC3,), (), "5.1"),
        ("BluRay.AC3.5.1.DTS", (AudioCodec.AC3, AudioCodec.DTS), (), "5.1"),
    ],
)
def test_sound(tags: str, codecs: tuple[AudioCodec, ...], objects: tuple[ObjectAudio, ...], channels: str) -> None:
    parsed = read(tags)
    assert (parsed.audio, parsed.object_audio, parsed.channels) == (codecs, objects, channels)


@pytest.mark.parametrize(
    ("tags", "editions"),
    [
        ("Directors.Cut.1080p", ("Director's Cut",)),
        ("Director's.Cut.1080p", ("Director's Cut",)),
        ("DC.1080p", ("Director's Cut",)),
        ("EXTENDED.1080p", ("Extended",)),
        ("Extended.Directors.Cut.Fan.Edit.1080p", ("Extended", "Director's Cut", "Fan Edit")),
        ("The.Ultimate.Director's.Cut.1080p", ("Ultimate Edition", "Director's Cut")),
        ("Special.Edition.Remastered.1080p", ("Special Edition", "Remastered")),
        ("4K.Restored.1080p", ("Restored",)),
        ("50th.Anniversary.Edition.1080p", ("50th Anniversary",)),
        ("IMAX.1080p", ("IMAX",)),
        ("Open.Matte.1080p", ("Open Matte",)),
        ("Criterion.Collection.1080p", ("Criterion",)),
        ("UNRATED.1080p", ("Unrated",)),
        ("Theatrical.Cut.1080p", ("Theatrical",)),
        ("2in1.1080p", ("2in1",)),
        ("1080p", ()),
    ],
)
def test_editions(tags: str, editions: tuple[str, ...]) -> None:
    parsed = read(tags)
    assert parsed.editions == editions
    assert parsed.edition == " ".join(editions)


@pytest.mark.parametrize(
    ("tags", "languages", "subtitles"),
    [
        ("German.DL.1080p.BluRay.x264", ("German",), ()),
        ("MULTi.TRUEFRENCH.1080p.BluRay.x264", ("French",), ()),
        ("iTA-ENG.1080p.BluRay.x264", ("Italian", "English"), ()),
        ("EN.FR.ES.PAL.DVDR", ("English", "French", "Spanish"), ()),
        ("EN.DK.NO.FI.PAL.DVDR", ("English", "Danish", "Norwegian", "Finnish"), ()),
        ("NO.1080p.WEB.x264", (), ()),
        ("1080p.WEB-DL.Dublado.x264", ("Portuguese (Brazil)",), ()),
        ("LATiNO.1080p.WEB-DL.x264", ("Spanish (Latino)",), ()),
        ("PLDUB.DUAL.1080p.BluRay.x264", ("Polish",), ()),
        ("KOREAN.1080p.BluRay.x264", ("Korean",), ()),
        ("1080p.BluRay.x264.English.Greek.Subs", (), ("English", "Greek")),
        ("1080p.BluRay.x264.Ita.Eng.AC3.Sub.Ita", ("Italian", "English"), ("Italian",)),
        ("1080p.BluRay.Castellano-Ingles+Subs", ("Spanish", "English"), ()),
        ("SUBFRENCH.1080p.BluRay.x264", (), ("French",)),
        ("1080p.WEB-DL.x264.ESub", (), ("English",)),
        ("1080p.BluRay.x264", (), ()),
    ],
)
def test_languages_spoken_and_written(tags: str, languages: tuple[str, ...], subtitles: tuple[str, ...]) -> None:
    parsed = read(tags)
    assert (parsed.languages, parsed.subtitles) == (languages, subtitles)


def test_several_sound_tracks() -> None:
    assert read("MULTi.1080p.BluRay.x264").is_multi
    assert read("German.DL.1080p.BluRay.x264").is_dual
    assert read("Dual.Audio.1080p.BluRay.x264").is_dual
    assert not read("1080p.WEB-DL.x264").is_dual


@pytest.mark.parametrize(
    ("tags", "word"),
    [
        ("1080p.HC.WEBRip.x264", "HC"),
        ("KORSUB.HDRip.x264", "KORSUB"),
        ("HC.KORSUB.HDRip.x264", "KORSUB"),
        ("German.SUBBED.1080p.WEB.x264", "SUBBED"),
        ("MULTiSUBS.1080p.WEB.x264", ""),
        ("1080p.WEB-DL.x264.ESub", ""),
    ],
)
def test_subtitles_in_the_picture(tags: str, word: str) -> None:
    assert read(tags).hardcoded_subs == word


@pytest.mark.parametrize(
    ("tags", "revision", "is_repack"),
    [
        ("1080p.BluRay.x264", Revision(0, 1), False),
        ("PROPER.1080p.BluRay.x264", Revision(0, 2), False),
        ("REPACK.1080p.BluRay.x264", Revision(0, 2), True),
        ("RERiP.1080p.BluRay.x264", Revision(0, 2), True),
        ("REPACK2.1080p.BluRay.x264", Revision(0, 3), True),
        ("v2.1080p.BluRay.x264", Revision(0, 2), False),
        ("REAL.PROPER.1080p.BluRay.x264", Revision(1, 2), False),
        ("REAL.REPACK.1080p.BluRay.x264", Revision(1, 2), True),
    ],
)
def test_revisions(tags: str, revision: Revision, is_repack: bool) -> None:
    parsed = read(tags)
    assert (parsed.revision, parsed.is_repack) == (revision, is_repack)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("3D.1080p.BluRay.x264", ThreeD.UNTOLD),
        ("3D.HSBS.1080p.BluRay.x264", ThreeD.HALF_SIDE_BY_SIDE),
        ("1080p.3D.BluRay.Half-OU.x264", ThreeD.HALF_OVER_UNDER),
        ("1080p.BluRay.x264", ThreeD.NONE),
    ],
)
def test_three_dimensions(tags: str, kind: ThreeD) -> None:
    assert read(tags).three_d is kind


@pytest.mark.parametrize(
    ("tags", "service"),
    [
        ("1080p.AMZN.WEB-DL.x264", "AMZN"),
        ("1080p.NF.WEB-DL.x264", "NF"),
        ("1080p.DSNP.WEB-DL.x264", "DSNP"),
        ("1080p.iT.WEB-DL.x264", "iT"),
        ("1080p.MA.WEB-DL.x264", "MA"),
        ("1080p.BluRay.DTS-HD.MA.5.1.x264", ""),
        ("1080p.WEB-DL.x264", ""),
    ],
)
def test_services(tags: str, service: str) -> None:
    assert read(tags).service == service


def test_what_else_a_name_tells() -> None:
    assert read("CD2.DVDRip.XviD").part == 2
    assert read("Part.2.1080p.WEB.x264").part == 2
    assert parse_release("The.Salt.Part.2.2025.1080p.WEB.x264").part == 0
    assert read("SAMPLE.1080p.BluRay.x264").is_sample
    assert parse_release("[Kite] The Salt - 04 (1080p) [A1B2C3D4].mkv").hash == "A1B2C3D4"
    assert parse_release("The.Salt.2025.1080p.mkv").container == "mkv"
    assert parse_release("The Salt 2025 1080p WEB-DL x264-KITE mkv").container == "mkv"
    assert read("1080p.BluRay.x264").is_scene
    assert not parse_release("The Salt (2025) [1080p] [BluRay]").is_scene
    assert read("1080p.WEB-DL.DDP5.1.Atmos").sound == "EAC3 Atmos 5.1"


@pytest.mark.parametrize("tags", ["1080p.BluRay.CAM.x264", "1080P.BLURAY.X264", "1080p.bluray.x264"])
def test_capitals_do_not_matter_to_tags(tags: str) -> None:
    assert read(tags).resolution == 1080
    assert read(tags).codec is Codec.AVC
