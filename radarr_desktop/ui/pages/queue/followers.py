"""What would be taken instead of a stuck download: asked once for each, not with every look."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import QueueItem
from radarr_desktop.ui.models.stuck import fixes
from radarr_desktop.ui.pages.desk import Desk


class Followers(QObject):
    """Only of those whose fix it would be."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sentences: dict[int, str] = {}
        """By grab."""

    def look(self, stuck: Iterable[QueueItem]) -> None:
        """Ask for those that are new; forget those that are gone."""
        wanted = {item.grab.id for item in stuck if any(fix.key == "next" for fix in fixes(item))}
        new = wanted - set(self.sentences)
        self.sentences = {id: self.sentences.get(id, "") for id in wanted}
        if new:
            self._desk.start(self._ask(sorted(new)))

    async def _ask(self, grab_ids: list[int]) -> None:
        for id in grab_ids:
            try:
                best = await self._desk.bridge.call(self._desk.engine.failures.next_best(id))
            except Problem:  # it ended meanwhile
                continue
            if id in self.sentences:
                self.sentences[id] = best.sentence if best else self.tr("No other release that is known would do.")
        self.changed.emit()
