"""A problem told to people: what happened, why, what to do."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of problem it is, for exit codes, HTTP statuses and statistics."""

    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    BAD_INPUT = "bad_input"
    LOGIN = "login"
    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"
    DISK_FULL = "disk_full"
    CANNOT_LINK = "cannot_link"
    STORAGE = "storage"
    INTERNAL = "internal"


class Problem(Exception):
    """Raised by every verb of the engine that cannot do what was asked.

    ``field`` names the setting or argument to change, where there is one; ``cause`` is a word of ``failures.Reason``
    where the kind says too little.
    """

    def __init__(
        self, kind: Kind, what: str, why: str = "", todo: str = "", *, field: str = "", cause: str = ""
    ) -> None:
        self.kind = kind
        self.what = what
        self.why = why
        self.todo = todo
        self.field = field
        self.cause = cause
        super().__init__(" ".join(part for part in (what, why, todo) if part))
