"""`rename`: give movies the names that the rules make, after a look at them."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import count, one_line

_PAUSE = 0.2
"""Seconds between two looks at how far it is."""


@click.command()
@click.argument("movie", nargs=-1)
@click.option("--all", "whole", is_flag=True, help="All movies of the library.")
@click.option("--files-only", is_flag=True, help="Leave folders as they are called.")
@click.option("--undo", is_flag=True, help="Take back all that was renamed at one go last.")
@click.option("--yes", is_flag=True, help="Rename without asking.")
@shared
def rename(
    program: Program, *, movie: tuple[str, ...], yes: bool, as_json: bool, whole: bool, files_only: bool, undo: bool
) -> int:
    """Show what MOVIE (or --all) would be called by the rules, and rename it after a yes."""
    if [bool(movie), whole, undo].count(True) != 1:
        raise click.UsageError("Name a movie, or use --all or --undo.")
    if undo:
        ended = _awaited(program, program.post("/api/v4/rename/undo", {}))
        return _told(ended, f"{count(ended['renamed'], 'movie')} called as before.", as_json=as_json)
    ids = None if whole else [find_movie(program, " ".join(movie))["id"]]
    wanted = {"folders": not files_only} | ({} if ids is None else {"movieId": ids})
    preview = program.get("/api/v4/rename", **{key: _word(value) for key, value in wanted.items()})
    possible = [one for one in preview["movies"] if not one["conflicts"]]
    if not as_json or not yes:
        show(preview, _shown(preview), as_json=as_json)
    if not possible:
        return int(Exit.REJECTED if preview["movies"] else Exit.OK)
    if not yes and not _asked(len(possible)):
        raise Stop(Exit.REJECTED, "Nothing was renamed. Rename with --yes.")
    body = {"movieIds": ids, "folders": not files_only, "yes": True}
    ended = _awaited(program, program.post("/api/v4/rename", body))
    text = f"{count(ended['renamed'], 'movie')} renamed. To take it back: radarr-desktop rename --undo"
    return _told(ended, text, as_json=as_json)


def _told(ended: dict[str, Any], text: str, *, as_json: bool) -> int:
    show(ended, "\n".join(map(one_line, [text, *ended["problems"]])), as_json=as_json)
    return int(Exit.PROBLEM if ended["problems"] else Exit.OK)


def _asked(movies: int) -> bool:
    return sys.stdin.isatty() and click.confirm(f"Rename {count(movies, 'movie')}", err=True)


def _awaited(program: Program, state: dict[str, Any]) -> dict[str, Any]:
    while state["state"] in ("queued", "running"):
        time.sleep(_PAUSE)
        state = program.get(f"/api/v4/rename/{state['jobId']}")
    return state


def _shown(preview: dict[str, Any]) -> str:
    lines: list[str] = []
    for one in preview["movies"]:
        lines.append(one["title"])
        if one["oldFolder"] != one["newFolder"]:
            lines += [f"  {one['oldFolder']}", f"  → {one['newFolder']}"]
        for move in one["moves"]:
            old, new = move["old"].rpartition("/")[2], move["new"].rpartition("/")[2]
            lines += [f"    {old}", f"    → {new}"] if old != new else []
        lines += [f"  Left out: {sentence}" for sentence in one["conflicts"]]
    changing, unchanged = len(preview["movies"]), count(preview["unchanged"], "movie")
    lines.append(f"{unchanged} keep their names." if changing else "Every movie has the names that the rules make.")
    return "\n".join(map(one_line, lines))


def _word(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


COMMANDS = (rename,)
