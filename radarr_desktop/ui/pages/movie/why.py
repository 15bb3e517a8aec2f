"""The Why? tab: one sentence that answers, then the story that proves it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.records import OPEN_STATES, GrabState, StoredRelease
from radarr_desktop.engine.decisions.why import Why
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.movie_state import MovieRow
from radarr_desktop.ui.models.verdicts import is_near_miss, name_runs
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.pages.movie.story import Beat, judged_beat, tell
from radarr_desktop.ui.parts import Banner, Button, Card, Label, ReleaseName, TimelineEntry, TimelineItem, rounded
from radarr_desktop.ui.theme import theme

_say = QCoreApplication.translate
_LEGEND = (
    ("resolution", lambda one: ", ".join([_resolution(one), *one.hdr])),
    ("source", lambda one: " ".join(part for part in (one.quality.name, one.edition) if part)),
    ("audio", lambda one: one.sound),
    ("video", lambda one: one.codec),
    ("group", lambda one: one.group),
)


class WhyTab(QWidget):
    """Filled from `engine.decisions.why`."""

    checks_asked = Signal(object)
    """Open the checks of a `StoredRelease`."""
    grab_asked = Signal(object)
    search_asked = Signal()
    queue_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = ScrollColumn()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)
        self._story = QVBoxLayout()
        self._story.setSpacing(0)
        self._unfolded: set[int] = set()
        self._why: Why | None = None
        self._row: MovieRow | None = None

    @property
    def sentence(self) -> str:
        """The answer in sight; empty before the first."""
        return self._why.sentence if self._why else ""

    def show_why(self, why: Why, row: MovieRow) -> None:
        """Show another answer; what was unfolded stays so."""
        if self._why is None or self._why.movie.id != why.movie.id:
            self._unfolded.clear()
        self._why, self._row = why, row
        bar = self.column.verticalScrollBar()
        at = bar.value()
        clear(self.column.main)
        clear(self.column.side)
        best = self._best(why)
        self.column.main.addWidget(self._answer(why, best))
        self._story = QVBoxLayout()
        self._story.setSpacing(0)
        self.column.main.addLayout(self._story)
        self._fill_story(tell(why.releases, why.grabs, why.history))
        self._fill_side(why, row, best)
        bar.setValue(at)

    def _answer(self, why: Why, best: StoredRelease | None) -> Banner:
        buttons = []
        if not why.releases:
            search = Button(self.tr("Search now"), icon="search", small=True)
            search.clicked.connect(self.search_asked)
            buttons.append(search)
        elif any(grab.state is GrabState.BLOCKED for grab in why.grabs):
            queue = Button(self.tr("Show queue"), icon="download", small=True)
            queue.clicked.connect(self.queue_asked)
            buttons.append(queue)
        elif best is not None and is_near_miss(best.verdict) and not _is_running(why):
            grab = Button(self.tr("Grab it anyway"), icon="download", small=True)
            grab.clicked.connect(lambda: self.grab_asked.emit(best))
            checks = Button(self.tr("Show its checks"), icon="list-checks", small=True)
            checks.clicked.connect(lambda: self.checks_asked.emit(best))
            buttons += [grab, checks]
        return Banner(why.sentence, why.detail, "plain", buttons=buttons, buttons_below=bool(buttons))

    def _fill_story(self, beats: list[Beat]) -> None:
        shown: list[tuple[Beat, TimelineItem]] = []
        for beat in beats:
            if beat.folded and id_of(beat) in self._unfolded:
                for release in beat.folded:
                    one = judged_beat(release)
                    shown.append((one, self._item(one)))
            else:
                shown.append((beat, self._item(beat)))
        for _, item in shown:
            self._story.addWidget(item)
        if shown:
            shown[-1][1].set_last(True)

    def _item(self, beat: Beat) -> TimelineItem:
        actions = []
        if beat.release is not None and beat.release.verdict is not None:
            release = beat.release
            words = self.tr("{count} checks").format(count=len(release.verdict.checks) if release.verdict else 0)
            checks = Button(words, "ghost", "list-checks", small=True)
            checks.clicked.connect(lambda: self.checks_asked.emit(release))
            actions.append(checks)
        if beat.folded:
            unfold = Button(self.tr("Show them"), "ghost", "chevron-down", small=True)
            unfold.clicked.connect(lambda: self._unfold(beat))
            actions.append(unfold)
        entry = TimelineEntry(
            times.moment(beat.at),
            beat.icon,
            beat.tone,
            beat.title,
            release=name_runs(beat.name) if beat.name else (),
            fact=beat.fact,
            note=beat.note,
        )
        return TimelineItem(entry, actions)

    def _unfold(self, beat: Beat) -> None:
        self._unfolded.add(id_of(beat))
        if self._why is not None and self._row is not None:
            self.show_why(self._why, self._row)

    def _best(self, why: Why) -> StoredRelease | None:
        best = next(iter(why.releases), None)
        if best is not None and best.verdict is not None and best.verdict.accepted:
            return best
        return next((release for release in why.releases if is_near_miss(release.verdict)), best)

    def _fill_side(self, why: Why, row: MovieRow, best: StoredRelease | None) -> None:
        if best is not None:
            self.column.side.addWidget(_name_card(best.parsed))
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


def _name_card(parsed: ParsedRelease) -> Card:
    card = Card(_say("WhyTab", "Release name, as read"))
    card.body.addWidget(ReleaseName(name_runs(parsed), wrap=True))
    words = {
        "resolution": _say("WhyTab", "Resolution"),
        "source": _say("WhyTab", "Source"),
        "audio": _say("WhyTab", "Audio"),
        "video": _say("WhyTab", "Video"),
        "group": _say("WhyTab", "Group"),
    }
    for kind, read in _LEGEND:
        value = read(parsed)
        if value.strip(" ,"):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(_Swatch(kind), 0, Qt.AlignmentFlag.AlignTop)
            name = Label(words[kind], "secondary", "text2")
            name.setMinimumWidth(88)
            row.addWidget(name)
            row.addWidget(Label(value, "secondary", wrap=True), 1)
            card.body.addLayout(row)
    return card


class _Swatch(QWidget):
    """The colour a kind of fact has in a name."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(12, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        box = QRect(0, 2, 12, 12)
        fill = tokens.color(f"release_{self._kind}")
        rounded(QPainter(self), box, tokens.radius.release, fill=fill, line=tokens.color("line"))


def _resolution(parsed: ParsedRelease) -> str:
    lines = parsed.quality.resolution
    return f"{lines}p" if lines else ""
