"""`config check`: is a configuration file right? Asks no running program."""

from __future__ import annotations

import json
from pathlib import Path

import click

from radarr_desktop.cli.exits import Exit
from radarr_desktop.engine.paths import Paths


@click.group()
def config() -> None:
    """Work with configuration files."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where the program keeps its data and plugins.")
@click.pass_context
def check(context: click.Context, /, *, file: Path, as_json: bool, data_dir: Path | None) -> int:
    """Check FILE and name every mistake with its line."""
    from radarr_desktop.engine import provisioning  # all plugins come with it; other commands need none

    mistakes = provisioning.check(file, Paths.default(data_dir or context.obj))
    if as_json:
        found = [{"line": one.line, "problem": one.message} for one in mistakes]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for one in mistakes:
            click.echo(f"{file}:{one.line}: {one.message}")
        if not mistakes:
            click.echo(f"{file} is right.")
    return int(Exit.PROBLEM if mistakes else Exit.OK)
