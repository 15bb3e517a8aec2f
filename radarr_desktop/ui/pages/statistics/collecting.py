"""The line above the figures: how far an indexer was read for them, with a button to go on or stop."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.collecting import CollectingState
from radarr_desktop.engine.search.analyzer import Progress
from radarr_desktop.ui.models import times
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Button, Label

_SETTLE_MS = 300


class CollectingStrip(QWidget):
    """One line for each indexer whose pages can be read; nothing where there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: dict[int, CollectingLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 0)
        self._column.setSpacing(8)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        desk.bridge.happened.connect(self._on_event)
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self._desk.start(self._load())

    async def _load(self) -> None:
        found = await self._desk.bridge.call(self._desk.engine.analyzer.progress())
        for gone in self.lines.keys() - {one.instance_id for one in found}:
            self.lines.pop(gone).deleteLater()
        for one in found:
            if one.instance_id not in self.lines:
                self.lines[one.instance_id] = line = CollectingLine(self._desk, one.instance_id)
                self._column.addWidget(line)
            self.lines[one.instance_id].show_progress(one)
        self.setVisible(bool(found))

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.CollectingChanged | events.PluginsChanged) and not self._settle.isActive():
            self._settle.start()


class CollectingLine(QWidget):
    """How far one indexer was read."""

    def __init__(self, desk: Desk, instance_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._id = instance_id
        self.words = Label("", "body", "text2", wrap=True)
        self.start = Button(self.tr("Collect"), icon="play", small=True)
        self.stop = Button(self.tr("Stop"), icon="square", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.start)
        row.addWidget(self.stop)
        self.start.clicked.connect(lambda: desk.start(desk.bridge.call(desk.engine.analyzer.start(self._id))))
        self.stop.clicked.connect(lambda: desk.start(desk.bridge.call(desk.engine.analyzer.stop(self._id))))

    def show_progress(self, progress: Progress) -> None:
        """The words, and what can be done."""
        at = progress.collecting
        runs = at is not None and at.state is CollectingState.RUNNING
        self.stop.setVisible(runs)
        self.start.setVisible(not runs)
        is_left = at is not None and at.state is CollectingState.STOPPED
        self.start.setText(self.tr("Go on") if is_left else self.tr("Collect"))
        self.words.setText(self._words(progress))

    def _words(self, progress: Progress) -> str:
        at = progress.collecting
        if at is None:
            words = self.tr("All that {name} lists can be collected for these figures, within its limits.")
            return words.format(name=progress.name)
        known = self.tr("{name}: {count} torrents known, {samples} of them looked into.").format(
            name=progress.name, count=times.number(progress.listed), samples=times.number(progress.samples)
        )
        if at.state is CollectingState.DONE:
            return f"{known} {self.tr('All pages were read.')}"
        part = progress.segments[at.segment] if at.segment < len(progress.segments) else ""
        where = self.tr("Next is page {page} of {part}.").format(page=at.page + 1, part=part)
        return " ".join(one for one in (known, where, at.problem) if one)
