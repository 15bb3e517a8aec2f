"""One release in full: what was decided, from what, and the way to take it anyway."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from radarr_desktop.domain.decision.verdict import Outcome
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.fixes import Fix
from radarr_desktop.ui.models.verdicts import (
    Scale,
    failed_checks,
    is_near_miss,
    is_suspect,
    name_runs,
    reason,
    verdict_icon,
    verdict_tone,
    verdict_word,
)
from radarr_desktop.ui.pages.movie.release_facts import add_checks, add_score
from radarr_desktop.ui.parts import Button, IconButton, Kind, Label, Menu, ReleaseName, StateChip, hline

_say = QCoreApplication.translate


@dataclass(frozen=True)
class Subject:
    """A release, and how it stands among those shown with it."""

    release: StoredRelease
    scale: Scale = Scale()  # noqa: RUF009  frozen
    would_be_best: bool = False
    fix: Fix | None = None
    """The change of its profile that lets it in."""
    formats: tuple[str, ...] = ()
    """Names of the custom formats that match it."""


class ReleaseDetail(QWidget):
    """Filled anew for each release; stands beside a table or in a sheet."""

    grab_asked = Signal(object)
    """The `StoredRelease` to take, accepted or not."""
    fix_asked = Signal(object)
    """A `Fix`."""
    block_asked = Signal(object)
    group_asked = Signal(str)
    """What became of this group's releases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 16, 20, 20)
        self._content = QWidget()
        self._box.addWidget(self._content)
        self._box.addStretch(1)
        self.grab_button: Button | None = None
        self.fix_button: Button | None = None

    @property
    def release(self) -> StoredRelease | None:
        """Which one is shown."""
        return self._subject.release if self._subject else None

    def show_release(self, subject: Subject) -> None:
        """Show another; the same again changes nothing."""
        if subject == self._subject:
            return
        had_focus = self.grab_button is not None and self.grab_button.hasFocus()
        self._subject, release = subject, subject.release
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head(release))
        accepted = release.verdict is not None and release.verdict.accepted
        words = self.tr("It passes every check.") if accepted else reason(release.verdict)
        column.addWidget(Label(words, "section", wrap=True))
        if more := _more(subject):
            column.addWidget(Label(more, "body", "text2", wrap=True))
        column.addLayout(self._buttons(subject))
        column.addSpacing(2)
        column.addWidget(ReleaseName(name_runs(release.parsed), wrap=True))
        column.addWidget(Label(_facts(release), "secondary", "text2", wrap=True))
        if release.verdict is not None:
            column.addSpacing(4)
            column.addWidget(hline())
            add_score(column, release, subject.scale, subject.formats)
            column.addSpacing(4)
            column.addWidget(hline())
            add_checks(column, release.verdict.checks)
        self._box.replaceWidget(self._content, fresh)
        self._content.hide()
        self._content.deleteLater()
        self._content = fresh
        if had_focus and self.grab_button is not None:
            self.grab_button.setFocus()

    def menu(self, release: StoredRelease, at: QPoint) -> QMenu:
        """What is seldom done, with its keys."""
        menu = Menu(self)
        entries = [
            (self.tr("Copy the release name"), "copy", "Ctrl+C", lambda: _copy(release)),
            (self.tr("Never again: block it"), "ban", "Ctrl+Del", lambda: self.block_asked.emit(release)),
        ]
        if group := release.parsed.group:
            words = self.tr("What became of {group}").format(group=group)
            entries.append((words, "chart-no-axes-column", "", lambda: self.group_asked.emit(group)))
        if _page(release):
            entries.insert(0, (self.tr("Open its page"), "external-link", "", lambda: _open(release)))
        for text, icon, keys, act in entries:
            menu.add(text, icon, act, keys=keys)
        menu.popup(at)
        return menu

    def _head(self, release: StoredRelease) -> QHBoxLayout:
        row = QHBoxLayout()
        tone = verdict_tone(release.verdict)
        row.addWidget(StateChip(verdict_word(release.verdict), tone, verdict_icon(release.verdict)))
        row.addStretch(1)
        if _page(release):
            page = IconButton("external-link", self.tr("Open its page"))
            page.clicked.connect(lambda: _open(release))
            row.addWidget(page)
        copy = IconButton("copy", self.tr("Copy the release name"), shortcut="Ctrl+C")
        copy.clicked.connect(lambda: _copy(release))
        row.addWidget(copy)
        return row

    def _buttons(self, subject: Subject) -> QVBoxLayout:
        release = subject.release
        accepted = release.verdict is not None and release.verdict.accepted
        words = self.tr("Grab") if accepted else self.tr("Grab anyway")
        kind: Kind = "danger" if is_suspect(release.verdict) else "primary"
        self.grab_button = grab = Button(words, kind, "download")
        grab.setToolTip(self.tr("{words} (Ctrl+Enter)").format(words=words))
        grab.clicked.connect(lambda: self.grab_asked.emit(release))
        more = IconButton("ellipsis", self.tr("More"))
        more.clicked.connect(lambda: self.menu(release, more.mapToGlobal(QPoint(0, more.height() + 4))))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(grab)
        row.addWidget(more)
        row.addStretch(1)
        box = QVBoxLayout()
        box.setSpacing(8)
        box.addLayout(row)
        self.fix_button = None
        fix = subject.fix
        if fix is not None:
            self.fix_button = Button(fix.words, icon=fix.icon)
            self.fix_button.clicked.connect(lambda: self.fix_asked.emit(fix))
            below = QHBoxLayout()
            below.addWidget(self.fix_button)
            below.addStretch(1)
            box.addLayout(below)
        return box


def _more(subject: Subject) -> str:
    """What follows the one reason: the others, or how good it is otherwise."""
    failed = failed_checks(subject.release.verdict)
    if not failed:
        return ""
    parts = [check.sentence for check in failed[1:4] if check.sentence]
    if len(failed) > 4:
        parts.append(_say("ReleaseDetail", "And {count} more.").format(count=len(failed) - 4))
    if is_near_miss(subject.release.verdict):
        best = _say("ReleaseDetail", "It would be the best release otherwise.")
        parts.append(best if subject.would_be_best else _say("ReleaseDetail", "Everything else passed."))
    elif failed[0].outcome is Outcome.DELAYED:
        parts.append(_say("ReleaseDetail", "It is judged again by itself."))
    return " ".join(parts)


def _facts(release: StoredRelease) -> str:
    parts = [
        release.indexer,
        release.parsed.quality.name,
        amounts.size(release.release.size) if release.release.size else "",
        times.moment(release.release.published) if release.release.published else "",
    ]
    return " · ".join(part for part in parts if part)


def _page(release: StoredRelease) -> str:
    url = release.release.info_url
    return url if url.startswith(("https://", "http://")) else ""


def _open(release: StoredRelease) -> None:
    QDesktopServices.openUrl(QUrl(_page(release), QUrl.ParsingMode.StrictMode))


def _copy(release: StoredRelease) -> None:
    QGuiApplication.clipboard().setText(release.release.title)
