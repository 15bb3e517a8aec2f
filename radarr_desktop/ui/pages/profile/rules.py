"""The card of rules: upgrades, scores, language, the largest size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QWidget

from radarr_desktop.domain.languages import ANY, LANGUAGES, ORIGINAL, language_by_id
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.ui.models import profile_edit
from radarr_desktop.ui.models.profile_words import GB
from radarr_desktop.ui.parts import Card, ElidingLabel, Label, NumberField, Toggle

_SCORE = 1_000_000
_FIELD = 148


class RulesCard(Card):
    """Each rule is one line: what it is, and what it is set to."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.head.addWidget(Label(self.tr("Rules"), "card"))
        self.body.insertLayout(0, self.head)
        self._profile: QualityProfile | None = None
        self._is_showing = False
        self.upgrades = Toggle(self.tr("Upgrades"))
        self.stop = QComboBox()
        self.least = NumberField(-_SCORE, _SCORE, 0)
        self.enough = NumberField(0, _SCORE, 0)
        self.step = NumberField(1, _SCORE, 1)
        self.language = QComboBox()
        self.cap = CapField(0, 2000, 0)
        self.enough.setSpecialValueText(self.tr("quality alone"))
        self._fill_languages()
        self._build()
        self.upgrades.toggled.connect(lambda on: self._edit(upgrades=on))
        self.stop.currentIndexChanged.connect(lambda _place: self._stop())
        self.least.valueChanged.connect(lambda value: self._edit(min_format_score=value))
        self.enough.valueChanged.connect(lambda value: self._edit(cutoff_format_score=value))
        self.step.valueChanged.connect(lambda value: self._edit(min_upgrade_format_score=value))
        self.language.currentIndexChanged.connect(lambda _place: self._speak())
        self.cap.valueChanged.connect(lambda _value: self._edit(cap=self.cap.bytes))

    def show_profile(self, profile: QualityProfile) -> None:
        """Show another, or the same one as it is now."""
        self._profile = profile
        self._is_showing = True
        self.upgrades.setChecked(profile.upgrades)
        wanted = [item for item in profile_edit.best_first(profile) if item.allowed]
        if [self.stop.itemData(place) for place in range(self.stop.count())] != [item.key for item in wanted]:
            self.stop.clear()
            for item in wanted:
                self.stop.addItem(item.title, item.key)
        for place, item in enumerate(wanted):
            self.stop.setItemText(place, item.title)
        self.stop.setCurrentIndex(self.stop.findData(profile.cutoff))
        self.least.setValue(profile.min_format_score)
        self.enough.setValue(profile.cutoff_format_score)
        self.step.setValue(profile.min_upgrade_format_score)
        self.language.setCurrentIndex(self.language.findData(profile.language.id))
        self.cap.show_bytes(profile.cap)
        for widget in (self.stop, self.enough, self.step):
            widget.setEnabled(profile.upgrades and bool(wanted))
        self._is_showing = False

    def _edit(self, **values: Any) -> None:
        if self._profile is not None and not self._is_showing:
            self.edited.emit(replace(self._profile, **values))

    def _stop(self) -> None:
        key = self.stop.currentData()
        if key is not None:
            self._edit(cutoff=key)

    def _speak(self) -> None:
        language = language_by_id(self.language.currentData())
        if language is not None:
            self._edit(language=language)

    def _fill_languages(self) -> None:
        self.language.addItem(self.tr("Original"), ORIGINAL.id)
        self.language.addItem(self.tr("Any"), ANY.id)
        self.language.insertSeparator(2)
        for one in sorted(LANGUAGES, key=lambda language: language.name):
            self.language.addItem(one.name, one.id)
        self.language.setMaxVisibleItems(16)

    def _build(self) -> None:
        self._line(self.tr("Upgrades"), self.upgrades)
        self._line(self.tr("Stop upgrading at"), self.stop)
        self._line(self.tr("Lowest custom format score"), self.least)
        self._line(self.tr("Score that is enough"), self.enough)
        self._line(self.tr("Smallest step of an upgrade"), self.step)
        self._line(self.tr("Language"), self.language)
        self._line(self.tr("Size cap"), self.cap, self.tr("for every quality"))

    def _line(self, words: str, editor: QWidget, hint: str = "") -> None:
        label = Label(words)
        label.setBuddy(editor)
        editor.setAccessibleName(words)
        editor.setAccessibleDescription(hint)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        if hint:
            row.addWidget(ElidingLabel(hint, "secondary", "text3"), 1)
        else:
            row.addStretch(1)
        if not isinstance(editor, Toggle):
            editor.setFixedWidth(_FIELD)
        row.addWidget(editor)
        self.body.addLayout(row)


class CapField(QDoubleSpinBox):
    """Gigabytes; its least value means that there is no cap."""

    def __init__(self, least: float, most: float, value: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setDecimals(1)
        self.setSingleStep(0.5)
        self.setValue(value)
        self.setSuffix("\u00a0GB")
        self.setSpecialValueText(self.tr("no cap"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(9, 0, 0, 0)
        self._exact: int | None = None

    @property
    def bytes(self) -> int | None:
        """The cap; None where there is none."""
        if self._exact is not None and round(self._exact / GB, 1) == round(self.value(), 1):
            return self._exact
        return round(self.value() * GB) if self.value() > self.minimum() else None

    def show_bytes(self, cap: int | None) -> None:
        """Show a cap to the tenth; it stays exact until it is changed."""
        self._exact = cap
        self.setValue(0 if cap is None else cap / GB)

    def textFromValue(self, value: float) -> str:
        """Whole numbers without a fraction."""
        return self.locale().toString(value, "f", 0 if value == int(value) else 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()
