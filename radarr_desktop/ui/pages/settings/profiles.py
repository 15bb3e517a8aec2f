"""Quality profiles: what each one wants, who uses it, and the way to change it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from radarr_desktop.domain import events
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.ui.models.profile_words import GB, gb
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.parts import Button, Card, Label
from radarr_desktop.ui.theme import set_icon


class ProfilesShelf(Shelf):
    """A card for each; opening one leads to a page of its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            self.tr("Quality profiles"),
            self.tr("Which qualities are wanted, best first, how large, and from when on nothing better is sought."),
        )
        self.add = Button(self.tr("New profile"), "primary", "plus", menu=True)
        self.head.addWidget(self.add)
        self.add.clicked.connect(self.menu)
        desk.bridge.happened.connect(self._on_event)

    async def load(self) -> None:
        """Read profiles and who uses them."""
        engine, call = self.desk.engine, self.desk.bridge.call
        profiles, used = await call(engine.profiles.all()), await call(engine.profiles.used())
        clear(self.content)
        for profile in profiles:
            self.content.addWidget(self._card(profile, used.get(profile.id, 0)))

    def menu(self) -> QMenu:
        """What a new one begins with."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for preset in self.desk.engine.profiles.presets():
            action = QAction(preset.name, menu)
            action.setToolTip(preset.sentence)
            set_icon(action, "sliders-horizontal")
            action.triggered.connect(lambda _checked=False, key=preset.key: self.desk.start(self._begin(key)))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 4)))
        return menu

    async def _begin(self, key: str) -> None:
        profiles, call = self.desk.engine.profiles, self.desk.bridge.call
        made = await call(profiles.preset(key))
        self.desk.profile_asked.emit(0, _free_name(made, await call(profiles.all())))

    def _card(self, profile: QualityProfile, used: int) -> Card:
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(profile.name, "card"))
        count = self.tr("used by one movie") if used == 1 else self.tr("used by {count} movies")
        head.addWidget(
            Label(count.format(count=number(used)) if used else self.tr("not used"), "secondary", "text3"), 1
        )
        words.addLayout(head)
        words.addWidget(Label(" · ".join(profile.allowed_titles), "body", "text2", wrap=True))
        words.addWidget(Label(self._rules(profile), "secondary", "text3", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        edit = Button(self.tr("Edit"), icon="pencil")
        edit.setAccessibleName(self.tr("Edit {name}").format(name=profile.name))
        edit.clicked.connect(lambda: self.desk.profile_asked.emit(profile.id, None))
        row.addWidget(edit)
        card.body.addLayout(row)
        return card

    def _rules(self, profile: QualityProfile) -> str:
        stop = next((item.title for item in profile.items if item.key == profile.cutoff), "")
        upgrades = self.tr("Upgrades stop at {quality}") if profile.upgrades else self.tr("The first file is kept")
        parts = [upgrades.format(quality=stop)]
        if profile.cap is not None:
            parts.append(self.tr("never larger than {size}").format(size=gb(profile.cap / GB)))
        if profile.format_scores:
            one, more = self.tr("one custom format scored"), self.tr("{count} custom formats scored")
            count = len(profile.format_scores)
            parts.append(one if count == 1 else more.format(count=number(count)))
        return ", ".join(parts) + "."

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.RulesChanged) and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Profiles are changed on another page."""
        super().showEvent(event)
        if self.desk.has_begun:
            self.refresh()


def _free_name(profile: QualityProfile, others: list[QualityProfile]) -> QualityProfile:
    names = {other.name.casefold() for other in others}
    name, copy = profile.name, 2
    while name.casefold() in names:
        name, copy = f"{profile.name} {copy}", copy + 1
    return replace(profile, name=name)
