"""Commands for an existing collection: look through it, choose, adopt."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import ago, count, one_line, table

_LOOKS = 0.5
"""Seconds between two looks at how far it is."""
_WORDS = {
    "certain": "ready to be adopted",
    "doubtful": "with choices",
    "unknown": "nobody knows",
    "refused": "without a movie",
    "known": "in the library already",
    "left_out": "left out",
    "adopted": "adopted",
}


@click.group()
def library() -> None:
    """Take an existing collection into the library, as it lies."""


@library.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--detach", is_flag=True, help="Do not wait for the end.")
@shared
def scan(program: Program, *, path: Path, detach: bool, as_json: bool) -> None:
    """Look through the folders and movies in PATH. Nothing on the disk is changed."""
    said = program.post("/api/v4/collection", {"path": str(path.resolve())})
    if not detach:
        said = _followed(program, said["id"])
    show(said, _summary(said), as_json=as_json)
    if said["state"] == "waiting":
        raise Stop(Exit.PROBLEM, said["problem"])


@library.command("list")
@click.option("--scan", "scan_id", type=int, help="The scan; the newest otherwise.")
@click.option("--state", "states", multiple=True, help="Only places in this state: doubtful, unknown, certain, ...")
@click.option("--limit", default=100, show_default=True, help="At most so many.")
@shared
def list_(program: Program, *, scan_id: int | None, states: Sequence[str], limit: int, as_json: bool) -> None:
    """Show what was found, with what speaks for and against it."""
    chosen = _scan(program, scan_id)
    query = {"state": list(states), "pageSize": limit}
    said = program.get(f"/api/v4/collection/{chosen['id']}/items", **query)
    rows = [_row(item) for item in said["items"]]
    text = table(("ID", "Place", "State", "Movie", "Sure", "Why"), rows, right=("ID", "Sure")) if rows else "Nothing."
    show(said, text, as_json=as_json)


@library.command()
@click.argument("item", type=int)
@click.argument("movie")
@shared
def choose(program: Program, *, item: int, movie: str, as_json: bool) -> None:
    """Say which MOVIE (TMDb id) the place ITEM is; `none` leaves it out."""
    number = movie.lower().removeprefix("tmdb:")
    if number != "none" and not number.isdecimal():
        raise click.UsageError("Give the TMDb id of the movie, or `none`.")
    said = program.post(f"/api/v4/collection/item/{item}", {"tmdbId": 0 if number == "none" else int(number)})
    show(said, one_line(" ".join(_row(said)[1:4])), as_json=as_json)


@library.command()
@click.argument("items", type=int, nargs=-1)
@click.option("--scan", "scan_id", type=int, help="The scan; the newest otherwise.")
@click.option("--unmonitored", is_flag=True, help="Do not look for better releases of them.")
@shared
def adopt(program: Program, *, items: Sequence[int], scan_id: int | None, unmonitored: bool, as_json: bool) -> None:
    """Take ITEMS into the library, or all that are certain. Files stay where they are, under their names."""
    chosen = _scan(program, scan_id)
    body = {"items": list(items), "monitored": not unmonitored}
    job = program.post(f"/api/v4/collection/{chosen['id']}/adopt", body)
    _wait(program, job["id"])
    said = program.get(f"/api/v4/collection/{chosen['id']}")
    again = f"To take them out again: radarr-desktop library undo {job['id']}"
    show(said, f"{_summary(said)}\n{again}", as_json=as_json)


@library.command()
@click.argument("which", required=False)
@shared
def undo(program: Program, *, which: str | None, as_json: bool) -> None:
    """Take what was adopted out of the library again: WHICH is an ID, or `last`. No file is touched. Without it, list.

    Each of its movies can be had back: radarr-desktop undo
    """
    known = program.get("/api/v4/collection/adoption")
    if which is None:
        rows = [(str(one["id"]), f"{ago(one['at'])} ago", str(one["movies"]), one["state"]) for one in known]
        heads = ("ID", "When", "Movies", "State")
        show(known, table(heads, rows, right=("ID", "Movies")) if rows else "Nothing was adopted.", as_json=as_json)
        return
    id_ = _adoption(known, which)
    job = program.post(f"/api/v4/collection/adoption/{id_}/undo", {})
    ended = _wait(program, job["id"])
    if ended["problem"]:
        raise Stop(Exit.PROBLEM, one_line(ended["problem"]))
    show(ended, f"Adoption {id_} was taken back; its files lie where they were.", as_json=as_json)


@library.command()
@click.option("--scan", "scan_id", type=int, help="The scan; the newest otherwise.")
@shared
def pause(program: Program, *, scan_id: int | None, as_json: bool) -> None:
    """Pause a scan."""
    _steer(program, scan_id, "pause", as_json=as_json)


@library.command()
@click.option("--scan", "scan_id", type=int, help="The scan; the newest otherwise.")
@shared
def resume(program: Program, *, scan_id: int | None, as_json: bool) -> None:
    """Go on with a scan."""
    _steer(program, scan_id, "resume", as_json=as_json)


@library.command()
@click.option("--scan", "scan_id", type=int, help="The scan; the newest otherwise.")
@shared
def stop(program: Program, *, scan_id: int | None, as_json: bool) -> None:
    """End a scan; what was found is kept."""
    _steer(program, scan_id, "stop", as_json=as_json)


@library.command()
@click.option("--accept", is_flag=True, help="Many files are gone, and that is right: I deleted them.")
@shared
def rescan(program: Program, *, accept: bool, as_json: bool) -> None:
    """Compare the library with the disk now; only folders that were changed are opened."""
    said = program.post("/api/v4/rescan", {"accept": accept})
    lines = [f"{count(said['movies'], 'movie')}, {said['lookedInto']:,} looked into.", *said["held"]]
    show(said, "\n".join(map(one_line, lines)), as_json=as_json)
    if said["held"]:
        raise Stop(Exit.PROBLEM, "Nothing was forgotten there.")


def _adoption(known: list[dict[str, Any]], which: str) -> int:
    if which.isascii() and which.isdecimal():
        return int(which)
    if which.lower() != "last":
        raise click.UsageError("Give the ID of an adoption, or `last`.")
    if not known:
        raise Stop(Exit.NOT_FOUND, "Nothing was adopted.")
    return int(known[0]["id"])


def _steer(program: Program, scan_id: int | None, verb: str, *, as_json: bool) -> None:
    said = program.post(f"/api/v4/collection/{_scan(program, scan_id)['id']}/{verb}", {})
    show(said, _summary(said), as_json=as_json)


def _scan(program: Program, scan_id: int | None) -> dict[str, Any]:
    scans = program.get("/api/v4/collection")
    found: dict[str, Any] | None = next((one for one in scans if scan_id in (None, one["id"])), None)
    if found is None:
        what = "There was no scan yet." if scan_id is None else f"There is no scan {scan_id}."
        raise Stop(Exit.NOT_FOUND, f"{what} Start one with: radarr-desktop library scan PATH")
    return found


def _followed(program: Program, scan_id: int) -> dict[str, Any]:
    """Wait for the end, with a line that counts where somebody looks on."""
    while True:
        said = dict(program.get(f"/api/v4/collection/{scan_id}"))
        if said["state"] != "running":
            return said
        if sys.stderr.isatty():
            click.echo(f"\r{said['done']:,} of {said['total']:,} places", nl=False, err=True)
        time.sleep(_LOOKS)


def _wait(program: Program, job_id: int) -> dict[str, Any]:
    """The job at its end."""
    while (said := dict(program.get(f"/api/v4/job/{job_id}")))["state"] in ("queued", "running"):
        time.sleep(_LOOKS)
    return said


def _summary(scan: dict[str, Any]) -> str:
    counts = [f"{scan['counts'][state]:,} {words}" for state, words in _WORDS.items() if scan["counts"].get(state)]
    head = f"Scan {scan['id']} of {scan['path']} is {scan['state']}: {count(scan['total'], 'place')}"
    lines = [head + ("." if not counts else ", of which")]
    lines += [f"  {words}" for words in counts]
    lines += [scan["problem"]] if scan["problem"] else []
    return "\n".join(map(one_line, lines))


def _row(item: dict[str, Any]) -> tuple[str, ...]:
    best = next(iter(item["guesses"]), None)
    movie = f"{best['title']} ({best['year']}) tmdb:{best['tmdbId']}" if best else ""
    why = item["note"] or " ".join(reason["sentence"] for reason in (best or {"reasons": []})["reasons"])
    return (str(item["id"]), item["path"], item["state"], movie, f"{best['confidence']}" if best else "", why)


COMMANDS = (library,)
