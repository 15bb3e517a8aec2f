"""The movies of a torrent that holds many: which video is which, what is left out, and the import of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from radarr_desktop.domain import events
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import PackPart, PartState, QueueItem
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.manual.choose import ChooseSheet
from radarr_desktop.ui.parts import Button, Label, ReleaseName, Sheet, StateChip, hline
from radarr_desktop.ui.theme import State

_WIDTH, _HEIGHT = 760, 600
_TONES: dict[PartState, State] = {
    PartState.ASKED: "wait",
    PartState.WAITING: "info",
    PartState.IMPORTED: "ok",
    PartState.BLOCKED: "err",
    PartState.LEFT: "off",
}
_FIRST = (PartState.ASKED, PartState.BLOCKED, PartState.WAITING, PartState.LEFT, PartState.IMPORTED)


class PartsSheet(Sheet):
    """What is said counts at once; the import of what waits is one button."""

    def __init__(
        self, window: QWidget, desk: Desk, library: LiveLibrary, item: QueueItem, parts: Sequence[PackPart]
    ) -> None:
        title = self.tr("Which movie is which?")
        super().__init__(window, title, width=_WIDTH, height=_HEIGHT)
        self._over = window
        self._desk, self._library, self._item = desk, library, item
        self.parts: tuple[PackPart, ...] = ()
        self.words = Label("", "body", "text2", wrap=True)
        self.leave = Button(self.tr("Close"))
        self.go = Button(self.tr("Import"), "primary", "folder-input")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._build(title)
        self.leave.clicked.connect(self.close_sheet)
        self.go.clicked.connect(lambda: desk.start(self._import()))
        self.closed.connect(self.deleteLater)
        desk.bridge.happened.connect(self._on_event)
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[PackPart]) -> None:
        """As they are now."""
        if tuple(parts) == self.parts:
            return
        self.parts = tuple(parts)
        clear(self._rows)
        for number, part in enumerate(sorted(parts, key=lambda part: _FIRST.index(part.state))):
            if number:
                self._rows.addWidget(hline())
            self._rows.addLayout(self._row(part))
        count = {state: sum(part.state is state for part in parts) for state in PartState}
        asked, ready = count[PartState.ASKED], count[PartState.WAITING] + count[PartState.BLOCKED]
        told = self.tr("{count} videos, {imported} of them imported, {left} left out.").format(
            count=times.number(len(parts)), imported=count[PartState.IMPORTED], left=count[PartState.LEFT]
        )
        one, many = self.tr("Of 1 it cannot be told which movie it is."), self.tr("Of {count} it cannot be told.")
        question = (one if asked == 1 else many.format(count=asked)) if asked else ""
        self.words.setText(f"{told} {question}".strip())
        end = self.tr("Import") if asked else self.tr("That is all of it")
        self.go.setText(self.tr("Import {count}").format(count=ready) if ready else end)
        self.go.setEnabled(bool(ready) or not asked)

    def ask(self, part: PackPart) -> None:
        """Which movie is it? The title that its name has is looked up."""
        path = PurePosixPath(part.path)
        sheet = ChooseSheet(
            self._over, self._desk, self._library, path.name, (), lambda movie_id: self.say(part, movie_id)
        )
        sheet.open()
        sheet.field.setText(parse_release(path.stem).title)

    def say(self, part: PackPart, movie_id: int) -> None:
        """It is this movie; 0 leaves it out."""
        self._desk.start(self._say(part, movie_id))

    async def _say(self, part: PackPart, movie_id: int) -> None:
        await self._desk.bridge.call(self._desk.engine.packs.say(part.id, movie_id))
        await self._load()

    async def _load(self) -> None:
        parts = await self._desk.bridge.call(self._desk.engine.packs.parts(self._item.grab.id))
        if isValid(self):
            self.show_parts(parts)

    async def _import(self) -> None:
        self.go.setEnabled(False)
        try:
            await self._desk.bridge.call(self._desk.engine.imports.retry(self._item.grab.id))
        except Problem:
            self.go.setEnabled(True)
            raise
        self.close_sheet()

    def _on_event(self, event: events.Event) -> None:
        told = (events.MovieImported, events.ImportBlocked)
        if isinstance(event, told) and event.grab_id == self._item.grab.id:
            self._desk.start(self._load())

    def _row(self, part: PackPart) -> QHBoxLayout:
        path = PurePosixPath(part.path)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(StateChip(self._state_word(part.state), _TONES[part.state]))
        movie = self._library.movie(part.movie_id) if part.movie_id else None
        if movie is not None:
            head.addWidget(Label(movie.title, "row"))
        head.addWidget(Label(amounts.size(part.size), "secondary", "text3"))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(head)
        words.addWidget(ReleaseName(title_runs(path.name)))
        if part.problem:
            words.addWidget(Label(part.problem, "secondary", "text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        if part.state is not PartState.IMPORTED:
            self._add_buttons(row, part, path.name)
        return row

    def _add_buttons(self, row: QHBoxLayout, part: PackPart, name: str) -> None:
        text = self.tr("Another…") if part.movie_id else self.tr("Choose…")
        choose = Button(text, "primary" if part.state is PartState.ASKED else "default", "film", small=True)
        choose.setAccessibleName(self.tr("Which movie is {name}?").format(name=name))
        choose.clicked.connect(lambda: self.ask(part))
        row.addWidget(choose)
        if part.state is not PartState.LEFT:
            out = Button(self.tr("Leave out"), icon="eye-off", small=True)
            out.setAccessibleName(self.tr("Leave {name} out").format(name=name))
            out.clicked.connect(lambda: self.say(part, 0))
            row.addWidget(out)

    def _state_word(self, state: PartState) -> str:
        return {
            PartState.ASKED: self.tr("Which movie?"),
            PartState.WAITING: self.tr("Will be imported"),
            PartState.IMPORTED: self.tr("Imported"),
            PartState.BLOCKED: self.tr("Cannot be imported"),
            PartState.LEFT: self.tr("Left out"),
        }[state]

    def _build(self, title: str) -> None:
        scroll = ScrollColumn()
        scroll.set_two_columns(two=False)
        scroll.main.addLayout(self._rows)
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 8)
        head.setSpacing(6)
        head.addWidget(Label(title, "section"))
        head.addWidget(ReleaseName(title_runs(self._item.grab.title)))
        head.addWidget(self.words)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        self.body.addLayout(head)
        self.body.addWidget(hline())
        self.body.addWidget(scroll, 1)
        self.body.addWidget(hline())
        self.body.addLayout(foot)
