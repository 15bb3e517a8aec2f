"""Which releases a custom format matches: every kind of condition, and how conditions go together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.custom_formats import (
    CompiledFormats,
    CustomFormat,
    FormatError,
    Kind,
    Specification,
    Subject,
    check_format,
    in_name,
    subject_of,
)
from radarr_desktop.domain.languages import (
    ENGLISH,
    LANGUAGES,
    ORIGINAL,
    UNKNOWN,
    language_by_code,
    language_by_id,
    language_by_name,
    spoken,
)
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.domain.quality import BY_NAME, QUALITIES, Modifier, Source
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo

GB = 1024**3
FRENCH = LANGUAGES[1]
MOVIE = MovieInfo(7, "The Salt Meridian", 2025, original_language="fr")


def spec(kind: Kind | str, negate: bool = False, required: bool = False, **fields: Any) -> Specification:
    return Specification(kind, "A condition", fields, negate, required)


def holds(subject: Subject, *specifications: Specification) -> bool:
    return CompiledFormats([CustomFormat(5, "Any", specifications)]).match(subject) == (5,)


SUBJECT = Subject(
    title="A.Movie.2025.1080p.WEB-DL.DDP5.1.x265-KITE",
    edition="Director's Cut",
    edition_words="Directors Cut",
    group="KITE",
    languages=(FRENCH,),
    original=FRENCH,
    quality=BY_NAME["webdl-1080p"],
    flags=1 + 32,
    size=4 * GB,
    year=2025,
)


@pytest.mark.parametrize(
    ("specification", "expected"),
    [
        (spec(Kind.TITLE, value=r"\bx265\b"), True),
        (spec(Kind.TITLE, value=r"\bX265\b"), True),
        (spec(Kind.TITLE, value=r"\bx264\b"), False),
        (spec(Kind.TITLE, value=r"Salt"), False),
        (spec(Kind.EDITION, value=r"director'?s"), True),
        (spec(Kind.EDITION, value=r"\bDirectors Cut$"), True),
        (spec(Kind.EDITION, value=r"extended"), False),
        (spec(Kind.GROUP, value=r"^(KITE)$"), True),
        (spec(Kind.GROUP, value=r"^(KIT)$"), False),
        (spec(Kind.LANGUAGE, value=2), True),
        (spec(Kind.LANGUAGE, value=1), False),
        (spec(Kind.LANGUAGE, value=-2), True),
        (spec(Kind.LANGUAGE, value=2, exceptLanguage=True), False),
        (spec(Kind.LANGUAGE, value=1, exceptLanguage=True), True),
        (spec(Kind.FLAG, value=1), True),
        (spec(Kind.FLAG, value=32), True),
        (spec(Kind.FLAG, value=2), False),
        (spec(Kind.SOURCE, value=7), True),
        (spec(Kind.SOURCE, value=9), False),
        (spec(Kind.RESOLUTION, value=1080), True),
        (spec(Kind.RESOLUTION, value=720), False),
        (spec(Kind.MODIFIER, value=0), True),
        (spec(Kind.MODIFIER, value=5), False),
        (spec(Kind.SIZE, min=3, max=4), True),
        (spec(Kind.SIZE, min=4, max=5), False),
        (spec(Kind.SIZE, min="3.5", max="4.5"), True),
        (spec(Kind.YEAR, min=2025, max=2025), True),
        (spec(Kind.YEAR, min=1990, max=2024), False),
        (spec("ReleaseTypeSpecification", value=1), False),
    ],
)
def test_each_kind_of_condition(specification: Specification, expected: bool) -> None:
    assert holds(SUBJECT, specification) is expected
    if specification.kind in set(Kind):
        assert holds(SUBJECT, replace(specification, negate=True)) is not expected
    else:
        assert not holds(SUBJECT, replace(specification, negate=True))


def test_a_file_is_found_by_its_name_too() -> None:
    assert not holds(SUBJECT, spec(Kind.TITLE, value="remastered"))
    assert holds(replace(SUBJECT, file_name="Salt.Remastered.mkv"), spec(Kind.TITLE, value="remastered"))


def test_a_release_without_a_group_is_no_group() -> None:
    nobody = replace(SUBJECT, group="")
    assert not holds(nobody, spec(Kind.GROUP, value="."))
    assert holds(nobody, spec(Kind.GROUP, negate=True, value="."))


def test_a_release_of_no_edition_has_an_empty_one() -> None:
    plain = replace(SUBJECT, edition="", edition_words="")
    assert holds(plain, spec(Kind.EDITION, value="^((?!imax).)*$"))
    assert not holds(plain, spec(Kind.EDITION, negate=True, value="^$"))
    assert not holds(plain, spec(Kind.EDITION, value="."))
    assert not holds(SUBJECT, spec(Kind.EDITION, value="^$"))


def test_the_original_language_is_the_movies() -> None:
    unknown = replace(SUBJECT, original=UNKNOWN)
    assert not holds(unknown, spec(Kind.LANGUAGE, value=-2))
    assert holds(replace(unknown, languages=(ORIGINAL,)), spec(Kind.LANGUAGE, value=-2))
    both = replace(SUBJECT, languages=(FRENCH, ENGLISH))
    assert holds(both, spec(Kind.LANGUAGE, value=-2, exceptLanguage=True))
    assert not holds(both, spec(Kind.LANGUAGE, negate=True, value=-2, exceptLanguage=True))


YES, NO = spec(Kind.TITLE, value="x265"), spec(Kind.TITLE, value="x264")
WEB, DISC = spec(Kind.SOURCE, value=7), spec(Kind.SOURCE, value=9)


@pytest.mark.parametrize(
    ("specifications", "expected"),
    [
        ((YES, NO), True),  # of one kind, one is enough
        ((NO,), False),
        ((YES, WEB), True),  # of several kinds, each must be there
        ((YES, DISC), False),
        ((NO, WEB, DISC), False),
        ((YES, replace(NO, required=True)), False),  # a required one decides for its kind
        ((replace(YES, required=True), NO), True),
        ((YES, replace(NO, required=True, negate=True)), True),
        ((replace(YES, negate=True), replace(NO, negate=True)), True),
        ((replace(YES, negate=True, required=True), replace(NO, negate=True)), False),
        ((YES, spec("OtherSpecification")), False),
        ((), False),
    ],
)
def test_conditions_go_together(specifications: tuple[Specification, ...], expected: bool) -> None:
    assert holds(SUBJECT, *specifications) is expected


subjects = st.builds(
    Subject,
    title=st.sampled_from(["", "A Movie x264", "A.Movie.x265-KITE", "A Movie 2020 REMUX", "ſtraße K İx265"]),
    file_name=st.sampled_from(["", "movie.remux.mkv"]),
    edition=st.sampled_from(["", "IMAX", "Extended"]),
    group=st.sampled_from(["", "KITE", "kite2", "E"]),
    languages=st.lists(st.sampled_from(LANGUAGES[:3]), min_size=1, max_size=2).map(tuple),
    original=st.sampled_from([UNKNOWN, *LANGUAGES[:3]]),
    quality=st.sampled_from(QUALITIES),
    flags=st.integers(0, 40),
    size=st.integers(0, 5).map(lambda number: number * GB),
    year=st.integers(2019, 2022),
)
patterns = st.sampled_from(
    [
        "x264",
        "x26[45]",
        r"^A",
        r"(?i)remux",
        r"^(KITE)$",
        r"(?!.*x264).*KITE",
        r"\bk\w+",
        ".",
        r"(a|x264)?",
        "strasse|ſ",
        "ix265",
    ]
)
fields: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.tuples(st.sampled_from([Kind.TITLE, Kind.GROUP, Kind.EDITION]), st.fixed_dictionaries({"value": patterns})),
    st.tuples(st.just(Kind.SOURCE), st.fixed_dictionaries({"value": st.integers(0, 10)})),
    st.tuples(st.just(Kind.RESOLUTION), st.fixed_dictionaries({"value": st.sampled_from([480, 720, 1080, 2160])})),
    st.tuples(st.just(Kind.MODIFIER), st.fixed_dictionaries({"value": st.integers(0, 5)})),
    st.tuples(st.just(Kind.FLAG), st.fixed_dictionaries({"value": st.sampled_from([1, 8, 32])})),
    st.tuples(
        st.just(Kind.LANGUAGE),
        st.fixed_dictionaries({"value": st.sampled_from([-2, 1, 2, 999])}, optional={"exceptLanguage": st.booleans()}),
    ),
    st.tuples(st.sampled_from([Kind.SIZE, Kind.YEAR]), st.just({"min": 2, "max": 2020})),
)
specifications = st.builds(
    lambda kind, negate, required: Specification(kind[0], "A condition", kind[1], negate, required),
    fields,
    st.booleans(),
    st.booleans(),
)
formats = st.lists(st.lists(specifications, max_size=5).map(tuple), max_size=6)


@settings(max_examples=600, deadline=None)
@given(formats, subjects)
def test_all_at_once_is_what_each_condition_alone_says(
    wanted: list[tuple[Specification, ...]], subject: Subject
) -> None:
    """The facts page's rule, word by word, over conditions that were each asked alone."""
    made = [CustomFormat(number, f"Format {number}", each) for number, each in enumerate(wanted, 1)]
    assert CompiledFormats(made).match(subject) == tuple(
        format.id for format in made if format.specifications and _matches(format.specifications, subject)
    )


