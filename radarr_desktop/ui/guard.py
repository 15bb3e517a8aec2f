"""Refuses a Qt that would abort the program: PySide6 6.12 and later on Python before 3.12."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version


def problem_with(pyside: tuple[int, ...], python: tuple[int, ...]) -> str:
    """What is wrong with this pair of versions, or nothing."""
    if pyside >= (6, 12) and python < (3, 12):
        return (
            f"PySide6 {_dotted(pyside)} does not work on Python {_dotted(python)}: it aborts after a few thousand "
            'signals. Install "PySide6-Essentials<6.12", or start with Python 3.12 or later.'
        )
    return ""


def require_working_qt() -> None:
    """End the program with a clear message when the installed pair cannot work; imports no Qt."""
    try:
        installed = version("PySide6-Essentials")
    except PackageNotFoundError:
        raise SystemExit("The window needs PySide6-Essentials. Install it, or start with --headless.") from None
    numbers = tuple(int(part) for part in installed.split(".")[:3] if part.isdigit())
    if problem := problem_with(numbers, sys.version_info[:3]):
        raise SystemExit(problem)


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in numbers)
