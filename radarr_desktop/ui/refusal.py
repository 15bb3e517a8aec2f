"""Why the program does not start, where even its window cannot be built."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QMessageBox


def refuse(sentence: str) -> int:
    """Say it on the terminal and on the screen; the exit code. For use before any loop runs."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  said to whoever started it
    QMessageBox(QMessageBox.Icon.Critical, "radarr-desktop", sentence).exec()
    return 2
