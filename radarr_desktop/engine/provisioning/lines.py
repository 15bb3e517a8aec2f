"""Where in a TOML file a value is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Place = tuple[str | int, ...]
"""The way to a value: keys, and numbers inside lists."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its lines. A value is where the shortest beginning of the file that holds it ends."""

    path: Path
    text: str
    _lines: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lines", self.text.split("\n"))

    def line(self, *where: str | int) -> int:
        """The line of a value, or of what it belongs to when it is not written anywhere."""
        place = tuple(where)
        while place and not _holds(self._values(len(self._lines))[0], place):
            place = place[:-1]
        if not place:
            return 1
        low, high = 0, len(self._lines)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if _holds(self._values(middle)[0], place) else (middle, high)
        return self._first_line(high, place)

    def _first_line(self, last: int, place: Place) -> int:
        """The statement that ends on ``last`` may begin earlier; of a list over several lines the item's own."""
        first = self._values(last - 1)[1] + 1
        for number in range(first, last):
            if _holds(_loaded([*self._lines[:number], "]"]), place):
                return number
        return last if isinstance(place[-1], int) and first != last else first

    def _values(self, lines: int) -> tuple[Any, int]:
        """What the first lines say, and how many of them: the end of a statement is looked for upwards."""
        for number in range(lines, 0, -1):
            values = _loaded(self._lines[:number])
            if values is not None:
                return values, number
        return {}, 0


def _loaded(lines: Iterable[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines) + "\n")
    except tomllib.TOMLDecodeError:
        return None


def _holds(values: Any, place: Place) -> bool:
    for step in place:
        if isinstance(step, int):
            if not isinstance(values, list) or step >= len(values):
                return False
        elif not isinstance(values, dict) or step not in values:
            return False
        values = values[step]
    return values is not None
