"""Names of folders and files: safe on every file system, whatever a title holds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import (
    LONGEST_SUFFIX,
    MAX_NAME,
    Naming,
    NamingError,
    check_naming,
    clean,
    file_name,
    folder_name,
)
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.plugin_api import MovieInfo

PARSED = parse_release("The.Salt.Meridian.2025.1080p.BluRay.x264-KITE")
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)


def movie(title: str, year: int = 2025, imdb_id: str = "tt9000001") -> Movie:
    return Movie(1, MovieInfo(900001, title, year, imdb_id), (), "")


def name(title: str, pattern: str = Naming().file, parsed: ParsedRelease = PARSED, year: int = 2025) -> str:
    return file_name(movie(title, year), parsed, ".mkv", Naming(file=pattern))


@pytest.mark.parametrize(
    ("title", "folder"),
    [
        ("The Salt Meridian", "The Salt Meridian (2025)"),
        ("Salt: The Meridian", "Salt - The Meridian (2025)"),
        ("12:08", "12-08 (2025)"),
        ("Salt / Light", "Salt Light (2025)"),
        ('What? "No" <b>*|', "What No b (2025)"),
        ("../../etc/passwd", "etcpasswd (2025)"),
        ("..", "(2025)"),
        ("...And Salt", "And Salt (2025)"),
        ("Cafe\u0301", "Caf\u00e9 (2025)"),
        ("tab\tand\nline", "tab and line (2025)"),
        ("a\u202egnp.exe", "agnp.exe (2025)"),
        ("half \ud800 pair", "half pair (2025)"),
        ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469 (2025)"),
    ],
)
def test_a_title_becomes_one_safe_name(title: str, folder: str) -> None:
    assert folder_name(movie(title), Naming()) == folder


def test_a_year_that_is_not_known_leaves_no_empty_brackets() -> None:
    assert folder_name(movie("Salt", 0), Naming()) == "Salt"


def test_a_title_that_is_nothing_still_gives_a_name() -> None:
    assert folder_name(movie("???", 0), Naming()) == "Movie"


@pytest.mark.parametrize(
    ("device", "safe"), [("con", "con_"), ("Nul", "Nul_"), ("COM1.2025", "COM1_.2025"), ("aux .x", "aux_ .x")]
)
def test_windows_devices_are_not_names(device: str, safe: str) -> None:
    assert clean(device) == safe


def test_a_group_that_is_not_there_leaves_no_hyphen() -> None:
    assert name("Salt", parsed=parse_release("Salt.2025.1080p.BluRay.x264")) == "Salt (2025) Bluray-1080p.mkv"
    assert name("Salt") == "Salt (2025) Bluray-1080p-KITE.mkv"


def test_a_better_revision_is_told() -> None:
    proper = parse_release("Salt.2025.PROPER.1080p.BluRay.x264-KITE")
    assert name("Salt", parsed=proper) == "Salt (2025) Bluray-1080p Proper-KITE.mkv"


def test_ids_and_editions_are_tokens() -> None:
    parsed = parse_release("Salt.2025.Extended.1080p.BluRay.x264-KITE")
    pattern = "{Movie Title} {[TmdbId]} {ImdbId} {(Edition)}"
    assert name("Salt", pattern, parsed) == "Salt [900001] tt9000001 (Extended).mkv"


def test_a_long_title_loses_its_end_and_keeps_year_and_quality() -> None:
    long = name("Ä" * 300)
    assert len(long.encode()) <= MAX_NAME - LONGEST_SUFFIX
    assert long.endswith("Ä (2025) Bluray-1080p-KITE.mkv")
    assert len(folder_name(movie("字" * 200), Naming()).encode()) <= MAX_NAME
    assert folder_name(movie("字" * 200), Naming()).endswith("字 (2025)")


def test_a_file_system_with_short_names_gets_short_names() -> None:
    short = file_name(movie("The Salt Meridian"), PARSED, ".mkv", Naming(), limit=80)
    assert len(short.encode()) <= 80 - LONGEST_SUFFIX
    assert short.endswith("(2025) Bluray-1080p-KITE.mkv")


@pytest.mark.parametrize(
    ("naming", "words"),
    [
        (Naming(folder="{Year}"), "The folder name has no {Movie Title}"),
        (Naming(file="{Quality}"), "The file name has no {Movie Title}"),
        (Naming(folder="{Movie Title} {Quality}"), "The folder name uses {Quality}"),
        (Naming(file="{Movie Title} {Director}"), "The file name uses {Director}"),
        (Naming(file="{Movie Title}/{Year}"), "has a slash in it"),
        (Naming(file="{Movie Title}\\{Year}"), "has a slash in it"),
        (Naming(file="{Movie Title} {Year"), "has a “{” that belongs to no token"),
        (Naming(file="{Movie Title}} {Year}"), "has a “}” that belongs to no token"),
        (Naming(file="{edition-{Edition}} {Movie Title}"), "that belongs to no token"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_by_name(naming: Naming, words: str) -> None:
    with pytest.raises(NamingError) as caught:
        check_naming(naming)
    assert words in str(caught.value)


def test_the_usual_patterns_are_fine() -> None:
    check_naming(Naming())
    check_naming(Naming("{Movie Title} ({Year}) {[TmdbId]}", "{Movie Title} ({Year}) {(Edition)} {Quality}{-Group}"))


@given(title=st.text(max_size=400), year=st.integers(0, 2100), group=st.text(max_size=40))
def test_no_title_gives_a_name_that_leads_anywhere_or_fits_nowhere(title: str, year: int, group: str) -> None:
    parsed = ParsedRelease("x", ("x",), group=group)
    made = (folder_name(movie(title, year), Naming()), file_name(movie(title, year), parsed, ".mkv", Naming()))
    for each in made:
        assert each
        assert 0 < len(each.encode()) <= MAX_NAME
        assert each == unicodedata.normalize("NFC", each)
        assert not set(each) & set('/\\<>:"|?*\0')
        assert each.strip(" .") == each
        assert not DEVICES.match(each)
