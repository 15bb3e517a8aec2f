"""The marks of a Matroska file's tracks that MediaInfo does not tell: for people who do not hear, and commentary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

HEAD = 256 << 10
"""Bytes at the beginning in which the tracks are told; pictures and sound come behind them."""

_SEGMENT, _TRACKS, _TRACK, _CLUSTER = 0x18538067, 0x1654AE6B, 0xAE, 0x1F43B675
_NUMBER, _HEARING_IMPAIRED, _COMMENTARY = 0xD7, 0x55AB, 0x55AF


@dataclass(frozen=True, slots=True)
class Marks:
    """Numbers of tracks."""

    hearing_impaired: frozenset[int] = frozenset()
    commentary: frozenset[int] = frozenset()


def marks(head: bytes) -> Marks:
    """What the beginning of a file says; nothing where it is no Matroska, or makes no sense."""
    found: dict[int, set[int]] = {_HEARING_IMPAIRED: set(), _COMMENTARY: set()}
    for entry in _tracks(head):
        told = {name: int.from_bytes(head[start : min(end, start + 8)], "big") for name, start, end in entry}
        for mark, numbers in found.items():
            if told.get(mark) == 1:
                numbers.add(told.get(_NUMBER, 0))
    return Marks(frozenset(found[_HEARING_IMPAIRED]), frozenset(found[_COMMENTARY]))


def _tracks(head: bytes) -> Iterator[Iterator[tuple[int, int, int]]]:
    for name, start, end in _elements(head, 0, len(head)):
        if name != _SEGMENT:
            continue
        for inner, begins, ends in _elements(head, start, end):
            if inner == _CLUSTER:
                return
            if inner == _TRACKS:
                for one, first, last in _elements(head, begins, ends):
                    if one == _TRACK:
                        yield _elements(head, first, last)


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Each element's name, and where its content begins and ends; what leads out of its parent ends with it."""
    while start < end:
        name, size_at = _number(data, start, end, with_marker=True)
        size, content = _number(data, size_at, end, with_marker=False)
        if not name or content > end:
            return
        is_open = size == (1 << 7 * (content - size_at)) - 1  # its writer did not know it yet
        start = end if is_open else min(content + size, end)
        yield name, content, start


def _number(data: bytes, start: int, end: int, *, with_marker: bool) -> tuple[int, int]:
    """A number whose first byte tells its length by its leading zeros, and the place behind it."""
    first = data[start] if start < end else 0
    if not first:
        return 0, end + 1
    length = 9 - first.bit_length()
    number = int.from_bytes(data[start : start + length], "big")
    return number if with_marker else number & ((1 << 7 * length) - 1), start + length
