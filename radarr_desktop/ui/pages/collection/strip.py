"""The line above the table: how far the look is, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.collection import CollectionScan, ItemState, ScanState
from radarr_desktop.ui.models import times
from radarr_desktop.ui.parts import Banner, Button, ElidingLabel, ProgressBar


class ScanStrip(QWidget):
    """A bar with its buttons while it runs or is paused, a banner while it waits, one quiet line afterwards."""

    pause_asked = Signal()
    resume_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidingLabel("", "body", "text2")
        self.bar = ProgressBar(self.tr("Looked through"))
        self.pause = Button(self.tr("Pause"), icon="pause", small=True)
        self.resume = Button(self.tr("Go on"), "primary", "play", small=True)
        self.stop = Button(self.tr("Stop"), icon="square", small=True)
        self.again = Button(self.tr("Try now"), "primary", "refresh-cw")
        self.give_up = Button(self.tr("Stop"), icon="square")
        self.waiting = Banner("", tone="wait", buttons=[self.again, self.give_up])
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.pause, self.resume, self.stop):
            row.addWidget(widget)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.words)
        words.addWidget(self.bar)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addLayout(words, 1)
        line.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)
        column.addWidget(self.waiting)
        self.pause.clicked.connect(self.pause_asked)
        for button in (self.resume, self.again):
            button.clicked.connect(self.resume_asked)
        for button in (self.stop, self.give_up):
            button.clicked.connect(self.stop_asked)

    def show_scan(self, scan: CollectionScan) -> None:
        """How far it is."""
        waits, runs = scan.state is ScanState.WAITING, scan.state is ScanState.RUNNING
        self.waiting.setVisible(waits)
        self._line.setVisible(not waits)
        if waits:
            what, _, rest = scan.problem.partition(". ")
            title = what.rstrip(".") or self.tr("The look through it waits")
            calm = self.tr("It goes on by itself; what was found until now is kept.")
            self.waiting.set_text(title, f"{rest} {calm}".strip())
            return
        paused = scan.state is ScanState.PAUSED
        self.bar.setVisible(runs or paused)
        self.pause.setVisible(runs)
        self.resume.setVisible(paused)
        self.stop.setVisible(runs or paused)
        self.show_progress(scan, scan.done, scan.total)

    def show_progress(self, scan: CollectionScan, done: int, total: int) -> None:
        """The numbers alone. All places are read before the first is matched: then that is what there is to see."""
        if fresh := scan.counts.get(ItemState.NEW, 0):
            done, total = scan.total - fresh, scan.total
        self.bar.show_progress(done / total if total else 0.0, "info" if scan.state is ScanState.RUNNING else "off")
        self.words.setText(self._words(scan, done, total))

    def _words(self, scan: CollectionScan, done: int, total: int) -> str:
        counts = {"path": scan.root, "done": times.number(done), "total": times.number(total)}
        match scan.state:
            case ScanState.PAUSED:
                return self.tr("Paused after {done} of {total} places in {path}.").format(**counts)
            case ScanState.RUNNING if not total:
                return self.tr("Reading {path}…").format(**counts)
            case ScanState.RUNNING if scan.counts.get(ItemState.NEW):
                return self.tr("Reading {path}: {done} of {total} places.").format(**counts)
            case ScanState.RUNNING:
                return self.tr("Matching {path} with movies: {done} of {total} places.").format(**counts)
            case ScanState.STOPPED:
                return self.tr("{path} was looked through up to {done} of {total} places.").format(**counts)
        when = times.moment(scan.finished) if scan.finished else ""
        return self.tr("{path} was looked through, {when}.").format(path=scan.root, when=when)
