"""The profile editor: cards in two columns, the panel of what would happen beside them while there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from radarr_desktop.domain.profiles import ProfileError, QualityProfile, check_profile
from radarr_desktop.ui.models.profile_words import changes
from radarr_desktop.ui.pages.profile.formats import FormatRow, FormatsCard, PresetRow
from radarr_desktop.ui.pages.profile.head import ProfileHead
from radarr_desktop.ui.pages.profile.qualities import QualitiesCard
from radarr_desktop.ui.pages.profile.rules import RulesCard
from radarr_desktop.ui.pages.profile.sizes import SizesCard
from radarr_desktop.ui.pages.profile.whatif import WhatIfPanel
from radarr_desktop.ui.parts import Banner, vline
from radarr_desktop.ui.parts.scroll import scrolled

_PANEL, _SLIM = 336, 312
_BESIDE, _TWO, _ROOMY = 1040, 800, 1150


class ProfileEditor(QWidget):
    """Holds what is saved and what it is to become; knows nothing of the engine."""

    edited = Signal()
    """The draft changed."""

    def __init__(self, window: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: QualityProfile | None = None
        self._draft: QualityProfile | None = None
        self._users = 0
        self._outcome = ""
        self._arrangement: tuple[bool, bool] | None = None
        self.head = ProfileHead()
        self.banner = Banner("", "", "err")
        self.qualities = QualitiesCard(window)
        self.sizes = SizesCard()
        self.rules = RulesCard()
        self.formats = FormatsCard()
        self.whatif = WhatIfPanel()
        self.whatif.setProperty("surface", "none")
        self._build()
        for card in (self.qualities, self.sizes, self.rules, self.formats):
            card.edited.connect(self.take)
        self.head.renamed.connect(self._rename)
        self.whatif.told.connect(self._tell)

    @property
    def draft(self) -> QualityProfile:
        """The profile as it would be saved."""
        if self._draft is None:
            raise RuntimeError("No profile is shown yet.")
        return self._draft

    @property
    def saved(self) -> QualityProfile:
        """The profile as it is saved; of a new one, as it began."""
        if self._saved is None:
            raise RuntimeError("No profile is shown yet.")
        return self._saved

    @property
    def is_shown(self) -> bool:
        """Whether there is a profile at all."""
        return self._saved is not None

    @property
    def is_dirty(self) -> bool:
        """Whether there is something to save."""
        return self.is_shown and (self.draft != self.saved or not self.draft.id)

    @property
    def fault(self) -> str:
        """Why the draft cannot be saved; empty when it can."""
        try:
            check_profile(self.draft)
        except ProfileError as error:
            return str(error)
        return ""

    def show_profile(self, saved: QualityProfile, draft: QualityProfile, users: int) -> None:
        """Show another profile, with what it is to become."""
        self._saved, self._users = saved, users
        self._draft = draft
        self._show(fresh=True)

    def show_facts(
        self, samples: Mapping[int, Sequence[float]], formats: Sequence[FormatRow], presets: Sequence[PresetRow]
    ) -> None:
        """What is known besides: sizes that were seen, custom formats, presets."""
        self.sizes.show_samples(samples)
        self.formats.show_formats(formats)
        self.formats.show_presets(presets)

    def take(self, draft: QualityProfile) -> None:
        """Make the draft this."""
        if draft == self._draft:
            return
        self._draft = draft
        self._show()
        self.edited.emit()

    def discard(self) -> None:
        """Back to what is saved."""
        self.take(self.saved)

    def forget(self) -> None:
        """There is no such profile any more."""
        self._saved = self._draft = None

    def show_fault(self, title: str, why: str = "") -> None:
        """Say what is wrong; the empty text takes it away."""
        self.banner.set_text(title, why)
        self._banner_row.setVisible(bool(title))

    def fit(self, breakpoint: str) -> None:
        """Less room."""
        self.head.fit(breakpoint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel is beside the cards, or below them; the cards are in two columns, or in one."""
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(width)
        roomy = width >= _ROOMY or width < _BESIDE
        self._beside.setFixedWidth(_PANEL if roomy else _SLIM)
        side = 24 if roomy else 16
        self._columns.setContentsMargins(side, 8, side, 24)

    def _tell(self, outcome: str) -> None:
        self._outcome = outcome
        self.head.show_outcome("" if self._arrangement and self._arrangement[0] else outcome)

    def _rename(self, name: str) -> None:
        self.take(replace(self.draft, name=name))

    def _show(self, *, fresh: bool = False) -> None:
        draft = self.draft
        self.head.show_name(draft.name, self._users, is_new=not draft.id)
        fault = self.fault
        self.show_fault(fault)
        words = changes(self.saved, draft)
        if not words and self.is_dirty:
            words = [self.tr("New profile")] if not draft.id else [self.tr("Groups")]
        self.head.show_changes(words, savable=not fault)
        self.qualities.show_profile(draft, fresh=fresh)
        self.sizes.show_profile(draft, fresh=fresh)
        self.rules.show_profile(draft)
        self.formats.show_profile(draft)

    def _arrange(self, width: int) -> None:
        beside, two = width >= _BESIDE, width >= _TWO
        if (beside, two) == self._arrangement:
            return
        self._arrangement = (beside, two)
        self._tell(self._outcome)
        self._first.setMaximumWidth(400 if two else 16_777_215)
        way = QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        # one below the other, the lower one has what is left
        self._columns.setStretch(0, int(two))
        # a scroll area goes on fitting its widget even when it has another parent by now
        self._panel.takeWidget()
        if beside:
            self._panel.setWidget(self.whatif)
        else:
            self._below_box.addWidget(self.whatif)
        self.whatif.show()
        self._beside.setVisible(beside)
        self._below.setVisible(not beside)

    def _build(self) -> None:
        self._first: QWidget = _column((self.qualities, self.formats))
        self._below = QFrame()
        self._below.setProperty("part", "card")
        self._below_box = QVBoxLayout(self._below)
        self._below_box.setContentsMargins(0, 0, 0, 0)
        self._second = _column((self.sizes, self.rules, self._below))
        inside = QWidget()
        inside.setProperty("surface", "none")
        self._columns = QHBoxLayout(inside)
        self._columns.setContentsMargins(24, 8, 24, 24)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._first, 1)
        self._columns.addWidget(self._second, 1)
        self._banner_row = QWidget()
        banner = QHBoxLayout(self._banner_row)
        banner.setContentsMargins(24, 0, 24, 8)
        banner.addWidget(self.banner)
        self._banner_row.hide()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self._banner_row)
        left.addWidget(scrolled(inside), 1)
        self._panel = scrolled(QWidget())
        self._beside = QWidget()
        self._beside.setProperty("surface", "panel")
        self._beside.setFixedWidth(_PANEL)
        beside = QHBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(vline())
        beside.addWidget(self._panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._beside)


def _column(cards: Sequence[QWidget]) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return box
