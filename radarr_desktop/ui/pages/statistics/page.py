"""Statistics: the releases that were seen, and how groups stand by what became of theirs."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.reputation import GroupRow
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.statistics.collecting import CollectingStrip
from radarr_desktop.ui.parts import Button, EmptyState, SearchField, Segment, Segmented, Skeleton
from radarr_desktop.ui.shell.header import PageHeader

if TYPE_CHECKING:
    from radarr_desktop.ui.pages.statistics.groups import GroupsView
    from radarr_desktop.ui.pages.statistics.releases import ReleasesView

_SETTLE_MS = 500


class StatisticsPage(QWidget):
    """What draws the plots is imported on a thread while the figures are read."""

    def __init__(self, desk: Desk, library: LiveLibrary, header: PageHeader) -> None:
        super().__init__()
        self._desk = desk
        self._library = library
        self._header = header
        self._is_read = False
        self._wanted = ""
        """The group to open once it is."""
        self._total = 0
        self._groups = 0
        self.releases: ReleasesView | None = None
        self.groups: GroupsView | None = None
        self._make_header()
        self._make_states()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        desk.bridge.happened.connect(self._on_event)
        self.refresh()

    def fit(self, breakpoint: str) -> None:
        """The parts lay themselves out by their own width."""

    def focus_content(self) -> None:
        """Put the keyboard on the groups; plots take none."""
        if self.groups is not None and self.part.key == "reputation":
            self.groups.table.setFocus()
        else:
            self.part.setFocus()

    def refresh(self) -> None:
        """Read again."""
        self._desk.start(self._load())

    def escape(self) -> None:
        """Esc: back to the releases."""
        self.show_part("releases")

    def show_part(self, key: str) -> None:
        """Show the releases, or the reputation of groups."""
        self.part.set_key(key)
        self._show()

    def open_group(self, written: str) -> None:
        """Show how a group stands, once that is read; a group without events is told."""
        if not self._is_read:
            self._wanted = written
            return
        self.filter.clear()
        names = group_names(written)
        if self.groups is not None and names and self.groups.choose(names[0]):
            self.show_part("reputation")
        else:
            words = self.tr("Nothing has become of a release of {group} here yet.")
            self._desk.told.emit(words.format(group=written), "info")

    def save_report(self) -> None:
        """Ask where, and write it."""
        dialog = QFileDialog(self, self.tr("Save report"), "releases-and-groups.html", self.tr("Web page (*.html)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self._desk.start(self.write_report(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def write_report(self, path: Path) -> None:
        """The figures as a file of their own."""
        html = await self._desk.bridge.call(self._desk.engine.statistics.report())
        try:
            await asyncio.to_thread(path.write_text, html, encoding="utf-8")
        except OSError as fault:
            words = self.tr("{path} cannot be written. {why}.").format(path=path, why=fault.strerror)
            self._desk.told.emit(words, "err")
        else:
            self._desk.told.emit(self.tr("The report is in {path}.").format(path=path), "ok")

    async def _load(self) -> None:
        engine, call = self._desk.engine, self._desk.bridge.call
        try:
            told = await call(engine.statistics.seen())
            groups = await call(engine.reputations.groups())
        except Problem as problem:
            self._error.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._error)
            return
        self._total, self._groups = told.total, len(groups)
        if told.total or groups:
            releases, view = await self._views()
            releases.show_statistics(told)
            if groups:
                view.show_groups(groups)
        self._is_read = True
        self._show()
        if self._wanted:
            self.open_group(self._wanted)
            self._wanted = ""

    async def _views(self) -> tuple[ReleasesView, GroupsView]:
        await asyncio.to_thread(importlib.import_module, "pyqtgraph")
        if self.releases is None or self.groups is None:
            from radarr_desktop.ui.pages.statistics.groups import GroupsView
            from radarr_desktop.ui.pages.statistics.releases import ReleasesView

            self.releases, self.groups = ReleasesView(), GroupsView()
            self.releases.group_asked.connect(self.open_group)
            self.groups.group_asked.connect(lambda row: self._desk.start(self._open_events(row)))
            self.groups.model.set_text(self.filter.text())
            self.filter.textChanged.connect(self.groups.model.set_text)
            self._stack.addWidget(self.releases)
            self._stack.addWidget(self.groups)
        return self.releases, self.groups

    async def _open_events(self, row: GroupRow) -> None:
        found = await self._desk.bridge.call(self._desk.engine.reputations.events(row.group.name))
        titles = {event.movie_id: self._title(event.movie_id) for event in found}
        if self.groups is not None and self.groups.is_chosen(row):  # else another one was while these were read
            self.groups.show_events(row, found, titles)

    def _title(self, movie_id: int) -> str:
        movie = self._library.movie(movie_id)
        return movie.title if movie else ""

    def _show(self) -> None:
        is_reputation = self.part.key == "reputation"
        self.look.setVisible(not is_reputation)
        self.filter.setVisible(is_reputation)
        if not self._is_read:
            return
        if is_reputation:
            content: QWidget | None = self.groups if self._groups else self._no_groups
            words = self.tr("{count} groups").format(count=times.number(self._groups)) if self._groups else ""
        else:
            content = self.releases if self._total else self._nothing
            words = self.tr("{count} releases").format(count=times.number(self._total)) if self._total else ""
        self._header.set_count(words)
        if content is not None:
            self._stack.setCurrentWidget(content)

    def _set_look(self, key: str) -> None:
        if self.releases is not None:
            self.releases.set_tables(key == "tables")

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.ReputationChanged):
            self._settle.start()

    def _make_header(self) -> None:
        parts = (Segment("releases", self.tr("Releases")), Segment("reputation", self.tr("Reputation")))
        self.part = Segmented(self.tr("Show"), parts)
        looks = (
            Segment("plots", self.tr("Plots"), "chart-no-axes-column"),
            Segment("tables", self.tr("Tables"), "rows-3"),
        )
        self.look = Segmented(self.tr("As"), looks)
        self.report = Button(self.tr("Save report…"), icon="save")
        self.filter = SearchField(self.tr("Filter by group"))
        self.filter.setFixedWidth(180)
        self.filter.hide()
        for widget in (self.filter, self.part, self.look, self.report):
            self._header.add(widget)
        self.part.chosen.connect(self.show_part)
        self.look.chosen.connect(self._set_look)
        self.report.clicked.connect(self.save_report)

    def _make_states(self) -> None:
        boxes = [QRect(24 + 520 * column, 16 + 220 * line, 496, 200) for line in range(3) for column in range(2)]
        self._skeleton = Skeleton(boxes)
        self._nothing = EmptyState(
            "chart-no-axes-column",
            self.tr("No release was seen in the last 180 days"),
            self.tr("Figures appear with the first search, or when an indexer's newest releases are looked through."),
        )
        self._no_groups = EmptyState(
            "users",
            self.tr("Nothing has become of a release yet"),
            self.tr("Groups appear here with the first imports, failures and undone imports."),
        )
        again = Button(self.tr("Try again"), "primary", "refresh-cw")
        again.clicked.connect(self.refresh)
        self._error = EmptyState("triangle-alert", self.tr("The figures could not be read"), "", [again])
        self._stack = QStackedWidget()
        for widget in (self._skeleton, self._nothing, self._no_groups, self._error):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.collecting = CollectingStrip(self._desk)
        box.addWidget(self.collecting)
        box.addWidget(self._stack)