def _matches(specifications: tuple[Specification, ...], subject: Subject) -> bool:
    alone = {id(one): CompiledFormats([CustomFormat(1, "", (one,))]).match(subject) == (1,) for one in specifications}
    for kind in {one.kind for one in specifications}:
        group = [one for one in specifications if one.kind == kind]
        if any(one.required and not alone[id(one)] for one in group) or not any(alone[id(one)] for one in group):
            return False
    return True


def test_a_release_is_told_by_its_name_without_the_movies_title() -> None:
    parsed = parse_release("Uncut.Gems.2019.1080p.BluRay.x264-KITE")
    subject = subject_of(parsed, size=9, flags={IndexerFlag.FREELEECH, IndexerFlag.EXCLUSIVE}, movie=MOVIE)
    assert subject.title == "A.Movie.2019.1080p.BluRay.x264-KITE"
    assert not holds(subject, spec(Kind.TITLE, value="uncut"))
    assert (subject.group, subject.size, subject.flags, subject.year) == ("KITE", 9, 4097, 2025)
    assert (subject.languages, subject.original) == ((FRENCH,), FRENCH)
    assert (subject.quality.source, subject.quality.modifier) == (Source.BLURAY, Modifier.NONE)


@pytest.mark.parametrize(
    ("name", "pattern", "found"),
    [
        ("Uncut Gems 2019 1080p BluRay x264-KITE", "x264", "x264"),
        ("Uncut.Gems.2019.1080p.BluRay.x264-KITE", "movie.2019", "Uncut.Gems.2019"),
        ("[Site] Uncut.Gems.2019.1080p.BluRay.x264-KITE", "site", "Site"),
    ],
)
def test_what_was_found_can_be_shown_in_the_name(name: str, pattern: str, found: str) -> None:
    parsed = parse_release(name)
    explained = CompiledFormats([CustomFormat(1, "Any", (spec(Kind.TITLE, value=pattern),))]).explain(
        subject_of(parsed)
    )
    held = explained[0].conditions[0]
    assert explained[0].matched
    assert held.held
    start, end = in_name(parsed, held.start, held.end)
    assert name[start:end] == found


