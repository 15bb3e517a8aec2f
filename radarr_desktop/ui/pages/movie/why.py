"""The Why? tab: one sentence that answers, then the story that proves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import OPEN_STATES, GrabState, StoredRelease
from radarr_desktop.engine.decisions.why import Why
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.fixes import fix_of
from radarr_desktop.ui.models.movie_state import MovieRow
from radarr_desktop.ui.models.verdicts import is_near_miss, name_runs, reason
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.pages.movie.name_card import name_card
from radarr_desktop.ui.pages.movie.release_facts import add_checks
from radarr_desktop.ui.pages.movie.story import Beat, judged_beat, tell
from radarr_desktop.ui.parts import Banner, Button, Card, Label, ReleaseName, TimelineEntry, TimelineItem

_say = QCoreApplication.translate


class WhyTab(QWidget):
    """Filled from `engine.decisions.why`."""

    checks_asked = Signal(object)
    """Show a `StoredRelease` in full."""
    grab_asked = Signal(object)
    fix_asked = Signal(object)
    """A `Fix` of its profile."""
    search_asked = Signal()
    queue_asked = Signal()
    undo_asked = Signal(int)
    """Of a change of files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = ScrollColumn()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)
        self._story = QVBoxLayout()
        self._unfolded: set[int] = set()
        self._explained: set[int] = set()
        """Releases whose checks are in sight."""
        self._why: Why | None = None
        self._row: MovieRow | None = None
        self._profile: QualityProfile | None = None
        self._next = ""
        self._undoable: Mapping[int, str] = {}

    @property
    def sentence(self) -> str:
        """The answer in sight; empty before the first."""
        return self._why.sentence if self._why else ""

    def show_why(
        self,
        why: Why,
        row: MovieRow,
        profile: QualityProfile | None,
        next_search: str = "",
        undoable: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        """Show another answer; what was unfolded stays so.

        ``next_search`` says when it is searched next by itself; ``undoable`` has a word for each such change.
        """
        self._undoable = undoable
        if self._why is None or self._why.movie.id != why.movie.id:
            self._unfolded.clear()
            self._explained.clear()
        elif (why, row, profile, next_search) == (self._why, self._row, self._profile, self._next):
            return
        self._why, self._row, self._profile, self._next = why, row, profile, next_search
        self._show()

    def _show(self) -> None:
        why, row = self._why, self._row
        if why is None or row is None:
            return
        bar = self.column.verticalScrollBar()
        at = bar.value()
        clear(self.column.main)
        clear(self.column.side)
        best = self._best(why)
        self.column.main.addWidget(self._answer(why, best))
        self._story = QVBoxLayout()
        self._story.setSpacing(0)
        self.column.main.addLayout(self._story)
        self._fill_story(tell(why))
        self._fill_side(why, row, best)
        bar.setValue(at)

    def _answer(self, why: Why, best: StoredRelease | None) -> Banner:
        buttons = []
        if not why.releases:
            buttons.append(self._button(self.tr("Search now"), "search", self.search_asked.emit))
        elif any(grab.state is GrabState.BLOCKED for grab in why.grabs):
            buttons.append(self._button(self.tr("Show queue"), "download", self.queue_asked.emit))
        elif best is not None and is_near_miss(best.verdict) and not _is_running(why):
            fix = fix_of(best, self._profile, why.movie.info.runtime)
            if fix is not None:
                buttons.append(self._button(fix.words, fix.icon, lambda: self.fix_asked.emit(fix)))
            buttons.append(self._button(self.tr("Grab it anyway"), "download", lambda: self.grab_asked.emit(best)))
        return Banner(why.sentence, why.detail, "plain", buttons=buttons, buttons_below=bool(buttons))

    def _button(self, words: str, icon: str, act: Callable[[], object]) -> Button:
        button = Button(words, icon=icon, small=True)
        button.clicked.connect(lambda _checked: act())
        return button

    def _fill_story(self, beats: list[Beat]) -> None:
        shown: list[tuple[Beat, TimelineItem]] = []
        for beat in beats:
            shown.append((beat, self._item(beat)))
            if beat.folded and id_of(beat) in self._unfolded:
                shown += [(one, self._item(one)) for one in map(judged_beat, beat.folded)]
        for _, item in shown:
            self._story.addWidget(item)
        if shown:
            shown[-1][1].set_last(True)

    def _item(self, beat: Beat) -> TimelineItem:
        actions: list[Button] = []
        below = None
        release = beat.release
        if release is not None and release.verdict is not None:
            is_open = release.id in self._explained
            count = self.tr("{count} checks").format(count=len(release.verdict.checks))
            icon = "chevron-up" if is_open else "list-checks"
            actions.append(self._ghost(count, icon, lambda: self._turn(self._explained, release.id)))
            actions.append(self._ghost(self.tr("Show in full"), "search", lambda: self.checks_asked.emit(release)))
            below = _checks(release) if is_open else None
        if beat.folded:
            is_open = id_of(beat) in self._unfolded
            words = self.tr("Fold them") if is_open else self.tr("Show them")
            icon = "chevron-up" if is_open else "chevron-down"
            actions.append(self._ghost(words, icon, lambda: self._turn(self._unfolded, id_of(beat))))
        if word := self._undoable.get(beat.operation):
            actions.append(self._ghost(word, "undo-2", lambda: self.undo_asked.emit(beat.operation)))
        entry = TimelineEntry(
            times.moment(beat.at),
            beat.icon,
            beat.tone,
            beat.title,
            release=name_runs(beat.name) if beat.name else (),
            fact=beat.fact,
            note=beat.note,
        )
        return TimelineItem(entry, actions, below)

    def _ghost(self, words: str, icon: str, act: Callable[[], object]) -> Button:
        button = Button(words, "ghost", icon, small=True)
        # the button goes with its click
        button.clicked.connect(lambda: QTimer.singleShot(0, self, act))
        return button

    def _turn(self, opened: set[int], id: int) -> None:
        opened.symmetric_difference_update({id})
        self._show()

    def _best(self, why: Why) -> StoredRelease | None:
        best = next(iter(why.releases), None)
        if best is not None and best.verdict is not None and best.verdict.accepted:
            return best
        return next((release for release in why.releases if is_near_miss(release.verdict)), best)

    def _fill_side(self, why: Why, row: MovieRow, best: StoredRelease | None) -> None:
        if best is not None:
            self.column.side.addWidget(name_card(best.parsed))
        following = why.next_best
        if following is not None and following is not best:
            self.column.side.addWidget(self._next_card(following))
        file = why.movie.file
        if file is not None:
            facts = (
                (self.tr("Quality"), file.quality.name),
                (self.tr("Size"), amounts.size(file.size)),
                (self.tr("Group"), file.group),
                (self.tr("Since"), times.moment(file.added)),
            )
            self.column.side.addWidget(FactsCard(self.tr("The file"), facts))
        movie = why.movie
        searched = times.moment(movie.last_search) if movie.last_search else self.tr("Never")
        wanted = (
            (self.tr("Profile"), row.profile),
            (self.tr("Monitored"), self.tr("Yes") if movie.monitored else self.tr("No")),
            (self.tr("Wanted from"), availability_word(movie.minimum_availability)),
            (self.tr("Added"), times.moment(movie.added) if movie.added else ""),
            (self.tr("Last search"), searched),
        )
        self.column.side.addWidget(FactsCard(self.tr("What is wanted"), wanted))
        if self._next:
            card = Card(self.tr("Next search"))
            card.body.addWidget(Label(self._next, "secondary", "text2", wrap=True))
            self.column.side.addWidget(card)

    def _next_card(self, release: StoredRelease) -> Card:
        card = Card(self.tr("Next best"))
        card.body.addWidget(ReleaseName(name_runs(release.parsed), wrap=True))
        accepted = release.verdict is not None and release.verdict.accepted
        words = self.tr("It passes every check.") if accepted else reason(release.verdict)
        card.body.addWidget(Label(words, "secondary", "text2", wrap=True))
        row = QHBoxLayout()
        grab = self.tr("Grab") if accepted else self.tr("Grab anyway")
        row.addWidget(self._button(grab, "download", lambda: self.grab_asked.emit(release)))
        row.addWidget(self._ghost(self.tr("Show in full"), "search", lambda: self.checks_asked.emit(release)))
        row.addStretch(1)
        card.body.addLayout(row)
        return card


def _checks(release: StoredRelease) -> QFrame:
    box = QFrame()
    box.setProperty("part", "card")
    box.setMaximumWidth(640)
    column = QVBoxLayout(box)
    column.setContentsMargins(16, 10, 16, 12)
    add_checks(column, release.verdict.checks if release.verdict else ())
    return box


def id_of(beat: Beat) -> int:
    """What names a folded beat over refreshes: its first release."""
    return beat.folded[0].id


def _is_running(why: Why) -> bool:
    return any(grab.state in OPEN_STATES for grab in why.grabs)


def availability_word(value: str) -> str:
    """From when on a movie is looked for."""
    return {
        "announced": _say("WhyTab", "Announcement"),
        "inCinemas": _say("WhyTab", "In cinemas"),
        "released": _say("WhyTab", "Digital or disc release"),
    }.get(str(value), str(value))
