"""The page of manual import: files on the left, the chosen one on the right, and the button that says what happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.imports.suggest import ManualFile
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.manual import ManualModel, ManualRow
from radarr_desktop.ui.pages.column import ScrollColumn
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.manual.choose import ChooseSheet
from radarr_desktop.ui.pages.manual.detail import ManualDetail
from radarr_desktop.ui.pages.manual.rows import ManualList
from radarr_desktop.ui.parts import Button, EmptyState, Label, ProgressBar, Skeleton
from radarr_desktop.ui.shell.header import PageHeader

_SIDE = 352


@dataclass(frozen=True)
class Origin:
    """Where files are looked for: places on the disk, a download, or a movie's folder."""

    paths: tuple[str, ...] = ()
    grab_id: int = 0
    movie_id: int = 0


class ManualPage(QWidget):
    """Decides nothing: what the user checks is imported, whatever speaks against it."""

    def __init__(self, desk: Desk, library: LiveLibrary, window: QWidget, header: PageHeader) -> None:
        super().__init__()
        self._desk, self._library, self._window, self._header = desk, library, window, header
        self._origin = Origin()
        self._running: frozenset[str] = frozenset()
        self.model = ManualModel()
        self.list = ManualList()
        self.list.setModel(self.model)
        self.detail = ManualDetail()
        self.folder = Button(self.tr("Choose a folder…"), icon="folder-open")
        header.add(self.folder)
        self.go = Button(self.tr("Import"), "primary", "folder-input")
        self.words = Label("", "body", "text2", wrap=True)
        self.progress = ProgressBar(self.tr("Importing"))
        self._empty_folder = Button(self.tr("Choose a folder…"), "primary", "folder-open")
        self._empty = EmptyState("folder-input", "", "", [self._empty_folder])
        self._skeleton = Skeleton([QRect(24, 12 + 76 * line, 640, 44) for line in range(6)])
        self._build()
        self._connect()
        self._show_empty(self.tr("Import files by hand"), self.tr("Choose a folder, or drop files on this window."))

    def look(self, origin: Origin) -> None:
        """Look what is there."""
        self._origin = origin
        self._desk.start(self._look())

    def fit(self, breakpoint: str) -> None:
        """The chosen file stands beside the list while there is room."""
        self._side.setFixedWidth(_SIDE if breakpoint != "narrow" else 300)

    def focus_content(self) -> None:
        """Put the keyboard on the files."""
        (self.list if self.model.rowCount() else self._empty_folder).setFocus()

    def refresh(self) -> None:
        """Look again."""
        if self._origin != Origin():
            self._desk.start(self._look())

    def escape(self) -> None:
        """Nothing is open that Esc could close."""

    def ask_folder(self) -> None:
        """Let the user choose a folder."""
        dialog = QFileDialog(self, self.tr("Choose the folder with the files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self.look(Origin(paths=(path,))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_files(self, movie_id: int) -> None:
        """Let the user choose files of a movie."""
        dialog = QFileDialog(self, self.tr("Choose the movie's file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self.look(Origin(tuple(paths), movie_id=movie_id)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _look(self) -> None:
        origin, manual = self._origin, self._desk.engine.manual
        self.model.set_files([])
        self._stack.setCurrentWidget(self._skeleton)
        files: list[ManualFile] = []
        try:
            if origin.paths:
                for path in origin.paths:
                    files += await self._desk.bridge.call(manual.look(path, movie_id=origin.movie_id))
            else:
                files = await self._desk.bridge.call(manual.look(grab_id=origin.grab_id, movie_id=origin.movie_id))
        except Problem as problem:
            self._show_empty(problem.what, f"{problem.why} {problem.todo}".strip())
            return
        if origin != self._origin:
            return
        self.model.set_files(files)
        if not files:
            none = self.tr("No video lies there that is not in the library already.")
            self._show_empty(self.tr("There is nothing to import"), none)
            return
        self._stack.setCurrentWidget(self._content)
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()

    def _show_empty(self, title: str, words: str) -> None:
        self._empty.set_text(title, words)
        self._stack.setCurrentWidget(self._empty)

    def _row(self) -> ManualRow | None:
        index = self.list.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _show_row(self) -> None:
        row = self._row()
        self._side.setVisible(row is not None)
        if row is not None:
            movie = self._library.movie(row.file.movie_id) if row.file.movie_id else None
            self.detail.show_row(row, movie.folder if movie else "")

    def _count(self) -> None:
        chosen, total = self.model.chosen, self.model.rowCount()
        self._header.set_count(times.number(total) if total else "")
        size = amounts.size(sum(row.file.size for row in chosen))
        text = self.tr("Import {count}").format(count=len(chosen)) if len(chosen) > 1 else self.tr("Import")
        self.go.setText(text)
        self.go.setEnabled(bool(chosen) and not self._running)
        words = self.tr(
            "{count} of {total} checked, {size}. They are linked where they can be, and stay where they are."
        )
        self.words.setText(words.format(count=len(chosen), total=total, size=size))

    def _choose_movie(self) -> None:
        row = self._row()
        if row is not None:
            name, guesses = row.file.name, row.file.guesses
            ChooseSheet(
                self._window, self._desk, self._library, name, guesses, lambda id: self._is_movie(row, id)
            ).open()

    def _is_movie(self, row: ManualRow, movie_id: int) -> None:
        self._desk.start(self._reconsider(replace(row, file=replace(row.file, movie_id=movie_id)), choose=True))

    def _is_told(self, told: Told) -> None:
        row = self._row()
        if row is not None:
            self._desk.start(self._reconsider(replace(row, told=told), choose=row.chosen))

    async def _reconsider(self, row: ManualRow, *, choose: bool) -> None:
        (file,) = await self._desk.bridge.call(self._desk.engine.manual.reconsider([row.wish]))
        # it goes by the name that it had in its list
        again = replace(file, name=row.file.name, guesses=file.guesses or row.file.guesses)
        self.model.change(replace(row, file=again, chosen=choose and bool(again.movie_id), problem=""))

    async def _import(self) -> None:
        wishes = [row.wish for row in self.model.chosen]
        if not wishes:
            return
        self._running = frozenset(wish.path for wish in wishes)
        self._count()
        self.progress.show_progress(0)
        self.progress.show()
        try:
            await self._desk.bridge.call(self._desk.engine.manual.take(wishes))
        except Problem:
            self._end()
            raise

    def _end(self) -> None:
        self._running = frozenset()
        self.progress.hide()
        self._count()
        if not self.model.rowCount():
            self._show_empty(self.tr("All is imported"), self.tr("Choose another folder, or go back."))

    def _on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.ManualImportProgressed) or event.path not in self._running:
            return
        if event.problem:
            self.model.fail(event.path, event.problem)
        else:
            self.model.drop(event.path)
        self._running -= {event.path}
        self.progress.show_progress(event.done / event.total)
        if not self._running:
            self._end()

    def _connect(self) -> None:
        self.folder.clicked.connect(self.ask_folder)
        self._empty_folder.clicked.connect(self.ask_folder)
        self.list.selectionModel().currentChanged.connect(self._show_row)
        self.model.dataChanged.connect(self._show_changed)
        self.model.modelReset.connect(self._show_row)
        self.model.rowsRemoved.connect(self._show_row)
        self.model.counted.connect(self._count)
        self.detail.movie_asked.connect(self._choose_movie)
        self.detail.changed.connect(self._is_told)
        self.go.clicked.connect(lambda: self._desk.start(self._import()))
        self._desk.bridge.happened.connect(self._on_event)

    def _show_changed(self, first: QModelIndex, _last: QModelIndex, _roles: Sequence[int]) -> None:
        if first.row() == self.list.currentIndex().row():
            self._show_row()

    def _build(self) -> None:
        self._side = ScrollColumn()
        self._side.set_two_columns(two=False)
        self._side.main.addWidget(self.detail)
        self._side.hide()
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 4, 0, 0)
        rows.addWidget(self.list)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addLayout(rows, 1)
        across.addWidget(self._side)
        foot = QFrame()
        foot.setProperty("border", "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(16)
        row.addWidget(self.words, 1)
        row.addWidget(self.progress, 1)
        row.addWidget(self.go)
        self.progress.hide()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across, 1)
        column.addWidget(foot)
        self._stack = QStackedWidget()
        for widget in (self._empty, self._skeleton, self._content):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
