"""Commands that look: status, queue, search, why, recheck."""

from __future__ import annotations

from typing import Any

import click

from radarr_desktop.cli.choosing import find_movie
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import ago, count, one_line, table
from radarr_desktop.domain.amounts import size


@click.command()
@shared
def status(program: Program, *, as_json: bool) -> None:
    """Say how the program is."""
    said = program.get("/api/v4/status")
    lines = [
        f"radarr-desktop {said['version']}, started {ago(said['started'])} ago.",
        f"{count(said['movies'], 'movie')}: {said['withFile']:,} with a file, {said['wanted']:,} wanted.",
        f"{count(said['downloading'], 'download')}, {size(said['down'])}/s down, {size(said['up'])}/s up.",
    ]
    if said["waiting"]:
        lines.append(f"{count(said['waiting'], 'import')} wait for you: radarr-desktop queue")
    lines += [f"{item['level']}: {item['message']} {item['todo']}".rstrip() for item in said["health"]]
    show(said, "\n".join(map(one_line, lines)), as_json=as_json)


@click.command()
@shared
def queue(program: Program, *, as_json: bool) -> None:
    """List what is being fetched."""
    page = program.get("/api/v3/queue", pageSize=10_000, sortDirection="ascending", includeMovie=True)
    rows = [_queue_row(item) for item in page["records"]]
    heads = ("ID", "Movie", "State", "Done", "Size", "Left", "Client", "Release")
    text = table(heads, rows, right=("ID", "Done", "Size", "Left")) if rows else "Nothing is being fetched."
    reasons = [
        f"{item['id']}: {one_line(item['errorMessage'])}" for item in page["records"] if item.get("errorMessage")
    ]
    show(page["records"], "\n".join([text, *reasons]), as_json=as_json)


def _queue_row(item: dict[str, Any]) -> tuple[str, ...]:
    movie = item["movie"]
    done = 1 - item["sizeleft"] / item["size"] if item["size"] else 0.0
    state = item["trackedDownloadState"] if item["status"] == "completed" else item["status"]
    return (
        str(item["id"]),
        f"{movie['title']} ({movie['year']})",
        _STATES.get(state, state),
        f"{done:.0%}",
        size(item["size"]),
        item.get("timeleft", ""),
        item["downloadClient"],
        item["title"],
    )


_STATES = {
    "importPending": "waits for import",
    "importBlocked": "needs you",
    "downloadClientUnavailable": "client away",
    "warning": "stalled",
}


@click.command()
@click.argument("movie", nargs=-1, required=True)
@shared
def search(program: Program, *, movie: tuple[str, ...], as_json: bool) -> None:
    """Search all indexers for a MOVIE of the library and show the verdicts; nothing is taken."""
    found = find_movie(program, " ".join(movie))
    releases = program.get("/api/v4/search", movieId=found["id"])
    show(releases, releases_text(releases) if releases else "No indexer has a release of it.", as_json=as_json)


@click.command()
@click.argument("movie", nargs=-1, required=True)
@click.option("--release", type=int, help="Unfold the checks of this release; of the next best one otherwise.")
@shared
def why(program: Program, *, movie: tuple[str, ...], release: int | None, as_json: bool) -> None:
    """Say why a MOVIE is where it is, with the evidence."""
    said = program.get(f"/api/v4/why/{find_movie(program, ' '.join(movie))['id']}")
    lines = [said["sentence"], *([said["detail"]] if said["detail"] else []), said["nextSearch"]]
    parts = ["\n".join(map(one_line, lines))]
    if said["releases"]:
        parts.append(releases_text(said["releases"]))
    if said["timeline"]:
        rows = [_turn_row(turn) for turn in said["timeline"]]
        parts.append(table(("Ago", "What", "Which", "How"), rows, right=("Ago",)))
    wanted = said.get("nextBest") if release is None else release
    unfolded = next((one for one in said["releases"] if one["id"] == wanted), None)
    if unfolded is not None:
        parts.append(_checks_text(unfolded, "Next best: " if release is None else ""))
    elif release is not None:
        raise Stop(Exit.NOT_FOUND, f"Release {release} was not judged for this movie.")
    show(said, "\n\n".join(parts), as_json=as_json)


def _checks_text(release: dict[str, Any], head: str) -> str:
    """Every check of a release, and what its score is made of."""
    verdict = release["verdict"]
    rows = [
        (_MARKS[check["outcome"]], check["name"], check["observed"], check["limit"], check["sentence"])
        for check in verdict["checks"]
    ]
    score = " + ".join(f"{part['points']:,} {part['name']}" for part in verdict["parts"] if part["points"])
    lines = [f"{head}{release['id']}  {release['title']}", f"Score {verdict['score']:,}: {score or 'nothing'}"]
    return "\n".join([*map(one_line, lines), table(("", "Check", "Seen", "Limit", "Why not"), rows)])


_MARKS = {"accepted": "ok", "delayed": "later", "rejected": "no"}


def _turn_row(turn: dict[str, Any]) -> tuple[str, ...]:
    return ago(turn["at"]), _TURNS.get(turn["kind"], turn["kind"]), turn["title"], turn["sentence"]


_TURNS = {"profileChanged": "profile changed", "fileDeleted": "file removed"}


def releases_text(releases: list[dict[str, Any]]) -> str:
    """Releases with what was decided about them."""
    heads = ("ID", "Quality", "Size", "Seeds", "Age", "Indexer", "Release", "Verdict")
    return table(heads, [_release_row(one) for one in releases], right=("ID", "Size", "Seeds", "Age"))


def _release_row(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(one["id"]),
        one["quality"],
        size(one["size"]),
        str(one.get("seeders", "")),
        ago(one.get("published")),
        one["indexer"],
        one["title"],
        _verdict(one.get("verdict")),
    )


def _verdict(verdict: dict[str, Any] | None) -> str:
    if verdict is None:
        return "not judged"
    reasons = " ".join(check["sentence"] for check in verdict["checks"] if check["outcome"] != "accepted")
    return reasons or f"good, score {verdict['score']:,}"


@click.command()
@shared
def recheck(program: Program, *, as_json: bool) -> None:
    """List the files of the library that their profile would not take today."""
    unfit = program.get("/api/v4/recheck")
    rows = [(one["movie"]["title"], one["quality"], size(one["size"]), " ".join(one["reasons"])) for one in unfit]
    text = table(("Movie", "Quality", "Size", "Why not"), rows, right=("Size",))
    show(unfit, text if rows else "Every file is what its profile wants.", as_json=as_json)


COMMANDS = (status, queue, search, why, recheck)
