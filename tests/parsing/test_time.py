"""Reading takes time in proportion to a name's length, whatever it is made of.

Steps of the interpreter are counted, not seconds: they are the same on every machine.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from radarr_desktop.domain.parsing import parse_path, parse_release
from radarr_desktop.domain.parsing.refusal import MAX_LENGTH

UNITS = (
    *("a", ".", " ", "-", "a.", "a-", "1080p.", "x264-", "German.", "[a]", "(1999)", "2020.", "DD5.1.", "DTS-HD.MA."),
    *("[", "(", ")", "Part.", "the.", "AKA ", " / ", "www.a.org - ", "Eng Subs ", "En.Fr.", "5.1x2.", "S01E01.", "★"),
    *("1 ", "tmdb 1 ", "Director's.Cut.", "EXTENDED.", "塩", "が ", "İ", "é", "\u200b", "\u202e", "\ud800", "\0", "٣"),
)
FRAMES = ("{}", "The.Salt.2025.1080p.BluRay.{}x264-KITE", "The Salt {}(2025) 1080p [KITE]")
SIZES = (2_000, 4_000, 8_000)


def steps(name: str) -> int:
    """Lines and calls of Python that reading takes."""
    count = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parse_release(name)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_twice_the_length_takes_at_most_twice_the_steps(unit: str, frame: str) -> None:
    parse_release(frame.format(unit))  # dictionaries are read by the first name, glued words remembered
    small, medium, large = (steps(frame.format(unit * (size // len(unit)))) for size in SIZES)
    assert medium <= 2.2 * small + 200
    assert large <= 2.2 * medium + 200


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_what_is_no_name_is_refused_before_it_is_read(unit: str) -> None:
    name = unit * (100_000 // len(unit))
    assert len(name) > MAX_LENGTH
    assert steps(name) < 100
    assert parse_release(name).refused
    assert not parse_path(name).titles or len(parse_path(name).name) <= MAX_LENGTH * 2 + 1
