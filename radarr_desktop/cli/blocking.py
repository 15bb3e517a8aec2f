"""Commands of the blocklist, and of downloads that are stuck."""

from __future__ import annotations

from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import ago, count, one_line, table

_SCOPES = ("release", "hash", "group", "pattern")


@click.group()
def blocklist() -> None:
    """See and change what is never taken, or not for a while."""


@blocklist.command("list")
@click.option("--movie", help="Only what holds for this movie.")
@shared
def list_(program: Program, *, movie: str | None, as_json: bool) -> None:
    """List the entries, newest first."""
    query = {"movieId": find_movie(program, movie)["id"]} if movie else {}
    entries = program.get("/api/v4/blocklist", **query)
    rows = [_row(entry) for entry in entries]
    heads = ("ID", "What", "Name", "For", "Why", "Ago", "Until")
    text = table(heads, rows, right=("ID", "Ago")) if rows else "Nothing is blocked."
    show(entries, text, as_json=as_json)


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(entry["id"]),
        entry["scope"],
        entry["title"],
        f"movie {entry['movieId']}" if "movieId" in entry else "all",
        entry["reason"],
        ago(entry["added"]),
        entry["expires"][:10] if "expires" in entry else "for good",
    )


@blocklist.command()
@click.argument("scope", type=click.Choice(_SCOPES))
@click.argument("value")
@click.option("--movie", help="Only for this movie; for all otherwise.")
@click.option("--days", type=int, help="Let it go after so many days; never otherwise.")
@click.option("--reason", default="", help="Why, for the list.")
@shared
def add(
    program: Program, *, scope: str, value: str, movie: str | None, days: int | None, reason: str, as_json: bool
) -> None:
    """Block a release's name, a torrent's hash, a group, or names with a word or /pattern/ in them."""
    body: dict[str, Any] = {"scope": scope, "value": value, "reason": reason}
    if movie:
        body["movieId"] = find_movie(program, movie)["id"]
    if days is not None:
        body["days"] = days
    entry = program.post("/api/v4/blocklist", body)
    until = f"until {entry['expires'][:10]}" if "expires" in entry else "for good"
    show(entry, one_line(f"{entry['title']} is blocked {until} as {entry['id']}."), as_json=as_json)


@blocklist.command()
@click.argument("ids", nargs=-1, type=int, required=True)
@shared
def remove(program: Program, *, ids: tuple[int, ...], as_json: bool) -> None:
    """Take entries off: what they are about may be taken again."""
    for id_ in ids:
        program.delete(f"/api/v4/blocklist/{id_}")
    show({"removed": list(ids)}, f"{count(len(ids), 'entry', 'entries')} removed.", as_json=as_json)


@blocklist.command()
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How far to look back.")
@shared
def stats(program: Program, *, days: int, as_json: bool) -> None:
    """Say what failed, by reason, group and indexer."""
    told = program.get("/api/v4/blocklist/statistics", days=days)
    parts = [f"{count(told['total'], 'failure')} since {told['since']}."]
    for head, name in (("Reason", "reasons"), ("Group", "groups"), ("Indexer", "indexers")):
        rows = [(one.get("label") or one["name"], str(one["count"]), str(one["blocked"])) for one in told[name]]
        if rows:
            parts.append(table((head, "Failed", "Blocked"), rows, right=("Failed", "Blocked")))
    show(told, "\n\n".join(parts), as_json=as_json)


@click.command()
@shared
def stuck(program: Program, *, as_json: bool) -> None:
    """List downloads that do not come on, and why."""
    troubles = program.get("/api/v4/downloads/troubles")
    rows = [(str(one["id"]), f"{one['strikes']} of {one['most']}", one["title"], one["sentence"]) for one in troubles]
    text = table(("ID", "Strikes", "Release", "Why"), rows, right=("ID",)) if rows else "Nothing is stuck."
    show(troubles, text, as_json=as_json)


@click.command("next")
@click.argument("download", type=int)
@click.option("--look", is_flag=True, help="Only say what it would be.")
@shared
def next_(program: Program, *, download: int, look: bool, as_json: bool) -> None:
    """Give DOWNLOAD (its id in the queue) up and take the next best release."""
    if look:
        found = program.get(f"/api/v4/downloads/{download}/next")
        show(found, one_line(found["sentence"]), as_json=as_json)
        return
    taken = program.post(f"/api/v4/downloads/{download}/next", {})
    show(taken, one_line(f"{taken['title']} is taken instead."), as_json=as_json)


@click.command()
@click.argument("download", type=int)
@click.option("--days", type=float, default=2.0, show_default=True, help="How long nothing is done about it.")
@shared
def wait(program: Program, *, download: int, days: float, as_json: bool) -> None:
    """Wait longer for DOWNLOAD (its id in the queue) before it is given up."""
    told = program.post(f"/api/v4/downloads/{download}/wait", {"days": days})
    show(told, f"Download {download} is waited for until {told['until'][:16].replace('T', ' ')} UTC.", as_json=as_json)


COMMANDS = (blocklist, stuck, next_, wait)
