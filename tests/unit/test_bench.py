"""The bench writes what it measured where people and machines look for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench import machine, table
from tests.bench.bench_memory import in_database
from tests.bench.figure import Figure, Result, run
from tests.bench.remembered import judge, library, multiply, seen


def _sequence(*values: float) -> Callable[[], float]:
    following = iter(values)
    return lambda: next(following)


def test_medians_count_and_the_ratio_is_to_the_reference() -> None:
    figure = Figure("a.b", "A thing", "ms", 3, _sequence(9, 2, 1), _sequence(1, 4, 0.5), rounds=3)
    assert run(figure) == Result("a.b", 2, "ms", 1, 2, 3, ok=True, command=".venv/bin/python -m tests.bench a.b")


def test_figure_over_its_goal_is_not_ok_and_needs_no_reference() -> None:
    result = run(Figure("a", "A thing", "MB", 3, lambda: 3.14159, rounds=1))
    assert (result.value, result.ok, result.reference, result.ratio) == (3.142, False, None, None)


def test_table_is_replaced_and_the_page_around_it_kept(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Title\n{table.START}\nold\n{table.END}\nAfter.\n", encoding="utf-8")
    result = Result("a", 2, "ms", 1, 2, 3, ok=True, command="run it")
    for _ in range(2):
        table.rewrite(page, "A machine.", {"a": "A thing"}, [result])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Title\n")
    assert text.endswith("\nAfter.\n")
    assert "old" not in text
    assert text.count("| `a` | A thing | 2 ms | 3 ms | met | 1 ms | 2 |") == 1


def test_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Title\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lost its marks"):
        table.rewrite(page, "A machine.", {}, [])
    assert page.read_text(encoding="utf-8") == "# Title\n"


def test_machine_is_described_without_paths() -> None:
    description = machine.description()
    assert "cores" in description
    assert "Python 3." in description


def test_a_database_is_multiplied_whatever_columns_its_tables_have(tmp_path: Path) -> None:
    file = tmp_path / "library.db"

    def fill() -> None:
        profile, made = library(2)
        judge(profile, seen(made, 3), version=1)

    in_database(file, fill)
    multiply(file, 4)
    connection = sqlite3.connect(file)
    counts = [
        connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("movie", "slot", "release", "verdict")
    ]
    assert counts == [10, 10, 30, 30]
    joined = "SELECT count(*) FROM verdict v JOIN slot s ON s.id = v.slot_id JOIN release r ON r.id = v.release_id"
    assert connection.execute(joined).fetchone()[0] == 30
    connection.close()
