"""Which movie is this file? The suggestions first, any other by typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.engine.imports.suggest import ManualFile
from radarr_desktop.engine.library.movies import Found
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.parts import Label, ReleaseName


class ChooseSheet(AddSheet):
    """A movie that is not in the library is added first; then `on_chosen` gets its id."""

    head_height = 88

    def __init__(
        self, window: QWidget, desk: Desk, library: LiveLibrary, file: ManualFile, on_chosen: Callable[[int], object]
    ) -> None:
        self._library = library
        self._file = file
        self._on_chosen = on_chosen
        super().__init__(window, desk, self.tr("Which movie is it?"))
        self.options.search.setChecked(False)
        self.options.search.hide()
        self.show_found(self.idle_found())

    def head(self) -> QWidget:
        """The file's name, as read."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        column.addWidget(Label(self.tr("Which movie is it?"), "section"))
        column.addWidget(ReleaseName(title_runs(self._file.name)))
        return holder

    def hint(self) -> str:
        """Nothing: the file is here already."""
        return ""

    def idle_words(self) -> str:
        """What is said before anything was typed."""
        return self.tr("Nothing fits its name. Type the title.")

    def idle_found(self) -> list[Found]:
        """What it may be, the likeliest first."""
        found = []
        for guess in self._file.guesses:
            movie = self._library.movie(guess.movie_id) if guess.movie_id else None
            info = movie.info if movie else MovieInfo(tmdb_id=guess.tmdb_id, title=guess.title, year=guess.year)
            found.append(Found(info, guess.movie_id))
        return found

    def dress_buttons(self, found: Found) -> None:
        """One button that says what happens."""
        self.add_more.hide()
        self.add.setText(self.tr("It is this one") if found.movie_id else self.tr("Add it, it is this one"))
        self.add.set_icon_name("check" if found.movie_id else "plus")

    async def decide(self, found: Found, *, stay: bool) -> None:
        """Add the movie if need be."""
        movie_id = found.movie_id
        if not movie_id:
            if not self.options.has_folder:
                self.options.choose.setFocus()
                return
            new = self.options.new_movie(found.info.tmdb_id, search=False)
            movie_id = (await self.desk.bridge.call(self.desk.engine.movies.add(new))).id
        self.close_sheet()
        self._on_chosen(movie_id)
