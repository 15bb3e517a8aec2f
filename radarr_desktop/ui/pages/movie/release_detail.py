"""One release in full: what was decided, from what, and the way to take it anyway."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.decision.verdict import Check, Outcome
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.verdicts import (
    check_label,
    is_suspect,
    name_runs,
    reason,
    score_label,
    score_segments,
    verdict_icon,
    verdict_tone,
    verdict_word,
)
from radarr_desktop.ui.parts import (
    Button,
    ElidingLabel,
    Icon,
    IconButton,
    Kind,
    Label,
    ReleaseName,
    ScoreBar,
    StateChip,
    hline,
)
from radarr_desktop.ui.theme import theme

_say = QCoreApplication.translate


class ReleaseDetail(QWidget):
    """Filled anew for each release; stands beside a table or in a sheet."""

    grab_asked = Signal(object)
    """The `StoredRelease` to take, accepted or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._release: StoredRelease | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 16, 20, 20)
        self._content = QWidget()
        self._box.addWidget(self._content)
        self._box.addStretch(1)
        self.grab_button: Button | None = None

    @property
    def release(self) -> StoredRelease | None:
        """Which one is shown."""
        return self._release

    def show_release(self, release: StoredRelease, most_points: int) -> None:
        """Show another."""
        self._release = release
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head(release))
        accepted = release.verdict is not None and release.verdict.accepted
        words = self.tr("It passes every check.") if accepted else reason(release.verdict)
        column.addWidget(Label(words, "section", wrap=True))
        column.addWidget(ReleaseName(name_runs(release.parsed), wrap=True))
        column.addWidget(Label(_facts(release), "secondary", "text2", wrap=True))
        column.addLayout(self._buttons(release))
        if release.verdict is not None:
            column.addSpacing(4)
            column.addWidget(hline())
            column.addLayout(_score(release, most_points))
            column.addSpacing(4)
            column.addWidget(hline())
            column.addLayout(_checks(release.verdict.checks))
        self._box.replaceWidget(self._content, fresh)
        self._content.deleteLater()
        self._content = fresh

    def _head(self, release: StoredRelease) -> QHBoxLayout:
        row = QHBoxLayout()
        tone = verdict_tone(release.verdict)
        row.addWidget(StateChip(verdict_word(release.verdict), tone, verdict_icon(release.verdict)))
        row.addStretch(1)
        copy = IconButton("copy", self.tr("Copy the release name"), shortcut="Ctrl+C")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(release.release.title))
        row.addWidget(copy)
        return row

    def _buttons(self, release: StoredRelease) -> QHBoxLayout:
        accepted = release.verdict is not None and release.verdict.accepted
        words = self.tr("Grab") if accepted else self.tr("Grab anyway")
        kind: Kind = "danger" if is_suspect(release.verdict) else "primary"
        self.grab_button = button = Button(words, kind, "download")
        button.clicked.connect(lambda: self.grab_asked.emit(release))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        return row


def _facts(release: StoredRelease) -> str:
    parts = [
        release.indexer,
        release.parsed.quality.name,
        amounts.size(release.release.size) if release.release.size else "",
        times.moment(release.release.published) if release.release.published else "",
    ]
    return " · ".join(part for part in parts if part)


def _score(release: StoredRelease, most_points: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    verdict = release.verdict
    if verdict is None:
        return column
    head = QHBoxLayout()
    head.addWidget(Label(_say("ReleaseDetail", "Score"), "card"))
    head.addStretch(1)
    head.addWidget(Label(times.number(verdict.score), "card", tabular=True))
    column.addLayout(head)
    column.addWidget(ScoreBar(score_segments(verdict), max(most_points, 1)))
    for part in verdict.parts:
        row = QHBoxLayout()
        row.addWidget(Label(score_label(part.name), "body", "text2"))
        row.addStretch(1)
        row.addWidget(Label(f"{'+' if part.points >= 0 else '−'}{times.number(abs(part.points))}", "row", tabular=True))
        column.addLayout(row)
    return column


def _checks(checks: tuple[Check, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    passed = sum(check.outcome is Outcome.ACCEPTED for check in checks)
    head = QHBoxLayout()
    head.addWidget(Label(_say("ReleaseDetail", "Checks"), "card"))
    head.addStretch(1)
    words = _say("ReleaseDetail", "{passed} of {count} passed").format(passed=passed, count=len(checks))
    head.addWidget(Label(words, "secondary", "text3"))
    column.addLayout(head)
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(2, 1)
    for place, check in enumerate(sorted(checks, key=lambda check: check.outcome is Outcome.ACCEPTED)):
        _add_check(grid, place, check)
    column.addLayout(grid)
    return column


def _add_check(grid: QGridLayout, place: int, check: Check) -> None:
    looks = {
        Outcome.ACCEPTED: ("check", "ok", _say("ReleaseDetail", "passed")),
        Outcome.DELAYED: ("clock", "wait", _say("ReleaseDetail", "later")),
        Outcome.REJECTED: ("x", "miss", _say("ReleaseDetail", "failed")),
    }
    icon, tone, word = looks[check.outcome]
    mark = Icon(icon, tone, 14)
    mark.setAccessibleName(word)
    failed = check.outcome is not Outcome.ACCEPTED
    label = Label(check_label(check.name), "label")
    seen = (
        _say("ReleaseDetail", "{seen}, limit {limit}").format(seen=check.observed, limit=check.limit)
        if failed
        else check.observed
    )
    value = ElidingLabel(seen, "label" if failed else "body", "text" if failed else "text2")
    if failed:
        value.set_tone("miss" if check.outcome is Outcome.REJECTED else "wait")
    value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    value.setToolTip(
        _say("ReleaseDetail", "Seen: {seen}. Wanted: {limit}.").format(seen=check.observed, limit=check.limit)
    )
    height = theme().tokens.type["label"].size + 5
    mark.setMinimumHeight(height)
    grid.addWidget(mark, place, 0)
    grid.addWidget(label, place, 1)
    grid.addWidget(value, place, 2)
