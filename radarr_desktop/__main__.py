"""The command: reads its arguments and starts window, headless program or a command for the running one."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from radarr_desktop.cli import COMMANDS

if TYPE_CHECKING:
    from radarr_desktop.engine.paths import Paths


def main(argv: Sequence[str] | None = None) -> int:
    """Start what is asked for; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if any(word in COMMANDS for word in _plain(arguments)[:1]):
        from radarr_desktop.cli.commands import main as command

        return command(arguments)
    parser = _parser()
    options = parser.parse_args(arguments)
    if strange := next(filter(_is_strange, options.open), ""):
        parser.error(_sentence(strange))
    return _start(options)


def _start(options: argparse.Namespace) -> int:
    from radarr_desktop.engine.paths import Paths

    paths = Paths.default(options.data_dir)
    with_window = not options.headless and _has_display()
    if with_window:
        from radarr_desktop.ui.handover import hand_over

        # before anything large is imported: a second start is over in a moment
        if hand_over(paths.data, options.open):
            return 0
    if not with_window:
        return _start_headless(paths, options)
    from radarr_desktop.app import Options, run_desktop

    return run_desktop(Options(paths, options.config), options.open, minimized=options.minimized)


def _start_headless(paths: Paths, options: argparse.Namespace) -> int:
    if options.open:
        words = "Torrents are handed to the running program without a window by: radarr-desktop grab TORRENT"
        print(words, file=sys.stderr)  # noqa: T201  said to whoever started it
        return 2
    gc.disable()  # what is imported stays: looking through it, now and as the start ends, is a tenth of a start
    from radarr_desktop.app import Options, run_headless

    gc.freeze()
    gc.enable()
    return run_headless(Options(paths, options.config))


def _has_display() -> bool:
    from radarr_desktop.ui.display import display_name, has_display

    if has_display(os.environ):
        return True
    if name := display_name(os.environ):
        words = f"The display {name} does not answer, so radarr-desktop runs without a window."
        print(words, "Start it on a desktop to have one.", file=sys.stderr)  # noqa: T201  said to whoever started it
    return False


def _is_strange(word: str) -> bool:
    """Is it neither a file nor a link? Whoever mistypes a command does not want to start a program."""
    return not any(mark in word for mark in ("/", "\\", ":")) and not Path(word).exists()


def _sentence(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, COMMANDS, 1)
    return f"“{word}” is no command, and there is no such file." + (f" Did you mean “{near[0]}”?" if near else "")


def _plain(arguments: Sequence[str]) -> list[str]:
    """The words that are neither options nor their values."""
    words, skip = [], False
    for word in arguments:
        if skip:
            skip = False
        elif word in ("--config", "--data-dir"):
            skip = True
        elif not word.startswith("-"):
            words.append(word)
    return words


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from radarr_desktop.app import program_version

        print(f"radarr-desktop {program_version()}")  # noqa: T201  argparse itself would say it on stderr
        parser.exit()


class _Help(argparse.Action):
    """Loads the commands, to say what each does, only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from radarr_desktop.cli.commands import summary

        print(f"{parser.format_help()}\n{summary()}", end="")  # noqa: T201  as argparse would
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="radarr-desktop",
        description="Runs your movie collection.",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action=_Help, nargs=0, help="show this and what each command does, and end")
    parser.add_argument("--headless", action="store_true", help="without tray and window")
    parser.add_argument("--minimized", action="store_true", help="start in the tray, without the window")
    parser.add_argument("--config", type=Path, metavar="FILE", help="apply this provisioning file at the start")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything below this folder")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and end")
    parser.add_argument("open", nargs="*", metavar="TORRENT", help=".torrent files or magnet links to download")
    return parser


if __name__ == "__main__":
    sys.exit(main())
