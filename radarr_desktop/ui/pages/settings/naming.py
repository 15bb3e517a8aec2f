"""Names of folders and files: patterns on the left, what they make of an example below, while they are typed."""

from __future__ import annotations

from dataclasses import asdict, replace

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu

from radarr_desktop.domain.naming import MAX_NAME, Colon, Naming
from radarr_desktop.domain.naming.examples import NamingExamples, examples
from radarr_desktop.domain.naming.presets import NamingPreset
from radarr_desktop.domain.naming.tokens import token_names
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.pages.settings.fields import check, choice, line
from radarr_desktop.ui.pages.settings.form_shelf import FormShelf, Group, Values
from radarr_desktop.ui.parts import Button

_PATTERNS = ("folder", "file")


class NamingShelf(FormShelf):
    """What is wrong with a pattern is told below it, and the place is marked when it is saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            self.tr("Names"),
            self.tr("What folders and files of the library are called. Files keep their names until they are renamed."),
            _groups(),
        )
        self._presets: tuple[NamingPreset, ...] = ()
        self._shown: NamingExamples | None = None
        self._last = "file"
        self.presets = Button(self.tr("Start from"), icon="list-checks", menu=True)
        self.tokens = Button(self.tr("Insert token"), icon="plus", menu=True)
        self.presets.clicked.connect(self.preset_menu)
        self.tokens.clicked.connect(self.token_menu)
        self.rename = Button(self.tr("Rename the library…"), icon="list-checks")
        self.rename.clicked.connect(lambda: desk.rename_asked.emit(None))
        self.content.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignLeading)
        self.head.addWidget(self.tokens)
        self.head.addWidget(self.presets)
        self.example = FactsCard(self.tr("For example"), ())
        self._labels = {
            "folder": self.example.add_fact(self.tr("Folder"), " "),
            "file": self.example.add_fact(self.tr("File"), " "),
            "library": self.example.add_fact(self.tr("In your library"), "—"),
        }
        self.content.insertWidget(1, self.example)
        for name in _PATTERNS:
            line = self._line(name)
            if line is not None:
                line.cursorPositionChanged.connect(lambda *_, name=name: self._typed_in(name))

    async def read(self) -> Values:
        """What is kept."""
        call, engine = self.desk.bridge.call, self.desk.engine
        self._presets = tuple(await call(engine.names.presets()))
        return asdict((await call(engine.settings.media())).naming)

    async def write(self, values: Values) -> None:
        """Only names change."""
        naming = _naming(values)
        for error in examples(naming).errors:
            line = self._line(error.field)
            if line is not None:
                line.setSelection(error.start, max(1, error.end - error.start))
        await self.desk.bridge.call(self.desk.engine.names.save(naming))

    def changed(self) -> None:
        """Show what the patterns make, and what is wrong with them."""
        naming = _naming(self.values())
        made = examples(naming)
        wrong = {error.field: str(error) for error in made.errors}
        for name in _PATTERNS:
            self.editor(name).set_error(wrong.get(name, ""))
        if made == self._shown:
            return
        self._shown = made
        self._labels["folder"].setText(made.folder or "—")
        letters = len(made.file.rpartition("/")[2].encode())
        room = self.tr("{used} of {most} bytes").format(used=letters, most=MAX_NAME)
        self._labels["file"].setText(f"{made.file}\n{room}" if made.file else "—")
        if not wrong:
            self.desk.start(self._of_library(naming, made))

    async def _of_library(self, naming: Naming, made: NamingExamples) -> None:
        names = await self.desk.bridge.call(self.desk.engine.renaming.examples(naming))
        if made == self._shown:  # else somebody has typed on
            self._labels["library"].setText("\n".join(names) or "—")

    def use(self, preset: NamingPreset) -> None:
        """Put a preset's patterns in, unsaved."""
        applied = preset.applied(_naming(self.values()))
        for name, value in (("folder", applied.folder), ("file", applied.file), ("rename", applied.rename)):
            self.editor(name).set_value(value)

    def preset_menu(self) -> QMenu:
        """Players, and what a guide brought."""
        menu = self._menu()
        for preset in self._presets:
            action = QAction(preset.title, menu)
            action.setToolTip(preset.note)
            action.triggered.connect(lambda _checked=False, preset=preset: self.use(preset))
            menu.addAction(action)
        menu.popup(self.presets.mapToGlobal(QPoint(0, self.presets.height() + 4)))
        return menu

    def token_menu(self) -> QMenu:
        """What can stand in the pattern that was typed in last."""
        menu = self._menu()
        for name in token_names(for_folder=self._last == "folder"):
            action = QAction(f"{{{name}}}", menu)
            action.triggered.connect(lambda _checked=False, name=name: self._insert(name))
            menu.addAction(action)
        menu.popup(self.tokens.mapToGlobal(QPoint(0, self.tokens.height() + 4)))
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setToolTipsVisible(True)
        return menu

    def _typed_in(self, name: str) -> None:
        self._last = name

    def _insert(self, name: str) -> None:
        line = self._line(self._last)
        if line is not None:
            line.insert(f"{{{name}}}")
            line.setFocus()

    def _line(self, name: str) -> QLineEdit | None:
        editor = self.editor(name).editor
        return editor if isinstance(editor, QLineEdit) else None


def _naming(values: Values) -> Naming:
    return replace(
        Naming(**{name: value for name, value in values.items() if name != "colon"}), colon=Colon(values["colon"])
    )


def _groups() -> tuple[Group, ...]:
    colons = (
        (Colon.SMART.value, _say("Smart: “Salt: The Sea” becomes “Salt - The Sea”")),
        (Colon.DELETE.value, _say("Left out")),
        (Colon.DASH.value, _say("A hyphen")),
        (Colon.SPACE_DASH.value, _say("A space and a hyphen")),
        (Colon.SPACE_DASH_SPACE.value, _say("A hyphen between spaces")),
    )
    return (
        Group(
            "",
            (
                line("folder", _say("A movie's folder")),
                line("file", _say("Its file"), _say("“/” begins a folder within it.")),
            ),
        ),
        Group(
            "",
            (
                check("rename", _say("Give files these names"), _say("Off: as their releases are.")),
                check(
                    "replace_illegal",
                    _say("Replace what names cannot have"),
                    _say("“Face/Off” becomes “Face+Off”, else “FaceOff”."),
                ),
                choice("colon", _say("A colon becomes"), colons),
            ),
        ),
    )


def _say(words: str) -> str:
    return QCoreApplication.translate("NamingSettings", words)
