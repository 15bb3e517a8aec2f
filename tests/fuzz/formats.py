"""Custom formats under hostile names, and hostile patterns of users."""

from __future__ import annotations

import re

import regex

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification, Subject, in_name, subject_of
from radarr_desktop.domain.custom_formats.compiled import CompiledFormats
from radarr_desktop.domain.custom_formats.conditions import check_format
from radarr_desktop.domain.custom_formats.dotnet import read_pattern
from radarr_desktop.domain.custom_formats.format import FormatError
from radarr_desktop.domain.custom_formats.pattern import LONGEST_TEXT
from radarr_desktop.domain.custom_formats.pieces import Piece
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo
from tests.fuzz.clock import Clock
from tests.fuzz.inputs import NAMES

_PATTERNS = (
    r"\b(x|h)[ ._-]?265\b",
    r"^(?!.*(web[ ._-]?dl)).*\bremux\b",
    r"(?<=^|[ ._-])(DV|DoVi|Dolby[ .]?Vision)(?=[ ._-]|$)",
    r"[^a-z](?:salt|iron){2,}|\[[^\]]+\]",
    r"(?<year>(19|20)\d{2}).*\k<year>",
    r"(a+b*)+c|塩の?子|соль",
    r"^.{0,5}$",
)
_OTHERS = (
    *(
        Specification(Kind.GROUP, "group", {"value": "^(TIDE|KITE)$"}),
        Specification(Kind.YEAR, "year", {"min": 1, "max": 1999}),
    ),
    *(Specification(Kind.RESOLUTION, "lines", {"value": 1080}), Specification(Kind.LANGUAGE, "spoken", {"value": 4})),
    *(
        Specification(Kind.EDITION, "cut", {"value": "cut|imax"}),
        Specification(Kind.FLAG, "free", {"value": 1}, negate=True),
    ),
)
_FORMATS = [
    *(
        CustomFormat(1 + n, f"p{n}", (Specification(Kind.TITLE, "p", {"value": one}),))
        for n, one in enumerate(_PATTERNS)
    ),
    *(CustomFormat(20 + n, f"o{n}", (one,)) for n, one in enumerate(_OTHERS)),
    CustomFormat(
        40, "mixed", (*_OTHERS, *(Specification(Kind.TITLE, "not", {"value": one}, negate=True) for one in _PATTERNS))
    ),
]
_COMPILED = CompiledFormats(_FORMATS)
_MOVIE = MovieInfo(1, "The Salt Meridian", 2025, original_language="de")
_PLAIN = re.compile(r"(?:[\w .()?*+^$|]|\\[bdws.]){1,60}", re.ASCII)
"""Patterns that mean the same to Python's own engine."""


def formats(text: str, call: Clock) -> None:
    """A name, looked at by formats of all kinds."""
    parsed = parse_release(text)
    subject = call(subject_of, parsed, size=len(text) << 20, flags=[IndexerFlag.INTERNAL], movie=_MOVIE)
    matched = call(_COMPILED.match, subject)
    explained = call(_COMPILED.explain, subject)
    assert matched == tuple(one.format.id for one in explained if one.matched)
    for held in (held for one in explained for held in one.conditions if held.text):
        assert 0 <= held.start <= held.end <= len(held.text)
        if held.text == subject.title:
            start, end = in_name(parsed, held.start, held.end)
            assert 0 <= start <= end <= len(text)


def pattern(text: str, call: Clock) -> None:
    """A user's pattern in the first line, a name to find it in behind it."""
    source, _, name = text.partition("\n")
    format = CustomFormat(1, "Salt", (Specification(Kind.TITLE, "salt", {"value": source}),))
    try:
        call(check_format, format)
    except FormatError as refused:
        fault = refused
    else:
        _find(source, name, call(CompiledFormats, [format]), call)
        return
    assert str(fault)
    assert -1 <= fault.position <= len(source)


def _find(source: str, name: str, compiled: CompiledFormats, call: Clock) -> None:
    piece = read_pattern(source)
    for each in (name[:LONGEST_TEXT], *NAMES[:4], source[:LONGEST_TEXT]):
        if each:
            _same_as_alone(source, piece, each, call(compiled.match, Subject(each)) == (1,))


def _same_as_alone(source: str, piece: Piece, name: str, matched: bool) -> None:
    """What is skipped because it cannot match, and how patterns are translated, must not change what matches."""
    try:
        alone = regex.search(piece.source, name, regex.IGNORECASE, timeout=0.005)
    except TimeoutError:
        return  # both may give up
    assert matched == (alone is not None), (source, name)
    if _PLAIN.fullmatch(source) and name.isascii() and not piece.wild and piece.loops < 2:
        assert matched == _as_python(source, name, matched), (source, name)


def _as_python(source: str, name: str, matched: bool) -> bool:
    """What Python's own engine says, or `matched` where it does not take the pattern."""
    try:
        return re.search(source, name, re.IGNORECASE) is not None
    except re.error:
        return matched
