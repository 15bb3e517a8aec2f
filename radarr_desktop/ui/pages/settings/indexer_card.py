"""How an indexer is doing, above its form: why it is left alone, and what it was asked and answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.engine.search.indexer_states import IndexerState
from radarr_desktop.ui.models.indexer_words import Figure, figures, pause, remarks
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.parts import Banner, Button, Card, Icon, Label, ProgressBar

_FOUR_FROM = 560


class IndexerCard(QWidget):
    """Hidden until `show_indexer`; a pause can be ended here by asking."""

    try_asked = Signal(int)
    """The indexer's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = 0
        self._across = 4
        self._said: list[str] = []
        self._sentences: list[str] = []
        self.try_now = Button(self.tr("Try now"), icon="refresh-cw")
        self.pause = Banner("", tone="wait", buttons=[self.try_now])
        self._cells = [_Cell() for _ in range(4)]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(6)
        card = Card()
        card.body.addLayout(self._grid)
        card.body.addLayout(self._remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(12)
        column.addWidget(self.pause)
        column.addWidget(card)
        self._place()
        self.try_now.clicked.connect(lambda: self.try_asked.emit(self._id))
        self.hide()

    @property
    def words(self) -> str:
        """All that it says, as a screen reader tells it."""
        return " ".join([self.pause.accessibleName() * (not self.pause.isHidden()), *self._said, *self._sentences])

    def show_indexer(self, state: IndexerState | None, *, follows_feed: bool = True) -> None:
        """Tell of one; None: there is none to tell of."""
        self.setVisible(state is not None)
        if state is None:
            return
        self._id = state.id
        title, why = pause(state)
        self.pause.setVisible(bool(title))
        self.pause.set_text(title, why)
        self.pause.set_tone("err" if state.state == "broken" else "wait")
        shown = figures(state, follows_feed=follows_feed)
        for cell, figure in zip(self._cells, shown, strict=True):
            cell.show_figure(figure)
        self._said = [f"{one.title}: {one.value}{', ' * bool(one.note)}{one.note}." for one in shown]
        if (said := remarks(state)) != self._sentences:
            self._sentences = said
            clear(self._remarks)
            for sentence in said:
                self._remarks.addLayout(_remark(sentence))

    def set_trying(self, *, trying: bool) -> None:
        """It is being asked."""
        self.try_now.setEnabled(not trying)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two by two where there is little room."""
        super().resizeEvent(event)
        across = 4 if self.width() >= _FOUR_FROM else 2
        if across != self._across:
            self._across = across
            self._place()

    def _place(self) -> None:
        for number, cell in enumerate(self._cells):
            self._grid.removeWidget(cell)
            self._grid.addWidget(cell, number // self._across, number % self._across)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)


class _Cell(QWidget):
    """One figure."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", "group", "text3")
        self._value = Label("", "card", tabular=True)
        self._note = Label("", "secondary", "text3")
        self._bar = ProgressBar("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._title, self._value, self._note, self._bar):
            column.addWidget(widget)
        column.addStretch(1)

    def show_figure(self, figure: Figure) -> None:
        self._title.setText(figure.title)
        self._value.setText(figure.value)
        self._note.setText(figure.note)
        self._note.set_tone(figure.tone)
        self._bar.setVisible(figure.part is not None)
        if figure.part is not None:
            self._bar.show_progress(figure.part, "wait" if figure.tone == "wait" else "info")


def _remark(sentence: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Icon("circle-alert", "miss", 14))
    row.addWidget(Label(sentence, "secondary", "text2", wrap=True), 1)
    return row
