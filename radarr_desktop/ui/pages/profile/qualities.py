"""The card of qualities: what is wanted, in which order, and where upgrades stop."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.ui.models import profile_edit, profile_words
from radarr_desktop.ui.pages.profile.quality_list import QualityList, QualityRow
from radarr_desktop.ui.parts import Button, Card, ElidingLabel, FormField, Label, Menu, Sheet


class QualitiesCard(Card):
    """Shows only what is wanted until the rest is asked for."""

    edited = Signal(object)
    """The profile as the user made it."""

    def __init__(self, window: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._window = window
        self._profile: QualityProfile | None = None
        self._is_open = False
        self._kept: set[int] = set()
        """What is not wanted any more, but was a moment ago."""
        self.list = QualityList(self.tr("Qualities, best first"))
        self.group = Button(self.tr("Group"), "ghost", "group", small=True)
        self.rest = Button("", "ghost", "chevron-down", small=True)
        self._build()
        self.list.moved.connect(self._move)
        self.list.toggled.connect(self._toggle)
        self.list.stop_asked.connect(lambda key: self._edit(profile_edit.stop_at(self.profile, key)))
        self.list.menu_asked.connect(self.menu)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._offer_group())
        self.group.clicked.connect(self._group)
        self.rest.clicked.connect(self._turn)

    @property
    def profile(self) -> QualityProfile:
        """What is shown."""
        if self._profile is None:
            raise RuntimeError("The card shows no profile yet.")
        return self._profile

    def show_profile(self, profile: QualityProfile, *, fresh: bool = False) -> None:
        """Show another, or the same one as it is now."""
        if fresh:
            # what is not wanted now must not go out of sight while it is being decided
            self._is_open = False
            self._kept = {item.key for item in profile.items if item.allowed}
        self._profile = profile
        allowed = {item.key for item in profile.items if item.allowed}
        self._kept |= allowed
        items = profile_edit.best_first(profile)
        shown = [item for item in items if self._is_open or item.key in self._kept]
        self.list.set_rows(
            [
                QualityRow(
                    item.key,
                    item.title,
                    profile_words.members(profile, item.key),
                    item.allowed,
                    item.key == profile.cutoff and profile.upgrades,
                    bool(item.id),
                )
                for item in shown
            ]
        )
        hidden = len(items) - len(shown)
        words = self.tr("Show only what is wanted") if self._is_open else self.tr("{count} more, not wanted")
        self.rest.setText(words.format(count=hidden))
        self.rest.set_icon_name("chevron-up" if self._is_open else "chevron-down")
        self.rest.setVisible(self._is_open or hidden > 0)
        self._offer_group()

    def menu(self, key: int, at: QPoint) -> QMenu:
        """All that can be done with a row, with its keys."""
        row = next(row for row in self.list.quality_model.rows if row.key == key)
        menu = Menu(self)
        wanted = self.tr("Not wanted") if row.allowed else self.tr("Wanted")
        entries = [
            (wanted, "check", "Space", lambda: self._toggle(key)),
            (self.tr("Stop upgrading here"), "chevrons-up", "Ctrl+U", lambda: self.list.stop_asked.emit(key)),
            (self.tr("Move up"), "arrow-up", "Alt+Up", lambda: self._step(key, -1)),
            (self.tr("Move down"), "arrow-down", "Alt+Down", lambda: self._step(key, 1)),
        ]
        if len(self.list.chosen_keys) > 1:
            entries.append((self.tr("Group"), "group", "", self._group))
        if row.is_group:
            entries.append((self.tr("Ungroup"), "ungroup", "", lambda: self._ungroup(key)))
            entries.append((self.tr("Rename group…"), "pencil", "", lambda: self._ask_name(row)))
        for text, icon, keys, act in entries:
            menu.add(text, icon, act, keys=keys)
        menu.popup(at)
        return menu

    def _edit(self, profile: QualityProfile) -> None:
        if profile != self._profile:
            self.edited.emit(profile)

    def _move(self, key: int, place: int) -> None:
        # places of the list are counted without what is not shown
        rest = [row.key for row in self.list.quality_model.rows if row.key != key]
        items = [item.key for item in profile_edit.best_first(self.profile) if item.key != key]
        at = items.index(rest[place]) if place < len(rest) else items.index(rest[-1]) + 1
        self._edit(profile_edit.move(self.profile, key, at))

    def _step(self, key: int, by: int) -> None:
        place = self.list.quality_model.place_of(key) + by
        if 0 <= place < self.list.quality_model.rowCount():
            self._move(key, place)

    def _toggle(self, key: int) -> None:
        row = next(row for row in self.list.quality_model.rows if row.key == key)
        self._edit(profile_edit.allow(self.profile, key, allowed=not row.allowed))

    def _group(self) -> None:
        chosen = self.list.chosen_keys
        if len(chosen) > 1:
            self._edit(profile_edit.group(self.profile, chosen))
        elif chosen:
            self._ungroup(chosen[0])

    def _ungroup(self, key: int) -> None:
        self._kept |= {quality.id for item in self.profile.items if item.key == key for quality in item.qualities}
        self._edit(profile_edit.ungroup(self.profile, key))

    def _offer_group(self) -> None:
        rows = self.list.quality_model.rows
        chosen = self.list.chosen_keys
        is_group = len(chosen) == 1 and any(row.key == chosen[0] and row.is_group for row in rows)
        self.group.setText(self.tr("Ungroup") if is_group else self.tr("Group"))
        self.group.set_icon_name("ungroup" if is_group else "group")
        self.group.setEnabled(is_group or len(chosen) > 1)
        hint = self.tr("Choose several with Ctrl or Shift: they count as equal then.")
        self.group.setToolTip("" if self.group.isEnabled() else hint)
        self.group.setAccessibleDescription("" if self.group.isEnabled() else hint)

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._kept = {item.key for item in self.profile.items if item.allowed}
        self.show_profile(self.profile)

    def _ask_name(self, row: QualityRow) -> None:
        sheet = Sheet(self._window, self.tr("Name of the group"), width=400)
        field = QLineEdit(row.title)
        save = Button(self.tr("Rename"), "primary")
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(FormField(self.tr("Name of the group"), field, hint=row.members))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(save)
        column.addLayout(foot)
        sheet.body.addLayout(column)

        def rename() -> None:
            sheet.close_sheet()
            self._edit(profile_edit.name_group(self.profile, row.key, field.text()))

        save.clicked.connect(rename)
        field.returnPressed.connect(rename)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()
        field.selectAll()

    def _build(self) -> None:
        self.head.addWidget(Label(self.tr("Qualities"), "card"))
        self.head.addWidget(ElidingLabel(self.tr("best first, drag or Alt+↑ ↓"), "secondary", "text3"), 1)
        self.head.addWidget(self.group)
        self.body.insertLayout(0, self.head)
        self.body.setContentsMargins(8, 12, 8, 8)
        self.head.setContentsMargins(8, 0, 0, 0)
        self.body.setSpacing(4)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(self.rest)
        row.addStretch(1)
        self.body.addLayout(row)
