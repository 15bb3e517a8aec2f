"""What happens, told in toasts: the same sentences as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QTimer

from radarr_desktop.domain import events
from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.models.undo_words import undone_sentence
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.undoing import Undoing
from radarr_desktop.ui.parts import ToastStack
from radarr_desktop.ui.theme import State

_SETTLE_MS = 400


class News(QObject):
    """A toast for each, with the way to what it tells of."""

    def __init__(self, desk: Desk, toasts: ToastStack, undoing: Undoing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._undoing = undoing
        self._named_back: list[events.OperationUndone] = []
        """Movies that have their old names again, untold yet: there may be hundreds at once."""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._tell_named_back)
        desk.ending.connect(self._settle.stop)
        self._toasts = toasts
        desk.bridge.happened.connect(self._on_event)
        desk.told.connect(self._say)

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.MovieImported():
                self._imported(event)
            case events.OperationDone(kind=OperationKind.DELETE):
                self._desk.start(self._removed(event))
            case events.OperationUndone(kind=OperationKind.RENAME):
                self._named_back.append(event)
                self._settle.start()
            case events.OperationUndone():
                self._undone(event)
            case events.ImportBlocked():
                sentence = f"{event.movie_title}: {event.problem}"
                self._tell(sentence, "err", self.tr("Show queue"), lambda: self._desk.page_asked.emit("queue"))
            case events.InboxRefused(is_media=True):
                by_hand = partial(self._desk.manual_asked.emit, 0, 0, [Path(event.path)])
                self._tell(str(event.problem), "err", self.tr("Import by hand…"), by_hand)
            case events.InboxRefused():
                self._tell(str(event.problem), "err", "", None)
            case events.ReleaseGrabbed():
                facts = ", ".join([event.quality, amounts.size(event.size)] if event.size else [event.quality])
                words = self.tr("{title} is being downloaded. {facts}.")
                sentence = words.format(title=event.movie_title, facts=facts)
                self._tell(sentence, "info", self.tr("Show queue"), lambda: self._desk.page_asked.emit("queue"))
            case events.GrabFailed():
                self._tell(f"{event.release_title}: {event.problem}", "err", "", None)

    def _tell_named_back(self) -> None:
        undone, self._named_back = self._named_back, []
        if len(undone) == 1:
            self._undone(undone[0])
        else:
            words = self.tr("{count} movies have their old names again.")
            self._tell(words.format(count=number(len(undone))), "ok", "", None)

    def _undone(self, event: events.OperationUndone) -> None:
        sentence = undone_sentence(event.kind, self._undoing.title(event.movie_id, event.title))
        redo = partial(self._undoing.redo, event.operation_id, event.movie_id)
        self._tell(sentence, "ok", self.tr("Redo"), redo)

    async def _removed(self, event: events.OperationDone) -> None:
        """A movie, or a file of one."""
        found = await self._desk.bridge.call(self._desk.engine.undo.operations(ids=[event.operation_id]))
        whole = any(one.operation.data.get("whole") for one in found)
        words = (
            self.tr("{title} is removed from the library.")
            if whole
            else self.tr("The file of {title} is in the trash.")
        )
        title = self._undoing.title(event.movie_id, event.title)
        undo = partial(self._undoing.ask, event.operation_id)
        self._tell(words.format(title=title), "ok", self.tr("Undo"), undo)

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
        if event.operation:
            self._tell(sentence, "ok", self.tr("Undo"), lambda: self._undoing.ask(event.operation))
        else:
            self._tell(sentence, "ok", self.tr("Show"), lambda: self._desk.movie_asked.emit(event.movie_id, ""))

    def _tell(self, text: str, state: State, action: str, on_action: Callable[[], object] | None) -> None:
        self._toasts.show(text, state, action, on_action)
