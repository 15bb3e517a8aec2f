"""The last imports: what the tray lists, and whether links work."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain.events import Event, MovieImported
from radarr_desktop.ui.bridge import Bridge

_REMEMBERED = 3
_LINKED = frozenset({"hardlink", "reflink"})


class LastImports(QObject):
    """Of this run, the newest first."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events: deque[MovieImported] = deque(maxlen=_REMEMBERED)
        bridge.happened.connect(self._on_event)

    @property
    def links_work(self) -> bool | None:
        """Whether the newest needed no space of its own; None before there was one."""
        return self.events[0].method in _LINKED if self.events else None

    def _on_event(self, event: Event) -> None:
        if isinstance(event, MovieImported):
            self.events.appendleft(event)
            self.changed.emit()
