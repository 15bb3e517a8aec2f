"""What a search of many movies takes, shown before it begins: a line for each indexer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from radarr_desktop.engine.search.mass import SearchPlan
from radarr_desktop.ui.models import plan_words
from radarr_desktop.ui.parts import Button, ElidingLabel, Icon, Label, Sheet, hline

_WIDTH = 744
_TALLEST = 224
_NAME = 120
_SEARCHES, _TAKES = 2, 3
_RIGHT = frozenset({_SEARCHES, _TAKES})


class SearchPlanSheet(Sheet):
    """Nothing is asked before `start` is pressed."""

    def __init__(self, window: QWidget, title: str, plan: SearchPlan) -> None:
        super().__init__(window, title, width=_WIDTH)
        self.plan = plan
        self.sentence = Label(plan_words.sentence(plan), "body", "text2", wrap=True)
        self.lines = [plan_words.line(share) for share in plan.shares]
        self.start = Button(self.tr("Start"), "primary", "search")
        self.cancel = Button(self.tr("Not now"))
        self.start.clicked.connect(self.close_sheet)
        self.cancel.clicked.connect(self.close_sheet)
        calm = self.tr(
            "Your own searches and the newest releases come first all the while, and a restart loses nothing."
        )
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "section", wrap=True))
        column.addWidget(self.sentence)
        column.addSpacing(4)
        column.addWidget(self._table())
        column.addSpacing(4)
        column.addWidget(Label(calm, "secondary", "text3", wrap=True))
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.start)
        column.addLayout(row)
        self.body.addLayout(column)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """The keyboard is on *Start*: Enter begins, Esc does not."""
        super().open()
        self.start.setFocus()

    def _table(self) -> QWidget:
        """As many lines as there are indexers; few of them, so they are labels that a screen reader goes through."""
        inside = QWidget()
        inside.setProperty("surface", "none")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        titles = (self.tr("Indexer"), self.tr("Searches"), self.tr("Takes"), self.tr("Done"), self.tr("Its limits"))
        for column, title in enumerate(titles, 1):
            grid.addWidget(Label(title, "table_header", "text3"), 0, column, _side(column))
        grid.addWidget(hline(), 1, 0, 1, 6)
        for row, one in enumerate(self.lines, 2):
            tone = "err" if one.waits_for_user else "off"
            grid.addWidget(Icon("triangle-alert" if one.waits_for_user else "radar", tone, 16), row, 0)
            name = ElidingLabel(one.name, "row")
            name.setMinimumWidth(_NAME)
            grid.addWidget(name, row, 1)
            for column, words in enumerate((one.searches, one.takes, one.ends, one.limits), 2):
                label = Label(words, "body", "text2", tabular=True)
                grid.addWidget(label, row, column, _side(column))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedHeight(min(_TALLEST, inside.sizeHint().height() + 4))
        return area


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignTrailing if column in _RIGHT else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter
