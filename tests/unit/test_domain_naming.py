"""Names of folders and files: safe on every file system, whatever a title or a pattern holds."""

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
    Colon,
    NameFacts,
    Naming,
    NamingError,
    check_naming,
    clean,
    file_name,
    folder_name,
    path_key,
)
from radarr_desktop.domain.naming.examples import example_facts
from radarr_desktop.domain.naming.tokens import TOKENS, Takes
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.plugin_api import MovieInfo

PARSED = parse_release("The.Salt.Meridian.2025.1080p.BluRay.x264-KITE")
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)
JOINERS = "\u200c\u200d"
DROPPING = Naming(replace_illegal=False)


def info(title: str, year: int = 2025, imdb_id: str = "tt9000001") -> MovieInfo:
    return MovieInfo(900001, title, year, imdb_id)


def folder(title: str, naming: Naming = DROPPING, year: int = 2025) -> str:
    return folder_name(Movie(1, info(title, year), (), ""), naming)


def name(title: str, pattern: str = Naming().file, parsed: ParsedRelease = PARSED, year: int = 2025) -> str:
    facts = NameFacts(info(title, year), parsed)
    return file_name(facts, ".mkv", Naming(file=pattern, replace_illegal=False))


@pytest.mark.parametrize(
    ("title", "made"),
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
        ("e\u200b\u0301", "\u00e9 (2025)"),
        ("tab\tand\nline", "tab and line (2025)"),
        ("a\u202egnp.exe", "agnp.exe (2025)"),
        ("half \ud800 pair", "half pair (2025)"),
        ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469 (2025)"),
    ],
)
def test_a_title_becomes_one_safe_name(title: str, made: str) -> None:
    assert folder(title) == made


@pytest.mark.parametrize(
    ("title", "made"),
    [("Face/Off", "Face+Off"), ("Back\\slash", "Back+slash"), ("Who? Me*", "Who! Me-"), ('<"Salt"> | Sea', "Salt Sea")],
)
def test_illegal_characters_are_replaced_by_their_likes(title: str, made: str) -> None:
    assert folder(title, Naming(folder="{Movie Title}")) == made


@pytest.mark.parametrize(
    ("colon", "made"),
    [
        (Colon.DELETE, "Salt The Sea 1208"),
        (Colon.DASH, "Salt- The Sea 12-08"),
        (Colon.SPACE_DASH, "Salt - The Sea 12 -08"),
        (Colon.SPACE_DASH_SPACE, "Salt - The Sea 12 - 08"),
        (Colon.SMART, "Salt - The Sea 12-08"),
    ],
)
def test_a_colon_is_written_as_wished(colon: Colon, made: str) -> None:
    assert folder("Salt: The Sea 12:08", Naming(folder="{Movie Title}", colon=colon)) == made


def test_a_year_that_is_not_known_leaves_no_empty_brackets() -> None:
    assert folder("Salt", year=0) == "Salt"


def test_a_title_that_is_nothing_still_gives_a_name() -> None:
    assert folder("???", year=0) == "Movie"


