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
_GRABBED, _DOWNLOADING, _CHECKED = 0, 2, 3
_BEFORE = frozenset({DownloadState.QUEUED, DownloadState.METADATA})


class QueueModel(QAbstractListModel):
    """Knows no engine; `silent` names the clients that do not answer."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QueueItem] = []
        self._silent: frozenset[str] = frozenset()

    def set_items(self, items: Sequence[QueueItem]) -> None:
        """Show these; no reset when only their cells differ."""
        if [item.grab.id for item in items] == [item.grab.id for item in self._items]:
            self._items = list(items)
            if self._items:
                self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))
            return
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def set_silent(self, clients: frozenset[str]) -> None:
        """Clients whose downloads are told as they were last seen."""
        if clients != self._silent:
            self._silent = clients
            if self._items:
                self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def change(self, item: QueueItem) -> None:
        """One download moved."""
        for place, old in enumerate(self._items):
            if old.grab.id == item.grab.id:
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


def stage(item: QueueItem, *, silent: bool = False) -> StageView:
    """How far it is on its way."""
    download = item.download
    if item.grab.state is GrabState.SENDING or download is None:
        return StageView(_GRABBED, 0.0, stale=silent)
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
