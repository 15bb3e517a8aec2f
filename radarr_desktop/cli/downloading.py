"""Commands of downloads: which movie each part of a torrent is, slow mode, and clients that do not run."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie, titled
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.services import try_all
from radarr_desktop.cli.text import one_line, table
from radarr_desktop.domain.amounts import size


@click.group()
def parts() -> None:
    """Say which movies a torrent with many of them holds."""


@parts.command("list")
@click.argument("download", type=int)
@shared
def list_parts(program: Program, *, download: int, as_json: bool) -> None:
    """List the videos of DOWNLOAD (its id in the queue) with their movies."""
    found = program.get(f"/api/v4/downloads/{download}/parts")
    rows = [_part_row(one) for one in found]
    heads = ("ID", "Video", "Size", "Movie", "State", "Why")
    text = table(heads, rows, right=("ID", "Size")) if rows else "It is a torrent of one movie."
    show(found, text, as_json=as_json)


def _part_row(one: dict[str, Any]) -> tuple[str, ...]:
    name = PurePosixPath(one["path"]).name
    return (str(one["id"]), name, size(one["size"]), one["movie"], one["state"], one["problem"])


@parts.command()
@click.argument("part", type=int)
@click.argument("movie", nargs=-1, required=True)
@shared
def say(program: Program, *, part: int, movie: tuple[str, ...], as_json: bool) -> None:
    """Say which MOVIE of the library the video PART is; `none` leaves it out."""
    words = " ".join(movie)
    found = None if words.lower() == "none" else find_movie(program, words)
    said = program.post(f"/api/v4/downloads/parts/{part}", {"movieId": found["id"] if found else 0})
    name = PurePosixPath(said["path"]).name
    text = f"{name} is {titled(found)}." if found else f"{name} is left out."
    show(said, one_line(f"{text} When all is said: radarr-desktop parts import DOWNLOAD"), as_json=as_json)


@parts.command("import")
@click.argument("download", type=int)
@shared
def import_parts(program: Program, *, download: int, as_json: bool) -> None:
    """Import the videos of DOWNLOAD that have their movie now."""
    said = program.post(f"/api/v4/downloads/{download}/parts", {})
    show(said, f"The videos of download {download} are being imported.", as_json=as_json)


@click.command()
@click.argument("turn", required=False, type=click.Choice(["on", "off"]))
@shared
def slow(program: Program, *, turn: str | None, as_json: bool) -> None:
    """Slow downloads down to the clients' lower limits, or give them full speed again. Without a word, say which."""
    path = "/api/v4/downloads/slow"
    said = program.get(path) if turn is None else program.put(path, {"slow": turn == "on"})
    words = {True: "Downloads are slowed down.", False: "Downloads have full speed."}
    show(said, words.get(said.get("slow"), "No download client that can be slowed down answers."), as_json=as_json)


@click.group()
def clients() -> None:
    """Look at download clients, and start one that does not run."""


@clients.command("list")
@shared
def list_clients(program: Program, *, as_json: bool) -> None:
    """List them with how they are doing."""
    said = program.get("/api/v4/downloads/clients")
    rows = [(str(one["id"]), one["name"], one["state"], one.get("program", ""), one["problem"]) for one in said]
    heads = ("ID", "Client", "State", "Can be started", "Problem")
    text = table(heads, rows, right=("ID",)) if rows else "No download client is set up."
    show(said, text, as_json=as_json)


@clients.command()
@shared
def test(program: Program, *, as_json: bool) -> None:
    """Ask each that is on, and say what is wrong with those that do not work."""
    try_all(program, "downloadclient", as_json=as_json)


@clients.command()
@click.argument("client", nargs=-1)
@shared
def start(program: Program, *, client: tuple[str, ...], as_json: bool) -> None:
    """Start the program of CLIENT (name or ID) on this machine; without it, of the one that does not run."""
    found = _client(program.get("/api/v4/downloads/clients"), " ".join(client).casefold())
    program.post(f"/api/v4/downloads/clients/{found['id']}/start", {})
    show(found, one_line(f"{found['name']} runs."), as_json=as_json)


def _client(known: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    if wanted:
        found = [one for one in known if wanted in (one["name"].casefold(), str(one["id"]))]
        missing = f"There is no download client “{wanted}”. There are: {', '.join(one['name'] for one in known)}."
    else:
        found = [one for one in known if "program" in one]
        missing = "No download client of this machine is known to be down."
    if not found:
        raise Stop(Exit.NOT_FOUND, missing)
    if len(found) > 1:
        raise Stop(Exit.USAGE, f"Name one of these: {', '.join(one['name'] for one in found)}.")
    return found[0]


COMMANDS = (parts, slow, clients)
