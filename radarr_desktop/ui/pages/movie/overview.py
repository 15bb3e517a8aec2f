"""The Overview tab: what the movie is, and where its things are."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.movie_state import MovieRow
from radarr_desktop.ui.pages.column import ScrollColumn, clear
from radarr_desktop.ui.pages.facts import FactsCard
from radarr_desktop.ui.pages.movie.why import availability_word
from radarr_desktop.ui.parts import Card, Label


class OverviewTab(QWidget):
    """Filled from the library's row; asks for nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = ScrollColumn()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)

    def show_movie(self, row: MovieRow) -> None:
        """Show another movie."""
        clear(self.column.main)
        clear(self.column.side)
        movie, info, file = row.movie, row.movie.info, row.movie.file
        story = Card(self.tr("Story"))
        words = info.overview or self.tr("Nobody has written what happens in it yet.")
        story.body.addWidget(Label(words, "body", "text2", wrap=True))
        self.column.main.addWidget(story)
        dates = (
            (self.tr("In cinemas"), _day(info.in_cinemas)),
            (self.tr("Digital"), _day(info.digital_release)),
            (self.tr("Disc"), _day(info.physical_release)),
        )
        if any(value for _, value in dates):
            self.column.main.addWidget(FactsCard(self.tr("Release dates"), dates))
        wanted = (
            (self.tr("Profile"), row.profile),
            (self.tr("Monitored"), self.tr("Yes") if movie.monitored else self.tr("No")),
            (self.tr("Wanted from"), availability_word(movie.minimum_availability)),
            (self.tr("Folder"), movie.folder),
            (self.tr("File"), f"{file.quality.name} · {amounts.size(file.size)}" if file else self.tr("None yet")),
            (self.tr("Added"), times.moment(movie.added) if movie.added else ""),
        )
        self.column.main.addWidget(FactsCard(self.tr("In your library"), wanted))
        about = (
            (self.tr("Original title"), info.original_title if info.original_title != info.title else ""),
            (self.tr("Also known as"), ", ".join(info.alternative_titles[:4])),
            (self.tr("Runtime"), times.runtime(info.runtime)),
            (self.tr("Genres"), ", ".join(info.genres)),
            (self.tr("Studio"), info.studio),
            (self.tr("Certification"), info.certification),
            (self.tr("Language"), info.original_language),
            (self.tr("Rating"), f"{info.rating:.1f}" if info.rating else ""),
            ("TMDb", str(info.tmdb_id)),
            ("IMDb", info.imdb_id),
        )
        self.column.side.addWidget(FactsCard(self.tr("Details"), about))


def _day(when: date | None) -> str:
    return times.day(when) if when else ""
