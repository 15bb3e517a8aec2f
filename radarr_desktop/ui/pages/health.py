"""The health page: what does not work, why, and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.engine.monitoring.health import HealthItem
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.pages.start_button import StartButton
from radarr_desktop.ui.parts import Banner, BannerTone, Button, EmptyState
from radarr_desktop.ui.shell.header import PageHeader

_TONES: dict[str, BannerTone] = {"error": "err", "warning": "wait", "notice": "info"}


class HealthPage(QWidget):
    """A banner for each finding; the fix is on its button where there is one place for it."""

    def __init__(self, desk: Desk, services: LiveServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        self._header: PageHeader | None = None
        self._shown: tuple[object, ...] = ()
        self.again = Button(self.tr("Check again"), icon="refresh-cw")
        self.again.clicked.connect(services.refresh)
        self._column = ScrollColumn()
        self._column.set_two_columns(two=False)
        self._column.main.setSpacing(12)
        fine = self.tr("Every service answers, and every folder can be read.")
        self._fine = EmptyState("circle-check", self.tr("Everything works"), fine)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._fine)
        self._stack.addWidget(self._column)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        services.changed.connect(self._show)

    def dress(self, header: PageHeader) -> None:
        """Put the controls into the page's header."""
        self._header = header
        header.add(self.again)

    def _show(self) -> None:
        items = list(self._services.health)
        now = (items, dict(self._services.startable), self._services.starting)
        if now == self._shown:
            return
        self._shown = now
        clear(self._column.main)
        for item in items:
            self._column.main.addWidget(self._banner(item))
        self._stack.setCurrentIndex(1 if items else 0)
        if self._header is not None:
            self._header.set_count(str(len(items)) if items else "")

    def _banner(self, item: HealthItem) -> Banner:
        section = self._section(item)
        buttons: list[Button] = []
        instance = next((one for one in self._services.instances if one.name == item.source), None)
        if instance is not None and instance.id in self._services.startable:
            start = StartButton(self._services)
            buttons.append(start)
            start.show_for(instance.id)
        if section:
            button = Button(self.tr("Settings"), icon="settings")
            button.clicked.connect(lambda: self._desk.settings_asked.emit(section))
            buttons.append(button)
        return Banner(item.message, item.todo, _TONES.get(item.level, "info"), buttons=buttons)

    def _section(self, item: HealthItem) -> str:
        if item.source in set(PluginKind):
            return item.source
        kind = next((one.kind for one in self._services.instances if one.name == item.source), None)
        if kind is not None:
            return kind
        return "folders" if any(folder.path == item.source for folder in self._services.folders) else ""
