"""One id from a search to its import, in every log line and event on the way."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


def new() -> str:
    """A fresh id."""
    return secrets.token_hex(6)


def current() -> str:
    """The id of what is being done now, or empty."""
    return str(structlog.contextvars.get_contextvars().get("correlation", ""))


@contextmanager
def correlated(id_: str = "") -> Iterator[str]:
    """Do the block under this id, or the current one, or a new one."""
    chosen = id_ or current() or new()
    with structlog.contextvars.bound_contextvars(correlation=chosen):
        yield chosen
