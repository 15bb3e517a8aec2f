"""The banner over a page while a service of a kind does not answer: what, why, and the way to try now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.pages.settings.lists import waits_until
from radarr_desktop.ui.pages.start_button import StartButton
from radarr_desktop.ui.parts import Banner, Button

_TICK_MS = 1000


class ServiceBanner(QWidget):
    """Hidden while all services of the kind answer."""

    def __init__(self, desk: Desk, services: LiveServices, kind: PluginKind, calm: str) -> None:
        super().__init__()
        self._desk = desk
        self._services = services
        self._kind = kind
        self._calm = calm
        self.try_now = Button(self.tr("Try now"), "primary", "refresh-cw")
        self._to_settings = Button(self.tr("Settings"), icon="settings")
        self.start_it = StartButton(services)
        self._banner = Banner("", icon="unplug", buttons=[self.try_now, self.start_it, self._to_settings])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._banner)
        self.hide()
        self.try_now.clicked.connect(lambda: desk.start(self._try()))
        self._to_settings.clicked.connect(lambda: desk.settings_asked.emit(kind))
        services.changed.connect(self._show)
        self._until: datetime | None = None
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._count_down)
        desk.ending.connect(self._clock.stop)

    def showEvent(self, event: QShowEvent) -> None:
        """The time to the next try runs while it is looked at."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._clock.stop()

    def _count_down(self) -> None:
        wait = waits_until(self._until)
        self._banner.set_note(self.tr("Trying again in {time}").format(time=wait) if wait else "")

    def _show(self) -> None:
        silent = self._services.silent(self._kind)
        if silent:
            first = silent[0]
            what, _, why = first.problem.partition(". ")
            title = what.rstrip(".") or self.tr("{name} does not answer").format(name=first.name)
            self._banner.set_text(title, f"{why} {self._calm}".strip())
            self.start_it.show_for(first.id)
            self._until = first.disabled_until
            self._count_down()
            self._banner.set_tone("err" if first.state == "broken" else "wait")
        self.setVisible(bool(silent))

    async def _try(self) -> None:
        self.try_now.setEnabled(False)
        try:
            await self._desk.bridge.call(self._desk.engine.plugins.test_all(self._kind))
            await self._services.load()
        finally:
            self.try_now.setEnabled(True)
