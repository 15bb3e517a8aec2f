"""What happens, told in toasts: the same sentences as everywhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal

from radarr_desktop.domain import events
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import ToastStack, amounts
from radarr_desktop.ui.theme import State

_REMEMBERED = 3


class News(QObject):
    """Also remembers the last imports for the tray, and whether links work."""

    changed = Signal()

    def __init__(self, desk: Desk, toasts: ToastStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._toasts = toasts
        self.imports: deque[tuple[int, str]] = deque(maxlen=_REMEMBERED)
        """(movie id, sentence), the newest first."""
        self.links_work: bool | None = None
        desk.bridge.happened.connect(self._on_event)
        desk.told.connect(self._say)

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.MovieImported():
                self._imported(event)
            case events.ImportBlocked():
                sentence = f"{event.movie_title}: {event.problem}"
                self._tell(sentence, "err", self.tr("Show queue"), lambda: self._desk.page_asked.emit("queue"))
            case events.ReleaseGrabbed():
                facts = ", ".join([event.quality, amounts.size(event.size)] if event.size else [event.quality])
                words = self.tr("{title} is being downloaded. {facts}.")
                sentence = words.format(title=event.movie_title, facts=facts)
                self._tell(sentence, "info", self.tr("Show queue"), lambda: self._desk.page_asked.emit("queue"))
            case events.GrabFailed():
                self._tell(f"{event.release_title}: {event.problem}", "err", "", None)

    def _say(self, text: str, state: str) -> None:
        self._toasts.show(text, cast("State", state))

    def _imported(self, event: events.MovieImported) -> None:
        methods = {
            "hardlink": self.tr("hard-linked"),
            "reflink": self.tr("shared without extra space"),
            "copy": self.tr("copied"),
        }
        facts = ", ".join([event.quality, amounts.size(event.size), methods.get(event.method, event.method)])
        sentence = self.tr("{title} is in your library. {facts}.").format(title=event.movie_title, facts=facts)
        self.imports.appendleft((event.movie_id, f"{event.movie_title} · {event.quality}"))
        self.links_work = event.method in {"hardlink", "reflink"}
        self._tell(sentence, "ok", self.tr("Show"), lambda: self._desk.movie_asked.emit(event.movie_id, ""))
        self.changed.emit()

    def _tell(self, text: str, state: State, action: str, on_action: Callable[[], object] | None) -> None:
        self._toasts.show(text, state, action, on_action)
