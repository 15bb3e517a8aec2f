"""`formats`: custom formats from and for guides, and what is odd about them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import shared, show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import count, one_line

_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_KEPT = {
    "profile": ("profile",),
    "group": ("group of custom formats", "groups of custom formats"),
    "sizes": ("table of sizes", "tables of sizes"),
}
"""What people may ask for of a guide that was kept; the rest only serves these."""


@click.group()
def formats() -> None:
    """Work with custom formats."""


@formats.command("import")
@click.argument("source")
@click.option(
    "--profile", "profiles", multiple=True, help="Make this quality profile of the guide, too. Repeat for more."
)
@shared
def import_(program: Program, *, source: str, profiles: tuple[str, ...], as_json: bool) -> None:
    """Take over the custom formats at SOURCE.

    SOURCE is a file or folder with JSON as Radarr exports it or TRaSH's guide has it, an address (https) of such a
    file, or the address of a folder on GitHub.
    """
    place = source if _ADDRESS.match(source) else str(Path(source).expanduser().resolve())
    said = program.post("/api/v4/format/import", {"source": place, "profiles": list(profiles)})
    show(said, _told(said), as_json=as_json)
    if not any(said[key] for key in ("added", "changed", "same", "profiles", "kept")):
        raise Stop(Exit.REJECTED, "Nothing was taken over.")


def _told(said: dict[str, Any]) -> str:
    parts = [
        f"{count(len(said['added']), 'custom format')} added",
        f"{len(said['changed'])} changed",
        f"{len(said['same'])} as they were",
    ]
    lines = [", ".join(parts) + "."]
    lines += [f"Quality profile {name} is ready." for name in said["profiles"]]
    kept = [count(said["kept"][kind], *words) for kind, words in _KEPT.items() if kind in said["kept"]]
    if kept and not said["profiles"]:
        lines.append(f"Kept for later: {', '.join(kept)}. Take a profile with --profile NAME.")
    return "\n".join(one_line(line) for line in [*lines, *said["problems"]])


@formats.command()
@click.argument("names", nargs=-1)
@click.option("--profile", help="Write this quality profile instead.")
@shared
def export(program: Program, *, names: tuple[str, ...], profile: str | None, as_json: bool) -> None:
    """Write custom formats (all, or those named) as JSON that Radarr and guides read."""
    if profile is not None:
        id = _find(program.get("/api/v3/qualityprofile"), profile, "quality profile")
        said = program.get(f"/api/v4/format/export/profile/{id}")
    else:
        known = program.get("/api/v3/customformat") if names else []
        ids = [_find(known, name, "custom format") for name in names]
        said = program.get("/api/v4/format/export", ids=ids) if ids else program.get("/api/v4/format/export")
    show(said, json.dumps(said, indent=2, ensure_ascii=False), as_json=as_json)


@formats.command()
@shared
def lint(program: Program, *, as_json: bool) -> int:
    """Name custom formats that never match, match everything, contradict or repeat each other, and odd scores."""
    said = program.get("/api/v4/format/lint")
    text = "\n".join(one_line(one["sentence"]) for one in said) or "Nothing is odd about the custom formats."
    show(said, text, as_json=as_json)
    return int(Exit.PROBLEM if said else Exit.OK)


def _find(known: list[dict[str, Any]], wanted: str, what: str) -> int:
    for one in known:
        if wanted.casefold() in (one["name"].casefold(), str(one["id"])):
            return int(one["id"])
    raise Stop(Exit.NOT_FOUND, f"There is no {what} “{wanted}”.")


COMMANDS = (formats,)
