"""`indexers`: how they are doing, and taking over those that Prowlarr keeps."""

from __future__ import annotations

from typing import Any

import click

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.services import try_all
from radarr_desktop.cli.text import one_line, table


@click.group()
def indexers() -> None:
    """Look at indexers, and follow those that another program keeps."""


@indexers.command("list")
@shared
def list_(program: Program, *, as_json: bool) -> None:
    """List them with how they are doing."""
    said = program.get("/api/v4/indexers")
    rows = [
        (str(one["id"]), one["name"], one["state"], str(one["tally"]["answers"]), one_line(one["problem"]))
        for one in said
    ]
    heads = ("ID", "Indexer", "State", "Answers in 7 days", "Problem")
    text = table(heads, rows, right=("ID", "Answers in 7 days")) if rows else "No indexer is set up."
    show(said, text, as_json=as_json)


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
