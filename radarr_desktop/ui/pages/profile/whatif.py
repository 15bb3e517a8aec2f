"""What if: what a change would have done with the releases that are stored, before it is saved."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from radarr_desktop.ui.models.forecast import (
    LOOKS,
    Forecast,
    Turn,
    basis_sentence,
    signed_size,
    space_sentence,
    summary,
)
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.profile.differences import DifferenceList
from radarr_desktop.ui.parts import (
    Banner,
    Button,
    Icon,
    Label,
    ProgressBar,
    StateChip,
    hline,
)

_FIRST = 6


class Look(Enum):
    """What the panel shows."""

    UNCHANGED = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()


class WhatIfPanel(QWidget):
    """Four numbers, a sentence on space, and the movies it would be different for."""

    movie_asked = Signal(int)
    again_asked = Signal()
    told = Signal(str)
    """The outcome in a few words; none while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = Look.UNCHANGED
        self._forecast: Forecast | None = None
        self._is_open = False
        self.chip = StateChip("", "ok", "zap")
        self.sentence = Label("", "secondary", "text2", wrap=True)
        self.progress = ProgressBar(self.tr("Replaying"))
        self._numbers = {turn: _Number(turn) for turn in (Turn.GRAB, Turn.DROP, Turn.UPGRADE, Turn.LOOP)}
        self._space = _Note()
        self._weak = _Note()
        self.differences = DifferenceList()
        self.all = Button("", "ghost", small=True)
        self._problem = QVBoxLayout()
        self._result = QWidget()
        self._build()
        self.differences.opened.connect(self.movie_asked)
        self.all.clicked.connect(self._turn)
        self.show_unchanged()

    @property
    def forecast(self) -> Forecast | None:
        """What is shown; None while nothing was replayed."""
        return self._forecast if self.look is Look.DONE else None

    def show_unchanged(self, *, is_used: bool = True) -> None:
        """There is nothing to replay."""
        self._turn_to(Look.UNCHANGED)
        self._forecast = None
        self.told.emit("")
        words = self.tr(
            "Change something, and this tells at once which releases of the last weeks would be taken then, "
            "and which not any more."
        )
        unused = self.tr("No movie uses this profile yet: a change of it takes and drops nothing.")
        self.sentence.setText(words if is_used else unused)

    def show_running(self, done: int = 0, total: int = 0) -> None:
        """A replay is under way; what it told before stays in sight."""
        self._turn_to(Look.RUNNING)
        count = self.tr("Replaying {count} releases…").format(count=number(total))
        self.sentence.setText(count if total else self.tr("Replaying the stored releases…"))
        self.progress.show_progress(done / total if total else 0.0, "info")

    def show_forecast(self, forecast: Forecast) -> None:
        """A replay is done."""
        self._forecast = forecast
        self._turn_to(Look.DONE)
        self.told.emit(summary(forecast))
        seconds = QLocale().toString(max(0.1, forecast.seconds), "f", 1)
        self.chip.set_state(self.tr("Replayed in {seconds} s").format(seconds=seconds), "ok", "zap")
        self.sentence.setText(basis_sentence(forecast.releases, forecast.days))
        for turn, shown in self._numbers.items():
            shown.show_count(forecast, turn)
        space = space_sentence(forecast)
        short = forecast.free_space is not None and forecast.change() > forecast.free_space
        self._space.say(space, "triangle-alert" if short else "hard-drive", "err" if short else "wait")
        weak = self.tr("Fewer than 50 stored releases: the forecast is weak.") if forecast.is_weak else ""
        self._weak.say(weak, "info", "wait")
        self._is_open = False
        self._show_differences()
        spoken = ", ".join(shown.accessibleName() for shown in self._numbers.values())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def show_problem(self, sentence: str) -> None:
        """The replay could not be made."""
        self._turn_to(Look.FAILED)
        self.sentence.setText("")
        clear(self._problem)
        again = Button(self.tr("Try again"), icon="refresh-cw", small=True)
        again.clicked.connect(self.again_asked)
        self._problem.addWidget(Banner(sentence, "", "err", buttons=[again], buttons_below=True))

    def _turn_to(self, look: Look) -> None:
        self.look = look
        if look is not Look.FAILED:
            clear(self._problem)
        self.chip.setVisible(look is Look.DONE)
        self.progress.setVisible(look is Look.RUNNING)
        self._result.setVisible(self._forecast is not None and look in {Look.DONE, Look.RUNNING})
        self.sentence.setVisible(look is not Look.FAILED)

    def _show_differences(self) -> None:
        forecast = self._forecast
        if forecast is None:
            return
        every = sorted(forecast.differences, key=lambda one: (-abs(one.change), one.title))
        self.differences.show_differences(every if self._is_open else every[:_FIRST])
        more = len(every) > _FIRST
        self.all.setVisible(more)
        self.all.setText(self.tr("Fewer") if self._is_open else self.tr("All {count}").format(count=number(len(every))))
        self._heading.setText(self.tr("Differences") if every else self.tr("Nothing would change."))

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show_differences()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("flask-conical", "accent", 18))
        head.addWidget(Label(self.tr("What if"), "section"))
        head.addStretch(1)
        head.addWidget(self.chip)
        self.chip.setMinimumHeight(24)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addWidget(self.progress)
        column.addLayout(self._problem)
        column.addWidget(self._result)
        column.addStretch(1)
        inside = QVBoxLayout(self._result)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(12)
        for place, shown in enumerate(self._numbers.values()):
            grid.addWidget(shown, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        inside.addLayout(grid)
        inside.addWidget(self._space)
        inside.addWidget(self._weak)
        inside.addWidget(hline())
        self._heading = Label(self.tr("Differences"), "card")
        row = QHBoxLayout()
        row.addWidget(self._heading)
        row.addStretch(1)
        row.addWidget(self.all)
        inside.addLayout(row)
        inside.addWidget(self.differences)


class _Number(QWidget):
    """One of the four: icon, count, what it counts, and what it weighs."""

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        icon, self._tone = LOOKS[turn]
        self._icon = Icon(icon, self._tone, 16)
        self._count = Label("0", "title", tabular=True)
        self._words = Label("", "secondary", "text2", wrap=True)
        self._weight = Label("", "secondary", "text3", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (self._count, self._words, self._weight):
            words.addWidget(label)
        words.addStretch(1)
        row.addLayout(words, 1)

    def show_count(self, forecast: Forecast, turn: Turn) -> None:
        """Another forecast."""
        count = len(forecast.of(turn))
        self._count.setText(number(count))
        names = {
            Turn.GRAB: self.tr("more grabs"),
            Turn.DROP: self.tr("fewer grabs"),
            Turn.UPGRADE: self.tr("library upgrades"),
            Turn.LOOP: self.tr("loops"),
        }
        change = forecast.change(turn)
        weight = signed_size(change) if change else ""
        if turn is Turn.LOOP:
            self._icon.show_icon("repeat", "err" if count else "ok")
            weight = self.tr("files replaced twice") if count else self.tr("none replaced twice")
        self._words.setText(names[turn])
        self._weight.setText(weight or self.tr("no change of size"))
        self.setAccessibleName(f"{count} {names[turn]}, {weight}")


class _Note(QFrame):
    """A framed line with an icon; hidden without words."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("info", "wait", 16)
        self._words = Label("", "secondary", "text2", wrap=True)
        self.setProperty("part", "banner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    def say(self, words: str, icon: str, tone: str) -> None:
        """Another line."""
        self._icon.show_icon(icon, tone)
        self._words.setText(words)
        self.setVisible(bool(words))
