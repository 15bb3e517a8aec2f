"""Words and tables for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

GAP = "  "
NO_BREAK = "\u00a0"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[str] = ()) -> str:
    """Rows under heads, columns as wide as their widest cell; ``right`` names columns of figures."""
    lines = [list(heads), *(list(map(one_line, row)) for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        GAP.join(
            _pad(cell, size, left=head not in right) for cell, size, head in zip(line, widths, heads, strict=True)
        ).rstrip()
        for line in lines
    )


def _pad(cell: str, size: int, *, left: bool) -> str:
    room = " " * (size - width(cell))
    return cell + room if left else room + cell


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def one_line(text: str) -> str:
    """The text without what would move the cursor: names come from strangers."""
    return "".join(one if one.isprintable() or one == NO_BREAK else "?" for one in text)


def ago(moment: str | None, now: datetime | None = None) -> str:
    """How long ago, in its largest unit."""
    if not moment:
        return ""
    seconds = int(((now or datetime.now(UTC)) - datetime.fromisoformat(moment)).total_seconds())
    for length, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds // length}{NO_BREAK}{unit}"
    return "moments"


def count(number: int, one: str, many: str = "") -> str:
    """``1 movie``, ``2 movies``."""
    return f"{number:,}{NO_BREAK}{one if number == 1 else many or one + 's'}"
