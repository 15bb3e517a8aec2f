"""Commands of the analyzer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import one_line, table


@click.group()
def collect() -> None:
    """Read what an indexer lists, page by page and politely, for statistics."""


@collect.command()
@shared
def status(program: Program, *, as_json: bool) -> None:
    """Show how far each indexer was read."""
    found = program.get("/api/v4/collecting")
    text = _table(found) if found else "No indexer can be read. Give one a session cookie in its settings."
    show(found, text, as_json=as_json)


@collect.command()
@click.argument("id", type=int)
@click.option("--anew", is_flag=True, help="From the first page, not from where it was left.")
@shared
def start(program: Program, *, id: int, anew: bool, as_json: bool) -> None:
    """Begin to read an indexer, or go on."""
    found = program.post(f"/api/v4/collecting/{id}", {"order": "restart" if anew else "start"})
    show(found, _table(found), as_json=as_json)


@collect.command()
@click.argument("id", type=int)
@shared
def stop(program: Program, *, id: int, as_json: bool) -> None:
    """Stop reading; what was read is kept."""
    found = program.post(f"/api/v4/collecting/{id}", {"order": "stop"})
    show(found, _table(found), as_json=as_json)


@collect.command()
@click.argument("id", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@shared
def cookies(program: Program, *, id: int, file: Path, as_json: bool) -> None:
    """Take the session out of a cookie file (Netscape format); only what is for this indexer is kept."""
    program.post(f"/api/v4/collecting/{id}/cookies", {"cookies": file.read_text(encoding="utf-8", errors="replace")})
    show({"id": id}, "The session is kept with the other secrets.", as_json=as_json)


def _table(found: list[dict[str, Any]]) -> str:
    rows = [
        (
            str(one["id"]),
            one["name"],
            one["state"],
            f"{one['segment']} {one['page']}".strip(),
            f"{one['listed']:,}",
            f"{one['samples']:,}",
            one_line(one["problem"]),
        )
        for one in found
    ]
    return table(("ID", "Indexer", "State", "Page", "Torrents", "Samples", "Problem"), rows, right=("ID", "Torrents"))


COMMANDS = (collect,)
