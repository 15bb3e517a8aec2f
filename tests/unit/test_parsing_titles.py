"""Titles and years of release names: what belongs to them, and what only stands beside them."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.parsing import parse_release


def read(name: str) -> tuple[tuple[str, ...], int]:
    parsed = parse_release(name)
    return parsed.titles, parsed.year


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("The.Salt.Meridian.2025.1080p.BluRay.x264-KITE", "The Salt Meridian", 2025),
        ("The Salt Meridian (2025) 1080p BluRay x264-KITE", "The Salt Meridian", 2025),
        ("The_Salt_Meridian_[2025]_1080p", "The Salt Meridian", 2025),
        ("The.Salt.Meridian.1080p.2025.WEB-DL.x264-KITE", "The Salt Meridian", 2025),
        ("The.Salt.Meridian.German.2025.AC3.BDRip.x264-KITE", "The Salt Meridian", 2025),
        ("The.Salt.Meridian.EXTENDED.2025.1080p.BluRay.x264-KITE", "The Salt Meridian", 2025),
        ("The.Salt.Meridian.The.Final.Cut.2025.1080p.BluRay.x264-KITE", "The Salt Meridian", 2025),
        ("The Salt Meridian [Ultimate Collector's Edition] 2025 BRRip", "The Salt Meridian", 2025),
        ("The.Salt.Meridian.1080p.BluRay.x264-KITE", "The Salt Meridian", 0),
        ("The.Salt.Meridian.REPACK.UNRATED.FRENCH.720p.BluRay.x264-KITE", "The Salt Meridian", 0),
        ("The Salt Meridian (Ana Belar, 1967) DVDRip", "The Salt Meridian", 1967),
        ("Salt.Road.1925-1927.1080p.BluRay.x264-KITE", "Salt Road", 0),
    ],
)
def test_a_title_ends_at_the_year_or_the_first_tag(name: str, title: str, year: int) -> None:
    assert read(name)[0][0] == title
    assert read(name)[1] == year


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("1966.2019.1080p.BluRay.x264-KITE", "1966", 2019),
        ("1966.1080p.BluRay.x264-KITE", "1966", 0),
        ("1966", "1966", 0),
        ("2044.Salt.Odyssey.1968.1080p.BluRay.x264-KITE", "2044 Salt Odyssey", 1968),
        ("Salt.Runner.2049.2017.1080p.BluRay.x264-KITE", "Salt Runner 2049", 2017),
        ("Salt Runner 2049 1080p BluRay", "Salt Runner 2049", 0),
        ("Salt Woman 1984 (2020) 1080p", "Salt Woman 1984", 2020),
        ("9.2009.1080p.BluRay.x264-KITE", "9", 2009),
        ("12.Salty.Men.1957.mkv", "12 Salty Men", 1957),
        ("(500).Grains.of.Salt.(2009).1080p", "(500) Grains of Salt", 2009),
        ("(2009) Grains of Salt 1080p", "Grains of Salt", 2009),
        ("2009.Grains.of.Salt.DVD5", "Grains of Salt", 2009),
        ("2001 A Space Odyssey 1080p BluRay", "2001 A Space Odyssey", 0),
    ],
)
def test_numbers_like_years_are_told_from_years(name: str, title: str, year: int) -> None:
    assert read(name)[0][0] == title
    assert read(name)[1] == year


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Charlottes.Salt.Web.2006.1080p.BluRay.x264-KITE", "Charlottes Salt Web"),
        ("Uncut.Salt.2019.1080p.BluRay.x264-KITE", "Uncut Salt"),
        ("A.Real.Salt.2024.1080p.WEB.H264-KITE", "A Real Salt"),
        ("The.Polish.Salt.1998.1080p.WEB.H264-KITE", "The Polish Salt"),
        ("To.The.Greek.UNRATED.FRENCH.720p.BluRay.x264-KITE", "To The Greek"),
        ("Salt.Proper.2020.720p.BluRay.x264-KITE", "Salt Proper"),
        ("Proper.2020.720p.mkv", "Proper"),
        ("Opus.2025.1080p.WEB-DL.DDP5.1-KITE", "Opus"),
        ("Dr.Line.The.Salt.2012.DVDRip.LiNE.XviD-KITE", "Dr Line The Salt"),
        ("Salt.3D.2010.1080p.BluRay.x264-KITE", "Salt 3D"),
        ("Lady.Ice.1973.720p.BluRay.x264-KITE", "Lady Ice"),
        ("The_Italian_Salt.mkv", "The Italian Salt"),
        ("Salt Part Two 2024 2160p WEB-DL", "Salt Part Two"),
        ("Salt-Ass.2010.1080p.BluRay.x264-KITE", "Salt-Ass"),
        ("Salted.Leg.2014.1080p.BluRay.x264-KITE", "Salted Leg"),
        ("Pierrot.le.Fou.1965.1080p.BluRay.x264-KITE", "Pierrot le Fou"),
        ("Lame.Salt.2010.1080p.BluRay.x264-KITE", "Lame Salt"),
        ("Happy.Anniversary.1959.1080p.BluRay.x264-KITE", "Happy Anniversary"),
        ("The.Good.German.2006.1080p.BluRay.x264-KITE", "The Good German"),
        ("Old.Port.2012.1080p.BluRay.x264-KITE", "Old Port"),
        ("Salts.Web.1080p.BluRay.x264-KITE", "Salts Web"),
        ("Salt.Cam.1080p.BluRay.x264-KITE", "Salt Cam"),
        ("Brand.New.Salt.New.1080p.BluRay.x264-KITE", "Brand New Salt New"),
        ("A.Salty.Xmas.1080p.BluRay.x264-KITE", "A Salty Xmas"),
        ("The.Dual.Salt.Dual.2013.1080p.BluRay.x264-KITE", "The Dual Salt Dual"),
        ("VHS.2012.1080p.BluRay.x264-KITE", "VHS"),
        ("Class.of.1984.1080p.BluRay.x264-KITE", "Class of 1984"),
        ("[SALT].1080p.BluRay.x264-KITE", "SALT"),
        ("Salt's Web", "Salt's Web"),
        ("Body Salt Cam", "Body Salt Cam"),
        ("Salt 3D", "Salt 3D"),
        ("American Salt Hybrid 1080p BluRay", "American Salt Hybrid"),
        ("HDR.2012.1080p.BluRay.x264-KITE", "HDR"),
        ("[SALT] (2012) 1080p BluRay x264-KITE", "SALT"),
        ("[SALT].2.2012.1080p.BluRay.x264-KITE", "[SALT] 2"),
        ("Saltman.or.(The.Unexpected.Virtue).2014.1080p.BluRay.x264-KITE", "Saltman or (The Unexpected Virtue)"),
    ],
)
def test_words_of_titles_are_not_taken_for_tags(name: str, title: str) -> None:
    assert read(name)[0][0] == title


def test_a_language_told_again_behind_the_year_leaves_the_title_its_word() -> None:
    assert read("Salty.French.2011.FRENCH.DVDRip.XviD-KITE")[0] == ("Salty French",)


def test_where_a_language_may_be_part_of_the_title_both_are_told() -> None:
    assert read("Das.Salz.German.2017.AC3.BDRip.x264-KITE")[0] == ("Das Salz", "Das Salz German")


def test_three_dimensions_of_a_disc_are_no_part_of_its_title() -> None:
    parsed = parse_release("Salt.Rim.3D.2013.COMPLETE.BLURAY-KITE")
    assert parsed.titles == ("Salt Rim", "Salt Rim 3D")
    assert parsed.three_d == "3D"


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("The Salt AKA O Sal 2025 1080p BluRay", ("The Salt", "O Sal")),
        ("The.Salt.AKA.O.Sal.2025.1080p.BluRay", ("The Salt", "O Sal")),
        ("The Salt (aka O Sal) (2025) 1080p", ("The Salt", "O Sal")),
        ("The Salt / O Sal [2025] 1080p", ("The Salt", "O Sal")),
        ("Die Salzstrasse (The Salt Road) 2011 DVDRip", ("Die Salzstrasse", "The Salt Road")),
        ("Соль / The Salt (2025) WEB-DL 1080p", ("The Salt", "Соль")),
        ("Соль (2007) DVDRip", ("Соль",)),
        ("О соли (Of Salt) 1992 BDRip 1080p", ("Of Salt", "О соли")),
        ("盐路 Salt Road 2024 1080p WEB-DL", ("Salt Road", "盐路")),
        ("La famille salée", ("La famille salée",)),
        ("Salt - The Meridian (2025) 1080p", ("Salt - The Meridian",)),
    ],
)
def test_other_titles_are_told_too_the_latin_one_first(name: str, titles: tuple[str, ...]) -> None:
    assert read(name)[0] == titles


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("www.salt-films.pics - The Salt (2024) 1080p", "The Salt"),
        ("[ www.salt.example.co.uk ] - The.Salt.2008.720p.X264-KITE", "The Salt"),
        ("[salt.org] The.Salt.2016.DVDRip.XviD-KITE", "The Salt"),
        ("www 1SaltFilms tel - The Salt (2024) 1080p", "The Salt"),
        ("[h265 - HEVC] The Salt French 1080p DTS", "The Salt"),
        ("[DVDRip-ITA]The Salt [KITE]", "The Salt"),
        ("[Kite-Subs] The Salt - 04 (BD 1280x720 AVC)", "The Salt"),
        ("New torrent: The.Salt.2022.1080p.BluRay.x264-KITE", "The Salt"),
        ("(1)The Salt (2009) BRRip x264.mkv", "The Salt"),
        ("kite-the.salt.1983.1080p.bluray.x264.mkv", "the salt"),
        ("Salt_King-f21-The_Salt-x02-Making_Of.mkv", "The Salt"),
    ],
)
def test_what_stands_in_front_of_a_title_is_left_out(name: str, title: str) -> None:
    assert read(name)[0][0] == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("S.A.L.T.2013.1080p.BluRay.x264-KITE", "S.A.L.T."),
        ("To.Live.in.L.A.1985.1080p.BluRay", "To Live in L.A."),
        ("Mr. Salt", "Mr. Salt"),
        ("Salt.Me.If.You.Can!.2013.720p.H264.mkv", "Salt Me If You Can!"),
        ("Salt-Man.and.the.Wasp.2018.1080p.WEB-DL.x264-KITE", "Salt-Man and the Wasp"),
        ("Salt:.The.Meridian.2013", "Salt: The Meridian"),
    ],
)
def test_a_title_reads_as_people_write_it(name: str, title: str) -> None:
    assert read(name)[0][0] == title


def test_ids_are_read_from_any_bracket() -> None:
    parsed = parse_release("The Salt (2025) [imdb-tt9000001] {tmdb-900001} 1080p.mkv")
    assert (parsed.imdb_id, parsed.tmdb_id, parsed.title) == ("tt9000001", 900001, "The Salt")
