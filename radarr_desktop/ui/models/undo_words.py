"""What undoing does, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.operations import Holdings, Operation, OperationKind
from radarr_desktop.domain.records import HistoryEntry


def operation_of(entry: HistoryEntry) -> int:
    """The change a line of the history tells of; 0 where it tells of none."""
    told = str(entry.data.get("operation", ""))
    return int(told) if told.isdecimal() else 0


def operations_of(entries: Iterable[HistoryEntry]) -> list[int]:
    """All changes that some lines tell of; never empty, as that would ask for those of everything."""
    return sorted({operation_of(entry) for entry in entries}) or [0]


def undone_sentence(kind: OperationKind, title: str) -> str:
    """What was undone."""
    words = {
        OperationKind.IMPORT: _say("The import of {title} is undone."),
        OperationKind.RENAME: _say("{title} has its old name again."),
        OperationKind.DELETE: _say("{title} is back."),
        OperationKind.UNDO: _say("It is done again: {title}."),
    }
    return words[kind].format(title=title)


def question(operation: Operation, title: str) -> str:
    """What is asked before it is undone; empty where nothing is lost by it."""
    if operation.kind is not OperationKind.IMPORT:
        return ""
    return _say("Undo the import of {title}?").format(title=title)


def cost(operation: Operation) -> str:
    """What undoing an import does."""
    new, old = _quality(operation.after, operation.slot_id), _quality(operation.before, operation.slot_id)
    if old:
        sentence = _say("{old} comes back from the trash, {new} goes there.").format(old=old, new=new)
    elif operation.data.get("moves"):
        sentence = _say("Its file goes back to where it was, and the movie is missing again.")
    else:
        sentence = _say("Its file goes to the trash, and the movie is missing again.")
    if operation.grab_id:
        sentence += " " + _say("This release is not taken again for it. The download itself stays as it is.")
    return sentence


def _quality(holdings: Holdings | None, slot_id: int) -> str:
    files = holdings.files if holdings else ()
    return next((file.quality.name for file in files if slot_id in (0, file.slot_id)), "")


def _say(words: str) -> str:
    return QCoreApplication.translate("Undo", words)
