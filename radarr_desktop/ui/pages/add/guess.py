"""Which movie is this? What it may be first, any other by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.domain.matching import Guess
from radarr_desktop.engine.library.movies import Found
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.parts import Label, ReleaseName


class GuessSheet(AddSheet):
    """`on_chosen` gets the movie's TMDb id; nothing is added."""

    head_height = 88

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        library: LiveLibrary,
        name: str,
        guesses: Sequence[Guess],
        on_chosen: Callable[[int], object],
    ) -> None:
        self._library = library
        self._name = name
        self._guesses = guesses
        self._on_chosen = on_chosen
        super().__init__(window, desk, self.tr("Which movie is it?"))
        self.show_found(self.idle_found())

    def head(self) -> QWidget:
        """The name, as read."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        column.addWidget(Label(self.tr("Which movie is it?"), "section"))
        column.addWidget(ReleaseName(title_runs(self._name)))
        return holder

    def hint(self) -> str:
        """Nothing: it is here already."""
        return ""

    def idle_words(self) -> str:
        """What is said before anything was typed."""
        return self.tr("Nothing fits its name. Type the title.")

    def idle_found(self) -> list[Found]:
        """What it may be, the likeliest first."""
        found = []
        for guess in self._guesses:
            movie = self._library.movie(guess.movie_id) if guess.movie_id else None
            info = movie.info if movie else MovieInfo(tmdb_id=guess.tmdb_id, title=guess.title, year=guess.year)
            found.append(Found(info, guess.movie_id))
        return found

    def dress_buttons(self, found: Found) -> None:
        """One button that says what happens."""
        self.options.hide()
        self.add_more.hide()
        self.add.setText(self.tr("It is this one"))
        self.add.set_icon_name("check")

    async def decide(self, found: Found, *, stay: bool) -> None:
        """Tell which one it is."""
        self.close_sheet()
        self._on_chosen(found.info.tmdb_id)
