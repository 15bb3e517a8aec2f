"""How a command ends."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; scripts rely on them."""

    OK = 0
    PROBLEM = 1
    USAGE = 2
    NOT_RUNNING = 3
    NOT_FOUND = 4
    REJECTED = 5
    """Nothing was taken."""


class Stop(Exception):
    """Ends a command with a sentence for people."""

    def __init__(self, code: Exit, text: str) -> None:
        super().__init__(text)
        self.code = code
