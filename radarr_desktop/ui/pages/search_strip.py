"""How far the searches of many movies are, over the movies, with a way to stop them."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from radarr_desktop.domain import events
from radarr_desktop.engine.search.mass import SearchProgress
from radarr_desktop.ui.models import plan_words, times
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Button, Card, ElidingLabel, Icon, ProgressBar

_EVERY_MS = 2000


class SearchStrip(Card):
    """Hidden while nothing is searched; asks again and again only while it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.words = ElidingLabel("", "body", "text2")
        self.bar = ProgressBar(self.tr("Movies searched"))
        self.stop = Button(self.tr("Stop"), icon="square", small=True)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.words)
        words.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Icon("search", "info", 18))
        row.addLayout(words, 1)
        row.addWidget(self.stop)
        self.body.addLayout(row)
        self.hide()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self.stop.clicked.connect(lambda: desk.start(self._stop()))
        desk.began.connect(self.refresh)
        desk.ending.connect(self._timer.stop)
        desk.bridge.happened.connect(self._on_event)

    def refresh(self) -> None:
        """Ask how far it is."""
        if self._desk.has_begun:
            self._desk.start(self._load())

    def showEvent(self, event: QShowEvent) -> None:
        """It goes on while it is looked at."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    async def _load(self) -> None:
        self._show(await self._desk.bridge.call(self._desk.engine.mass_search.progress()))

    async def _stop(self) -> None:
        self.stop.setEnabled(False)
        try:
            count = await self._desk.bridge.call(self._desk.engine.mass_search.stop())
            await self._load()
        finally:
            self.stop.setEnabled(True)
        words = self.tr("Stopped: {count} movies are not searched now.")
        self._desk.told.emit(words.format(count=times.number(count)), "info")

    def _show(self, state: SearchProgress) -> None:
        if state.left:
            self.words.setText(plan_words.progress(state))
            self.bar.show_progress((state.begun - state.left) / state.begun)
        self.setVisible(bool(state.left))

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.SearchStarted) and self.isHidden():
            self.refresh()
