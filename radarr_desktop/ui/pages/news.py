"""What happens, told in toasts: the same sentences as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        self._removals: list[events.OperationDone] = []
        """Untold yet: an adoption of thousands may be undone."""
        self._left: set[int] = set()
        """Movies that left the library, of which that is untold."""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._tell_gathered)
        desk.ending.connect(self._settle.stop)
        self._toasts = toasts
        desk.bridge.happened.connect(self._on_event)
        desk.told.connect(self._say)

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.MovieImported():
                self._imported(event)
            case events.MovieRemoved():
                self._left.add(event.movie_id)
            case events.OperationDone(kind=OperationKind.DELETE):
                self._removals.append(event)
                self._settle.start()
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

    def _tell_gathered(self) -> None:
        undone, self._named_back = self._named_back, []
        if len(undone) == 1:
            self._undone(undone[0])
        elif undone:
            words = self.tr("{count} movies have their old names again.")
            self._tell(words.format(count=number(len(undone))), "ok", "", None)
        removals, self._removals = self._removals, []
        left, self._left = self._left, set()
        movies = [one for one in removals if one.movie_id in left]
        files = [one for one in removals if one.movie_id not in left]
        told = " ".join(filter(None, (self._removed(movies, whole=True), self._removed(files, whole=False))))
        if len(removals) == 1:
            undo = partial(self._undoing.ask, removals[0].operation_id)
            self._tell(told, "ok", self.tr("Undo"), undo)
        elif removals:
            self._tell(told, "ok", "", None)

    def _undone(self, event: events.OperationUndone) -> None:
        sentence = undone_sentence(event.kind, self._undoing.title(event.movie_id, event.title))
        redo = partial(self._undoing.redo, event.operation_id, event.movie_id)
        self._tell(sentence, "ok", self.tr("Redo"), redo)

    def _removed(self, removals: Sequence[events.OperationDone], *, whole: bool) -> str:
        """Movies, or files of some."""
        if len(removals) == 1:
            one, gone = self.tr("{title} is removed from the library."), self.tr("The file of {title} is in the trash.")
            title = self._undoing.title(removals[0].movie_id, removals[0].title)
            return (one if whole else gone).format(title=title)
        many, away = self.tr("{count} movies are removed from the library."), self.tr("{count} files are in the trash.")
        return (many if whole else away).format(count=number(len(removals))) if removals else ""

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
