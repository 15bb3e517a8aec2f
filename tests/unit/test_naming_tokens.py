"""What each token tells, and how its own letters change that."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop.domain.media import AudioTrack, MediaFacts, SubtitleTrack, VideoTrack
from radarr_desktop.domain.naming import NameFacts, Naming, check_naming, file_name
from radarr_desktop.domain.naming.examples import example_facts, examples
from radarr_desktop.domain.naming.presets import PRESETS, NamingPreset, guide_presets
from radarr_desktop.domain.naming.titles import cleaned, cut, first_character, the_behind
from radarr_desktop.domain.naming.tokens import TOKENS, Takes
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio, ParsedRelease, parse_release
from radarr_desktop.domain.quality import Revision
from radarr_desktop.plugin_api import MovieInfo

EXAMPLE = example_facts()
BARE = NameFacts(MovieInfo(1, "Salt", 2025), ParsedRelease("Salt.2025"))


def told(pattern: str, facts: NameFacts = EXAMPLE) -> str:
    """What a pattern makes behind a title."""
    return file_name(facts, "", Naming(file=f"{{Movie Title}}~{pattern}")).partition("~")[2].lstrip(" -")


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        ("{Movie Title}", "The Salt Meridian - A Sea Story"),
        ("{movie title}", "the salt meridian - a sea story"),
        ("{MOVIE TITLE}", "THE SALT MERIDIAN - A SEA STORY"),
        ("{Movie.Title}", "The.Salt.Meridian.-.A.Sea.Story"),
        ("{Movie_CleanTitle}", "The_Salt_Meridian_A_Sea_Story"),
        ("{movie-cleantitle}", "the-salt-meridian-a-sea-story"),
        ("{Movie Title:DE}", "Der Salzmeridian"),
        ("{Movie Title:XX}", None),
        ("{Movie Title:IT|FR}", "Le Méridien de sel"),
        ("{Movie CleanTitle:FR}", "Le Meridien de sel"),
        ("{Movie Title:IT}", "The Salt Meridian - A Sea Story"),
        ("{Movie TitleThe}", "Salt Meridian - A Sea Story, The"),
        ("{Movie CleanTitleThe}", "Salt Meridian A Sea Story, The"),
        ("{Movie TitleFirstCharacter}", "S"),
        ("{Movie TitleFirstCharacter:DE}", "D"),
        ("{Movie OriginalTitle}", "Der Salzmeridian"),
        ("{Movie CleanOriginalTitle:8}", "Der S"),
        ("{Movie Title:12} x", "The Salt... x"),
        ("{Movie Title:-11} x", "...ea Story x"),
        ("{Release Year} {Year}", "2025 2025"),
        ("{Movie Certification}", "PG-13"),
        ("{Movie Collection}", "The Salt Collection"),
        ("{Movie CollectionThe}", "Salt Collection, The"),
        ("{imdb-{ImdbId}} [tmdbid-{TmdbId}]", "{imdb-tt9000001} [tmdbid-900001]"),
        ("{Quality Full}", "Bluray-2160p Proper"),
        ("{[Quality Title]}{ Quality Proper}{ Quality Real}", "[Bluray-2160p] Proper"),
        ("{edition-{Edition Tags}}", "{edition-Extended}"),
        ("{EDITION TAGS}", "EXTENDED"),
        ("x{-Release Group}{_Group}", "x-KITE_KITE"),
        ("{MediaInfo Simple}", "x265 TrueHD Atmos"),
        ("{MediaInfo Full}", "x265 TrueHD Atmos[EN+DE] [EN+DE]"),
        ("{[MediaInfo VideoCodec}{ MediaInfo VideoBitDepth}bit]", "[x265 10bit]"),
        ("{MediaInfo VideoDynamicRange} {MediaInfo VideoDynamicRangeType}", "HDR DV HDR10"),
        ("{[Mediainfo AudioCodec}{ Mediainfo AudioChannels]}", "[TrueHD Atmos 7.1]"),
        ("{MediaInfo AudioLanguages}", "[EN+DE]"),
        ("{MediaInfo AudioLanguages:DE}", "[DE]"),
        ("{MediaInfo AudioLanguagesAll:EN+}", "[EN+--]"),
        ("{MediaInfo AudioLanguages:-DE}", ""),
        ("{MediaInfo AudioLanguagesAll:-DE}", "[EN]"),
        ("{MediaInfo SubtitleLanguages}", "[EN+DE]"),
        ("{[Custom Formats]}", "[IMAX HYBRID]"),
        ("{Custom Formats:HYBRID}", "HYBRID"),
        ("{Custom Formats:-HYBRID}", "IMAX"),
        ("{Custom Format:imax}{Custom Format:DV}", "IMAX"),
        ("{Original Filename}", EXAMPLE.filename),
    ],
)
def test_a_token_tells(pattern: str, made: str | None) -> None:
    if made is None:
        with pytest.raises(ValueError, match="which it cannot tell"):
            told(pattern)
    else:
        assert told(pattern) == made


def test_every_token_has_something_to_tell_of_the_example() -> None:
    names = [token.name for token in TOKENS if token.takes is not Takes.ONE_FORMAT]
    assert [name for name in names if not told(f"{{{name}}}")] == ["Quality Real", "MediaInfo 3D"]


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        ("({Movie Collection}) {Quality}", "Unknown"),
        ("[imdbid-{ImdbId}] {Year}", "2025"),
        ("{imdb-{ImdbId}} - {Edition Tags} - {Year}", "2025"),
        ("{Year} - {Edition Tags} - {Quality}", "2025 - Unknown"),
        ("{Year}.{Edition Tags}.{Quality}-{Group}", "2025.Unknown"),
        ("{Year} {-Release Group}", "2025"),
        ("{Year} {Release Group}", "2025 Radarr"),
        ("{[MediaInfo AudioCodec}{ MediaInfo AudioChannels]}{Year}", "2025"),
        ("(open {Year}", "(open 2025"),
    ],
)
def test_what_is_not_known_leaves_nothing_behind(pattern: str, made: str) -> None:
    assert told(pattern, BARE) == made


def test_the_file_knows_better_than_its_name() -> None:
    parsed = parse_release("Salt.2025.1080p.WEB-DL.DD5.1.H.264-KITE")
    by_name = NameFacts(BARE.info, parsed)
    pattern = (
        "{MediaInfo VideoCodec} {MediaInfo AudioCodec} {MediaInfo AudioChannels} {MediaInfo VideoDynamicRangeType}"
    )
    assert told(pattern, by_name) == "h264 AC3 5.1"
    video = VideoTrack(Codec.HEVC, "HEVC", bit_depth=10, hdr=(Hdr.HDR10_PLUS,))
    tracks = (
        AudioTrack(AudioCodec.AC3, "AC-3", 2.0, "en", is_commentary=True),
        AudioTrack(AudioCodec.DTS, "DTS", 7.1, "pt-BR", ObjectAudio.DTS_X),
        AudioTrack(None, "Strange", 1.0, "qqq"),
    )
    probed = replace(by_name, media=MediaFacts("mkv", 1, 1.0, 1, video, tracks, (SubtitleTrack("SRT", ""),)))
    assert told(pattern, probed) == "HEVC DTS-X 7.1 HDR10Plus"
    assert told("{MediaInfo AudioLanguages} {MediaInfo SubtitleLanguages}", probed) == "[EN+PT]"


def test_a_real_revision_and_a_title_of_the_users() -> None:
    facts = replace(EXAMPLE, parsed=replace(EXAMPLE.parsed, revision=Revision(1, 2)), quality="UHD Disc")
    assert told("{Quality Full}", facts) == "UHD Disc Proper REAL"
    assert told("{Quality}", facts) == "Bluray-2160p Proper"


@pytest.mark.parametrize(
    ("title", "behind", "words", "first"),
    [
        ("The Salt (US)", "Salt, The (US)", "The Salt US", "S"),
        ("A", "A", "A", "A"),
        ("An & The/Sea", "& The/Sea, An", "An and The Sea", "_"),
        ("Spider-Man: No Way", "Spider-Man: No Way", "Spider-Man No Way", "S"),
        ("Ägypten – Ça va?", "Ägypten – Ça va?", "Agypten Ca va", "A"),
        ("¡Sálvame!", "¡Sálvame!", "Salvame", "S"),
        ("ガンダム", "ガンダム", "ガンダム", "ガ"),
        ("Й", "Й", "Й", "Й"),
        ("...!", "...!", "", "_"),
        ("9 to 5", "9 to 5", "9 to 5", "9"),
    ],
)
def test_titles_in_other_forms(title: str, behind: str, words: str, first: str) -> None:
    assert (the_behind(title), cleaned(title), first_character(title)) == (behind, words, first)


def test_a_cut_title_is_as_long_as_asked() -> None:
    assert [len(cut("The Salt Meridian", length)) for length in (4, 10, 17, 30, -5)] == [4, 10, 17, 17, 5]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.key)
def test_presets_make_names_that_their_players_read(preset: NamingPreset) -> None:
    made = examples(preset.applied(Naming()))
    assert not made.errors
    reads = {"plex": "{tmdb-900001}", "jellyfin": "[tmdbid-900001]", "emby": "[tmdb-900001]"}
    assert reads.get(preset.key, "The Salt Meridian") in made.folder
    if preset.key in ("jellyfin", "emby"):
        assert made.file.startswith(made.folder)


def test_every_pattern_of_the_guide_works() -> None:
    path = Path(__file__).parents[3] / "shared" / "trash" / "docs" / "json" / "radarr" / "naming" / "radarr-naming.json"
    if not path.is_file():
        pytest.skip("the guide is not here")
    presets = guide_presets(json.loads(path.read_text(encoding="utf-8")))
    assert len(presets) == 17
    for preset in presets:
        check_naming(preset.applied(Naming()))
    by_key = {preset.key: preset for preset in presets}
    anime = by_key["trash-jellyfin-anime-tmdb"]
    made = examples(anime.applied(Naming()))
    assert made.folder == "The Salt Meridian A Sea Story (2025) [tmdbid-900001]"
    assert made.file == (
        "The Salt Meridian A Sea Story (2025) [tmdbid-900001] - {Extended} [IMAX HYBRID][Bluray-2160p Proper]"
        "[TrueHD Atmos 7.1][EN+DE][DV HDR10][x265 10bit]-KITE.mkv"
    )


def test_a_guide_with_other_things_in_it_gives_no_presets() -> None:
    assert guide_presets({"folder": [], "file": {"a": "{Movie Title}"}}) == []
    assert guide_presets({"folder": {"default": 3}, "file": {"a": "{Movie Title}"}}) == []


def test_the_documentation_names_every_token() -> None:
    text = (Path(__file__).parents[2] / "docs" / "naming.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| F")]
    told_there = {name for row in rows for name in re.findall(r"`\{([^}]+)\}`", row)}
    assert told_there == {token.name for token in TOKENS}
