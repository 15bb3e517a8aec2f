"""Where folders of download clients lie here: found by comparing files, or entered by hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.remote_path import RemotePath
from radarr_desktop.engine.downloads.remote_paths import Suggestion
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.entry_card import EntryCard
from radarr_desktop.ui.pages.settings.fields import folder, text
from radarr_desktop.ui.pages.settings.fields_sheet import FieldsSheet
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.parts import Banner, Button, Card, Icon, Label, Spinner


class PathsShelf(Shelf):
    """A card for each mapping; above them what was found to need one."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(
            desk,
            self.tr("Remote paths"),
            self.tr(
                "A client on another machine or in a container calls its folders by other names. "
                "Where its files lie here is found by comparing them; what cannot be found is entered here."
            ),
        )
        self._window = window
        self.look = Button(self.tr("Look for folders"), icon="folder-search")
        self.add = Button(self.tr("Add…"), "primary", "plus")
        self._spinner = Spinner(16)
        self._spinner.hide()
        for widget in (self._spinner, self.look, self.add):
            self.head.addWidget(widget)
        self.suggestions = QVBoxLayout()
        self.suggestions.setSpacing(12)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        self.content.addLayout(self.suggestions)
        self.content.addLayout(self.cards)
        self.add.clicked.connect(lambda _checked: self.open_sheet())
        self.look.clicked.connect(lambda: desk.start(self._look(asked=True)))

    async def load(self) -> None:
        """A card for each mapping, and a look for what needs one."""
        await self._show()
        if self.look.isEnabled():
            self.desk.start(self._look(asked=False))

    async def _show(self) -> None:
        mappings = await self.desk.bridge.call(self.desk.engine.remote_paths.all())
        clear(self.cards)
        if not mappings:
            empty = self.tr("There is no mapping. None is needed while downloads are found under their own names.")
            self.cards.addWidget(Label(empty, "body", "text2", wrap=True))
        for mapping in mappings:
            self.cards.addWidget(self._card(mapping))

    def open_sheet(self, mapping: RemotePath | None = None) -> FieldsSheet:
        """Add one, or change it."""
        hosts = ", ".join(sorted({client.plugin.host for client in self.desk.engine.plugins.clients()} - {""}))
        fields = (
            text("host", self.tr("Host"), self.tr("As in the client's address. {hosts}").format(hosts=hosts).strip()),
            text("remote_path", self.tr("Folder as the client calls it"), self.tr("For example /downloads")),
            folder("local_path", self.tr("Folder here")),
        )
        known = mapping or RemotePath(0, "", "", "")
        values = {"host": known.host, "remote_path": known.remote, "local_path": known.local}
        title = self.tr("Where does the folder lie?")
        sheet = FieldsSheet(self._window, self.desk, title, fields, values, lambda told: self._save(known, told))
        sheet.open()
        return sheet

    async def _save(self, known: RemotePath, told: dict[str, Any]) -> None:
        paths, call = self.desk.engine.remote_paths, self.desk.bridge.call
        if known.id:
            await call(paths.change(RemotePath(known.id, told["host"], told["remote_path"], told["local_path"])))
        else:
            await call(paths.add(told["host"], told["remote_path"], told["local_path"]))
        await self.load()

    async def _look(self, *, asked: bool) -> None:
        engine, call = self.desk.engine, self.desk.bridge.call
        self.look.setEnabled(False)
        self._spinner.show()
        found: list[Suggestion] = []
        away: list[Problem] = []
        try:
            for client in await call(engine.plugins.instances()):
                if client.kind == PluginKind.DOWNLOAD_CLIENT and client.enabled:
                    try:
                        found += await call(engine.remote_paths.suggest(client.id))
                    except Problem as problem:
                        away.append(problem)
        finally:
            self._spinner.hide()
            self.look.setEnabled(True)
        clear(self.suggestions)
        for one in found:
            self.suggestions.addWidget(self._suggestion(one))
        if asked and away:
            raise away[0]
        if asked and not found:
            self.desk.told.emit(self.tr("Every folder of a finished download is found here."), "ok")

    def _suggestion(self, one: Suggestion) -> Banner:
        title = self.tr("{remote} of {host} is not found here").format(remote=one.remote, host=one.host)
        if not one.found:
            why = self.tr("Its files were not found below any root folder. Say where they lie.")
        elif len(one.found) == 1:
            why = self.tr("All its files lie in {local}.").format(local=one.found[0])
        else:
            why = self.tr("Its files lie in {folders}. Choose one.").format(folders=", ".join(one.found))
        use = Button(self.tr("Use this") if len(one.found) == 1 else self.tr("Choose…"), "primary", "check")
        local = one.found[0] if one.found else ""
        use.clicked.connect(lambda: self.open_sheet(RemotePath(0, one.host, one.remote, local)))
        return Banner(title, why, "wait", icon="folder-search", buttons=[use])

    def _card(self, mapping: RemotePath) -> Card:
        note = self.tr("On {host}, found by comparing files") if mapping.derived else self.tr("On {host}")
        lines = [
            Label(f"{mapping.remote}  →  {mapping.local}", "row", wrap=True),
            Label(note.format(host=mapping.host), "secondary", "text2"),
        ]
        card = EntryCard(Icon("folder-input", "text2", 20), lines)
        change, remove = self.tr("Change {path}…"), self.tr("Remove {path}…")
        card.add_button("pencil", change.format(path=mapping.remote), lambda: self.open_sheet(mapping))
        card.add_button("trash-2", remove.format(path=mapping.remote), lambda: self._ask_remove(mapping))
        return card

    def _ask_remove(self, mapping: RemotePath) -> None:
        ConfirmSheet(
            self._window,
            self.tr("Forget where {path} lies?").format(path=mapping.remote),
            self.tr("The next import looks for its files again, or waits and asks."),
            keep=self.tr("Keep it"),
            go=self.tr("Forget"),
            on_yes=lambda _checked: self.desk.start(self._remove(mapping)),
        ).open()

    async def _remove(self, mapping: RemotePath) -> None:
        await self.desk.bridge.call(self.desk.engine.remote_paths.remove(mapping.id))
        await self._show()
