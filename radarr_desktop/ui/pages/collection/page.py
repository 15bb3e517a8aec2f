"""The page of an existing collection: look through a folder, look over what was found, take it into the library."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.collection import CollectionScan
from radarr_desktop.domain.problem import Problem
from radarr_desktop.ui.models import times
from radarr_desktop.ui.pages.collection.adopting import AdoptBar
from radarr_desktop.ui.pages.collection.places import PlacesView
from radarr_desktop.ui.pages.collection.plan import PlanSheet
from radarr_desktop.ui.pages.collection.start import StartView
from radarr_desktop.ui.pages.collection.strip import ScanStrip
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.parts import Button, Skeleton
from radarr_desktop.ui.shell.header import PageHeader
from radarr_desktop.ui.theme import set_icon

_SETTLE_MS = 400


class CollectionPage(QWidget):
    """Shows one look through one folder; guesses nothing, adds nothing before the plan is agreed to."""

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget, header: PageHeader) -> None:
        super().__init__()
        self._desk, self._window, self._header = desk, window, header
        self.scan: CollectionScan | None = None
        self.places = PlacesView(desk, library, window)
        self.start = StartView()
        self.strip = ScanStrip()
        self.foot = AdoptBar(desk)
        self.folder = Button(self.tr("Folder"), icon="folder-open", menu=True)
        self.folder.hide()
        self.places.filter.hide()
        for widget in (self.places.filter, self.folder):
            header.add(widget)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._skeleton = Skeleton([QRect(24, 12 + 36 * line, 900, 20) for line in range(12)])
        self._build()
        self._connect()
        self.refresh()

    def fit(self, breakpoint: str) -> None:
        """More room, or less."""
        self.places.fit(breakpoint)

    def focus_content(self) -> None:
        """Put the keyboard on the places."""
        (self.places.table if self.scan is not None else self.start.other).setFocus()

    def refresh(self) -> None:
        """Read again."""
        self._desk.start(self._load())

    def escape(self) -> None:
        """Of several rows only the current one stays selected."""
        self.places.escape()

    def look_through(self, path: str) -> None:
        """Begin, or go on where it was."""
        self._desk.start(self._look_through(path))

    def ask_folder(self) -> None:
        """Let the user choose a folder."""
        dialog = QFileDialog(self, self.tr("Choose the folder your movies are in"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.look_through)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def plan(self, item_ids: Sequence[int] = ()) -> None:
        """Show what would be added: these, or all that is sure."""
        if self.scan is not None:
            PlanSheet(self._window, self._desk, self.scan, self.foot.begin, item_ids).open()

    def ask_undo(self, job_id: int, count: int) -> None:
        """Take what was added out of the library again, after a question."""
        one = self.tr("Take 1 movie out of the library again?")
        many = self.tr("Take {count} movies out of the library again?")
        undo = self._desk.engine.collection.undo_adoption
        ConfirmSheet(
            self._window,
            one if count == 1 else many.format(count=times.number(count)),
            self.tr("Their files stay where they are. One that has another file by now stays in the library."),
            keep=self.tr("Keep it") if count == 1 else self.tr("Keep them"),
            go=self.tr("Take them out"),
            icon="undo-2",
            on_yes=lambda _checked: self._desk.start(self._desk.bridge.call(undo(job_id))),
        ).open()

    async def _look_through(self, path: str) -> None:
        self.scan = await self._desk.bridge.call(self._desk.engine.collection.start(path))
        self.places.show_group("")
        await self._load()
        self.focus_content()

    async def _load(self) -> None:
        call, engine = self._desk.bridge.call, self._desk.engine
        try:
            scans = await call(engine.collection.scans())
            known = self.scan.id if self.scan else 0
            self.scan = next((one for one in scans if one.id == known), scans[0] if scans else None)
            if self.scan is None:
                self.start.show_folders(await call(engine.folders.all()))
        except Problem:
            self._pages.setCurrentWidget(self.start)
            raise
        self._show_scan()

    def _show_scan(self) -> None:
        scan = self.scan
        self.folder.setVisible(scan is not None)
        self.places.filter.setVisible(scan is not None and bool(scan.total))
        self._header.set_count(times.number(scan.total) if scan is not None and scan.total else "")
        self._pages.setCurrentWidget(self._content if scan is not None else self.start)
        if scan is not None:
            self.strip.show_scan(scan)
            self.foot.show_scan(scan)
            self.places.show_scan(scan)

    async def _steer(self, verb: Callable[[int], Coroutine[Any, Any, CollectionScan]]) -> None:
        if self.scan is not None:
            self.scan = await self._desk.bridge.call(verb(self.scan.id))
            self._show_scan()

    def _on_event(self, event: events.Event) -> None:
        scan = self.scan
        match event:
            case events.CollectionChanged() if scan is None or event.scan_id == scan.id:
                self._renew()
            case events.CollectionProgressed() if scan is not None and event.scan_id == scan.id:
                if scan.finished is None:
                    self.strip.show_progress(scan, event.done, event.total)
                else:
                    self.foot.show_progress(event.done, event.total)
                self._renew()
            case events.CollectionAdopted() if scan is not None and event.scan_id == scan.id:
                self.foot.end(event)
            case events.AdoptionUndone() if scan is not None and event.scan_id == scan.id:
                self.foot.undone(event)

    def _renew(self) -> None:
        """Soon, and not put off by what comes meanwhile."""
        if not self._settle.isActive():
            self._settle.start()

    def _folder_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        scan = self.scan
        if scan is not None and scan.finished is not None:
            again = QAction(self.tr("Look through {path} again").format(path=scan.root), menu)
            set_icon(again, "refresh-cw")
            again.triggered.connect(lambda: self.look_through(scan.root))
            menu.addAction(again)
        other = QAction(self.tr("Another folder…"), menu)
        set_icon(other, "folder-open")
        other.triggered.connect(lambda: self._desk.start(self.show_start()))
        menu.addAction(other)
        menu.popup(self.folder.mapToGlobal(QPoint(0, self.folder.height() + 4)))

    async def show_start(self) -> None:
        """Let the user choose a folder once more."""
        self.start.show_folders(await self._desk.bridge.call(self._desk.engine.folders.all()))
        self._pages.setCurrentWidget(self.start)
        self.start.other.setFocus()

    def _connect(self) -> None:
        self.start.chosen.connect(self.look_through)
        self.start.folder_asked.connect(self.ask_folder)
        self.folder.clicked.connect(self._folder_menu)
        start, collection = self._desk.start, self._desk.engine.collection
        self.strip.pause_asked.connect(lambda: start(self._steer(collection.pause)))
        self.strip.resume_asked.connect(lambda: start(self._steer(collection.resume)))
        self.strip.stop_asked.connect(lambda: start(self._steer(collection.stop)))
        self.foot.plan_asked.connect(self.plan)
        self.foot.undo_asked.connect(self.ask_undo)
        self.places.plan_asked.connect(self.plan)
        self._desk.bridge.happened.connect(self._on_event)

    def _build(self) -> None:
        self._content = QWidget()
        whole = QVBoxLayout(self._content)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(12)
        top = QVBoxLayout()
        top.setContentsMargins(24, 0, 24, 0)
        top.addWidget(self.strip)
        whole.addLayout(top)
        whole.addWidget(self.places, 1)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.foot)
        whole.addLayout(below)
        self._pages = QStackedWidget()
        for widget in (self._skeleton, self.start, self._content):
            self._pages.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
