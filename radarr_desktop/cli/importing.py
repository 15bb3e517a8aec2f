"""The command that imports what is already on this disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie, titled
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import count, one_line, table
from radarr_desktop.domain.amounts import size

_LOOKS = 0.5
"""Seconds between two looks at how far it is."""


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--movie", help="The movie it is of. Without it, what is in PATH is shown with suggestions.")
@click.option("--yes", is_flag=True, help="Import every file whose movie is sure and that nothing speaks against.")
@click.option("--move", is_flag=True, help="With --yes: take the files away from where they are.")
@shared
def import_(program: Program, *, path: Path, movie: str | None, yes: bool, move: bool, as_json: bool) -> None:
    """Put a file or folder that is already on this disk into the library."""
    if movie is not None:
        found = find_movie(program, movie)
        said = program.post("/api/v4/import", {"path": str(path.resolve()), "movieId": found["id"]})
        text = f"{titled(found)} is in your library: {said['quality']}, {size(said['size'])}, at {said['path']}."
        show(said, one_line(text), as_json=as_json)
        return
    files = program.get("/api/v4/manualimport", path=str(path.resolve()))
    if yes:
        _take(program, files, "move" if move else "auto", as_json=as_json)
        return
    show(files, _shown(files), as_json=as_json)


def _take(program: Program, files: list[dict[str, Any]], mode: str, *, as_json: bool) -> None:
    sure = [file for file in files if file["movieId"] and not file["rejections"]]
    if not sure:
        raise Stop(Exit.REJECTED, f"{_shown(files)}\nNothing was imported.")
    wishes = [{"path": file["path"], "movieId": file["movieId"]} for file in sure]
    job = program.post("/api/v4/manualimport", {"files": wishes, "mode": mode})
    said = program.get(f"/api/v4/job/{job['id']}")
    while said["state"] in ("queued", "running"):
        time.sleep(_LOOKS)
        said = program.get(f"/api/v4/job/{job['id']}")
    if said["problem"]:
        raise Stop(Exit.PROBLEM, said["problem"])
    left = len(files) - len(sure)
    text = f"{count(len(sure), 'file')} imported" + (f", {left:,} left where they are." if left else ".")
    show(said, text, as_json=as_json)


def _shown(files: list[dict[str, Any]]) -> str:
    if not files:
        return "There is no video in it that is not in the library already."
    rows = [_row(file) for file in files]
    reasons = [f"{file['name']}: {' '.join(file['rejections'])}" for file in files if file["rejections"]]
    listed = table(("File", "Size", "Quality", "Movie", "Sure"), rows, right=("Size", "Sure"))
    return "\n".join([listed, *map(one_line, reasons)])


def _row(file: dict[str, Any]) -> tuple[str, ...]:
    best = next(iter(file["guesses"]), None)
    guess = f"{best['title']} ({best['year']}){'' if best['movieId'] else ', not in the library'}" if best else ""
    sure = f"{best['confidence']}" if best else ""
    return (file["name"], size(file["size"]), file["quality"], file["movie"] or f"{guess}?" if guess else "?", sure)


COMMANDS = (import_,)