@pytest.mark.parametrize(
    ("device", "safe"),
    [("con", "con_"), ("Nul", "Nul_"), ("COM1.2025", "COM1_.2025"), ("aux .x", "aux_ .x"), ("com¹", "com¹_")],
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
    assert len(folder("字" * 200).encode()) <= MAX_NAME
    assert folder("字" * 200).endswith("字 (2025)")


def test_letters_that_grow_in_capitals_are_cut_again() -> None:
    made = name("ß" * 200, "{MOVIE TITLE} - {MOVIE ORIGINALTITLE} ({Year}) {Quality}")
    assert len(made.encode()) <= MAX_NAME - LONGEST_SUFFIX
    assert made.endswith("S (2025) Bluray-1080p.mkv")


def test_a_file_system_with_short_names_gets_short_names() -> None:
    short = file_name(NameFacts(info("The Salt Meridian"), PARSED), ".mkv", Naming(), limit=80)
    assert len(short.encode()) <= 80 - LONGEST_SUFFIX
    assert short.endswith("(2025) Bluray-1080p-KITE.mkv")


def test_a_slash_makes_folders_and_empty_ones_are_left_out() -> None:
    naming = Naming(
        folder="{Movie TitleFirstCharacter}/{Movie Collection}/{Movie Title}", file="{Quality}/{Movie Title}"
    )
    assert folder("The Salt: Meridian", naming) == "S/The Salt - Meridian"
    assert file_name(NameFacts(info("../Salt"), PARSED), ".mkv", naming) == "Bluray-1080p/+Salt.mkv"


def test_files_keep_the_names_of_their_releases_where_that_is_wanted() -> None:
    naming = Naming(rename=False)
    assert file_name(NameFacts(info("Salt"), PARSED), ".mkv", naming) == f"{PARSED.name}.mkv"
    told = NameFacts(info("Salt"), PARSED, original="What/it: was")
    assert file_name(told, ".mkv", naming) == "What+it - was.mkv"


@pytest.mark.parametrize(
    ("naming", "words", "place"),
    [
        (Naming(folder="{Year}"), "The folder name has no {Movie Title}", ""),
        (Naming(file="{Quality}"), "The file name has no {Movie Title}", ""),
        (Naming(folder="{Movie Title} {Quality}"), "{Quality}, which only files have", "Quality"),
        (Naming(file="{Movie Title} {Director}"), "{Director}, which is no token.", "Director"),
        (Naming(file="{Movie Titel}"), "{Movie Title} is one.", "Movie Titel"),
        (Naming(file="{Movie Title}\\{Year}"), "Write / instead", "\\"),
        (Naming(file="{Movie Title} {Year"), "has a “{” that belongs to no token", "{"),
        (Naming(file="{Movie Title}} {Year}"), "has a “}” that belongs to no token", "}"),
        (Naming(file="{Movie Title:xx}"), "asks “xx” of {Movie Title}", ":xx"),
        (Naming(file="{Movie Title:0}"), "asks “0” of {Movie Title}", ":0"),
        (Naming(file="{Movie Title} {Year:4}"), "asks “4” of {Year}", ":4"),
        (Naming(file="{Movie Title} {MediaInfo AudioLanguages:QQ}"), "asks “QQ”", ":QQ"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_with_the_place(naming: Naming, words: str, place: str) -> None:
    with pytest.raises(NamingError) as caught:
        check_naming(naming)
    error = caught.value
    pattern = naming.folder if error.field == "folder" else naming.file
    assert words in str(error)
    assert pattern[error.start : error.end] == place


def test_paths_that_some_disk_takes_for_one_have_one_key() -> None:
    assert path_key("/m/Cafe\u0301 ẞ") == path_key("/m/CAFÉ ss")
    assert path_key("/m/a") != path_key("/m/b")


_TEXTS = st.one_of(st.text(max_size=300), st.text(alphabet="ab .-:_()[]{}&'!?/\\éß字", max_size=80))
_MODIFIERS = {
    Takes.TITLE: ("", ":20", ":-9", ":DE|FR"),
    Takes.LENGTH: ("", ":7"),
    Takes.TRACKS: ("", ":EN+DE+", ":-DE"),
}


@st.composite
def patterns(draw: st.DrawFn, *, for_folder: bool) -> str:
    """Tokens in any form between any words; at least one title."""
    known = [token for token in TOKENS if token.takes is not Takes.ONE_FORMAT]
    known = [token for token in known if token.in_folders or not for_folder]
    words = st.text(alphabet=" .-_()[]+abÄ", max_size=5)
    made = []
    for token in [TOKENS[0], *draw(st.lists(st.sampled_from(known), max_size=6))]:
        spelled = draw(st.sampled_from([token.name, token.name.upper(), token.name.lower().replace(" ", ".")]))
        form = draw(st.sampled_from(["{%s}", "{[%s]}", "{-%s}", "{x-{%s}}", "[y-{%s}]", "/{%s}", "{(%s}{ Year)}"]))
        modifier = draw(st.sampled_from(_MODIFIERS.get(token.takes, ("",))))
        made.append(draw(words) + form % f"{spelled}{modifier}")
    return "".join(made)


@given(title=_TEXTS, year=st.integers(0, 2100), group=st.text(max_size=40), naming=st.builds(
    Naming, patterns(for_folder=True), patterns(for_folder=False), st.booleans(), st.booleans(), st.sampled_from(Colon)
))  # fmt: skip
def test_nothing_leads_anywhere_or_fits_nowhere(title: str, year: int, group: str, naming: Naming) -> None:
    check_naming(naming)
    told = example_facts()
    movie = MovieInfo(1, title, year, original_title=group, collection=title[:30], translations=(("de", title),))
    facts = NameFacts(movie, ParsedRelease("x", ("x",), group=group), told.media, (group,), group, title, title)
    for path, last in (
        (folder_name(Movie(1, movie, (), ""), naming), MAX_NAME),
        (file_name(facts, ".mkv", naming), MAX_NAME - LONGEST_SUFFIX),
    ):
        parts = path.split("/")
        assert len(parts[-1].encode()) <= last
        for part in parts:
            assert 0 < len(part.encode()) <= MAX_NAME
            assert part == unicodedata.normalize("NFC", part)
            assert not set(part) & set('/\\<>:"|?*\0')
            assert not any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in part if one not in JOINERS)
            assert part.strip(" .") == part
            assert not DEVICES.match(part)
