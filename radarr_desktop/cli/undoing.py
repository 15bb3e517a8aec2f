"""`undo` and `trash`: what was done to the library's files, and taking it back."""

from __future__ import annotations

from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import ago, count, one_line, table
from radarr_desktop.domain.amounts import size

_KINDS = {"import": "Import", "rename": "Renaming", "delete": "Removal", "undo": "Undo"}


@click.command()
@click.argument("which", required=False)
@click.option("--movie", help="List only what was done to this movie.")
@shared
def undo(program: Program, *, which: str | None, movie: str | None, as_json: bool) -> None:
    """Take back a change of the library's files: WHICH is an ID, or `last`. Without it, list them."""
    movie_id = find_movie(program, movie)["id"] if movie else 0
    if which is None:
        found = program.get("/api/v4/undo", movieId=movie_id, limit=40)
        show(found, _listed(found), as_json=as_json)
        return
    said = program.post(f"/api/v4/undo/{_id(program, which, movie_id)}", {})
    show(said, one_line(f"Undone: {said['title']}. To have it back: radarr-desktop undo {said['id']}"), as_json=as_json)


def _id(program: Program, which: str, movie_id: int) -> int:
    if which.isascii() and which.isdecimal():
        return int(which)
    if which.lower() != "last":
        raise click.UsageError("Give the ID of a change, or `last`.")
    found = program.get("/api/v4/undo", movieId=movie_id)
    last = next((one for one in found if one["undoable"] and one["kind"] != "undo"), None)
    if last is None:
        raise Stop(Exit.NOT_FOUND, "There is nothing to undo.")
    return int(last["id"])


def _listed(found: list[dict[str, Any]]) -> str:
    if not found:
        return "Nothing was done to the library's files yet."
    rows = [
        (str(one["id"]), f"{ago(one['at'])} ago", _KINDS[one["kind"]], one["title"], one.get("whyNot", "yes"))
        for one in found
    ]
    return table(("ID", "When", "What", "Of", "Can be undone"), rows, right=("ID",))


@click.command()
@click.option("--empty", is_flag=True, help="Delete all of it for good; what needs it cannot be undone any more.")
@shared
def trash(program: Program, *, empty: bool, as_json: bool) -> None:
    """Say how much lies in the trash of the library's disks."""
    said = program.delete("/api/v4/trash") if empty else program.get("/api/v4/trash")
    held = f"{count(said['files'], 'file')}, {size(said['size'])}"
    show(said, f"Deleted: {held}." if empty else f"In the trash: {held}.", as_json=as_json)


COMMANDS = (undo, trash)
