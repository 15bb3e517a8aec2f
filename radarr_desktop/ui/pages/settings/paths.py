"""Where folders of download clients lie here: found by comparing files, or entered by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.remote_path import RemotePath
from radarr_desktop.engine.downloads.remote_paths import Suggestion
from radarr_desktop.engine.plugins.forms import Field
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.pages.column import clear
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.editors import FieldEditor
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.parts import Banner, Button, Card, FormField, Icon, IconButton, Label, Sheet, Spinner


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
        self.look.clicked.connect(lambda: desk.start(self._look()))

    async def load(self) -> None:
        """A card for each mapping."""
        mappings = await self.desk.bridge.call(self.desk.engine.remote_paths.all())
        clear(self.cards)
        if not mappings:
            empty = self.tr("There is no mapping. None is needed while downloads are found under their own names.")
            self.cards.addWidget(Label(empty, "body", "text2", wrap=True))
        for mapping in mappings:
            self.cards.addWidget(self._card(mapping))

    def open_sheet(self, mapping: RemotePath | None = None) -> MappingSheet:
        """Add one, or change it."""
        sheet = MappingSheet(self._window, self.desk, mapping, self.refresh)
        sheet.open()
        return sheet

    async def _look(self) -> None:
        engine, call = self.desk.engine, self.desk.bridge.call
        self.look.setEnabled(False)
        self._spinner.show()
        found: list[Suggestion] = []
        try:
            for client in await call(engine.plugins.instances()):
                if client.kind == PluginKind.DOWNLOAD_CLIENT and client.enabled:
                    found += await call(engine.remote_paths.suggest(client.id))
        finally:
            self._spinner.hide()
            self.look.setEnabled(True)
        clear(self.suggestions)
        for one in found:
            self.suggestions.addWidget(self._suggestion(one))
        if not found:
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
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Icon("folder-input", "text2", 20))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(f"{mapping.remote}  →  {mapping.local}", "row", wrap=True))
        note = self.tr("On {host}, found by comparing files") if mapping.derived else self.tr("On {host}")
        words.addWidget(Label(note.format(host=mapping.host), "secondary", "text2"))
        row.addLayout(words, 1)
        change = IconButton("pencil", self.tr("Change {path}…").format(path=mapping.remote))
        change.clicked.connect(lambda: self.open_sheet(mapping))
        remove = IconButton("trash-2", self.tr("Remove {path}…").format(path=mapping.remote))
        remove.clicked.connect(lambda: self._ask_remove(mapping))
        row.addWidget(change)
        row.addWidget(remove)
        card.body.addLayout(row)
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
        await self.load()


class MappingSheet(Sheet):
    """Host, its folder, and the folder here; what is refused is told at its field."""

    def __init__(self, window: QWidget, desk: Desk, mapping: RemotePath | None, saved: object) -> None:
        title = self.tr("Where does the folder lie?")
        super().__init__(window, title, width=560)
        self._desk = desk
        self._id = mapping.id if mapping else 0
        self._saved = saved
        self.host = QComboBox()
        self.host.setEditable(True)
        self.host.addItems(self._hosts())
        self.remote = QLineEdit(mapping.remote if mapping else "")
        local = Field("local", self.tr("Folder here"), "", "path", "", required=True, secret=False, advanced=False)
        self.local = FieldEditor(local)
        self.local.set_value(mapping.local if mapping else "")
        if mapping:
            self.host.setCurrentText(mapping.host)
        self.fields = {
            "host": FormField(self.tr("Host"), self.host, required=True, hint=self.tr("As in the client's address.")),
            "remote_path": FormField(
                self.tr("Folder as the client calls it"),
                self.remote,
                required=True,
                hint=self.tr("For example /downloads"),
            ),
        }
        save = Button(self.tr("Save"), "primary", "check")
        cancel = Button(self.tr("Cancel"))
        save.clicked.connect(self.take)
        cancel.clicked.connect(self.close_sheet)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "section"))
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self.local)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        column.addLayout(row)
        self.body.addLayout(column)
        self.closed.connect(self.deleteLater)

    def take(self) -> None:
        """Save and close."""
        self._desk.start(self._save())

    def _hosts(self) -> list[str]:
        hosts = {client.plugin.host for client in self._desk.engine.plugins.clients()}
        return sorted(host for host in hosts if host)

    async def _save(self) -> None:
        paths = self._desk.engine.remote_paths
        host, remote, local = self.host.currentText().strip(), self.remote.text().strip(), str(self.local.value())
        for field in self.fields.values():
            field.set_error("")
        self.local.set_error("")
        try:
            if self._id:
                await self._desk.bridge.call(paths.change(RemotePath(self._id, host, remote, local)))
            else:
                await self._desk.bridge.call(paths.add(host, remote, local))
        except Problem as problem:
            if problem.field in self.fields:
                self.fields[problem.field].set_error(str(problem))
                self.fields[problem.field].editor.setFocus()
            else:
                self.local.set_error(str(problem))
                self.local.focus()
            return
        self.close_sheet()
        if callable(self._saved):
            self._saved()
