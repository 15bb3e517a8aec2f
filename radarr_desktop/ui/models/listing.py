"""What the models of lists have in common: rows of one kind, and what each role tells of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""Role: the row itself, which delegates paint from."""


class ListModel(QAbstractListModel, Generic[T]):
    """A subclass shows rows by ``_show``, and says what is told of one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[T] = []

    def told(self, row: T, role: int) -> Any:
        """What a role tells of a row; None: nothing."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        return row if role == ROW else self.told(row, role)

    def _show(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self._shown = list(rows)
        self.endResetModel()

    def _show_changed(self, rows: Sequence[T]) -> None:
        """The same rows, some of which are other ones: what is chosen stays so."""
        self._shown = list(rows)
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
