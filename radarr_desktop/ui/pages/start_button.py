"""The button that starts the program behind a download client: there only while that can be done."""

from __future__ import annotations

from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.parts import Button


class StartButton(Button):
    """Of one client at a time."""

    def __init__(self, services: LiveServices) -> None:
        super().__init__("", icon="power")
        self._services = services
        self._id = 0
        self.hide()
        self.clicked.connect(lambda: services.start_client(self._id))

    def show_for(self, instance_id: int) -> None:
        """Offer it for this client, if it can be started."""
        self._id = instance_id
        name = self._services.startable.get(instance_id, "")
        is_starting = bool(name) and self._services.starting == instance_id
        words = self.tr("{name} is starting…") if is_starting else self.tr("Start {name}")
        self.setText(words.format(name=name))
        self.setEnabled(not is_starting)
        self.setVisible(bool(name))
