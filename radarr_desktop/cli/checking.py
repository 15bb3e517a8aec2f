"""`config check`: is a configuration file right? Asks no running program."""

from __future__ import annotations

import json
from pathlib import Path

import click

from radarr_desktop.cli.exits import Exit


@click.group()
def config() -> None:
    """Work with configuration files."""


@config.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def check(file: Path, *, as_json: bool) -> int:
    """Check FILE and name every error with its line."""
    from radarr_desktop.engine import provisioning  # the plugins come with it; other commands need none

    problems = provisioning.check(file)
    if as_json:
        click.echo(json.dumps([{"line": one.line, "problem": str(one)} for one in problems], ensure_ascii=False))
    else:
        for one in problems:
            click.echo(f"{file}:{one.line}: {one}")
        if not problems:
            click.echo(f"{file} is right.")
    return int(Exit.PROBLEM if problems else Exit.OK)
