"""What the models of all tables have in common: rows of one kind, columns with names, words for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""Role: the row itself, which delegates paint from."""


class TableModel(QAbstractTableModel, Generic[T]):
    """A subclass keeps ``_shown`` and says what its cells say."""

    columns: ClassVar[type[IntEnum]]
    right: ClassVar[frozenset[IntEnum]] = frozenset()
    """Columns of figures, which end at one line."""
    pictured: ClassVar[frozenset[IntEnum]] = frozenset()
    """Columns of icons: there is no room for their names, which are told to readers and as tool tips."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[T] = []

    def row_at(self, place: int) -> T:
        """The row shown at a place."""
        return self._shown[place]

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        raise NotImplementedError

    def cell(self, row: T, column: Any) -> str:
        """The words of a cell."""
        raise NotImplementedError

    def spoken(self, row: T, column: Any) -> str:
        """The same for a screen reader."""
        return self.cell(row, column)

    def described(self, row: T) -> str | None:
        """What a screen reader tells of a row besides."""
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The table's columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, self.columns(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, self.columns(index.column()))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.described(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self.right:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section in self.pictured else self.titles()[section]
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self.titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if section in self.right else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _show(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self._shown = list(rows)
        self.endResetModel()
