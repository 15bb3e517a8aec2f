"""The add sheet: search as you type on the left, how it is added on the right."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.library.movies import Found
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.models.found import FoundModel
from radarr_desktop.ui.pages.add.options import AddOptions
from radarr_desktop.ui.pages.add.preview import Preview
from radarr_desktop.ui.pages.add.results import ResultsView
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Button, Icon, IconButton, Label, Sheet, Spinner, hline, vline
from radarr_desktop.ui.theme import set_look, set_role

_WIDTH, _HEIGHT = 880, 560
_LEFT = 0.48
_PAUSE_MS = 300


class AddSheet(Sheet):
    """Enter adds the chosen movie, Ctrl+Enter adds it and stays open for the next."""

    head_height = 0
    """What stands above the search field needs so much more room."""

    def __init__(self, window: QWidget, desk: Desk, title: str = "", text: str = "") -> None:
        super().__init__(window, title or self.tr("Add movie"), width=_WIDTH, height=_HEIGHT + self.head_height)
        self.desk = desk
        self.model = FoundModel()
        self.field = QLineEdit()
        self.results = ResultsView(desk.posters)
        self.results.setModel(self.model)
        self.preview = Preview(desk.posters)
        self.options = AddOptions()
        self.add = Button(self.tr("Add movie"), "primary", "plus")
        self.add_more = Button(self.tr("Add, go on adding"), icon="list-plus")
        self.problem = Label("", "body", "err", wrap=True)
        self._answer = Label("", "body", "text2", wrap=True)
        self.set_up = Button(self.tr("Set up TMDb"), icon="settings")
        self.collection = Button(self.tr("I already have a collection"), "ghost", "folder-search")
        self._spinner = Spinner(18)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self._work: asyncio.Task[None] | None = None
        self._build()
        self._connect()
        self._say(self.idle_words())
        desk.start(self._load_choices())
        if text:
            self.field.setText(text)

    def idle_words(self) -> str:
        """What is said before anything was typed."""
        return self.tr("Type a title, or paste an IMDb or TMDb link, an id or a release name.")

    def head(self) -> QWidget | None:
        """What stands above the search field; nothing here."""
        return None

    def open(self) -> None:
        """The field has the keyboard."""
        super().open()
        self.field.setFocus()

    def show_found(self, found: list[Found], term: str = "") -> None:
        """Show what was found."""
        self.model.set_found(found)
        self._spinner.hide()
        if found:
            self.results.setCurrentIndex(self.model.index(0))
            self._left.setCurrentWidget(self.results)
        elif term:
            words = self.tr("Nothing found for “{term}”. Check the spelling, or paste an IMDb or TMDb link.")
            self._say(words.format(term=term))
        else:
            self._say(self.idle_words())
        self._show_choice()

    @property
    def chosen(self) -> Found | None:
        """The movie that would be added."""
        index = self.results.currentIndex()
        return self.model.found_at(index.row()) if index.isValid() and self.model.rowCount() else None

    async def take(self, found: Found, *, stay: bool) -> None:
        """Add the movie."""
        movie = await self.desk.bridge.call(self.desk.engine.movies.add(self.options.new_movie(found.info.tmdb_id)))
        words = (
            self.tr("{title} is added and being searched.")
            if self.options.search.isChecked()
            else self.tr("{title} is added.")
        )
        self.desk.told.emit(words.format(title=movie.title), "ok")
        self.after_add(movie, stay=stay)

    def after_add(self, movie: Movie, *, stay: bool) -> None:
        """Go on with the next one, or end."""
        if not isValid(self):
            return
        if stay:
            self.model.mark(movie.info.tmdb_id, movie.id)
            self._show_choice()
            self.field.setFocus()
            self.field.selectAll()
        else:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down in the field walk through the list."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.model.rowCount() and self.field.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            place = min(max(self.results.currentIndex().row() + step, 0), self.model.rowCount() - 1)
            self.results.setCurrentIndex(self.model.index(place))
            event.accept()
            return
        super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        if text.strip().lower().startswith("magnet:"):
            self.close_sheet()
            self.desk.drop_asked.emit([text.strip()])
            return
        self._spinner.setVisible(bool(text.strip()))
        self._pause.start()

    def _look_up(self) -> None:
        if self._work is not None:
            self._work.cancel()
        self._work = self.desk.start(self._search(self.field.text().strip()))

    async def _search(self, term: str) -> None:
        if not term:
            self.show_found(self.idle_found())
            return
        try:
            found = await self.desk.bridge.call(self.desk.engine.movies.lookup(term))
        except Problem as problem:
            services = await self.desk.bridge.call(self.desk.engine.plugins.instances(PluginKind.METADATA))
            self.model.set_found([])
            self._spinner.hide()
            self._say(str(problem), is_set_up=any(one.enabled for one in services))
            self._show_choice()
            return
        self.show_found(found, term)

    def hint(self) -> str:
        """What else may be given to the sheet; said in its foot."""
        return self.tr("Paste a link or magnet, or drop a .torrent file")

    def idle_found(self) -> list[Found]:
        """What is shown while nothing is typed."""
        return []

    @property
    def answer(self) -> str:
        """What is said in place of a list; empty while there is one."""
        return self._answer.text() if not self.model.rowCount() else ""

    def _say(self, words: str, *, is_set_up: bool = True) -> None:
        self._answer.setText(words)
        self.set_up.setVisible(not is_set_up)
        self.collection.setVisible(bool(self.hint()) and words == self.idle_words())
        self._left.setCurrentIndex(1)

    def _show_choice(self) -> None:
        found = self.chosen
        self._right.setCurrentIndex(0 if found else 1)
        self.problem.hide()
        for button in (self.add, self.add_more):
            button.setVisible(found is not None)
        if found is None:
            return
        self.preview.show_found(found)
        self.options.setVisible(not found.movie_id)
        self.dress_buttons(found)

    def dress_buttons(self, found: Found) -> None:
        """The words on the buttons for this movie."""
        self.add_more.setVisible(not found.movie_id)
        self.add.setText(self.tr("Show movie") if found.movie_id else self.tr("Add movie"))
        self.add.set_icon_name("film" if found.movie_id else "plus")

    def _go(self, *, stay: bool) -> None:
        found = self.chosen
        if found is not None:
            self.desk.start(self._try(found, stay=stay))

    async def _try(self, found: Found, *, stay: bool) -> None:
        for button in (self.add, self.add_more):
            button.setEnabled(False)
        try:
            await self.decide(found, stay=stay)
        except Problem as problem:
            if isValid(self):
                self.problem.setText(str(problem))
                self.problem.show()
        finally:
            if isValid(self):
                for button in (self.add, self.add_more):
                    button.setEnabled(True)

    async def decide(self, found: Found, *, stay: bool) -> None:
        """Show the movie when it is there, add it when it can be."""
        if found.movie_id:
            self.close_sheet()
            self.desk.movie_asked.emit(found.movie_id, "")
        elif not self.options.has_folder:
            self.options.choose.setFocus()
        else:
            await self.take(found, stay=stay)

    async def _load_choices(self, choose: str = "") -> None:
        call, engine = self.desk.bridge.call, self.desk.engine
        profiles = await call(engine.profiles.all())
        folders = await call(engine.folders.all())
        if isValid(self):
            self.options.show_choices(profiles, folders)
            if choose:
                self.options.choose_folder(choose)

    def _open_settings(self) -> None:
        self.close_sheet()
        self.desk.settings_asked.emit(PluginKind.METADATA)

    def _open_collection(self) -> None:
        self.close_sheet()
        self.desk.page_asked.emit("collection")

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the folder for your movies"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.desk.start(self._add_folder(path)))
        dialog.open()

    async def _add_folder(self, path: str) -> None:
        try:
            await self.desk.bridge.call(self.desk.engine.folders.add(path))
        except Problem as problem:
            self.problem.setText(str(problem))
            self.problem.show()
            return
        await self._load_choices(path)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(lambda: self._go(stay=False))
        self.results.taken.connect(lambda: self._go(stay=False))
        self.results.doubleClicked.connect(lambda _index: self._go(stay=False))
        self.results.selectionModel().currentChanged.connect(lambda _now, _before: self._show_choice())
        self.add.clicked.connect(lambda: self._go(stay=False))
        self.add_more.clicked.connect(lambda: self._go(stay=True))
        self.options.folder_asked.connect(self._ask_folder)
        self.set_up.clicked.connect(self._open_settings)
        self.collection.clicked.connect(self._open_collection)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._go(stay=True))
        self.closed.connect(self._end)

    def _end(self) -> None:
        self._pause.stop()
        if self._work is not None:
            self._work.cancel()
        self.deleteLater()

    def _build(self) -> None:
        head = self.head()
        if head is not None:
            self.body.addWidget(head)
            self.body.addWidget(hline())
        self.body.addLayout(self._top())
        self.body.addWidget(hline())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._list_side(), round(_LEFT * 100))
        middle.addWidget(vline())
        middle.addWidget(self._form_side(), round((1 - _LEFT) * 100))
        self.body.addLayout(middle, 1)
        self.body.addWidget(hline())
        self.body.addLayout(self._foot())

    def _top(self) -> QHBoxLayout:
        set_look(self.field, "kind", "plain")
        set_role(self.field, "section")
        self.field.setPlaceholderText(self.tr("Title, link or id"))
        self.field.setAccessibleName(self.tr("Title, link or id"))
        cross = IconButton("x", self.tr("Close"), shortcut="Esc")
        cross.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 12, 12)
        row.setSpacing(14)
        row.addWidget(Icon("search", "accent", 20))
        row.addWidget(self.field, 1)
        self._spinner.hide()
        row.addWidget(self._spinner)
        row.addWidget(cross)
        return row

    def _list_side(self) -> QWidget:
        self._left = QStackedWidget()
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(32, 24, 32, 24)
        self._answer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.addStretch(2)
        words.addWidget(self._answer)
        words.addSpacing(16)
        words.addWidget(self.set_up, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addWidget(self.collection, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addStretch(3)
        self._left.addWidget(self.results)
        self._left.addWidget(said)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(8, 8, 4, 0)
        box.addWidget(self._left)
        return holder

    def _form_side(self) -> QWidget:
        self._right = QStackedWidget()
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(20, 20, 20, 12)
        column.setSpacing(14)
        column.addWidget(self.preview)
        column.addWidget(self.options)
        column.addWidget(self.problem)
        column.addStretch(1)
        self._right.addWidget(form)
        self._right.addWidget(QWidget())
        return self._right

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 16, 14)
        row.setSpacing(8)
        if hint := self.hint():
            row.addWidget(Icon("link", "text3", 16))
            row.addWidget(Label(hint, "secondary", "text2"))
        row.addStretch(1)
        row.addWidget(self.add_more)
        row.addWidget(self.add)
        return row
