"""Archives among file names, with all their volumes, and those that are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_WHOLE = re.compile(r"(?P<stem>.+)\.(?P<kind>zip|7z|rar|tar|tgz|tbz2|gz|bz2)", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"(?P<stem>.+)\.part(?P<number>\d{1,4})\.(?P<kind>rar)", re.IGNORECASE | re.DOTALL)
_OLD = re.compile(r"(?P<stem>.+)\.(?P<letter>[r-y])(?P<number>\d\d)", re.IGNORECASE | re.DOTALL)
_OLD_ZIP = re.compile(r"(?P<stem>.+)\.z(?P<number>\d\d)", re.IGNORECASE | re.DOTALL)
_SPLIT = re.compile(r"(?P<stem>.+?)(?:\.(?P<kind>7z|zip|rar))?\.(?P<number>\d{3})", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class ArchiveSet:
    """One archive in one or more files, in their order."""

    kind: str
    """``rar``, ``zip``, ``7z`` or another ending; ``split`` where the name does not say."""
    volumes: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """What must be there and is not. That the end is missing cannot be told from names."""

    @property
    def first(self) -> str:
        """The file to open."""
        return self.volumes[0]


def archive_sets(paths: Iterable[str]) -> list[ArchiveSet]:
    """The archives among these paths, by name."""
    found: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for path in sorted(paths):
        if place := _place(path):
            kind, stem, number = place
            found[kind, stem].setdefault(number, path)
    sets = (_set(kind, volumes) for (kind, _), volumes in found.items())
    return sorted((one for one in sets if one), key=lambda one: one.first)


def _place(path: str) -> tuple[str, str, int] | None:
    """Way of counting, what the volumes share, and the number of this one, from 0."""
    if found := _PART.fullmatch(path):
        return "rar part", found["stem"].casefold(), int(found["number"]) - 1
    if found := _OLD.fullmatch(path):
        letter = ord(found["letter"].lower()) - ord("r")
        return "rar", found["stem"].casefold(), 1 + letter * 100 + int(found["number"])
    if found := _OLD_ZIP.fullmatch(path):
        return "zip", found["stem"].casefold(), int(found["number"])
    if found := _SPLIT.fullmatch(path):
        return f"{(found['kind'] or 'split').lower()} split", found["stem"].casefold(), int(found["number"]) - 1
    if found := _WHOLE.fullmatch(path):
        return found["kind"].lower(), found["stem"].casefold(), 0
    return None


def _set(counting: str, volumes: dict[int, str]) -> ArchiveSet | None:
    kind = counting.partition(" ")[0]
    numbers = sorted(number for number in volumes if number >= 0)
    if not numbers or (kind == "split" and 0 not in volumes):
        return None  # "Movie.2025.720" is no archive
    if counting == "rar" and not {0, 1} & set(numbers):
        return None  # nor is a series' "Extras.s01"
    known = volumes[numbers[-1]]
    missing = [_named(known, number) for number in range(numbers[-1]) if number not in volumes]
    ordered = [volumes[number] for number in numbers]
    if counting == "zip" and len(ordered) > 1 and 0 in volumes:
        ordered = [*ordered[1:], ordered[0]]  # of a split zip, the last part ends in .zip
    return ArchiveSet(kind, tuple(ordered), tuple(missing))


def _named(known: str, number: int) -> str:
    """What the volume with this number is called, after the last that is there."""
    if found := _PART.fullmatch(known):
        return f"{found['stem']}.part{number + 1:0{len(found['number'])}}.{found['kind']}"
    if found := _OLD.fullmatch(known):
        return f"{found['stem']}.rar" if number == 0 else f"{found['stem']}.{_old_ending(number)}"
    if found := _OLD_ZIP.fullmatch(known):
        return f"{found['stem']}.zip" if number == 0 else f"{found['stem']}.z{number:02}"
    return f"{known[:-3]}{number + 1:03}"


def _old_ending(number: int) -> str:
    hundreds, rest = divmod(number - 1, 100)
    return f"{chr(ord('r') + hundreds)}{rest:02}"
