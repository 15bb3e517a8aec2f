"""Score and checks of a release, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.decision.verdict import Check, Outcome
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.profile_words import signed
from radarr_desktop.ui.models.verdicts import BAR, Scale, check_label, score_label, score_segment
from radarr_desktop.ui.parts import SCORE_TONES, ElidingLabel, Icon, Label, ScoreBar, rounded
from radarr_desktop.ui.theme import theme

_say = QCoreApplication.translate
_MEASURED = frozenset({"size", "cap", "seeders", "formats", "age", "retention", "early", "space", "availability"})
"""Checks whose limit says how far off it was."""


def add_score(column: QVBoxLayout, release: StoredRelease, scale: Scale, formats: Sequence[str]) -> None:
    """The sum, the bar, and every part that counts; ``formats`` are names of custom formats that match."""
    verdict = release.verdict
    if verdict is None:
        return
    column.addLayout(_head(_say("ReleaseFacts", "Score"), times.number(verdict.score), "card"))
    bar = ScoreBar(scale.segments(verdict), BAR)
    bar.setAccessibleName(", ".join(f"{score_label(part.name)} {signed(part.points)}" for part in verdict.parts))
    column.addWidget(bar)
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(2, 1)
    shown = [part for part in verdict.parts if part.points or part.name == "quality"]
    named = ", ".join(formats)
    for place, part in enumerate(shown):
        grid.addWidget(_Swatch(SCORE_TONES[score_segment(part.name)]), place, 0)
        grid.addWidget(Label(score_label(part.name), "body", "text2"), place, 1)
        told = named if part.name == "formats" else _part_value(part.name, release)
        value = ElidingLabel(told, "secondary", "text3")
        value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(value, place, 2)
        points = Label(signed(part.points), "row", tabular=True)
        points.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(points, place, 3)
    column.addLayout(grid)


def add_checks(column: QVBoxLayout, checks: tuple[Check, ...]) -> None:
    """All of them, those that failed first."""
    passed = sum(check.outcome is Outcome.ACCEPTED for check in checks)
    words = _say("ReleaseFacts", "{passed} of {count} passed").format(passed=passed, count=len(checks))
    column.addLayout(_head(_say("ReleaseFacts", "Checks"), words, "secondary"))
    rows = QVBoxLayout()
    rows.setSpacing(7)
    for check in sorted(checks, key=lambda check: check.outcome is Outcome.ACCEPTED):
        rows.addLayout(_check_row(check))
    column.addLayout(rows)


def _head(title: str, value: str, role: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Label(title, "card"))
    row.addStretch(1)
    row.addWidget(Label(value, "card", tabular=True) if role == "card" else Label(value, "secondary", "text3"))
    return row


def _part_value(name: str, release: StoredRelease) -> str:
    """What the points were given for."""
    offer, parsed = release.release, release.parsed
    peers = (offer.seeders or 0) + (offer.leechers or 0)
    values = {
        "quality": parsed.quality.name,
        "revision": _say("ReleaseFacts", "version {number}").format(number=parsed.revision.version),
        "group": parsed.group,
        "indexer": release.indexer,
        "flags": ", ".join(sorted(str(flag) for flag in offer.flags)),
        "seeders": _say("ReleaseFacts", "{count} seeds").format(count=times.number(offer.seeders or 0)),
        "peers": _say("ReleaseFacts", "{count} peers").format(count=times.number(peers)),
        "size": amounts.size(offer.size) if offer.size else "",
        "age": times.age(offer.published) if offer.published else "",
    }
    return values.get(name, "")


def _check_row(check: Check) -> QHBoxLayout:
    looks = {
        Outcome.ACCEPTED: ("check", "ok", _say("ReleaseFacts", "passed")),
        Outcome.DELAYED: ("clock", "wait", _say("ReleaseFacts", "later")),
        Outcome.REJECTED: ("x", "miss", _say("ReleaseFacts", "failed")),
    }
    icon, tone, word = looks[check.outcome]
    mark = Icon(icon, tone, 14)
    mark.setAccessibleName(word)
    failed = check.outcome is not Outcome.ACCEPTED
    seen = f"{check.observed}, {check.limit}" if failed and check.name in _MEASURED else check.observed
    value = ElidingLabel(seen, "label" if failed else "secondary", "text3")
    if failed:
        value.set_tone("miss" if check.outcome is Outcome.REJECTED else "wait")
    value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    both = _say("ReleaseFacts", "Seen: {seen}. Wanted: {limit}.").format(seen=check.observed, limit=check.limit)
    value.setToolTip(both)
    value.setAccessibleDescription(both)
    mark.setMinimumHeight(theme().tokens.type["label"].size + 5)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(mark)
    row.addWidget(Label(check_label(check.name), "label"))
    row.addWidget(value, 1)
    return row


class _Swatch(QWidget):
    """The colour a score part has in the bar."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(10, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(0, 3, 10, 10), 3, fill=theme().tokens.color(self._tone))
