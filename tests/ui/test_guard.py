"""A Qt that would abort the program is refused in a sentence."""

from __future__ import annotations

import pytest

from radarr_desktop.ui import guard


@pytest.mark.parametrize(
    ("pyside", "python", "refused"),
    [
        ((6, 11, 3), (3, 11, 7), False),
        ((6, 12, 0), (3, 11, 7), True),
        ((6, 13), (3, 11, 0), True),
        ((7, 0, 0), (3, 11, 9), True),
        ((6, 12, 0), (3, 12, 0), False),
        ((6, 10, 1), (3, 13, 0), False),
    ],
)
def test_only_the_broken_pair_is_refused(pyside: tuple[int, ...], python: tuple[int, ...], refused: bool) -> None:
    sentence = guard.problem_with(pyside, python)
    assert bool(sentence) is refused
    assert not refused or ("PySide6-Essentials<6.12" in sentence and "3.12" in sentence)


def test_the_installed_pair_works() -> None:
    guard.require_working_qt()
