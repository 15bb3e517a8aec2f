"""What can be done with a movie, the same in grid, table and movie page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Menu


class MovieActions(QObject):
    """Carries actions out through the desk; `window` is what sheets open over."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def run(self, key: str, movie: Movie) -> None:
        """Do one by its key."""
        match key:
            case "open":
                self._desk.movie_asked.emit(movie.id, "")
            case "why":
                self._desk.movie_asked.emit(movie.id, "why")
            case "pick":
                self._desk.pick_asked.emit(movie.id)
            case "search":
                self._desk.start(self._search(movie))
            case "monitor":
                self._desk.start(self._monitor(movie))
            case "folder":
                QDesktopServices.openUrl(QUrl.fromLocalFile(movie.folder))
            case "import":
                self._desk.manual_asked.emit(0, movie.id, [])
            case "rename":
                self._desk.rename_asked.emit([movie.id])
            case "remove":
                self._ask_remove(movie)

    def menu(self, movie: Movie, at: QPoint, *, on_page: bool = False) -> QMenu:
        """Show the menu; it goes by itself."""
        menu = Menu(self._window)
        for key, text, icon, shortcut in self._entries(movie, on_page=on_page):
            if not key:
                menu.addSeparator()
                continue
            menu.add(text, icon, partial(self.run, key, movie), keys=shortcut, danger=key == "remove")
        menu.popup(at)
        return menu

    def ask_trash(self, file: MovieFile) -> None:
        """Take a file out of the library, after a question."""
        words = self.tr(
            "{name} and what belongs to it leave the library. The movie is missing then. Undo brings it back."
        )
        ConfirmSheet(
            self._window,
            self.tr("Move this file to the trash?"),
            words.format(name=Path(file.path).name),
            keep=self.tr("Keep it"),
            go=self.tr("Move to the trash"),
            on_yes=lambda _checked: self._desk.start(self._trash(file)),
        ).open()

    async def _trash(self, file: MovieFile) -> None:
        await self._desk.bridge.call(self._desk.engine.movies.delete_file(file.id))

    def _entries(self, movie: Movie, *, on_page: bool) -> list[tuple[str, str, str, str]]:
        monitor = self.tr("Stop monitoring") if movie.monitored else self.tr("Monitor")
        opening = [
            ("open", self.tr("Open"), "film", "Return"),
            ("why", self.tr("Why?"), "circle-question-mark", "Ctrl+Y"),
        ]
        searching = [
            ("search", self.tr("Search now"), "search", "Ctrl+Shift+R"),
            ("pick", self.tr("Pick a release"), "list-filter", "Ctrl+R"),
            ("", "", "", ""),
        ]
        return [
            *([] if on_page else [*opening, *searching]),
            ("monitor", monitor, "eye-off" if movie.monitored else "eye", "Ctrl+M"),
            ("folder", self.tr("Open folder"), "folder-open", "Ctrl+Shift+O"),
            ("import", self.tr("Import a file…"), "folder-input", ""),
            ("rename", self.tr("New names…"), "text-cursor-input", ""),
            ("", "", "", ""),
            ("remove", self.tr("Remove…"), "trash-2", "Del"),
        ]

    async def _search(self, movie: Movie) -> None:
        self._desk.told.emit(self.tr("Searching for {title}…").format(title=movie.title), "info")
        acquired = await self._desk.bridge.call(self._desk.engine.search.run(movie.id))
        if acquired.grab is not None:
            return
        if acquired.problems:
            self._desk.told.emit(" ".join(acquired.problems), "err")
        elif not acquired.found:
            self._desk.told.emit(self.tr("No indexer has {title} right now.").format(title=movie.title), "wait")
        else:
            sentence = self.tr("{count} releases of {title} were seen, none fits. “Why?” tells the reasons.")
            self._desk.told.emit(sentence.format(count=acquired.found, title=movie.title), "miss")

    async def _monitor(self, movie: Movie) -> None:
        await self._desk.bridge.call(self._desk.engine.movies.update(movie.id, monitored=not movie.monitored))
        words = self.tr("{title} is not looked for any more.") if movie.monitored else self.tr("{title} is looked for.")
        self._desk.told.emit(words.format(title=movie.title), "ok")

    def _ask_remove(self, movie: Movie) -> None:
        sheet = ConfirmSheet(
            self._window,
            self.tr("Remove {title} from the library?").format(title=movie.title),
            self.tr("It is not looked for any more. Files stay unless you say so. Undo brings it back."),
            keep=self.tr("Keep it"),
            go=self.tr("Remove"),
            option=self.tr("Also delete its file") if movie.file else "",
            on_yes=lambda delete: self._desk.start(self._remove(movie, delete_files=delete)),
        )
        sheet.open()

    async def _remove(self, movie: Movie, *, delete_files: bool) -> None:
        await self._desk.bridge.call(self._desk.engine.movies.remove(movie.id, delete_files=delete_files))
