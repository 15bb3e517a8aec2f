"""The queue as a list: rows keep their place while their downloads move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from radarr_desktop.domain.events import ImportProgressed
from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import Download, DownloadState
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.queue_state import is_paused
from radarr_desktop.ui.parts import StageView, percent, stage_names

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_MANY = 50
"""Rows that come and go at once; with more, making all anew is faster."""
_GRABBED, _LOOKED_AT, _DOWNLOADING, _CHECKED, _IMPORTED = range(5)


class QueueModel(QAbstractListModel):
    """Knows no engine; `silent` names the clients that do not answer."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QueueItem] = []
        self._places: dict[int, int] = {}
        self._silent: frozenset[str] = frozenset()
        self._importing: dict[int, ImportProgressed] = {}

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
        self._importing = {id: told for id, told in self._importing.items() if id in self._places}

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

    def set_importing(self, told: ImportProgressed) -> None:
        """A file of a download is copied or unpacked: how far that is."""
        if told.grab_id is not None:
            self._importing[told.grab_id] = told
            place = self._places.get(told.grab_id)
            if place is not None:
                self.dataChanged.emit(self.index(place), self.index(place))

    def importing(self, item: QueueItem) -> ImportProgressed | None:
        """What is being copied or unpacked of it."""
        told = self._importing.get(item.grab.id)
        return told if told and item.grab.state is GrabState.COMPLETED and told.done < told.size else None

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


def stage(item: QueueItem, *, silent: bool = False, importing: ImportProgressed | None = None) -> StageView:
    """How far it is on its way."""
    download = item.download
    if importing is not None:
        share = importing.done / importing.size if importing.size else 0.0
        return StageView(_IMPORTED if importing.step == "copy" else _CHECKED, share, stale=silent)
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


def state_sentence(item: QueueItem, *, silent: bool = False, importing: ImportProgressed | None = None) -> str:
    """What it does right now."""
    download = item.download
    if silent and item.seen is not None:
        return _say("Last seen {time}, state unknown").format(time=times.clock(item.seen))
    if importing is not None:
        share = percent(importing.done / importing.size if importing.size else 0.0)
        words = _say("Copying, {share}") if importing.step == "copy" else _say("Unpacking, {share}")
        return words.format(share=share)
    if item.grab.state is GrabState.SENDING:
        return _say("Waits to be sent to {client}").format(client=item.client or _say("a client"))
    if item.grab.state in {GrabState.BLOCKED, GrabState.FAILED, GrabState.LOST} and item.grab.problem:
        return item.grab.problem
    if item.grab.state is GrabState.COMPLETED:
        return item.grab.problem or _say("Downloaded, about to be imported")
    if download is None:
        return _say("{client} has not told about it yet").format(client=item.client)
    return _of_download(item, download)


def _of_download(item: QueueItem, download: Download) -> str:
    peers = download.peers or download.seeds
    if item.trouble is not None:
        sentence = item.trouble.sentence
    elif download.state is DownloadState.DOWNLOADING and peers:
        one, many = _say("Downloading from 1 peer"), _say("Downloading from {count} peers")
        sentence = one if peers == 1 else many.format(count=peers)
    elif download.state is DownloadState.DOWNLOADING and download.progress >= 1:
        sentence = _say("Finishing")
    elif download.state is DownloadState.QUEUED and download.place:
        sentence = in_line(download.place)
    else:
        sentence = download.message or _STATES[download.state]()
    waits = item.grab.wait_until
    if waits is not None and waits > datetime.now(UTC):
        sentence = f"{sentence.rstrip('.')}. " + _say("Left alone until {time}").format(time=times.moment(waits))
    return sentence


def in_line(place: int) -> str:
    """ "Third in line at the client"."""
    ordinals = (_say("Next"), _say("Second"), _say("Third"), _say("Fourth"), _say("Fifth"))
    if place <= len(ordinals):
        return _say("{place} in line at the client").format(place=ordinals[place - 1])
    return _say("Number {place} in line at the client").format(place=place)


def _say(words: str) -> str:
    return QCoreApplication.translate("Queue", words)


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
