"""For which movie is this? Asked when a dropped torrent has no clear match."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.engine.library.movies import Found
from radarr_desktop.engine.search.search import Dropped
from radarr_desktop.ui.models.verdicts import title_runs
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Label, ReleaseName

_WITH_DOUBT = 116


class WhichSheet(AddSheet):
    """The add sheet with a torrent in its hand: a movie that is not in the library is added first."""

    head_height = 88

    def __init__(self, window: QWidget, desk: Desk, item: bytes | str, dropped: Dropped, title: str) -> None:
        self._item = item
        self._dropped = dropped
        self._doubt = dropped.doubt if dropped.choices else ""
        if self._doubt:
            self.head_height = _WITH_DOUBT
        super().__init__(window, desk, self.tr("For which movie is this?"))
        self.options.search.setChecked(False)
        self.options.search.hide()
        if dropped.choices:
            self.show_found(self.idle_found())
        else:
            self.field.setText(title)

    def head(self) -> QWidget:
        """The torrent's name, as read."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        column.addWidget(Label(self.tr("For which movie is this?"), "section"))
        column.addWidget(ReleaseName(title_runs(self._dropped.name)))
        if self._doubt:
            column.addWidget(Label(self._doubt, "secondary", "text2", wrap=True))
        return holder

    def hint(self) -> str:
        """Nothing: its torrent is here already."""
        return ""

    def idle_words(self) -> str:
        """What is said before anything was typed."""
        if self._dropped.choices:
            return self.tr("It may be one of these. If it is none of them, type the title.")
        return self.tr("No movie of your library has this name. Type the title of the one it is of.")

    def idle_found(self) -> list[Found]:
        """The movies it may be of."""
        return [Found(movie.info, movie.id) for movie in self._dropped.choices]

    def dress_buttons(self, found: Found) -> None:
        """One button that says what happens."""
        self.add_more.hide()
        self.add.setText(self.tr("It is this one") if found.movie_id else self.tr("Add it and download this"))
        self.add.set_icon_name("check" if found.movie_id else "plus")

    async def decide(self, found: Found, *, stay: bool) -> None:
        """Add the movie if need be, then take the torrent for it."""
        call, engine = self.desk.bridge.call, self.desk.engine
        movie_id = found.movie_id
        if not movie_id:
            if not self.options.has_folder:
                self.options.choose.setFocus()
                return
            movie = await call(engine.movies.add(self.options.new_movie(found.info.tmdb_id, search=False)))
            movie_id = movie.id
        dropped = await call(engine.search.drop(self._item, movie_id=movie_id))
        self.close_sheet()
        self.desk.tell_dropped(dropped)
