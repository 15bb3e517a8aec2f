"""What can be done with downloads, one or many: the same for keys, menu, bar and buttons."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import Order, PluginError
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.queue_state import is_paused, is_stuck
from radarr_desktop.ui.models.stuck import fixes
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.parts import BulkAction, Menu

_ORDERS = {
    "first": Order.FIRST,
    "last": Order.LAST,
    "force": Order.FORCE,
    "recheck": Order.RECHECK,
    "reannounce": Order.REANNOUNCE,
}

_PATIENCE = 2.0
"""Seconds that clients are asked what speaks against removing their downloads."""


class QueueActions(QObject):
    """Carries actions out through the desk; `window` is what sheets open over."""

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._library = library
        self._queue = library.queue
        self._window = window

    def run(self, key: str, items: Sequence[QueueItem]) -> None:
        """Do one by its key."""
        if not items:
            return
        verbs: dict[str, Callable[[], object]] = {
            "open": lambda: self._desk.movie_asked.emit(items[0].grab.movie_id, ""),
            "why": lambda: self._desk.movie_asked.emit(items[0].grab.movie_id, "why"),
            "import": lambda: self._desk.manual_asked.emit(items[0].grab.id, 0, []),
            "parts": lambda: self._desk.start(self._show_parts(items[0])),
            "map": lambda: self._desk.settings_asked.emit("paths"),
            "folders": lambda: self._desk.settings_asked.emit("folders"),
            "copy": lambda: self._desk.start(self._retry(items, allow_copy=True)),
            "retry": lambda: self._desk.start(self._retry(items, allow_copy=False)),
            "unpack": lambda: self._desk.start(self._allow_unpacking(items)),
            "pause": lambda: self._desk.start(self._queue.set_paused(items, paused=not all(map(is_paused, items)))),
            "resume": lambda: self._desk.start(self._resume(items)),
            "wait": lambda: self._desk.start(self._wait(items[0])),
            "next": lambda: self._ask_next(items),
            "remove": lambda: self._desk.start(self._ask_remove(items, block=False)),
            "block": lambda: self._desk.start(self._ask_remove(items, block=True)),
        }
        verb = verbs.get(key)
        if verb is not None:
            verb()
        else:
            self._desk.start(self._order(_ORDERS[key], items))

    def bar(self) -> tuple[list[BulkAction], list[BulkAction]]:
        """What the bar over several rows offers, and what is behind its dots."""
        return [
            BulkAction("pause", self.tr("Pause"), "pause", shortcut="Space"),
            BulkAction("first", self.tr("First in line"), "arrow-up", shortcut="Ctrl+Up"),
            BulkAction("next", self.tr("Block and try next…"), "skip-forward", danger=True, shortcut="Ctrl+Del"),
            BulkAction("remove", self.tr("Remove…"), "trash-2", danger=True, shortcut="Del"),
        ], [
            BulkAction("block", self.tr("Remove and block…"), "ban", danger=True),
            BulkAction("last", self.tr("Last in line"), "arrow-down", shortcut="Ctrl+Down"),
            BulkAction("force", self.tr("Start now, past the line"), "skip-forward"),
            BulkAction("recheck", self.tr("Check its files again"), "shield-check"),
            BulkAction("reannounce", self.tr("Ask the trackers again"), "radar"),
        ]

    def menu(self, items: Sequence[QueueItem], at: QPoint) -> QMenu:
        """Show the menu; it goes by itself."""
        menu = Menu(self._window)
        for one in self._entries(items):
            if not one.key:
                menu.addSeparator()
                continue
            menu.add(one.text, one.icon, partial(self.run, one.key, items), keys=one.shortcut, danger=one.danger)
        menu.popup(at)
        return menu

    def _entries(self, items: Sequence[QueueItem]) -> list[BulkAction]:
        line = BulkAction("", "", "")
        opening = [
            BulkAction("open", self.tr("Open movie"), "film", shortcut="Return"),
            BulkAction("why", self.tr("Why?"), "circle-question-mark"),
            line,
        ]
        (pause, first, follow, remove), (block, *rest) = self.bar()
        if all(map(is_paused, items)):
            pause = BulkAction("pause", self.tr("Resume"), "play", shortcut="Space")
        going = [pause, first, *rest]
        if len(items) == 1 and is_stuck(items[0]):
            going = [BulkAction(fix.key, fix.text, fix.icon) for fix in fixes(items[0])]
            follow = line if any(one.key == "next" for one in going) else follow
        elif all(item.grab.state is GrabState.BLOCKED for item in items):
            going = [BulkAction("retry", self.tr("Try again"), "refresh-cw")]
        elif all(item.download is None for item in items):
            going = []
        ending = [line, remove, block] if follow is line else [line, follow, remove, block]
        return [*(opening if len(items) == 1 else []), *going, *ending]

    async def _show_parts(self, item: QueueItem) -> None:
        """Of a torrent that holds many movies; of any other, the video is chosen by hand."""
        parts = await self._desk.bridge.call(self._desk.engine.packs.parts(item.grab.id))
        if parts:
            from radarr_desktop.ui.pages.queue.parts import PartsSheet

            PartsSheet(self._window, self._desk, self._library, item, parts).open()
        else:
            self._desk.manual_asked.emit(item.grab.id, 0, [])

    async def _ask_remove(self, items: Sequence[QueueItem], *, block: bool) -> None:
        against = await self._against(items)
        followed = await self._followed(items) if block else 0
        if len(items) == 1:
            title = self.tr("Remove the download of {title}?").format(title=items[0].movie_title)
            leaves = self.tr("{release} leaves the queue.").format(release=items[0].grab.title)
            never = self.tr("This release is never taken again for it.")
            then = self.tr("The next best is taken instead.") if followed else self.tr("The movie stays wanted.")
        else:
            title = self.tr("Remove {count} downloads?").format(count=len(items))
            leaves = self.tr("They leave the queue.")
            never = self.tr("These releases are never taken again for them.")
            then = self.tr("Their movies stay wanted.")
            if followed == len(items):
                then = self.tr("The next best are taken instead.")
            elif followed:
                then = self.tr("The next best are taken instead, except for those that you had picked.")
        ConfirmSheet(
            self._window,
            title,
            " ".join([leaves, *([never] if block else []), then, *against]),
            keep=self.tr("Keep it") if len(items) == 1 else self.tr("Keep them"),
            go=self.tr("Remove and block") if block else self.tr("Remove"),
            option=self.tr("Also delete what was downloaded"),
            on_yes=lambda delete: self._desk.start(
                self._block(items, delete=delete) if block else self._remove(items, delete=delete, force=bool(against))
            ),
        ).open()

    async def _against(self, items: Sequence[QueueItem]) -> list[str]:
        """What speaks against taking them from their clients, each said once."""
        downloads, said = self._desk.engine.downloads, dict[str, None]()
        with contextlib.suppress(TimeoutError, Problem, PluginError):  # a client that is away says so when it must
            async with asyncio.timeout(_PATIENCE):
                for item in items:
                    if item.download is not None:
                        found = await self._desk.bridge.call(downloads.hindrances(item.grab.id))
                        said |= dict.fromkeys(one.sentence for one in found)
        return list(said)

    def _ask_next(self, items: Sequence[QueueItem]) -> None:
        if len(items) == 1:
            title = self.tr("Give this download of {title} up?").format(title=items[0].movie_title)
            sentence = self.tr("{release} is removed with what came of it, and blocked. The next best is taken now.")
            sentence = sentence.format(release=items[0].grab.title)
        else:
            title = self.tr("Give {count} downloads up?").format(count=len(items))
            sentence = self.tr("They are removed with what came of them, and blocked. The next best are taken now.")
        ConfirmSheet(
            self._window,
            title,
            sentence,
            keep=self.tr("Keep it") if len(items) == 1 else self.tr("Keep them"),
            go=self.tr("Try next release"),
            icon="skip-forward",
            on_yes=lambda _checked: self._desk.start(self._next(items)),
        ).open()

    async def _followed(self, items: Sequence[QueueItem]) -> int:
        """After how many of them the next best is taken."""
        settings = await self._desk.bridge.call(self._desk.engine.settings.downloads())
        return sum(settings.follows(by_user=item.grab.by_user) for item in items)

    async def _next(self, items: Sequence[QueueItem]) -> None:
        await self._each(items, self._desk.engine.failures.try_next)

    async def _block(self, items: Sequence[QueueItem], *, delete: bool) -> None:
        await self._each(items, partial(self._desk.engine.failures.fail, remove=delete))

    async def _each(self, items: Sequence[QueueItem], verb: Callable[[int], Coroutine[Any, Any, object]]) -> None:
        """Give up one after the other; one that cannot be given up now keeps no other."""
        for item in items:
            try:
                await self._desk.bridge.call(verb(item.grab.id))
            except Problem as problem:
                self._desk.told.emit(str(problem), "err")

    async def _wait(self, item: QueueItem) -> None:
        until = await self._desk.bridge.call(self._desk.engine.failures.wait_longer(item.grab.id))
        words = self.tr("{title} is left alone until {time}.")
        self._desk.told.emit(words.format(title=item.movie_title, time=times.moment(until)), "ok")

    async def _allow_unpacking(self, items: Sequence[QueueItem]) -> None:
        settings, call = self._desk.engine.settings, self._desk.bridge.call
        await call(settings.save_media(replace(await call(settings.media()), unpack=True)))
        await self._retry(items, allow_copy=False)

    async def _remove(self, items: Sequence[QueueItem], *, delete: bool, force: bool) -> None:
        ids, downloads = [item.grab.id for item in items], self._desk.engine.downloads
        await self._desk.bridge.call(downloads.remove(*ids, from_client=delete, force=force))
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
