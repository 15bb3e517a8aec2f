"""What SQLite says, as problems a user can act on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import peewee

from radarr_desktop.domain.problem import Kind, Problem

FAULTS = (peewee.DatabaseError, sqlite3.DatabaseError)


def is_busy(fault: Exception) -> bool:
    """Does another program hold the lock?"""
    return "locked" in str(fault)


def cause(fault: BaseException) -> BaseException:
    """The fault itself, or what it hides: a full disk ends the transaction, then Peewee cannot roll it back."""
    while "no transaction is active" in str(fault) and fault.__context__ is not None:
        fault = fault.__context__
    return fault


def problem_of(fault: Exception, path: Path, copies: Path) -> Problem | None:
    """The problem behind a fault of the database at ``path``; None for a fault of our own SQL."""
    text = str(fault)
    if "malformed" in text or "not a database" in text:
        return damaged(path, copies)
    if "readonly" in text or "unable to open" in text:
        why = "The file or its folder cannot be written."
        return Problem(Kind.STORAGE, f"The database {path} cannot be used.", why, "Check owner and permissions.")
    if "is full" in text:
        what = f"The database {path} cannot be written."
        return Problem(Kind.DISK_FULL, what, "The disk is full.", "Make room, then try again.")
    if "disk I/O error" in text:
        what = f"The database {path} cannot be read or written."
        return Problem(Kind.STORAGE, what, "The disk reported an error.", "Check the disk and its cable.")
    if is_busy(fault):
        what = f"The database {path} is in use."
        return Problem(Kind.STORAGE, what, "Another program holds it.", "Close that program, then try again.")
    if "UNIQUE constraint" in text:
        column = text.rpartition(".")[2].replace("_", " ")
        return Problem(Kind.CONFLICT, f"There is another one with the same {column}.", "Nothing was changed.")
    if "FOREIGN KEY constraint" in text:
        return Problem(Kind.CONFLICT, "Something else still needs this, or what it belongs to is gone.")
    return None


def damaged(path: Path, copies: Path) -> Problem:
    """The file is not what was written."""
    kept = sorted(copies.glob("*.db")) if copies.is_dir() else []
    todo = f"Put the newest copy, {kept[-1]}, in its place." if kept else "Move it away to start afresh."
    return Problem(Kind.STORAGE, f"The database {path} is damaged.", "Nothing was changed.", todo)
