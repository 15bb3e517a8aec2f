"""`statistics` and `reputation`: the releases seen in numbers, and how groups stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import ago, count, one_line, table
from radarr_desktop.domain.amounts import signed

MOST = 20
"""Groups in a table of the terminal; `--json` has all."""
_PARTS = (
    ("Resolution", "resolutions"),
    ("Source", "sources"),
    ("Codec", "codecs"),
    ("Marker", "markers"),
    ("Fault", "faults"),
)


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), default=180, show_default=True, help="How far to look back.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write all of it into an HTML file.")
@shared
def statistics(program: Program, *, days: int, report: Path | None, as_json: bool) -> None:
    """Say what the releases seen were like: what they are made of, who made them, what is often wrong."""
    if report is not None:
        _write(report, program.get("/api/v4/statistics/report", days=days)["html"])
        show({"report": str(report)}, f"{report} is written.", as_json=as_json)
        return
    told = program.get("/api/v4/statistics", days=days)
    show(told, _text(told), as_json=as_json)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Stop(Exit.PROBLEM, f"{path} cannot be written. {fault.strerror}. Choose another place.") from fault


def _text(told: dict[str, Any]) -> str:
    parts = [f"{count(told['total'], 'release')} seen in the last {count(told['days'], 'day')}."]
    if not told["total"]:
        return parts[0]
    for head, name in _PARTS:
        rows = [(one["name"], f"{one['count']:,}", _percent(one["count"], one["of"])) for one in told[name]]
        if rows:
            parts.append(table((head, "Releases", "Part"), rows, right=("Releases", "Part")))
    sizes = [(one["quality"], f"{one['count']:,}", *_sizes(one)) for one in told["sizes"]]
    heads = ("Quality", "Releases", "10 %", "MB/min", "90 %")
    if sizes:
        parts.append(table(heads, sizes, right=heads[1:]))
    groups = [
        (one["name"], f"{one['count']:,}", _percent(one["count"], one["of"]), one["quality"], f"{one['special']:.0%}")
        for one in told["groups"][:MOST]
    ]
    if groups:
        right = ("Releases", "Part", "Of its own")
        parts.append(table(("Group", "Releases", "Part", "Makes most", "Of its own"), groups, right=right))
    return "\n\n".join(parts)


def _sizes(one: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"{one[name]:,.0f}" for name in ("low", "middle", "high"))


def _percent(part: int, of: int) -> str:
    return f"{part / of:.1%}" if of else "-"


@click.command()
@click.argument("group", required=False)
@shared
def reputation(program: Program, *, group: str | None, as_json: bool) -> None:
    """List how groups stand by what became of their releases; with GROUP, the events behind it."""
    if group:
        events = program.get("/api/v4/reputation/events", group=group)
        lines = [(ago(one["at"]), one["label"], f"{one['weight']:.2f}", one["title"], one["why"]) for one in events]
        show(
            events, table(("Ago", "What", "Counts", "Release", "Why"), lines, right=("Ago", "Counts")), as_json=as_json
        )
        return
    groups = program.get("/api/v4/reputation")
    rows = [
        (one_line(one["written"]), each["quality"], f"{each['share']:.0%}", signed(each["points"]), str(one["events"]))
        for one in groups
        for each in one["qualities"]
    ]
    heads = ("Group", "Quality", "Goes well", "Points", "Events")
    text = table(heads, rows, right=heads[2:]) if rows else "Nothing has become of a release yet."
    show(groups, text, as_json=as_json)


COMMANDS = (statistics, reputation)
