"""Custom formats: all of TRaSH's guide matched at once."""

from __future__ import annotations

import time
from functools import cache

import regex

from radarr_desktop.domain.custom_formats import Subject, subject_of
from radarr_desktop.domain.custom_formats.conditions import PATTERNS
from radarr_desktop.domain.custom_formats.dotnet import read_pattern
from radarr_desktop.domain.custom_formats.format import Kind
from tests.bench.bench_decide import bench
from tests.bench.deciding import formats
from tests.bench.figure import Figure


@cache
def subjects() -> list[Subject]:
    """What is looked at of 1,200 releases."""
    return [subject_of(parsed, size=8 * 1024**3) for parsed in bench().parsed]


@cache
def patterns() -> list[tuple[Kind, regex.Pattern[str]]]:
    """Every pattern of every format, compiled, as often as it occurs."""
    found = [
        (Kind(one.kind), str(one.fields["value"]))
        for format in formats()
        for one in format.specifications
        if one.kind in PATTERNS
    ]
    return [(kind, regex.compile(read_pattern(value).source, regex.IGNORECASE)) for kind, value in found]


def match() -> float:
    """Milliseconds of one core until it is known which of the 242 formats a release matches."""
    compiled, wanted = bench().formats, subjects()
    begin = time.process_time()
    for subject in wanted:
        compiled.match(subject)
    return (time.process_time() - begin) * 1000 / len(wanted)


def naive() -> float:
    """The same for asking each of the 1,486 patterns, one after the other, and nothing else."""
    asked, wanted = patterns(), subjects()[:200]
    begin = time.process_time()
    for subject in wanted:
        for kind, pattern in asked:
            pattern.search(subject.group if kind is Kind.GROUP else subject.title)
    return (time.process_time() - begin) * 1000 / len(wanted)


FIGURES = [
    Figure(
        "formats.match",
        "Which of the 242 formats of TRaSH's guide a release matches (reference: each of their patterns asked)",
        "ms",
        0.25,
        match,
        naive,
        rounds=3,
    ),
]
