"""`naming`: how folders and files are called, and patterns to start from."""

from __future__ import annotations

from typing import Any

import click

from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import one_line


@click.group()
def naming() -> None:
    """See and choose how folders and files are called."""


@naming.command("show")
@shared
def show_(program: Program, *, as_json: bool) -> None:
    """Show the patterns, and what they make of an example and of your newest files."""
    said = program.get("/api/v4/naming")
    show(said, _text(said), as_json=as_json)


@naming.command()
@shared
def presets(program: Program, *, as_json: bool) -> None:
    """List patterns for players, and those of a guide that was imported."""
    said = program.get("/api/v4/naming/preset")
    lines: list[str] = []
    for one in said:
        lines += [f"{one['key']}: {one['note'] or one['title']}", f"  {one['folderExample']}/{one['fileExample']}"]
    show(said, "\n".join(map(one_line, lines)), as_json=as_json)


@naming.command()
@click.argument("name")
@shared
def use(program: Program, *, name: str, as_json: bool) -> None:
    """Use the patterns of preset NAME. Files keep their names until `radarr-desktop rename`."""
    said = program.post("/api/v4/naming/preset", {"key": name})
    show(said, _text(said), as_json=as_json)


def _text(said: dict[str, Any]) -> str:
    lines = [
        f"Folder:  {said['folder']}",
        f"File:    {said['file'] if said['rename'] else 'as its release is called'}",
        f"Example: {said['folderExample']}/{said['fileExample']}",
        *(f"Yours:   {path}" for path in said["ofLibrary"]),
    ]
    return "\n".join(map(one_line, lines))


COMMANDS = (naming,)
