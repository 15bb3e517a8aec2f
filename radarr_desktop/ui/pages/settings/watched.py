"""Folders that are watched: what is put into them is fetched or imported."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.entry_card import EntryCard
from radarr_desktop.ui.pages.settings.fields import check, choice, folder
from radarr_desktop.ui.pages.settings.fields_sheet import FieldsSheet
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.parts import Button, Card, Icon, Label


class WatchedShelf(Shelf):
    """A card for each."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(
            desk,
            self.tr("Watched folders"),
            self.tr("Torrents and magnet files put there are fetched, finished videos imported. Files are waited for."),
        )
        self._window = window
        self.add = Button(self.tr("Add…"), "primary", "plus")
        self.add.clicked.connect(lambda _checked: self.open_sheet())
        self.head.addWidget(self.add)
        desk.bridge.happened.connect(self._on_event)

    async def load(self) -> None:
        """A card for each folder."""
        folders = await self.desk.bridge.call(self.desk.engine.watch_folders.all())
        clear(self.content)
        if not folders:
            self.content.addWidget(Label(self.tr("No folder is watched."), "body", "text2", wrap=True))
        for one in folders:
            self.content.addWidget(self._card(one))

    def open_sheet(self, watched: WatchFolder | None = None) -> FieldsSheet:
        """Add one, or change it."""
        afterwards = (
            (Afterwards.MOVE.value, self.tr("Move it into the sub-folder “done”")),
            (Afterwards.DELETE.value, self.tr("Delete it")),
            (Afterwards.KEEP.value, self.tr("Leave it")),
        )
        fields = (
            folder("path", self.tr("Folder")),
            check("torrents", self.tr("Fetch torrents and magnet links")),
            check("media", self.tr("Import finished videos")),
            choice("afterwards", self.tr("What was taken"), afterwards),
            check("enabled", self.tr("Watch it")),
        )
        values = asdict(watched) if watched else {"enabled": True, "torrents": True}
        title = self.tr("Which folder is watched?")
        sheet = FieldsSheet(self._window, self.desk, title, fields, values, lambda told: self._save(watched, told))
        sheet.open()
        return sheet

    async def _save(self, watched: WatchFolder | None, told: dict[str, Any]) -> None:
        folders = self.desk.engine.watch_folders
        wanted = WatchFolder(watched.id if watched else 0, **told | {"afterwards": Afterwards(told["afterwards"])})
        await self.desk.bridge.call(folders.change(wanted) if watched else folders.add(wanted))

    def _card(self, one: WatchFolder) -> Card:
        icon = ("triangle-alert", "err") if one.problem else ("eye" if one.enabled else "eye-off", "text2")
        lines = [Label(one.path, "row", wrap=True), Label(self._words(one), "secondary", "text2", wrap=True)]
        if one.problem:
            lines.append(Label(one.problem, "secondary", "err", wrap=True))
        card = EntryCard(Icon(*icon, 20), lines)
        change, remove = self.tr("Change {path}…"), self.tr("Remove {path}…")
        card.add_button("pencil", change.format(path=one.path), lambda: self.open_sheet(one))
        card.add_button("trash-2", remove.format(path=one.path), lambda: self._ask_remove(one))
        return card

    def _words(self, one: WatchFolder) -> str:
        if not one.enabled:
            return self.tr("Not watched")
        parts = [self.tr("Torrents")] * one.torrents + [self.tr("Videos")] * one.media
        if one.polled:
            parts.append(self.tr("looked at now and then, as the system tells nothing"))
        return ", ".join(parts)

    def _ask_remove(self, one: WatchFolder) -> None:
        ConfirmSheet(
            self._window,
            self.tr("Watch {path} no more?").format(path=one.path),
            self.tr("What lies in it stays as it is."),
            keep=self.tr("Go on watching"),
            go=self.tr("Watch no more"),
            icon="eye-off",
            on_yes=lambda _checked: self.desk.start(
                self.desk.bridge.call(self.desk.engine.watch_folders.remove(one.id))
            ),
        ).open()

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.WatchFoldersChanged) and self.isVisible():
            self.refresh()
