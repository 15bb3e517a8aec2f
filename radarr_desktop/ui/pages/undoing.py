"""Undo in the window: asks first where something would be lost, and offers to do it again afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from radarr_desktop.domain.operations import Operation, OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.journal.undo import UndoState
from radarr_desktop.ui.models.undo_words import cost, question
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary

_RECENT = 20


class Undoing(QObject):
    """One for the window, which its sheets open over. What was undone is told by the event."""

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._library = library
        self._window = window

    def title(self, movie_id: int, otherwise: str) -> str:
        """The movie a change was of; what the change itself is called where that is not there."""
        movie = self._library.movie(movie_id)
        return movie.title if movie else otherwise

    def ask(self, operation_id: int) -> None:
        """Undo a change, after a question where that costs something."""
        self._desk.start(self._ask(operation_id))

    def last(self) -> None:
        """Undo the newest change that can be."""
        self._desk.start(self._last())

    def several(self, operation_ids: Sequence[int]) -> None:
        """Undo changes of one go, the last one first."""
        self._desk.start(self._several(operation_ids))

    def redo(self, operation_id: int, movie_id: int) -> None:
        """Do again what was undone."""
        self._desk.start(self._redo(operation_id, movie_id))

    async def _ask(self, operation_id: int) -> None:
        found = await self._desk.bridge.call(self._desk.engine.undo.operations(ids=[operation_id]))
        if not found:
            raise Problem(Kind.NOT_FOUND, self.tr("This change is not remembered any more."))
        self._begin(found[0])

    async def _last(self) -> None:
        found = await self._desk.bridge.call(self._desk.engine.undo.operations(limit=_RECENT))
        state = next((one for one in found if one.undoable and one.operation.kind is not OperationKind.UNDO), None)
        if state is None:
            self._desk.told.emit(self.tr("There is nothing to undo."), "info")
        else:
            self._begin(state)

    async def _redo(self, operation_id: int, movie_id: int) -> None:
        found = await self._desk.bridge.call(self._desk.engine.undo.operations(movie_id))
        state = next((one for one in found if one.operation.undoes == operation_id), None)
        if state is not None:
            self._begin(state)

    def _begin(self, state: UndoState) -> None:
        operation = state.operation
        if not state.undoable:
            self._desk.told.emit(self.tr("That cannot be undone. {why}").format(why=state.why_not), "wait")
        elif title := question(operation, self.title(operation.movie_id, operation.title)):
            ConfirmSheet(
                self._window,
                title,
                cost(operation),
                keep=self.tr("Keep it"),
                go=self.tr("Undo"),
                icon="undo-2",
                on_yes=lambda _checked: self._desk.start(self._undo(operation)),
            ).open()
        else:
            self._desk.start(self._undo(operation))

    async def _undo(self, operation: Operation) -> None:
        await self._desk.bridge.call(self._desk.engine.undo.undo(operation.id))

    async def _several(self, operation_ids: Sequence[int]) -> None:
        problems: list[str] = []
        for id in reversed(operation_ids):
            try:
                await self._desk.bridge.call(self._desk.engine.undo.undo(id))
            except Problem as problem:
                problems.append(str(problem))
        if problems:
            words = self.tr("{count} changes could not be undone. {first}")
            self._desk.told.emit(words.format(count=len(problems), first=problems[0]), "err")
