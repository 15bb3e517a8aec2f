"""The plan before a collection is taken in: how many movies, as what, and what stays out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from radarr_desktop.domain.collection import CollectionScan, ItemState
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import Job
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.collection import GROUPS, group_word
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.parts import Button, FormField, Label, Sheet

_OUT = ("look", "unknown", "refused", "left")


class PlanSheet(Sheet):
    """Without `item_ids`, all that is sure is added; `on_begun` gets the job that does it."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        scan: CollectionScan,
        on_begun: Callable[[Job], object],
        item_ids: Sequence[int] = (),
    ) -> None:
        self._count = len(item_ids) or scan.counts.get(ItemState.CERTAIN, 0)
        number = times.number(self._count)
        title = self.tr("1 movie will be added") if self._count == 1 else self.tr("{count} movies will be added")
        super().__init__(window, title.format(count=number), width=520)
        self._desk, self._scan, self._ids = desk, scan, tuple(item_ids)
        self._on_begun = on_begun
        self.profile = QComboBox()
        self.monitored = QCheckBox(self.tr("Look for better releases of them"))
        self.monitored.setChecked(True)
        self.problem = Label("", "body", "err", wrap=True)
        self.problem.hide()
        self.words = Label(self._words(), "body", "text2", wrap=True)
        self.leave = Button(self.tr("Not now"))
        self.go = Button(self.tr("Add {count}").format(count=number), "primary", "plus")
        self._build(title.format(count=number))
        self.leave.clicked.connect(self.close_sheet)
        self.go.clicked.connect(lambda: desk.start(self._go()))
        self.closed.connect(self.deleteLater)
        desk.start(self._load())

    def left_out(self) -> list[tuple[str, int]]:
        """What of this folder stays out, by why."""
        counts = {key: sum(self._scan.counts.get(state, 0) for state in GROUPS[key]) for key in _OUT}
        sure = self._scan.counts.get(ItemState.CERTAIN, 0) - self._count
        told = [(group_word(key), count) for key, count in counts.items() if count]
        return [*([(self.tr("Sure, not selected"), sure)] if sure else []), *told]

    def _words(self) -> str:
        stay = self.tr("Their folders and files stay where they are, under their names.")
        out = sum(count for _word, count in self.left_out())
        if not out:
            return stay
        one, many = self.tr("1 place is left out."), self.tr("{count} places are left out.")
        return f"{stay} {one if out == 1 else many.format(count=times.number(out))}"

    async def _load(self) -> None:
        profiles = await self._desk.bridge.call(self._desk.engine.profiles.all())
        if isValid(self):
            for profile in profiles:
                self.profile.addItem(profile.name, profile.id)

    async def _go(self) -> None:
        self.go.setEnabled(False)
        profile_id, monitored = self.profile.currentData() or 0, self.monitored.isChecked()
        collection = self._desk.engine.collection
        adopting = collection.adopt(self._scan.id, self._ids, profile_id=profile_id, monitored=monitored)
        try:
            job = await self._desk.bridge.call(adopting)
        except Problem as problem:
            if isValid(self):
                self.problem.setText(str(problem))
                self.problem.show()
                self.go.setEnabled(True)
            return
        self._on_begun(job)
        self.close_sheet()

    def _build(self, title: str) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "section", wrap=True))
        column.addWidget(self.words)
        if out := self.left_out():
            column.addWidget(FactsCard(self.tr("Left out"), [(word, times.number(count)) for word, count in out]))
        column.addWidget(FormField(self.tr("Quality profile"), self.profile))
        column.addWidget(self.monitored)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        column.addSpacing(4)
        column.addLayout(row)
        self.body.addLayout(column)
