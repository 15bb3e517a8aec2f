"""What happens, told in toasts: the same sentences as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject

from radarr_desktop.domain import events
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import ToastStack
from radarr_desktop.ui.theme import State


class News(QObject):
    """A toast for each, with the way to what it tells of."""

    def __init__(self, desk: Desk, toasts: ToastStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._toasts = toasts
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
        self._tell(sentence, "ok", self.tr("Show"), lambda: self._desk.movie_asked.emit(event.movie_id, ""))

    def _tell(self, text: str, state: State, action: str, on_action: Callable[[], object] | None) -> None:
        self._toasts.show(text, state, action, on_action)
