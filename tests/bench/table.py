"""The table of figures in docs/performance.md, between two marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.figure import Result

START = "<!-- figures: written by make bench -->"
END = "<!-- end of figures -->"


def rewrite(page: Path, machine: str, titles: Mapping[str, str], results: Sequence[Result]) -> None:
    """Replace what stands between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        message = f"{page.name} has lost its marks; put these two lines back where the table belongs: {START} and {END}"
        raise ValueError(message)
    page.write_text(f"{before}{START}\n{machine}\n\n{_table(titles, results)}\n{END}{after}", encoding="utf-8")


def _table(titles: Mapping[str, str], results: Sequence[Result]) -> str:
    rows = [
        "| Figure | What it is | Value | Goal | | Reference | Ratio |",
        "|---|---|---:|---:|---|---:|---:|",
    ]
    for one in results:
        reference = "" if one.reference is None else f"{one.reference:g} {one.unit}"
        ratio = "" if one.ratio is None else f"{one.ratio:g}"
        met = "met" if one.ok else "**missed**"
        rows.append(
            f"| `{one.name}` | {titles[one.name]} | {one.value:g} {one.unit} | {one.goal:g} {one.unit} "
            f"| {met} | {reference} | {ratio} |"
        )
    return "\n".join(rows)