def test_what_did_not_hold_is_told_too() -> None:
    format = CustomFormat(1, "Any", (YES, replace(NO, required=True), spec("OtherSpecification")))
    explained = CompiledFormats([format]).explain(SUBJECT)[0]
    assert not explained.matched
    assert [condition.held for condition in explained.conditions] == [True, False, False]


def test_the_version_changes_with_what_decides_and_with_nothing_else() -> None:
    format = CustomFormat(1, "One", (YES,))
    version = CompiledFormats([format]).version
    assert CompiledFormats([replace(format, name="Two", in_rename=True, extra={"a": 1})]).version == version
    for other in (replace(format, id=2), replace(format, specifications=(NO,))):
        assert CompiledFormats([other]).version != version


@pytest.mark.parametrize(
    ("specifications", "words"),
    [
        ((), "has no condition"),
        ((replace(YES, name=" "),), "Condition 1 of custom format “Mine” has no name"),
        ((spec(Kind.TITLE),), "it is empty"),
        ((spec(Kind.TITLE, value="(a"),), "this “(” has no “)” (character 1)"),
        ((spec(Kind.GROUP, value="x[ab"),), "it ends too early (character 5)"),
        ((spec(Kind.SOURCE, value=10),), "10 is no source that is known"),
        ((spec(Kind.RESOLUTION, value=1081),), "1081 is no resolution"),
        ((spec(Kind.LANGUAGE, value="Elvish"),), "'Elvish' is no language"),
        ((spec(Kind.FLAG, value=0),), "0 is no flag"),
        ((spec(Kind.SIZE, max=3),), "the smallest value is missing"),
        ((spec(Kind.SIZE, min=3, max=3),), "the largest value must be more than the smallest, 3"),
        ((spec(Kind.YEAR, min=2020, max=1999),), "the largest value must be more"),
    ],
)
def test_a_format_that_cannot_be_used_says_why(specifications: tuple[Specification, ...], words: str) -> None:
    with pytest.raises(FormatError) as caught:
        check_format(CustomFormat(0, "Mine", specifications))
    assert words in str(caught.value)


def test_a_format_without_a_name_is_refused_at_its_name() -> None:
    for name in (" ", "half \ud800"):
        with pytest.raises(FormatError) as caught:
            check_format(CustomFormat(0, name, (YES,)))
        assert caught.value.field == "name"


def test_languages_are_found_by_name_number_and_code() -> None:
    assert language_by_name("portuguese (brazil)") == language_by_code("pt-BR") == language_by_id(30)
    assert language_by_code("de") == language_by_code("ger") == language_by_code("DEU") == language_by_name("German")
    assert language_by_code("de-AT") == language_by_name("German")
    assert language_by_name("Original") == ORIGINAL
    assert language_by_code("xx") is language_by_name("Elvish") is language_by_id(999) is None
    assert len(LANGUAGES) == 57


@pytest.mark.parametrize(
    ("languages", "is_dual", "code", "expected"),
    [
        ((), False, "fr", ["French"]),
        ((), False, "", ["Unknown"]),
        (("German",), False, "fr", ["German"]),
        (("German",), True, "fr", ["German", "French"]),
        (("Original", "English"), False, "fr", ["French", "English"]),
        (("French", "French"), True, "fr", ["French"]),
    ],
)
def test_what_a_release_is_spoken_in(languages: tuple[str, ...], is_dual: bool, code: str, expected: list[str]) -> None:
    parsed = ParsedRelease("A name", languages=languages, is_dual=is_dual)
    assert [language.name for language in spoken(parsed, code)] == expected
