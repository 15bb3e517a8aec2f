"""`whatif`: what another profile would mean, before it is saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import count, table
from radarr_desktop.domain.amounts import size

MOST_ROWS = 40


@click.command()
@click.option("--profile", "wanted", help="File with a profile as the v3 API has it, or the name of one there is.")
@click.option("--formats", type=click.Path(path_type=Path), help="File with custom formats, as exported.")
@click.option("--for", "whose", help="Name of the profile whose movies it would be for.")
@click.option("--days", type=click.IntRange(1, 36_500), default=30, show_default=True, help="How far back to look.")
@shared
def whatif(
    program: Program, *, wanted: str | None, formats: Path | None, whose: str | None, days: int, as_json: bool
) -> None:
    """Say what another profile or other formats would have taken of what was seen lately. Nothing is changed."""
    if wanted is None and formats is None:
        raise click.UsageError("Name what would be changed: --profile or --formats.")
    body: dict[str, Any] = {"days": days}
    if wanted is not None:
        body |= _profile(program.get("/api/v3/qualityprofile"), wanted, whose)
    if formats is not None:
        body["formats"] = _formats(program.get("/api/v3/customformat"), formats)
    said = program.post("/api/v4/whatif", body)
    show(said, _text(said), as_json=as_json)


def _profile(known: list[dict[str, Any]], wanted: str, whose: str | None) -> dict[str, Any]:
    """The part of the question about a profile: a file's, or one there is."""
    ids = [_named(known, whose)["id"]] if whose else []
    file = Path(wanted)
    if not file.is_file():
        return {"like": _named(known, wanted)["id"], "profileIds": ids}
    proposed = _read(file)
    if not isinstance(proposed, dict):
        raise Stop(Exit.PROBLEM, f"{file} holds no quality profile: it should be one JSON object.")
    if not ids and all(one["id"] != proposed.get("id") for one in known):
        proposed["id"] = _named(known, str(proposed.get("name", "")))["id"]
    return {"profile": proposed, "profileIds": ids}


def _formats(known: list[dict[str, Any]], file: Path) -> list[dict[str, Any]]:
    """Custom formats of a file: those with a name that is known take its place."""
    read = _read(file)
    listed = read if isinstance(read, list) else [read]
    if not all(isinstance(one, dict) for one in listed):
        raise Stop(Exit.PROBLEM, f"{file} holds no custom formats: it should be one JSON object, or a list of them.")
    ids = {one["name"].casefold(): one["id"] for one in known}
    return [_sent(one) | {"id": ids.get(str(one.get("name", "")).casefold(), 0)} for one in listed]


def _sent(format: dict[str, Any]) -> dict[str, Any]:
    """A format of a file as the port takes it: what is exported has the fields of a condition as an object."""
    conditions = format.get("specifications")
    if not isinstance(conditions, list):
        return format
    return format | {"specifications": [_condition(one) for one in conditions]}


def _condition(condition: Any) -> Any:
    fields = condition.get("fields") if isinstance(condition, dict) else None
    if not isinstance(fields, dict):
        return condition
    return condition | {"fields": [{"name": name, "value": value} for name, value in fields.items()]}


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Stop(Exit.PROBLEM, f"{file} cannot be read as JSON: {fault}") from fault


def _named(profiles: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for profile in profiles:
        if name.casefold() in (profile["name"].casefold(), str(profile["id"])):
            return profile
    names = ", ".join(profile["name"] for profile in profiles)
    raise Stop(Exit.NOT_FOUND, f"There is no quality profile “{name}”. There are: {names}. Name one with --for.")


def _text(said: dict[str, Any]) -> str:
    days, more = said["days"], said["bytes"]
    took = f"It would also grab {len(said['grabs'])}, drop {len(said['drops'])}, take another one for "
    took += f"{len(said['swaps'])}, and replace {count(len(said['upgrades']), 'file')} of the library: "
    lines = [
        f"{count(said['releases'], 'release')} of {count(said['movies'], 'movie')} were replayed, of {days} days.",
        f"{took}{size(abs(more))} {'more' if more >= 0 else 'less'}.",
        f"{count(len(said['loops']), 'loop')} of releases that replace each other.",
    ]
    if said["isWeak"]:
        lines.append("So few releases say little.")
    rows = [
        (word, one["movie"], _chosen(one.get("before")), _chosen(one.get("after")), one["reason"])
        for kind, word in (("grabs", "grab"), ("drops", "drop"), ("upgrades", "upgrade"), ("swaps", "swap"))
        for one in said[kind]
    ]
    rows += [("loop", one["movie"], "", "", " > ".join(one["titles"])) for one in said["loops"]]
    if rows:
        lines += ["", table(("What", "Movie", "Now", "Then", "Why"), rows[:MOST_ROWS])]
    if len(rows) > MOST_ROWS:
        lines.append(f"and {len(rows) - MOST_ROWS} more: --json tells them all")
    return "\n".join(lines)


def _chosen(choice: dict[str, Any] | None) -> str:
    return f"{choice['title']} ({size(choice['size'])})" if choice else "nothing"


COMMANDS = (whatif,)
