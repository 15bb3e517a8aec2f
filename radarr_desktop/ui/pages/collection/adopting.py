"""The foot of the page: what is sure, the button that adds it, and how far that is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.collection import CollectionScan, ItemState
from radarr_desktop.domain.events import AdoptionUndone, CollectionAdopted
from radarr_desktop.domain.records import Job
from radarr_desktop.ui.models import times
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Button, Label, ProgressBar


class AdoptBar(QFrame):
    """Counts while nothing is added; a bar with Stop while something is."""

    plan_asked = Signal()
    undo_asked = Signal(int, int)
    """Of the job that ended last, and how many movies it added."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job = 0
        self._last = 0
        """The job that ended last: a quick one may do so before it is known that it began."""
        self.setProperty("border", "top")
        self.words = Label("", "body", "text2", wrap=True)
        self.progress = ProgressBar(self.tr("Adding"))
        self.stop = Button(self.tr("Stop"), icon="square")
        self.undo = Button(self.tr("Undo…"), icon="undo-2")
        self.undo.hide()
        self._added = 0
        self.show_movies = Button(self.tr("Show movies"), icon="film")
        self.go = Button(self.tr("Add…"), "primary", "plus")
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.words)
        words.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for widget in (self.stop, self.undo, self.show_movies, self.go):
            row.addWidget(widget)
        self._show_running(running=False)
        self.go.clicked.connect(self.plan_asked)
        self.stop.clicked.connect(lambda: desk.start(self._stop()))
        self.undo.clicked.connect(lambda: self.undo_asked.emit(self._last, self._added))
        self.show_movies.clicked.connect(lambda: desk.page_asked.emit("movies"))

    def show_scan(self, scan: CollectionScan) -> None:
        """What there is to add."""
        sure, added = scan.counts.get(ItemState.CERTAIN, 0), scan.counts.get(ItemState.ADOPTED, 0)
        one, many = self.tr("Add 1 movie…"), self.tr("Add {count} movies…")
        self.go.setText(one if sure == 1 else many.format(count=times.number(sure)))
        self.show_movies.setVisible(bool(added))
        if self.progress.isHidden():
            self.go.setVisible(bool(sure))
            self.words.setText(self._words(scan, sure, added))

    def begin(self, job: Job) -> None:
        """They are being added."""
        if job.id == self._last:
            return
        self._job = job.id
        self.stop.setEnabled(True)
        self.progress.show_progress(0.0)
        self.words.setText(self.tr("Adding…"))
        self._show_running(running=True)

    def show_progress(self, done: int, total: int) -> None:
        """How far that is; another window's adoption is shown too, without Stop."""
        self._show_running(running=True)
        self.progress.show_progress(done / total)
        words = self.tr("Adding: {done} of {total}.")
        self.words.setText(words.format(done=times.number(done), total=times.number(total)))

    def end(self, event: CollectionAdopted) -> None:
        """It ended, or waits."""
        self._job, self._last = 0, event.job_id
        self._show_running(running=False)
        self._added = event.adopted
        self.undo.setVisible(bool(event.adopted) and not event.problem)
        if event.problem:
            calm = self.tr("The rest is added as soon as that is over.")
            self._desk.told.emit(f"{event.problem} {calm}", "wait")
        elif event.adopted:
            one, many = self.tr("1 movie is in your library."), self.tr("{count} movies are in your library.")
            told = one if event.adopted == 1 else many.format(count=times.number(event.adopted))
            self._desk.told.emit(f"{told} {self._refused(event.refused)}".strip(), "ok")
        elif event.refused:
            self._desk.told.emit(self._refused(event.refused), "wait")

    def undone(self, event: AdoptionUndone) -> None:
        """They are out of the library again."""
        self.undo.hide()
        one, many = self.tr("1 movie is out of the library again."), self.tr("{count} movies are out of it again.")
        told = one if event.movies == 1 else many.format(count=times.number(event.movies))
        kept = self.tr("{count} stay: they have another file by now.").format(count=event.kept) if event.kept else ""
        self._desk.told.emit(f"{told} {kept}".strip(), "ok")

    def _refused(self, count: int) -> str:
        one, many = self.tr("1 could not be added: look at why."), self.tr("{count} could not be added: look at why.")
        return (one if count == 1 else many.format(count=times.number(count))) if count else ""

    def _words(self, scan: CollectionScan, sure: int, added: int) -> str:
        parts = []
        if added:
            parts.append(self.tr("{count} added").format(count=times.number(added)))
        if sure or not added:
            parts.append(self.tr("{count} sure").format(count=times.number(sure)))
        if look := scan.counts.get(ItemState.DOUBTFUL, 0):
            parts.append(self.tr("{count} to look at").format(count=times.number(look)))
        if unknown := scan.counts.get(ItemState.UNKNOWN, 0):
            parts.append(self.tr("{count} that nobody knows").format(count=times.number(unknown)))
        return ", ".join(parts) + "."

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.stop.setVisible(running and bool(self._job))
        if running:
            self.go.hide()
            self.undo.hide()

    async def _stop(self) -> None:
        if self._job:
            self.stop.setEnabled(False)
            await self._desk.bridge.call(self._desk.engine.collection.stop_adopting(self._job))
