"""Patterns in .NET's spelling: they find what they would find there, or are refused with the place."""

from __future__ import annotations

import hashlib
import re
import string
import threading

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.custom_formats.dotnet import PatternError, read_pattern
from radarr_desktop.domain.custom_formats.filter import Filter
from radarr_desktop.domain.custom_formats.pattern import check_pattern, make_pattern
from radarr_desktop.domain.custom_formats.pieces import START, fold


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"(?<codec>x26[45])-\k<codec>", "x265-x265", "x265-x265"),
        (r"(?'codec'x26[45])-\k'codec'", "x265-x264 x264-X264", "x264-X264"),
        (r"(a)(b)\2\1", "xabbay", "abba"),
        (r"(?i)remux", "REMUX", "REMUX"),
        (r"x(?-i)HDR", "xhdr XHDR", "XHDR"),
        (r"a(?-i)B|C", "ab c AB", "AB"),
        (r"(?-i:DV)|dovi", "dv DoVi", "DoVi"),
        (r"[a-z-[aeiou]]+", "aeibcd", "bcd"),
        (r"[[:alpha:]]", "x :]", ":]"),
        (r"a{,2}", "aa a{,2}", "a{,2}"),
        (r"(?:fo){e<=1}", "fx fo{e<=1}", "fo{e<=1}"),
        (r"\d+\z", "12 34", "34"),
        (r"34\Z", "12 34\n", "34"),
        (r"\p{IsCyrillic}+", "ab Жук", "Жук"),
        (r"\p{Lu}\P{Lu}", "aB1", "B1"),
        (r"\u00e9\x41\cI\e\t", "éa\t\x1b\t", "éa\t\x1b\t"),
        (r"(?x) a b  # a comment", "ab", "ab"),
        (r"a(?#nothing)b", "ab", "ab"),
        (r"(?n)(a)(?<n>b)\k<n>", "abb", "abb"),
        (r"(?>a+)b", "aab", "aab"),
        (r"(?<=\b[12]\d{3}\b.*)\b3D\b", "2020 in 3D", "3D"),
        (r"(?<!web[ .-]?)dl\b", "web-dl xdl", "dl"),
        (r"[]x]+", "a]x", "]x"),
        (r"[^]x]", "]xa", "a"),
        (r"[a\-z]+", "b-az", "-az"),
        (r"[+--]+", "a,-+", ",-+"),
        (r"\.\[\(\+", ".[(+", ".[(+"),
        (r"[\w-]+", "a-b", "a-b"),
    ],
)
def test_finds_what_dotnet_finds(pattern: str, text: str, found: str) -> None:
    check_pattern(pattern)
    place = make_pattern(pattern).find(text)
    assert place is not None
    assert text[slice(*place)] == found


@pytest.mark.parametrize(
    ("pattern", "position", "words"),
    [
        ("", 0, "it is empty"),
        ("a)", 1, "without its “(”"),
        ("a(b", 1, "has no “)”"),
        ("a**", 2, "two counts in a row"),
        ("a++", 2, "two counts in a row"),
        ("*a", 0, "counts nothing here"),
        ("a|{2}", 2, "counts nothing here"),
        ("a{3,2}", 5, "runs backwards"),
        ("[z-a]", 3, "runs backwards"),
        ("x[ab", 4, "ends too early"),
        ("ab\\", 3, "ends too early"),
        (r"a\y", 1, r"“\y” means nothing here"),
        (r"\xZZ", 0, "needs 2 hexadecimal digits"),
        (r"\p", 0, "needs a kind of characters"),
        (r"\k<a>", 0, "no group “a” before this"),
        (r"(a)\2", 3, "no group 2 before this"),
        (r"(?<n>a)(b)\1", 10, "refers to a group by number"),
        (r"(?(1)a|b)", 0, "a choice by condition"),
        (r"(?<a-b>x)", 0, "not known"),
        (r"(?P<a>x)", 0, "not known"),
        ("a(?#b", 1, "has no “)”"),
        ("(" * 100 + ")" * 100, 60, "more than 60 groups"),
        (r"[a-z-[b]c]", 8, "must be “]”"),
        ("ab\ud800", 2, "half a character"),
        ("a" * 4_001, 4_000, "4,000 are the most"),
        (r"\p{Nonsense}", 0, ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(pattern: str, position: int, words: str) -> None:
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern)
    assert words in str(caught.value)
    if words:
        assert caught.value.position == position


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"^(a|aa)+$",
        r"(\w+\s?)*\.mkv$",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"(x+x+)+y",
        r"(?:(a+)+|b*)*\1z",
        r"(?=((\d+)*)+!)",
    ],
)
def test_a_pattern_that_runs_away_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="takes too long on long names"):
        check_pattern(pattern)


_letters = st.sampled_from("abc.-1 KİſßÄ")
_leaves = st.one_of(
    _letters.map(re.escape),
    st.sampled_from([".", r"\d", r"\w", r"\b", "^", "$", "[ab1]", "[^a]", "[a-z]", r"[\d-]", r"(?!b)", "(?=.*c)"]),
)
dotnet = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda ways: f"({'|'.join(ways)})"),
        inner.map(lambda one: f"(?:{one})?"),
        inner.map(lambda one: f"(?:{one}){{1,2}}"),
        inner.map(lambda one: f"(?={one})"),
        inner.map(lambda one: f"(?<!{one})"),
    ),
    max_leaves=12,
)
texts = st.text(st.sampled_from(string.ascii_letters[:3] + ".-1 KkİıſsßẞÄäK"), max_size=30)


def test_a_busy_program_refuses_no_sound_pattern() -> None:
    """The time limit of a search counts what other threads do meanwhile."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            hashlib.sha256(bytes(1_000_000))  # without the lock, so it really runs beside

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(40):
            check_pattern(rf"\b(?:Salt|Meridian|Road)[ ._-]*(?:19|20)\d\d.*(?:1080p|2160p).*(?:x26[45]|HEVC){number}")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    with pytest.raises(PatternError, match="takes too long"):
        check_pattern(r"(a|aa|a.)+(b|c)$")


@settings(max_examples=1500, deadline=None)
@given(dotnet, texts)
def test_what_is_skipped_would_not_have_been_found(pattern: str, text: str) -> None:
    """Where the literals of a pattern are missing, the pattern itself finds nothing; else it is asked."""
    made = make_pattern(pattern)
    needed = Filter({1: made.needs}).alive(START + fold(text))
    found = regex.search(read_pattern(pattern).source, text, regex.IGNORECASE)
    assert found is None or 1 in needed
    place = made.find(text)
    assert place == (found.span() if found else None)


@settings(max_examples=1000, deadline=None)
@given(dotnet, st.text(st.sampled_from("abcABC.-1 "), max_size=30))
def test_where_the_spelling_is_the_same_so_is_the_answer(pattern: str, text: str) -> None:
    """Python's own engine as the witness; it cannot look back over texts of any length."""
    if "(?<!" in pattern:
        pattern = pattern.replace("(?<!", "(?!")
    theirs = re.search(pattern, text, re.IGNORECASE)
    assert make_pattern(pattern).find(text) == (theirs.span() if theirs else None)
