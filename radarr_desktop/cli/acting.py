"""Commands that do something: add, grab."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie, titled
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import one_line
from radarr_desktop.domain.amounts import size


@click.command()
@click.argument("term", nargs=-1)
@click.option("--tmdb", type=int, help="Add the movie with this TMDb id.")
@click.option("--yes", is_flag=True, help="Take the best match without asking.")
@click.option("--profile", help="Name or id of the quality profile; the first one otherwise.")
@click.option("--root", help="Root folder; the first one otherwise.")
@click.option("--unmonitored", is_flag=True, help="Only list it, do not look for it.")
@click.option("--search", is_flag=True, help="Search for it now.")
@shared
def add(program: Program, *, term: tuple[str, ...], tmdb: int | None, as_json: bool, yes: bool, **wanted: Any) -> None:
    """Look up TERM (title, release name, IMDb or TMDb link) and add the movie to the library."""
    if not term and tmdb is None:
        raise click.UsageError("Give a title, or an id with --tmdb.")
    found = program.get("/api/v3/movie/lookup", term=" ".join(term) if tmdb is None else f"tmdb:{tmdb}")
    if not found:
        raise Stop(Exit.NOT_FOUND, "No movie was found. Try the original title, or an id with --tmdb.")
    movie = _choose(found, yes=yes or tmdb is not None)
    if movie.get("id"):
        show(movie, f"{titled(movie)} is in the library already.", as_json=as_json)
        return
    body = {
        "title": movie["title"],
        "tmdbId": movie["tmdbId"],
        "qualityProfileId": _profile(program, wanted["profile"]),
        "rootFolderPath": wanted["root"] or _root(program),
        "monitored": not wanted["unmonitored"],
        "minimumAvailability": "released",
        "addOptions": {"searchForMovie": wanted["search"]},
    }
    added = program.post("/api/v3/movie", body)
    show(added, f"{titled(added)} was added as {added['id']}, in {added['path']}.", as_json=as_json)


def _choose(found: list[dict[str, Any]], *, yes: bool) -> dict[str, Any]:
    if yes or len(found) == 1:
        return found[0]
    shown = found[:20]
    lines = [f"{number:>3}  {titled(one)}  tmdb:{one['tmdbId']}" for number, one in enumerate(shown, 1)]
    text = one_line_each(lines)
    if not sys.stdin.isatty():
        raise Stop(Exit.USAGE, f"Several movies fit. Choose one with --tmdb, or the first with --yes:\n{text}")
    click.echo(text, err=True)
    return shown[click.prompt("Which one", type=click.IntRange(1, len(shown)), err=True) - 1]


def one_line_each(lines: list[str]) -> str:
    """Lines that hold strangers' words."""
    return "\n".join(map(one_line, lines))


def _profile(program: Program, wanted: str | None) -> int:
    profiles = program.get("/api/v3/qualityprofile")
    if not profiles:
        raise Stop(
            Exit.PROBLEM, "There is no quality profile yet. Make one in the window or in the configuration file."
        )
    if wanted is None:
        return int(profiles[0]["id"])
    for profile in profiles:
        if wanted.casefold() in (profile["name"].casefold(), str(profile["id"])):
            return int(profile["id"])
    names = ", ".join(profile["name"] for profile in profiles)
    raise Stop(Exit.NOT_FOUND, f"There is no quality profile “{wanted}”. There are: {names}.")


def _root(program: Program) -> str:
    folders = program.get("/api/v3/rootfolder")
    if not folders:
        raise Stop(Exit.PROBLEM, "There is no root folder yet. Add one in the window or in the configuration file.")
    return str(folders[0]["path"])


@click.command()
@click.argument("target", nargs=-1, required=True)
@click.option("--movie", help="The movie that a .torrent or magnet link is of.")
@click.option("--release", type=int, help="Take this release; the ID that `search` or `why` shows.")
@click.option("--best", is_flag=True, help="Search, and take the best release (as without --release).")
@click.option("--force", is_flag=True, help="Take the release although it was rejected.")
@shared
def grab(
    program: Program,
    *,
    target: tuple[str, ...],
    movie: str | None,
    release: int | None,
    best: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Fetch TARGET: a movie of the library, a .torrent file or a magnet link."""
    if release is not None and best:
        raise click.UsageError("Give either --release or --best.")
    words = " ".join(target)
    is_file = words.lower().endswith(".torrent")
    if is_file and not Path(words).is_file():
        raise Stop(Exit.NOT_FOUND, f"There is no file {one_line(words)}.")
    if is_file or words.lower().startswith("magnet:"):
        _drop(program, words, movie, as_json=as_json)
        return
    found = find_movie(program, words)
    body = {"movieId": found["id"], "releaseId": release or 0, "force": force}
    said = program.post("/api/v4/grab", body)
    if "grab" not in said:
        text = f"Nothing was taken for {titled(found)}: {said['accepted']} of {said['found']} releases were good."
        show(said, one_line_each([text, *said["problems"]]), as_json=as_json)
        raise Stop(Exit.REJECTED, f"radarr-desktop why {found['id']} tells the reasons.")
    show(said, _taken(said["grab"], titled(found)), as_json=as_json)


def _drop(program: Program, item: str, movie: str | None, *, as_json: bool) -> None:
    movie_id = find_movie(program, movie)["id"] if movie else 0
    try:
        data = item.encode() if item.lower().startswith("magnet:") else Path(item).read_bytes()
    except OSError as fault:
        raise Stop(Exit.PROBLEM, f"{item} cannot be read: {fault.strerror}.") from fault
    said = program.post_bytes("/api/v4/drop", data, movieId=movie_id)
    if "grab" in said:
        lines = [_taken(said["grab"], said["movie"]["title"])]
        lines += [f"It is taken because you gave it: {' '.join(said['against'])}"] if said["against"] else []
        show(said, one_line_each(lines), as_json=as_json)
        return
    choices = [f"  {one['id']}  {one['title']}" for one in said["choices"]]
    fits = ["It can be any of these:", *choices] if choices else ["No movie of the library fits."]
    lines = [f"Which movie is “{said['name']}” of?", *fits]
    show(said, one_line_each(lines), as_json=as_json)
    raise Stop(Exit.REJECTED, "Nothing was taken. Name the movie with --movie.")


def _taken(grab: dict[str, Any], movie: str) -> str:
    facts = ", ".join(part for part in (grab["quality"], size(grab["size"]), grab["indexer"]) if part)
    return one_line(f"Fetching {movie}: {grab['title']} ({facts}).")


COMMANDS = (add, grab)
