"""Words and tables for a terminal."""

from __future__ import annotations

from datetime import UTC, datetime

from radarr_desktop.cli.text import ago, count, one_line, table, width
from radarr_desktop.domain.amounts import size


def test_columns_line_up_whatever_the_letters() -> None:
    text = table(("ID", "Name", "Size"), [("1", "千と千尋", "1.0"), ("10", "Cafe\u0301", "22.5")], right=("ID", "Size"))
    lines = text.splitlines()
    assert len({width(line) for line in lines}) == 1
    assert lines[1].startswith(" 1  千と千尋")


def test_names_cannot_move_the_cursor() -> None:
    assert one_line("a\x1b[2Jb\r\nc\u202ed") == "a?[2Jb??c?d"
    assert "\x1b" not in table(("Name",), [("\x1b]0;title\x07",)])


def test_sizes_and_times_as_people_read_them() -> None:
    assert [size(one) for one in (0, 999, 1000, 999_950, 22_000_000_000)] == [
        "0\u00a0B",
        "999\u00a0B",
        "1\u00a0kB",
        "1.0\u00a0MB",
        "22.0\u00a0GB",
    ]
    now = datetime(2026, 1, 10, tzinfo=UTC)
    assert [
        ago(one, now) for one in ("2026-01-01T00:00:00Z", "2026-01-09T21:00:00Z", "2026-01-09T23:59:30Z", None)
    ] == [
        "9\u00a0d",
        "3\u00a0h",
        "moments",
        "",
    ]
    assert (count(1, "movie"), count(1200, "movie")) == ("1\u00a0movie", "1,200\u00a0movies")
