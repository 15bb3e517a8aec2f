"""What all commands share: ``--json``, ``--data-dir`` and how results are printed."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from radarr_desktop.cli.program import Program

Function = Callable[..., Any]


def shared(function: Function) -> Function:
    """Add the options; the command gets a ``Program`` first and ``as_json`` by name."""

    @click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
    @click.option("--data-dir", type=click.Path(path_type=Path), help="The running program's data folder.")
    @click.pass_context
    def command(context: click.Context, /, *, data_dir: Path | None, **options: Any) -> Any:
        return function(Program(data_dir or context.obj), **options)

    return functools.update_wrapper(command, function)


def show(value: Any, text: str, *, as_json: bool) -> None:
    """Print a result for programs or for people."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False) if as_json else text)
