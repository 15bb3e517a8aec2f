"""The queue as a list: rows keep their place while their downloads move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import DownloadState
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.queue_state import is_paused
from radarr_desktop.ui.parts import StageView, percent, stage_names

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_MANY = 50
"""Rows that come and go at once; with more, making all anew is faster."""
_GRABBED, _LOOKED_AT, _DOWNLOADING, _CHECKED = 0, 1, 2, 3


class QueueModel(QAbstractListModel):
    """Knows no engine; `silent` names the clients that do not answer."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QueueItem] = []
        self._places: dict[int, int] = {}
        self._silent: frozenset[str] = frozenset()

    def set_items(self, items: Sequence[QueueItem]) -> None:
        """Show these; what stays keeps its row, so that what was selected stays selected."""
        wanted = {item.grab.id for item in items}
        gone = [place for place, old in enumerate(self._items) if old.grab.id not in wanted]
        kept = [old.grab.id for old in self._items if old.grab.id in wanted]
        stays = set(kept)
        moved = kept != [item.grab.id for item in items if item.grab.id in stays]
        if not kept or moved or len(gone) + len(items) - len(kept) > _MANY:
            self.beginResetModel()
            self._items = list(items)
            self.endResetModel()
        else:
            self._drop(gone)
            self._insert(items, stays)
        self._places = {item.grab.id: place for place, item in enumerate(self._items)}

    def set_silent(self, clients: frozenset[str]) -> None:
        """Clients whose downloads are told as they were last seen."""
        if clients != self._silent:
            self._silent = clients
            if self._items:
                self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def change(self, item: QueueItem) -> None:
        """One download moved."""
        place = self._places.get(item.grab.id)
        if place is not None:
            self._items[place] = item
            self.dataChanged.emit(self.index(place), self.index(place))

    def item_at(self, place: int) -> QueueItem:
        """The item at a place."""
        return self._items[place]

    def is_silent(self, item: QueueItem) -> bool:
        """Whether its client does not answer."""
        return item.client in self._silent

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == ROW:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.movie_title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return item.grab.title
        return None

    def _drop(self, places: Sequence[int]) -> None:
        for place in reversed(places):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._items[place]
            self.endRemoveRows()

    def _insert(self, items: Sequence[QueueItem], kept: set[int]) -> None:
        for place, item in enumerate(items):
            if item.grab.id in kept:
                self._items[place] = item
                continue
            self.beginInsertRows(QModelIndex(), place, place)
            self._items.insert(place, item)
            self.endInsertRows()
        self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))


def stage(item: QueueItem, *, silent: bool = False) -> StageView:
    """How far it is on its way."""
    download = item.download
    if item.grab.state is GrabState.SENDING or download is None:
        return StageView(_GRABBED, 0.0, stale=silent)
    if download.state is DownloadState.METADATA:
        return StageView(_LOOKED_AT, 0.0, stale=silent)
    if item.grab.state in {GrabState.COMPLETED, GrabState.BLOCKED} or download.state is DownloadState.COMPLETED:
        return StageView(_CHECKED, 1.0, stale=silent)
    if download.state in {DownloadState.CHECKING, DownloadState.MOVING}:
        return StageView(_CHECKED, download.progress, stale=silent)
    tone = {DownloadState.PAUSED: "off", DownloadState.ERROR: "err", DownloadState.STALLED: "wait"}
    return StageView(_DOWNLOADING, download.progress, tone.get(download.state, "info"), stale=silent)  # type: ignore[arg-type]


def state_sentence(item: QueueItem, *, silent: bool = False) -> str:
    """What it does right now."""
    say = QCoreApplication.translate
    download = item.download
    if silent and item.seen is not None:
        return say("Queue", "Last seen {time}, state unknown").format(time=times.clock(item.seen))
    if item.grab.state is GrabState.SENDING:
        return say("Queue", "Waits to be sent to {client}").format(client=item.client or say("Queue", "a client"))
    if item.grab.state is GrabState.COMPLETED:
        return say("Queue", "Downloaded, about to be imported")
    if item.grab.state in {GrabState.BLOCKED, GrabState.FAILED, GrabState.LOST} and item.grab.problem:
        return item.grab.problem
    if download is None:
        return say("Queue", "{client} has not told about it yet").format(client=item.client)
    peers = download.peers or download.seeds
    if download.state is DownloadState.DOWNLOADING and peers:
        return (
            say("Queue", "Downloading from 1 peer")
            if peers == 1
            else say("Queue", "Downloading from {count} peers").format(count=peers)
        )
    if download.state is DownloadState.DOWNLOADING and download.progress >= 1:
        return say("Queue", "Finishing")
    return download.message or _STATES[download.state]()


_STATES = {
    DownloadState.QUEUED: lambda: QCoreApplication.translate("Queue", "Waits in line at the client"),
    DownloadState.METADATA: lambda: QCoreApplication.translate("Queue", "Asking peers what is in it"),
    DownloadState.DOWNLOADING: lambda: QCoreApplication.translate("Queue", "Looking for peers"),
    DownloadState.STALLED: lambda: QCoreApplication.translate("Queue", "No peer has sent anything lately"),
    DownloadState.PAUSED: lambda: QCoreApplication.translate("Queue", "Paused"),
    DownloadState.CHECKING: lambda: QCoreApplication.translate("Queue", "Checking what is there"),
    DownloadState.MOVING: lambda: QCoreApplication.translate("Queue", "Moving its files"),
    DownloadState.COMPLETED: lambda: QCoreApplication.translate("Queue", "Downloaded"),
    DownloadState.ERROR: lambda: QCoreApplication.translate("Queue", "The client reports an error"),
}


def spoken(item: QueueItem) -> str:
    """The row for a screen reader, in steps of 25 % so that it is not told without end."""
    view = stage(item)
    names = stage_names()
    parts = [item.movie_title, names[view.current]]
    if item.download is not None and view.current == _DOWNLOADING:
        parts.append(percent(int(view.progress * 4) / 4))
    return ", ".join([*parts, state_sentence(item) if not item.download or is_paused(item) else ""]).rstrip(", ")
