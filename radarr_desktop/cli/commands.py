"""The commands of `radarr-desktop`, and how they end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from radarr_desktop.cli import (
    COMMANDS,
    acting,
    blocking,
    checking,
    collecting,
    counting,
    downloading,
    formats,
    importing,
    indexing,
    library,
    looking,
    naming,
    planning,
    renaming,
    trying,
    undoing,
)
from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.domain.problem import Kind, Problem


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--data-dir", type=click.Path(path_type=Path), help="The running program's data folder.")
@click.pass_context
def commands(context: click.Context, data_dir: Path | None) -> None:
    """Talk to the running radarr-desktop.

    Exit codes: 0 done, 1 a problem, 2 wrong use, 3 the program is not running, 4 not found, 5 nothing was taken.
    """
    context.obj = data_dir


for command in (
    *looking.COMMANDS,
    *acting.COMMANDS,
    *blocking.COMMANDS,
    *downloading.COMMANDS,
    *importing.COMMANDS,
    *indexing.COMMANDS,
    *library.COMMANDS,
    *trying.COMMANDS,
    *planning.COMMANDS,
    *undoing.COMMANDS,
    *collecting.COMMANDS,
    *formats.COMMANDS,
    *naming.COMMANDS,
    *renaming.COMMANDS,
    *counting.COMMANDS,
    checking.config,
):
    commands.add_command(command)


def summary() -> str:
    """What each command does, in a line."""
    text = click.HelpFormatter(max_width=100)
    with text.section("Commands for the running program (--help behind one tells more)"):
        text.write_dl([(name, commands.commands[name].get_short_help_str(200)) for name in COMMANDS])
    return text.getvalue()


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    try:
        result = commands.main(list(argv), prog_name="radarr-desktop", standalone_mode=False)
    except Stop as stop:
        click.echo(str(stop), err=True)
        return int(stop.code)
    except Problem as problem:
        click.echo(str(problem), err=True)
        return int(Exit.NOT_FOUND if problem.kind is Kind.NOT_FOUND else Exit.PROBLEM)
    except click.ClickException as fault:
        fault.show()
        return int(Exit.USAGE)
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        return int(Exit.PROBLEM)
    return result if isinstance(result, int) else int(Exit.OK)
