"""The blocklist as a table: what is never taken, or not for a while, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.blocklist import Blocked, Scope
from radarr_desktop.domain.failures import label_of, reason_of
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.table import TableModel
from radarr_desktop.ui.theme import State

SCOPE_ICONS = {Scope.RELEASE: "file-video", Scope.HASH: "key-round", Scope.GROUP: "users", Scope.PATTERN: "funnel"}
_DANGEROUS = frozenset({"DangerousContent", "HashMismatch"})


class BlockedColumn(IntEnum):
    """Columns of the table."""

    NAME = 0
    MOVIE = 1
    REASON = 2
    ATTEMPTS = 3
    ENDS = 4
    ADDED = 5


class BlocklistModel(TableModel[Blocked]):
    """All entries, and those that a reason and a text let through."""

    columns = BlockedColumn
    right = frozenset({BlockedColumn.ATTEMPTS})

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Blocked] = []
        self._titles: dict[int, str] = {}
        self._cause: str | None = None
        self._text = ""

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    def set_entries(self, entries: Sequence[Blocked], titles: dict[int, str]) -> None:
        """Show others, with the titles of their movies."""
        self._all, self._titles = list(entries), titles
        self._filter()

    def set_cause(self, cause: str | None) -> None:
        """Show one reason, by the word in front of its code, or all."""
        self._cause = cause
        self._filter()

    def set_text(self, text: str) -> None:
        """Show what has all of these words."""
        self._text = text
        self._filter()

    def causes(self) -> list[tuple[str, int]]:
        """The reasons there are, the most frequent first."""
        return Counter(cause_of(one) for one in self._all).most_common()

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return (
            self.tr("Release"),
            self.tr("Movie"),
            self.tr("Reason"),
            self.tr("Times"),
            self.tr("Until"),
            self.tr("Blocked"),
        )

    def cell(self, row: Blocked, column: BlockedColumn) -> str:
        """The words of a cell."""
        match column:
            case BlockedColumn.NAME:
                return row.title
            case BlockedColumn.MOVIE:
                return self._titles.get(row.movie_id, "") if row.movie_id else self.tr("All movies")
            case BlockedColumn.REASON:
                return reason_word(row)
            case BlockedColumn.ATTEMPTS:
                return str(row.attempts)
            case BlockedColumn.ENDS:
                return ends(row.expires)
            case BlockedColumn.ADDED:
                return times.moment(row.added)

    def spoken(self, row: Blocked, column: BlockedColumn) -> str:
        """With the kind of entry in front of its name."""
        words = self.cell(row, column)
        return f"{scope_word(row.scope)}: {words}" if column is BlockedColumn.NAME else words

    def described(self, row: Blocked) -> str:
        """Why it is blocked."""
        return row.reason

    def _filter(self) -> None:
        words = self._text.casefold().split()
        self._show(
            [
                one
                for one in self._all
                if self._cause in (None, cause_of(one)) and all(word in self._searched(one) for word in words)
            ]
        )

    def _searched(self, one: Blocked) -> str:
        return f"{one.title} {one.group} {one.indexer} {self._titles.get(one.movie_id, '')}".casefold()


def cause_of(entry: Blocked) -> str:
    """The word of its reason, by which entries are filtered and counted."""
    reason = reason_of(entry.cause)
    return reason.value if reason else ""


def reason_word(entry: Blocked) -> str:
    """Its reason in short."""
    return label_of(entry.cause) if entry.cause else _say("Blocked")


def tone_of(entry: Blocked) -> State:
    """Only what is dangerous is told in a colour."""
    return "err" if cause_of(entry) in _DANGEROUS else "off"


def ends(when: datetime | None) -> str:
    """When the block ends."""
    return times.moment(when) if when else _say("For good")


def scope_word(scope: Scope) -> str:
    """What an entry is about."""
    return {
        Scope.RELEASE: _say("Release"),
        Scope.HASH: _say("Torrent"),
        Scope.GROUP: _say("Group"),
        Scope.PATTERN: _say("Words in the name"),
    }[scope]


def _say(words: str) -> str:
    return QCoreApplication.translate("Blocklist", words)
