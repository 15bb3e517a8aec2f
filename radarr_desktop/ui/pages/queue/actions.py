"""What can be done with downloads, one or many: the same for keys, menu, bar and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import Order
from radarr_desktop.ui.models.queue_state import is_paused
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.live_queue import LiveQueue
from radarr_desktop.ui.parts import BulkAction
from radarr_desktop.ui.theme import set_icon

_ORDERS = {
    "first": Order.FIRST,
    "last": Order.LAST,
    "force": Order.FORCE,
    "recheck": Order.RECHECK,
    "reannounce": Order.REANNOUNCE,
}


class QueueActions(QObject):
    """Carries actions out through the desk; `window` is what sheets open over."""

    def __init__(self, desk: Desk, queue: LiveQueue, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._queue = queue
        self._window = window

    def run(self, key: str, items: Sequence[QueueItem]) -> None:
        """Do one by its key."""
        if not items:
            return
        match key:
            case "open":
                self._desk.movie_asked.emit(items[0].grab.movie_id, "")
            case "why":
                self._desk.movie_asked.emit(items[0].grab.movie_id, "why")
            case "copy" | "retry":
                self._desk.start(self._retry(items, allow_copy=key == "copy"))
            case "pause":
                self._desk.start(self._queue.set_paused(items, paused=not all(map(is_paused, items))))
            case "resume":
                self._desk.start(self._resume(items))
            case "remove" | "block":
                self._ask_remove(items, block=key == "block")
            case _:
                self._desk.start(self._order(_ORDERS[key], items))

    def bar(self) -> tuple[list[BulkAction], list[BulkAction]]:
        """What the bar over several rows offers, and what is behind its dots."""
        return [
            BulkAction("pause", self.tr("Pause"), "pause", shortcut="Space"),
            BulkAction("first", self.tr("First in line"), "arrow-up", shortcut="Ctrl+Up"),
            BulkAction("block", self.tr("Remove and block…"), "ban", danger=True, shortcut="Ctrl+Del"),
            BulkAction("remove", self.tr("Remove…"), "trash-2", danger=True, shortcut="Del"),
        ], [
            BulkAction("last", self.tr("Last in line"), "arrow-down", shortcut="Ctrl+Down"),
            BulkAction("force", self.tr("Start now, past the line"), "skip-forward"),
            BulkAction("recheck", self.tr("Check its files again"), "shield-check"),
            BulkAction("reannounce", self.tr("Ask the trackers again"), "radar"),
        ]

    def menu(self, items: Sequence[QueueItem], at: QPoint) -> QMenu:
        """Show the menu; it goes by itself."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for one in self._entries(items):
            if not one.key:
                menu.addSeparator()
                continue
            action = QAction(one.text, menu)
            set_icon(action, one.icon, "err" if one.danger else "text2")
            action.setShortcut(one.shortcut)
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(lambda _checked=False, key=one.key: self.run(key, items))
            menu.addAction(action)
        menu.popup(at)
        return menu

    def _entries(self, items: Sequence[QueueItem]) -> list[BulkAction]:
        line = BulkAction("", "", "")
        opening = [
            BulkAction("open", self.tr("Open movie"), "film", shortcut="Return"),
            BulkAction("why", self.tr("Why?"), "circle-question-mark"),
            line,
        ]
        pause, first, block, remove = self.bar()[0]
        if all(map(is_paused, items)):
            pause = BulkAction("pause", self.tr("Resume"), "play", shortcut="Space")
        going = [pause, first, *self.bar()[1]]
        if all(item.grab.state is GrabState.BLOCKED for item in items):
            going = [BulkAction("retry", self.tr("Try again"), "refresh-cw")]
        elif all(item.download is None for item in items):
            going = []
        return [*(opening if len(items) == 1 else []), *going, line, remove, block]

    def _ask_remove(self, items: Sequence[QueueItem], *, block: bool) -> None:
        if len(items) == 1:
            title = self.tr("Remove the download of {title}?").format(title=items[0].movie_title)
            sentence = self.tr("{release} leaves the queue. The movie stays wanted.")
            sentence = sentence.format(release=items[0].grab.title)
            never = self.tr("This release is never taken again for it.")
        else:
            title = self.tr("Remove {count} downloads?").format(count=len(items))
            sentence = self.tr("They leave the queue. Their movies stay wanted.")
            never = self.tr("These releases are never taken again for them.")
        ConfirmSheet(
            self._window,
            title,
            f"{sentence} {never}" if block else sentence,
            keep=self.tr("Keep it") if len(items) == 1 else self.tr("Keep them"),
            go=self.tr("Remove and block") if block else self.tr("Remove"),
            option=self.tr("Also delete what was downloaded"),
            on_yes=lambda delete: self._desk.start(self._remove(items, delete=delete, block=block)),
        ).open()

    async def _remove(self, items: Sequence[QueueItem], *, delete: bool, block: bool) -> None:
        ids = [item.grab.id for item in items]
        await self._desk.bridge.call(self._desk.engine.downloads.remove(*ids, from_client=delete, block=block))
        if len(items) == 1:
            words = self.tr("The download of {title} is removed.").format(title=items[0].movie_title)
        else:
            words = self.tr("{count} downloads are removed.").format(count=len(items))
        self._desk.told.emit(words, "ok")

    async def _resume(self, items: Sequence[QueueItem]) -> None:
        await self._desk.bridge.call(self._desk.engine.downloads.resume(*(item.grab.id for item in items)))

    async def _order(self, order: Order, items: Sequence[QueueItem]) -> None:
        ids = [item.grab.id for item in items if item.download is not None]
        if not ids:
            return
        await self._desk.bridge.call(self._desk.engine.downloads.order(order, *ids))
        told = {
            Order.RECHECK: self.tr("The client checks what is there."),
            Order.REANNOUNCE: self.tr("The trackers are asked again."),
            Order.FIRST: self.tr("Moved to the front of the line."),
            Order.LAST: self.tr("Moved to the end of the line."),
        }
        if order in told:
            self._desk.told.emit(told[order], "info")

    async def _retry(self, items: Sequence[QueueItem], *, allow_copy: bool) -> None:
        for item in items:
            await self._desk.bridge.call(self._desk.engine.imports.retry(item.grab.id, allow_copy=allow_copy))
        words = self.tr("{title} is being copied.") if allow_copy else self.tr("The import of {title} is tried again.")
        if len(items) == 1:
            self._desk.told.emit(words.format(title=items[0].movie_title), "info")
