"""Which movie is this file? One that is not in the library is added first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from radarr_desktop.domain.matching import Guess
from radarr_desktop.engine.library.movies import Found
from radarr_desktop.ui.pages.add.guess import GuessSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary


class ChooseSheet(GuessSheet):
    """`on_chosen` gets the id of a movie in the library."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        library: LiveLibrary,
        name: str,
        guesses: Sequence[Guess],
        on_chosen: Callable[[int], object],
    ) -> None:
        super().__init__(window, desk, library, name, guesses, on_chosen)
        self.options.search.setChecked(False)
        self.options.search.hide()

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
