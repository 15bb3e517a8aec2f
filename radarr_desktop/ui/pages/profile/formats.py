"""The card of custom formats: what each adds to a score, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRegularExpression, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.ui.models import profile_edit
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.parts import Button, Card, ElidingLabel, Icon, IconButton, Label
from radarr_desktop.ui.theme import set_icon, set_role

_STEP = 10


@dataclass(frozen=True)
class FormatRow:
    """One custom format as the card shows it."""

    id: int
    name: str
    matches: int | None = None
    """Of the stored releases; None while nobody has counted."""
    oddity: str = ""
    """What the linter says of it."""


@dataclass(frozen=True)
class PresetRow:
    """A profile in plain words, for people who never heard of custom formats."""

    key: str
    name: str
    sentence: str


class FormatsCard(Card):
    """Shows the scored ones; another is added by its name."""

    edited = Signal(object)
    preset_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._profile: QualityProfile | None = None
        self._formats: tuple[FormatRow, ...] = ()
        self._presets: tuple[PresetRow, ...] = ()
        self._rows: dict[int, _Row] = {}
        self._count = ElidingLabel("", "secondary", "text3")
        self.presets = Button(self.tr("Presets"), "ghost", menu=True, small=True)
        self.add = QLineEdit()
        self.add.setPlaceholderText(self.tr("Score another format…"))
        self.add.setAccessibleName(self.tr("Score another format"))
        self._empty = Label("", "secondary", "text2", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._build()
        self.presets.clicked.connect(self.menu)
        self.add.returnPressed.connect(lambda: self._add(self.add.text()))

    def show_formats(self, formats: Sequence[FormatRow]) -> None:
        """Show what there is to score."""
        known = {one.id for one in self._formats}
        self._formats = tuple(sorted(formats, key=lambda one: one.name.casefold()))
        if known != {one.id for one in self._formats}:
            completer = QCompleter([one.name for one in self._formats], self.add)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._add)
            self.add.setCompleter(completer)
        if self._profile is not None:
            self.show_profile(self._profile)

    def show_presets(self, presets: Sequence[PresetRow]) -> None:
        """Offer these."""
        self._presets = tuple(presets)
        self.presets.setVisible(bool(presets))

    def show_profile(self, profile: QualityProfile) -> None:
        """Show another, or the same one as it is now."""
        self._profile = profile
        scored = [one for one in self._formats if one.id in profile.format_scores]
        scored.sort(key=lambda one: (-profile.format_scores[one.id], one.name.casefold()))
        if set(self._rows) != {one.id for one in scored}:
            clear(self._lines)
            self._rows = {}
            for one in scored:
                row = _Row(one.id, self)
                row.scored.connect(self._score)
                self._rows[one.id] = row
                self._lines.addWidget(row)
        for one in scored:
            self._rows[one.id].show_format(one, profile.format_scores[one.id])
        words = self.tr("{scored} of {count} scored")
        self._count.setText(words.format(scored=number(len(scored)), count=number(len(self._formats))))
        nothing = self.tr("No custom format yet. A preset brings the few that most people need.")
        unscored = self.tr("None has a score: quality, size and seeders decide alone.")
        self._empty.setText(unscored if self._formats else nothing)
        self._empty.setVisible(not scored)
        self.add.setVisible(bool(self._formats))

    def menu(self) -> QMenu:
        """The presets, each with what it means."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for one in self._presets:
            action = QAction(f"{one.name}\u2003{one.sentence}", menu)
            set_icon(action, "sliders-horizontal")
            action.triggered.connect(lambda _checked=False, key=one.key: self.preset_asked.emit(key))
            menu.addAction(action)
        menu.popup(self.presets.mapToGlobal(QPoint(0, self.presets.height() + 4)))
        return menu

    def _add(self, name: str) -> None:
        found = next((one for one in self._formats if one.name.casefold() == name.strip().casefold()), None)
        if found is None or self._profile is None:
            return
        if found.id not in self._profile.format_scores:
            self.edited.emit(profile_edit.score(self._profile, found.id, 0))
        self.add.clear()
        if found.id in self._rows:
            self._rows[found.id].points.setFocus()
            self._rows[found.id].points.selectAll()

    def _score(self, id: int, points: int | None) -> None:
        if self._profile is not None:
            self.edited.emit(profile_edit.score(self._profile, id, points))

    def _build(self) -> None:
        self.head.addWidget(Label(self.tr("Custom formats"), "card"))
        self.head.addWidget(self._count, 1)
        self.head.addWidget(self.presets)
        self.body.insertLayout(0, self.head)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.add)


class _Row(QWidget):
    """Name, what it matches, its score, and the way out."""

    scored = Signal(int, object)

    def __init__(self, id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = id
        self._icon = Icon("puzzle", "text3", 16)
        self._name = ElidingLabel("", "row")
        self._note = ElidingLabel("", "secondary", "text3")
        self.points = ScoreField()
        self.points.setFixedWidth(76)
        self.remove = IconButton("x", "", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._name)
        row.addWidget(self._note, 1)
        row.addWidget(self.points)
        row.addWidget(self.remove)
        self.points.valueChanged.connect(lambda value: self.scored.emit(self._id, value))
        self.remove.clicked.connect(lambda: self.scored.emit(self._id, None))

    def show_format(self, one: FormatRow, points: int) -> None:
        """Show it as it is now."""
        matches = "" if one.matches is None else self.tr("matches {count}").format(count=number(one.matches))
        self._icon.show_icon("triangle-alert" if one.oddity else "puzzle", "wait" if one.oddity else "text3")
        self._name.setText(one.name)
        self._note.setText(one.oddity or matches)
        self._note.set_tone("wait" if one.oddity else "text3")
        self._note.setToolTip(one.oddity)
        self.points.setAccessibleName(self.tr("Score of {name}").format(name=one.name))
        self.points.setAccessibleDescription(one.oddity or matches)
        self.remove.set_name(self.tr("Take {name} out").format(name=one.name))
        self.points.show_score(points)


class ScoreField(QLineEdit):
    """A score with its sign; up and down step by ten."""

    valueChanged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"[+−-]?[0-9]{0,6}"), self))
        set_role(self, "row", tabular=True)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(lambda: self.show_score(self._value))

    def show_score(self, value: int) -> None:
        """Show a score, without telling."""
        self._value = value
        if not (self.hasFocus() and _read(self.text()) == value):
            self.setText(_written(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down."""
        steps = {Qt.Key.Key_Up: _STEP, Qt.Key.Key_Down: -_STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self._set(self._value + step)
        self.setText(_written(self._value))

    def _typed(self, text: str) -> None:
        value = _read(text)
        if value is not None:
            self._set(value)

    def _set(self, value: int) -> None:
        if value != self._value:
            self._value = value
            self.valueChanged.emit(value)


def _written(value: int) -> str:
    """As it is typed: without what parts thousands."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value)}"


def _read(text: str) -> int | None:
    plain = text.replace("−", "-").replace("+", "")
    return int(plain) if plain.lstrip("-").isdigit() else None


def rows_of(
    names: Mapping[int, str], matches: Mapping[int, int] | None, oddities: Mapping[int, str]
) -> list[FormatRow]:
    """The rows of all formats, by id."""
    return [
        FormatRow(id, name, None if matches is None else matches.get(id, 0), oddities.get(id, ""))
        for id, name in names.items()
    ]
