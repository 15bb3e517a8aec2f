"""Beside the table: the chosen entry in full, and what failed most."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.blocklist import Blocked, Count, FailureStatistics
from radarr_desktop.domain.failures import label_of
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.blocklist import ends, reason_word, scope_word
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.parts import Bar, Button, Card, ElidingLabel, Label, ReleaseName

_MOST = 6


class EntryCard(QWidget):
    """One entry: the sentence, the facts, and the way off the list."""

    unblock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def show_entry(self, entry: Blocked | None, movie: str) -> None:
        """Show another one, or none."""
        clear(self._box)
        if entry is not None:
            self._box.addWidget(self._card(entry, movie))

    def _card(self, entry: Blocked, movie: str) -> FactsCard:
        facts = (
            (self.tr("Movie"), movie),
            (self.tr("What"), scope_word(entry.scope)),
            (self.tr("Times"), str(entry.attempts) if entry.attempts > 1 else ""),
            (self.tr("Until"), ends(entry.expires)),
            (self.tr("Blocked"), times.moment(entry.added)),
            (self.tr("Group"), entry.group),
            (self.tr("Indexer"), entry.indexer),
            (self.tr("Hash"), entry.info_hash),
        )
        card = FactsCard(reason_word(entry), facts)
        card.body.insertWidget(1, ReleaseName(title_runs(entry.title), wrap=True))
        card.body.insertWidget(2, Label(entry.reason, "secondary", "text2", wrap=True))
        unblock = Button(self.tr("Unblock"), icon="undo-2", small=True)
        unblock.clicked.connect(self.unblock_asked)
        row = QHBoxLayout()
        row.addWidget(unblock)
        row.addStretch(1)
        card.body.addLayout(row)
        return card


class Figures(QWidget):
    """What failed in the last days, as bars with their numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)

    def show_figures(self, figures: FailureStatistics) -> None:
        """Show others."""
        clear(self._box)
        since = _say("since {day}").format(day=times.day(figures.since))
        by_reason = [Count(label_of(one.name), one.count, one.blocked) for one in figures.by_reason]
        for title, counts in (
            (_say("Failures by reason"), by_reason),
            (_say("By group"), [one for one in figures.by_group if one.name]),
            (_say("By indexer"), [one for one in figures.by_indexer if one.name]),
        ):
            if counts:
                self._box.addWidget(_bars(title, since, counts))


def _bars(title: str, note: str, counts: Sequence[Count]) -> Card:
    card = Card(title)
    card.head.addWidget(Label(note, "secondary", "text3"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    most = max(one.count for one in counts)
    shown = list(counts[:_MOST])
    if rest := sum(one.count for one in counts[_MOST:]):
        shown.append(Count(_say("Others"), rest))
    for line, one in enumerate(shown):
        grid.addWidget(ElidingLabel(one.name, "secondary", "text2"), line, 0)
        grid.addWidget(Bar(one.count / max(most, one.count), "off"), line, 1)
        grid.addWidget(Label(times.number(one.count), "secondary", "text", tabular=True), line, 2)
    card.body.addLayout(grid)
    return card


def _say(words: str) -> str:
    return QCoreApplication.translate("Figures", words)
