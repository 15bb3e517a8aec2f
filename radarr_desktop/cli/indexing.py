"""`indexers`: how they are doing, and taking over those that Prowlarr keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.services import try_all
from radarr_desktop.cli.text import ago, one_line, table


@click.group()
def indexers() -> None:
    """Look at indexers, and follow those that another program keeps."""


@indexers.command("list")
@shared
def list_(program: Program, *, as_json: bool) -> None:
    """List them: how they are doing, and what they may still be asked this hour."""
    said = program.get("/api/v4/indexers")
    heads = ("ID", "Indexer", "State", "This hour", "Asked again", "7 days", "Failed", "Last problem")
    text = table(heads, list(map(_row, said)), right=("ID", "7 days", "Failed")) if said else "No indexer is set up."
    show(said, text, as_json=as_json)


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    tally, limits = one["tally"], one.get("limits")
    again = one.get("leftAloneUntil") or (limits or {}).get("freeAt")
    return (
        str(one["id"]),
        one["name"],
        "left alone" if one["state"] == "failing" and one.get("leftAloneUntil") else one["state"],
        _hour(limits) if limits else "",
        _at(again) if again else "",
        f"{tally['answers']:,}",
        f"{tally['failures']:,}",
        one["problem"] or (f"{ago(tally['lastFailure'])} ago: {tally['lastProblem']}" if tally["lastProblem"] else ""),
    )


def _hour(limits: dict[str, Any]) -> str:
    """``12 of 40``."""
    return f"{limits['lastHour']} of {limits['hourly']}" if limits["hourly"] else f"{limits['lastHour']}, no limit"


def _at(moment: str) -> str:
    """A time of today, or another day with it."""
    at, today = datetime.fromisoformat(moment).astimezone(), datetime.now().astimezone().date()
    return f"{at:%H:%M}" if at.date() == today else f"{at.day} {at:%b %H:%M}"


@indexers.command()
@shared
def test(program: Program, *, as_json: bool) -> None:
    """Ask each that is on, and say what is wrong with those that do not work."""
    try_all(program, "indexer", as_json=as_json)


@indexers.command()
@shared
def sync(program: Program, *, as_json: bool) -> None:
    """Make the indexers here those that Prowlarr keeps: add, change and remove."""
    said = program.post("/api/v4/indexers/sync", {})
    show(said, "\n".join(line for one in said for line in _told(one)), as_json=as_json)
    if any(one["problems"] and not (one["added"] or one["changed"] or one["same"]) for one in said):
        raise Stop(Exit.PROBLEM, "Not every source could be followed.")


def _told(one: dict[str, Any]) -> list[str]:
    done = [f"{len(one[key])} {key}" for key in ("added", "changed", "removed") if one[key]]
    head = f"{one['source']}: {', '.join(done) or 'nothing changed'}, {len(one['same'])} as they were."
    return [one_line(line) for line in (head, *(f"  {problem}" for problem in one["problems"]))]


COMMANDS = (indexers,)
