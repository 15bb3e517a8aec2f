"""The sheet that shows what would get another name, carries it out, and offers to undo it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.renaming import RenamePreview
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.renames import RenamesModel, sum_words
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.rename.rows import RenameList
from radarr_desktop.ui.pages.undoing import Undoing
from radarr_desktop.ui.parts import Button, EmptyState, Label, ProgressBar, Sheet, Skeleton, ToastStack

_WIDTH, _HEIGHT = 880, 640


class RenameSheet(Sheet):
    """`movie_ids` None: the whole library. Closed while it renames, it goes on and tells its end."""

    def __init__(
        self, window: QWidget, desk: Desk, toasts: ToastStack, undoing: Undoing, movie_ids: Sequence[int] | None
    ) -> None:
        title = self.tr("New names")
        super().__init__(window, title, width=_WIDTH, height=_HEIGHT)
        self._desk, self._toasts, self._undoing = desk, toasts, undoing
        self._ids = movie_ids
        self._preview: RenamePreview | None = None
        self._job = 0
        self._is_going = False
        self._early: list[events.RenameFinished] = []
        """A quick one may end before the answer that it began is here."""
        self._done: list[int] = []
        self.model = RenamesModel()
        self.list = RenameList()
        self.list.setModel(self.model)
        self.words = Label("", "body", "text2", wrap=True)
        self.progress = ProgressBar(self.tr("Renaming"))
        self.progress.hide()
        self.go = Button(self.tr("Rename"), "primary", "text-cursor-input")
        self.go.setEnabled(False)
        self.stop = Button(self.tr("Stop"), icon="square")
        self.stop.hide()
        self.leave = Button(self.tr("Close"))
        self._empty = EmptyState("circle-check", self.tr("Every name is as it should be"), "")
        self._skeleton = Skeleton([QRect(24, 12 + 48 * line, 700, 28) for line in range(8)])
        self._build(title)
        self.go.clicked.connect(lambda: desk.start(self._go()))
        self.stop.clicked.connect(lambda: desk.start(self._stop()))
        self.leave.clicked.connect(self.close_sheet)
        self.closed.connect(self._closed)
        desk.bridge.happened.connect(self._on_event)

    def open(self) -> None:
        """Look what would change."""
        super().open()
        self._desk.start(self._look())

    async def _look(self) -> None:
        try:
            preview = await self._desk.bridge.call(self._desk.engine.renaming.preview(self._ids))
        except Problem as problem:
            self._empty.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._empty)
            return
        self._preview = preview
        self.model.set_preview(preview)
        self.words.setText(sum_words(preview) if preview.movies else "")
        self._stack.setCurrentWidget(self.list if preview.movies else self._empty)
        count = len(preview.possible)
        self.go.setText(
            self.tr("Rename") if count == 1 else self.tr("Rename {count}").format(count=times.number(count))
        )
        self.go.setVisible(bool(count))
        self.go.setEnabled(bool(count))
        (self.list if preview.movies else self.leave).setFocus()

    async def _go(self) -> None:
        if self._preview is None:
            return
        self.go.setEnabled(False)
        self._is_going = True
        try:
            job = await self._desk.bridge.call(self._desk.engine.renaming.carry_out(self._preview, yes=True))
        except Problem as problem:
            self._is_going = False
            self.words.setText(str(problem))
            self.words.set_tone("err")
            return
        self._job = job.id
        for widget in (self.progress, self.stop):
            widget.show()
        self.go.hide()
        for event in self._early:
            self._on_event(event)

    async def _stop(self) -> None:
        self.stop.setEnabled(False)
        await self._desk.bridge.call(self._desk.engine.renaming.cancel(self._job))

    def _on_event(self, event: events.Event) -> None:
        match event:
            case events.OperationDone(kind=OperationKind.RENAME) if self._is_going:
                self._done.append(event.operation_id)
            case events.RenameProgressed(job_id=job) if job == self._job:
                self.progress.show_progress(event.done / event.total)
                told = self.tr("{done} of {total}: {title}")
                self.words.setText(told.format(done=event.done, total=event.total, title=event.title))
            case events.RenameFinished(job_id=job) if job == self._job:
                self._finish(event)
            case events.RenameFinished() if self._is_going and not self._job:
                self._early.append(event)

    def _finish(self, event: events.RenameFinished) -> None:
        self._job, self._is_going = 0, False
        one, many = self.tr("1 movie has its new name."), self.tr("{count} movies have their new names.")
        told = one if event.renamed == 1 else many.format(count=times.number(event.renamed))
        if event.problems:
            told += " " + self.tr("{count} were left out. {first}").format(
                count=len(event.problems), first=event.problems[0]
            )
        if event.renamed:
            done = list(self._done)
            self._toasts.show(told, "ok", self.tr("Undo"), lambda: self._undoing.several(done))
        else:
            self._toasts.show(told, "miss")
        if self.isVisible():
            self.close_sheet()
        else:
            self.deleteLater()

    def _closed(self) -> None:
        if not self._is_going:
            self.deleteLater()

    def _build(self, title: str) -> None:
        self._stack = QStackedWidget()
        for widget in (self._skeleton, self.list, self._empty):
            self._stack.addWidget(widget)
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 8)
        head.setSpacing(4)
        head.addWidget(Label(title, "section"))
        head.addWidget(self.words)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 0, 8, 0)
        middle.addWidget(self._stack)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(8)
        foot.addWidget(self.progress, 1)
        foot.addStretch(0)
        for button in (self.stop, self.leave, self.go):
            foot.addWidget(button)
        self.body.addLayout(head)
        self.body.addLayout(middle, 1)
        self.body.addLayout(foot)
