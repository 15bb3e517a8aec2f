"""Why the program does not start, where even its window cannot be built."""

from __future__ import annotations

import sys


def refuse(sentence: str) -> int:
    """Say it on the terminal and on the screen; the exit code. For use before any loop runs."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  said to whoever started it
    from PySide6.QtWidgets import QMessageBox  # here: a megabyte that a start which works never needs

    QMessageBox(QMessageBox.Icon.Critical, "radarr-desktop", sentence).exec()
    return 2
