"""What the user answers to a notice: an undo is done here, so that it works without a window.

It is told where it was asked. Folders and pages are opened by the window.
"""

from __future__ import annotations

import structlog

from radarr_desktop.domain.events import NoticeAnswered
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.journal.undo import Undo
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.plugin_api import Notice, NoticeKind, PluginError

log = structlog.get_logger(__name__)


class Answers:
    """Hears of pressed buttons."""

    def __init__(self, bus: Bus, plugins: PluginHost, undo: Undo) -> None:
        self._plugins = plugins
        self._undo = undo
        bus.subscribe(NoticeAnswered, self._answered)

    async def _answered(self, event: NoticeAnswered) -> None:
        if event.key != "undo" or not event.target.isdecimal():
            return
        try:
            done = await self._undo.undo(int(event.target))
        except Problem as problem:
            rest = " ".join(part for part in (problem.why, problem.todo) if part)
            notice = Notice(NoticeKind.ATTENTION, problem.what, rest)
        else:
            notice = Notice(NoticeKind.FILE_DELETED, "Undone.", f"What was done with {done.title} is taken back.")
        await self._tell(event.notifier_id, notice)

    async def _tell(self, notifier_id: int, notice: Notice) -> None:
        live = next((one for one in self._plugins.notifiers() if one.id == notifier_id), None)
        if live is None:
            return
        try:
            await self._plugins.call(live, lambda plugin: plugin.send(notice))
        except PluginError as error:
            log.info("notice.answer_not_told", notifier=live.name, problem=str(error))
