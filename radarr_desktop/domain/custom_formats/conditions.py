"""What each kind of condition may hold, and when it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from radarr_desktop.domain.custom_formats.dotnet import PatternError
from radarr_desktop.domain.custom_formats.format import CustomFormat, FormatError, Kind, Specification
from radarr_desktop.domain.custom_formats.pattern import check_pattern, torn_at
from radarr_desktop.domain.custom_formats.subject import Subject
from radarr_desktop.domain.languages import ORIGINAL, UNKNOWN, language_by_id
from radarr_desktop.domain.quality import Modifier, Source

GB = 1024**3
PATTERNS = frozenset({Kind.TITLE, Kind.EDITION, Kind.GROUP})
"""Kinds whose value is a pattern."""
SOURCES = tuple(Source)
"""By their numbers in the v3 API."""
MODIFIERS = tuple(Modifier)
RESOLUTIONS = (0, 360, 480, 540, 576, 720, 1080, 2160)
Holds = Callable[[Subject], bool]


@dataclass(frozen=True, slots=True)
class Label:
    """How a kind of condition is called, and what its value is."""

    name: str
    value: str


LABELS = {
    Kind.TITLE: Label("Release title", "Pattern"),
    Kind.EDITION: Label("Edition", "Pattern"),
    Kind.LANGUAGE: Label("Language", "Language"),
    Kind.FLAG: Label("Indexer flag", "Flag"),
    Kind.SOURCE: Label("Source", "Source"),
    Kind.RESOLUTION: Label("Resolution", "Resolution"),
    Kind.MODIFIER: Label("Quality modifier", "Quality modifier"),
    Kind.SIZE: Label("Size", ""),
    Kind.GROUP: Label("Release group", "Pattern"),
    Kind.YEAR: Label("Year", ""),
}


def check_format(format: CustomFormat) -> None:
    """Raise ``FormatError`` for a format that cannot be used."""
    if not format.name.strip():
        raise FormatError("The custom format has no name. Give it one.", "name")
    if torn_at(format.name) is not None:
        raise FormatError("The custom format's name holds half a character. Write it anew.", "name")
    if not format.specifications:
        raise FormatError(f"Custom format “{format.name}” has no condition. Add at least one.")
    for index, specification in enumerate(format.specifications):
        check_specification(specification, format.name, index)


def check_specification(specification: Specification, format: str, index: int = 0) -> None:
    """Raise ``FormatError`` for a condition that cannot be used."""
    named = f"Condition “{specification.name}” of custom format “{format}”"
    if not specification.name.strip():
        text = f"Condition {index + 1} of custom format “{format}” has no name. Give it one."
        raise FormatError(text, "name", index=index)
    if torn_at(specification.name) is not None:
        raise FormatError(
            f"The name of condition {index + 1} holds half a character. Write it anew.", "name", -1, index
        )
    if specification.kind not in LABELS:
        return
    kind = Kind(specification.kind)
    if kind in PATTERNS:
        value = specification.fields.get("value")
        try:
            check_pattern(value if isinstance(value, str) else "")
        except PatternError as fault:
            text = f"{named}: the pattern cannot be used, {fault} (character {fault.position + 1})."
            raise FormatError(text, "value", fault.position, index) from None
    elif kind in (Kind.SIZE, Kind.YEAR):
        _check_range(specification, named, index)
    elif not _is_known(kind, _number(specification, "value")):
        value = specification.fields.get("value")
        text = f"{named}: {value!r} is no {LABELS[kind].value.lower()} that is known. Choose one from the list."
        raise FormatError(text, "value", index=index)


def holder(specification: Specification) -> Holds | None:
    """When a condition that is no pattern holds, ``negate`` aside; None: it is not understood, so never."""
    if specification.kind not in LABELS:
        return None
    kind = Kind(specification.kind)
    if kind in (Kind.SIZE, Kind.YEAR):
        return _within(kind, *range_of(specification))
    value = _number(specification, "value")
    if not _is_known(kind, value):
        return None
    assert value is not None
    number = int(value)
    if kind is Kind.LANGUAGE:
        return _speaks(number, other=specification.fields.get("exceptLanguage") is True)
    if kind is Kind.FLAG:
        return lambda subject: bool(subject.flags & number)
    if kind is Kind.SOURCE:
        source = SOURCES[number]
        return lambda subject: subject.quality.source is source
    if kind is Kind.MODIFIER:
        modifier = MODIFIERS[number]
        return lambda subject: subject.quality.modifier is modifier
    return lambda subject: subject.quality.resolution == number


def range_of(specification: Specification) -> tuple[float, float]:
    """From where to where a size (in GB) or a year may be."""
    return _number(specification, "min") or 0, _number(specification, "max") or 0


def _within(kind: Kind, low: float, high: float) -> Holds:
    if kind is Kind.SIZE:
        return lambda subject: low * GB < subject.size <= high * GB
    return lambda subject: low <= subject.year <= high


def _speaks(id: int, *, other: bool) -> Holds:
    """``other``: a language besides this one."""
    wanted = language_by_id(id)

    def holds(subject: Subject) -> bool:
        compared = subject.original if wanted == ORIGINAL and subject.original != UNKNOWN else wanted
        if other:
            return any(language != compared for language in subject.languages)
        return compared in subject.languages

    return holds


def _is_known(kind: Kind, value: float | None) -> bool:
    if value is None or value != int(value):
        return False
    number = int(value)
    if kind is Kind.LANGUAGE:
        return language_by_id(number) is not None
    if kind is Kind.FLAG:
        return 0 < number < 2**31
    if kind is Kind.SOURCE:
        return 0 <= number < len(SOURCES)
    if kind is Kind.MODIFIER:
        return 0 <= number < len(MODIFIERS)
    return number in RESOLUTIONS


def _check_range(specification: Specification, named: str, index: int) -> None:
    low, high = _number(specification, "min"), _number(specification, "max")
    if low is None or low < 0:
        raise FormatError(f"{named}: the smallest value is missing. Give 0 or more.", "min", index=index)
    if high is None or high < low or (high == low and specification.kind == Kind.SIZE):
        text = f"{named}: the largest value must be more than the smallest, {low:g}."
        raise FormatError(text, "max", index=index)


def _number(specification: Specification, name: str) -> float | None:
    """A number, also where it was written as a text."""
    value = specification.fields.get(name)
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 2**53:
        return None
    return value
