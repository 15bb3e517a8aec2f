"""What the file says of quality profiles and custom formats, as values of the domain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from radarr_desktop.domain.custom_formats import CustomFormat, FormatError, Kind, Specification, check_format
from radarr_desktop.domain.languages import language_by_name
from radarr_desktop.domain.presets import BY_KEY, formats_of, profile_of
from radarr_desktop.domain.profiles import ProfileError, QualityProfile, check_profile, make_profile
from radarr_desktop.engine.provisioning.document import CustomFormatTable, Document, QualityProfileTable
from radarr_desktop.engine.provisioning.lines import Place

_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(MB|GB|TB)", re.IGNORECASE)
_UNITS = {"MB": 1000**2, "GB": 1000**3, "TB": 1000**4}
_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
_KEYS = {"name": "name", "items": "allowed", "cutoff": "cutoff", "cap": "largest"}


def is_address(source: str) -> bool:
    """Is it fetched from elsewhere?"""
    return bool(_ADDRESS.match(source))


def wanted_format(table: CustomFormatTable) -> CustomFormat:
    """A custom format that is written in the file; raises ``FormatError``."""
    condition = Specification(Kind.TITLE, table.name or "Pattern", {"value": table.pattern})
    format = CustomFormat(0, table.name.strip(), (condition,))
    check_format(format)
    return format


def profile_name(table: QualityProfileTable) -> str:
    """The profile's name; a preset has one of its own."""
    preset = BY_KEY.get(table.preset)
    return table.name.strip() or (preset.name if preset else "")


def wanted_profile(
    table: QualityProfileTable, format_ids: Mapping[str, int], current: QualityProfile | None = None
) -> QualityProfile:
    """What the file makes of a profile: what it does not say stays as in ``current``. Raises ``ProfileError``.

    ``format_ids`` are by case-folded name of the format.
    """
    profile = _from_preset(table, format_ids) if table.preset else _from_qualities(table, current)
    scores = dict(current.format_scores) if current else {}
    scores |= dict(profile.format_scores) | dict(_scores(table, format_ids))
    cap = _bytes(table.largest) if table.largest else profile.cap
    profile = replace(profile, id=current.id if current else 0, format_scores=scores, cap=cap)
    if table.language:
        language = language_by_name(table.language)
        if language is None:
            raise ProfileError(f"“{table.language}” is no language. Write “Original”, “Any” or “English”.", "language")
        profile = replace(profile, language=language)
    check_profile(profile)
    return profile


def _from_preset(table: QualityProfileTable, format_ids: Mapping[str, int]) -> QualityProfile:
    preset = BY_KEY.get(table.preset)
    if preset is None:
        raise ProfileError(f"“{table.preset}” is no preset. There are: {', '.join(BY_KEY)}.", "preset")
    if table.allowed or table.cutoff:
        raise ProfileError("A preset says itself what is allowed. Remove “allowed” and “cutoff”.", "preset")
    own = {format.name: format_ids.get(format.name.casefold(), 0) for format in formats_of(preset)}
    return replace(profile_of(preset, own), name=profile_name(table), upgrades=table.upgrades)


def _from_qualities(table: QualityProfileTable, current: QualityProfile | None) -> QualityProfile:
    made = make_profile(table.name, table.allowed, table.cutoff, upgrades=table.upgrades)
    if current is None:
        return made
    return replace(current, name=made.name, items=made.items, cutoff=made.cutoff, upgrades=made.upgrades)


def wrong_formats(document: Document) -> Iterator[tuple[Place, str]]:
    """What cannot be used of the custom formats in the file."""
    for number, table in enumerate(document.custom_format):
        place = ("custom_format", number)
        if bool(table.source) == bool(table.name or table.pattern):
            yield place, "A custom format needs either a “source”, or a “name” and a “pattern”."
        elif not table.source:
            try:
                wanted_format(table)
            except FormatError as fault:
                yield (*place, "name" if fault.field == "name" else "pattern"), str(fault)


def wrong_profile(table: QualityProfileTable) -> tuple[str, str] | None:
    """The key that is wrong, and why. Which custom formats there are cannot be known yet."""
    if not table.preset and "allowed" not in table.model_fields_set:
        return "allowed", "“allowed” is missing here."
    try:
        wanted_profile(table, {name.strip().casefold(): number for number, name in enumerate(table.scores, 1)})
    except ProfileError as fault:
        return _KEYS.get(fault.field, fault.field), str(fault)
    return None


def _scores(table: QualityProfileTable, format_ids: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for name, score in table.scores.items():
        id = format_ids.get(name.strip().casefold())
        if id is None:
            raise ProfileError(f"There is no custom format “{name}” to score. Declare or import it.", "scores")
        yield id, score


def _bytes(text: str) -> int:
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ProfileError(f"“{text}” is no size. Write it like “15 GB”.", "largest")
    return int(float(match[1]) * _UNITS[match[2].upper()])
