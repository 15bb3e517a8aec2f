"""Commands that tell what is to come: calendar, plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import count, one_line, table
from radarr_desktop.domain import amounts

USUAL = 31
LONGEST = 400
SHOWN = 10
"""Rows of each list, unless all are asked for."""
_KINDS = {"cinema": "cinemas", "digital": "digital", "disc": "disc"}


@click.command()
@click.option("--days", type=click.IntRange(1, LONGEST), default=USUAL, show_default=True, help="How far to look.")
@click.option("--all", "every", is_flag=True, help=f"Show more than {SHOWN} of each.")
@shared
def calendar(program: Program, *, days: int, every: bool, as_json: bool) -> None:
    """Tell what comes out, and which movies are searched next by themselves and why."""
    end = datetime.now().astimezone().date() + timedelta(days=days)
    said = program.get("/api/v4/calendar", end=end.isoformat())
    most = len(said["releases"]) + len(said["searches"]) if every else SHOWN
    parts = [
        _listed(("Day", "Out", "Movie"), [_release_row(one) for one in said["releases"]], most)
        or f"Nothing comes out in {amounts.days(days)}.",
        _listed(("Search", "Indexer", "Movie", "Why"), [_search_row(one) for one in said["searches"]], most)
        or "No movie waits to be searched.",
    ]
    lines = [said["held"]] if said["held"] else [line["sentence"] for line in said["lines"]]
    parts.append("\n".join(map(one_line, lines)))
    show(said, "\n\n".join(filter(None, parts)), as_json=as_json)


def _listed(heads: tuple[str, ...], rows: list[tuple[str, ...]], most: int) -> str:
    text = table(heads, rows[:most]) if rows else ""
    return text + (f"\nand {len(rows) - most:,} more: --all shows them" if len(rows) > most else "")


def _release_row(one: dict[str, Any]) -> tuple[str, ...]:
    return _day(date.fromisoformat(one["day"])), _KINDS.get(one["kind"], one["kind"]), one["title"]


def _search_row(one: dict[str, Any]) -> tuple[str, ...]:
    due, now = datetime.fromisoformat(one["due"]), datetime.now(UTC)
    when = "in line" if due <= now else f"{_day(due.astimezone().date())} {due.astimezone():%H:%M}"
    return when, one["indexer"], one["title"], one["reason"]


def _day(day: date) -> str:
    return f"{day.day:>2} {day:%b}" + ("" if day.year == datetime.now().astimezone().year else f" {day.year}")


@click.command()
@click.argument("movie", nargs=-1)
@click.option("--start", is_flag=True, help="Begin it.")
@click.option("--stop", is_flag=True, help="Search no more of what was begun.")
@shared
def plan(program: Program, *, movie: tuple[str, ...], start: bool, stop: bool, as_json: bool) -> None:
    """Tell what a search of all that is missing (or of one MOVIE) takes within your indexers' limits.

    While one is under way, also how far it is.
    """
    if stop and (start or movie):
        raise click.UsageError("--stop stands alone: it stops all searches that were begun together.")
    if stop:
        stopped = program.delete("/api/v4/search/progress")
        show(stopped, f"Stopped: {count(stopped['stopped'], 'movie')} left unsearched.", as_json=as_json)
        return
    body = {"movieIds": [find_movie(program, " ".join(movie))["id"]] if movie else []}
    under_way = program.get("/api/v4/search/progress")
    said = program.post("/api/v4/search/plan", body) if start else program.get("/api/v4/search/plan", **body)
    show({**said, "progress": under_way}, _planned(said, under_way, start=start), as_json=as_json)


def _planned(said: dict[str, Any], under_way: dict[str, Any], *, start: bool) -> str:
    parts = [f"Under way: {one_line(under_way['sentence'])}"] if under_way["left"] else []
    parts.append(one_line(said["sentence"]))
    if said["indexers"]:
        rows = [(one["name"], f"{one['requests']:,}", _long(one.get("seconds"))) for one in said["indexers"]]
        parts.append(table(("Indexer", "Requests", "Takes"), rows, right=("Requests",)))
    if said["leftOut"]:
        parts.append(f"No indexer is on for {count(said['leftOut'], 'movie')}.")
    if said["searches"]:
        parts.append("It has begun." if start else "Nothing was begun: --start begins it.")
    return "\n".join(parts)


def _long(seconds: float | None) -> str:
    """None: only its user can mend the indexer."""
    return "needs you first" if seconds is None else amounts.span(timedelta(seconds=seconds))


COMMANDS = (calendar, plan)
