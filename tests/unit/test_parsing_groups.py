"""Release groups, paths, spans, and names that tell nothing."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.parsing import ParsedRelease, Refusal, SpanKind, parse_path, parse_release


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("The.Salt.2025.1080p.BluRay.x264-KITE", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-KITE.mkv", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-KITE[rartv]", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-KITE [site.example.org]", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-KITE-xpost", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-KITE-Rakuv02-Obfuscated", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-kite@SALT", "kite@SALT"),
        ("The.Salt.2025.1080p.BluRay.x264-YTS.MX", "YTS.MX"),
        ("The.Salt.2025.1080p.BluRay.x264-[YTS.MX]", "YTS.MX"),
        ("The.Salt.2025.1080p.BluRay.DTS.x264.D-Z0N3.mkv", "D-Z0N3"),
        ("The.Salt.2025.DVDRip.XviD.AC3.HQ.Hive-CM8.mp4", "Hive-CM8"),
        ("The.Salt.2025.1080p.BluRay.x264-BEN.THE.MEN", "BEN.THE.MEN"),
        ("The.Salt.2025.1080p.BluRay.x264-Salt-KITE", "Salt-KITE"),
        ("The Salt 2025 1080p BluRay DTS 5.1-Salt Kite", "Salt Kite"),
        ("The Salt 2025 1080p BluRay DTS 5.1-KITE by somebody", "KITE"),
        ("Соль (2018) WEB-DLRip-AVC от Kite | Лицензия", "Kite"),
        ("The.Salt.2025.1080p.BluRay.x264.YIFY", "YIFY"),
        ("The.Salt.2025.1080p.BluRay.x264.salter.mkv", "salter"),
        ("The.Salt.2025.1080p.BluRay.DTS.x264_KITE.mkv", "KITE"),
        ("The Salt 2025 1080p BluRay x264 KITE", "KITE"),
        ("The Salt 2025 1080p BluRay x264 - KITE", "KITE"),
        ("The.Salt.2025.WEB-DLRip.by.Kite", "Kite"),
        ("The Salt (2025) [WEBDL-1080p] [x264 AC3] [ENG+DE] [KITE].mkv", "KITE"),
        ("The Salt (2025) (1080p BluRay x265 AAC 7.1 Salty) [QxR]", "QxR"),
        ("The Salt (2025) (1080p BluRay x265 AAC 7.1 English Salty)", "Salty"),
        ("Соль / The Salt (2020) WEB-DL 1080p | D | Saltfilm", "Saltfilm"),
        ("[Kite-Subs] The Salt (BD 1080p FLAC) [A1B2C3D4].mkv", "Kite-Subs"),
        ("kite-the.salt.1983.1080p.bluray.x264.mkv", "kite"),
        ("The.Salt.2025.1080p.BluRay.x264-1080", "1080"),
        ("The.Salt.2025.CZ.DVDRip.XviD-SDTV", "SDTV"),
        ("The.Salt.2025.SPANiSH.BDRip.XviD-ES", "ES"),
        ("The.Salt.2025.1080p.WEB.x264-KITE_iNT", "KITE"),
        ("The.Salt.2025.1080p.WEB.x264-KITE-eng.srt", "KITE"),
    ],
)
def test_groups(name: str, group: str) -> None:
    assert parse_release(name).group == group


@pytest.mark.parametrize(
    "name",
    [
        "The.Salt.2025.1080p.WEB-DL",
        "The.Salt.2025.1080p.BluRay.DTS-HD",
        "The.Salt.2025.DVDRip.XviD-AC3",
        "The.Salt.2025.1080p.BluRay.x264.ITA-ENG",
        "The Salt 2025 1080p BluRay x264 - 2.4GB ESub",
        "The.Salt.2025.1080p.BluRay.x264 [salt.example.org]",
        "The Salt (2025)",
        "The Salt",
    ],
)
def test_tags_behind_a_hyphen_are_no_group(name: str) -> None:
    assert parse_release(name).group == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", Refusal.EMPTY),
        ("...---", Refusal.EMPTY),
        ("(2009) [WEBRip] [1080p]", Refusal.EMPTY),
        ("0123456789abcdef0123456789abcdef.mkv", Refusal.OBFUSCATED),
        ("abc.xyz.0123456789abcdef0123456789abcdef01234567", Refusal.OBFUSCATED),
        ("ABCDEFGHIJK123", Refusal.OBFUSCATED),
        ("a1B2c3D4e5F6g7H8i9.mkv", Refusal.OBFUSCATED),
        ("aGVsbG8gd29ybGQgaGVsbG8gdGhlcmU=", Refusal.OBFUSCATED),
        ("abc.xyz", Refusal.OBFUSCATED),
        ("The Salt password yEnc (1/20)", Refusal.PASSWORD),
        ("The.Salt.Show.S01E02.1080p.WEB.h264-KITE", Refusal.EPISODE),
        ("salt" * 2_501, Refusal.TOO_LONG),
    ],
)
def test_what_tells_nothing_is_refused(name: str, reason: Refusal) -> None:
    parsed = parse_release(name)
    assert parsed.refused is reason
    assert (parsed.name, parsed.titles) == (name, ())


@pytest.mark.parametrize("name", ["Salt", "Whiplashes", "SaltAndPepperAndMore", "Se7en", "S.W.A.T", "12"])
def test_a_title_alone_is_not_refused(name: str) -> None:
    assert parse_release(name).refused is Refusal.NONE


def told(parsed: ParsedRelease) -> dict[SpanKind, list[str]]:
    found: dict[SpanKind, list[str]] = {}
    for span in parsed.spans:
        found.setdefault(span.kind, []).append(parsed.name[span.start : span.end])
    return found


def test_spans_show_where_each_fact_was_read() -> None:
    name = "[salt.org] The.Salt.Road.2025.PROPER.German.DL.DTS-HD.MA.5.1.DV.1080p.AMZN.WEB-DL.H.265-KITE[TGx].mkv"
    assert told(parse_release(name)) == {
        SpanKind.TITLE: ["The.Salt.Road"],
        SpanKind.YEAR: ["2025"],
        SpanKind.REVISION: ["PROPER"],
        SpanKind.LANGUAGE: ["German", "DL"],
        SpanKind.AUDIO: ["DTS-HD.MA", "5.1"],
        SpanKind.HDR: ["DV"],
        SpanKind.RESOLUTION: ["1080p"],
        SpanKind.SERVICE: ["AMZN"],
        SpanKind.SOURCE: ["WEB-DL"],
        SpanKind.VIDEO: ["H.265"],
        SpanKind.GROUP: ["KITE"],
        SpanKind.CONTAINER: ["mkv"],
    }


def test_letters_that_change_their_length_do_not_move_spans() -> None:
    parsed = parse_release("İstanbul.Tuzu.2019.1080p.BluRay.x264-KITE")
    assert told(parsed)[SpanKind.GROUP] == ["KITE"]
    assert parsed.title == "İstanbul Tuzu"


@pytest.mark.parametrize(
    ("path", "title", "year", "quality", "group"),
    [
        ("/dl/The.Salt.2025.1080p.BluRay.x264-KITE/kite-salt.mkv", "The Salt", 2025, "Bluray-1080p", "KITE"),
        ("The.Salt.2025.1080p.BluRay.x264-KITE/0123456789abcdef0123.mkv", "The Salt", 2025, "Bluray-1080p", "KITE"),
        ("The.Salt.2025.COMPLETE.BLURAY-KITE/BDMV/STREAM/00001.m2ts", "The Salt", 2025, "BR-DISK", "KITE"),
        ("C:\\films\\The Salt (2025)\\The Salt WEB-DL 720p.mkv", "The Salt", 2025, "WEBDL-720p", ""),
        ("/films/The.Salt.2025.1080p.WEB-DL.x264-KITE.mkv", "The Salt", 2025, "WEBDL-1080p", "KITE"),
        ("4K Films/The.Salt.2025.720p.HDTV.x264-KITE.mkv", "The Salt", 2025, "HDTV-720p", "KITE"),
        ("The.Salt.2025.720p.HDTV.x264-KITE.mkv", "The Salt", 2025, "HDTV-720p", "KITE"),
    ],
)
def test_a_file_is_read_together_with_its_folder(path: str, title: str, year: int, quality: str, group: str) -> None:
    parsed = parse_path(path)
    assert (parsed.title, parsed.year, parsed.quality.name, parsed.group) == (title, year, quality, group)
    assert told(parsed)[SpanKind.TITLE][0].replace(".", " ") == title


def test_a_folder_of_samples_tells_what_is_in_it() -> None:
    assert parse_path("The.Salt.2025.1080p.BluRay.x264-KITE/Sample/salt.mkv").is_sample
    assert not parse_path("The.Salt.2025.1080p.BluRay.x264-KITE/salt.mkv").is_sample


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("The.Salt.2025.1080p.BluRay.x264-KITE.en.srt", "English"),
        ("The Salt (2025).de.forced.srt", "German"),
        ("The Salt (2025).pt-BR.srt", "Portuguese (Brazil)"),
        ("dan.srt", "Danish"),
    ],
)
def test_a_file_of_subtitles_tells_its_language_last(name: str, language: str) -> None:
    parsed = parse_release(name)
    assert (parsed.subtitles, parsed.languages) == ((language,), ())


def test_ids_of_the_folder_are_the_files() -> None:
    parsed = parse_path("/films/The Salt (2025) {tmdb-900001}/The Salt (2025) Bluray-1080p.mkv")
    assert (parsed.tmdb_id, parsed.title, parsed.container) == (900001, "The Salt", "mkv")


@pytest.mark.parametrize("path", ["", "/", "\\", "a/b", "Sample/", "//"])
def test_a_path_of_nothing_is_no_error(path: str) -> None:
    assert parse_path(path).year == 0
