"""How a movie stands: one state for grid, table and movie page, with its word, icon and colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.movie import Movie, is_available
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import DownloadState
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.theme import State


class MovieState(StrEnum):
    """Exactly one holds for each movie."""

    AVAILABLE = "available"
    MISSING = "missing"
    NOT_RELEASED = "not_released"
    DOWNLOADING = "downloading"
    UPGRADE = "upgrade"
    ATTENTION = "attention"
    UNMONITORED = "unmonitored"


TONES: dict[MovieState, State] = {
    MovieState.AVAILABLE: "ok",
    MovieState.MISSING: "miss",
    MovieState.NOT_RELEASED: "wait",
    MovieState.DOWNLOADING: "info",
    MovieState.UPGRADE: "upgrade",
    MovieState.ATTENTION: "err",
    MovieState.UNMONITORED: "off",
}


@dataclass(frozen=True, slots=True)
class MovieRow:
    """A movie as a row: its state, and how far its download is."""

    movie: Movie
    state: MovieState
    profile: str = ""
    progress: float = 0.0
    eta: int | None = None

    @property
    def tone(self) -> State:
        """The colour role of the state."""
        return TONES[self.state]


def state_word(state: MovieState) -> str:
    """The state in the user's language."""
    say = QCoreApplication.translate
    return {
        MovieState.AVAILABLE: say("MovieState", "Available"),
        MovieState.MISSING: say("MovieState", "Missing"),
        MovieState.NOT_RELEASED: say("MovieState", "Not released"),
        MovieState.DOWNLOADING: say("MovieState", "Downloading"),
        MovieState.UPGRADE: say("MovieState", "Upgrade possible"),
        MovieState.ATTENTION: say("MovieState", "Needs attention"),
        MovieState.UNMONITORED: say("MovieState", "Unmonitored"),
    }[state]


def make_row(movie: Movie, item: QueueItem | None, profile: QualityProfile | None, today: date) -> MovieRow:
    """The row of one movie; a download tells more than a file, a file more than a date."""
    name = profile.name if profile else ""
    download = item.download if item else None
    if item is not None:
        stuck = item.grab.state is GrabState.BLOCKED or (download and download.state is DownloadState.ERROR)
        state = MovieState.ATTENTION if stuck else MovieState.DOWNLOADING
        return MovieRow(movie, state, name, download.progress if download else 0.0, download.eta if download else None)
    return MovieRow(movie, _resting_state(movie, profile, today), name)


def _resting_state(movie: Movie, profile: QualityProfile | None, today: date) -> MovieState:
    if not movie.monitored:
        return MovieState.UNMONITORED
    if movie.file is None:
        return MovieState.MISSING if is_available(movie, today) else MovieState.NOT_RELEASED
    if profile is not None and profile.upgrades and not profile.cutoff_met(movie.file.quality):
        return MovieState.UPGRADE
    return MovieState.AVAILABLE


def meta_line(row: MovieRow) -> str:
    """The grey line under a poster: the year, and what is worth saying beside it."""
    info = row.movie.info
    file = row.movie.file
    if row.state in {MovieState.AVAILABLE, MovieState.UPGRADE} and file:
        note = file.quality.name
    elif row.state is MovieState.NOT_RELEASED:
        note = release_word(row.movie)
    elif row.state is MovieState.DOWNLOADING and row.eta is not None:
        note = QCoreApplication.translate("MovieState", "{time} left").format(time=amounts.duration(row.eta))
    else:
        note = state_word(row.state)
    return f"{info.year} · {note}" if info.year else note


def release_word(movie: Movie) -> str:
    """When a movie comes out: "Digital 17 Oct"."""
    say = QCoreApplication.translate
    info = movie.info
    homes = (
        (info.digital_release, say("MovieState", "Digital {day}")),
        (info.physical_release, say("MovieState", "Disc {day}")),
    )
    known = [(when, words) for when, words in homes if when]
    if not known and info.in_cinemas:
        known = [(info.in_cinemas, say("MovieState", "Cinemas {day}"))]
    if not known:
        return state_word(MovieState.NOT_RELEASED)
    when, words = min(known, key=lambda one: one[0])
    return words.format(day=times.day(when))


def spoken(row: MovieRow) -> str:
    """The row for a screen reader: title, year, state, quality."""
    file = row.movie.file
    parts = [
        row.movie.info.title,
        str(row.movie.info.year or ""),
        state_word(row.state),
        file.quality.name if file else "",
    ]
    return ", ".join(part for part in parts if part)
