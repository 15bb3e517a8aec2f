"""How sure it is that a folder or file is a certain movie, and why: points for and against, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from radarr_desktop.domain.matching.keys import title_keys
from radarr_desktop.domain.matching.library import keys_of
from radarr_desktop.plugin_api import MovieInfo

CERTAIN, CREDIBLE, LEAD = 75, 40, 20
"""Points from which on a guess is certain, or worth a question; and by how many it must be ahead of the next one."""

_SAME_RUNTIME, _OTHER_RUNTIME = 0.06, 0.2
"""Parts of a runtime: cuts and frame rates differ by less than the first, no whole movie by more than the second."""


class Certainty(StrEnum):
    """What may be done with a guess: act on it, ask about it, or nothing."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clues:
    """What a folder, its video and the notes beside it tell. Empty and 0: nothing."""

    titles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    """Without repeats: two of them contradict each other."""
    tmdb_id: int = 0
    imdb_id: str = ""
    from_notes: bool = False
    """The ids are those of an NFO file, not of a name."""
    agree: bool | None = None
    """Do folder and file tell the same movie? None where only one of them tells any."""
    minutes: int = 0
    """How long the video runs."""
    rivals: int = 0
    """Further videos that may just as well be the movie."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a guess."""

    what: str
    """``ids``, ``title``, ``year``, ``runtime``, ``folder`` or ``choice``."""
    sentence: str
    points: int

    @property
    def speaks_for(self) -> bool:
        """Does it make the guess more likely?"""
        return self.points > 0


@dataclass(frozen=True, slots=True)
class Guess:
    """A movie that something may be."""

    tmdb_id: int
    title: str
    year: int
    confidence: int
    """0 to 100."""
    reasons: tuple[Reason, ...] = ()
    movie_id: int = 0
    """0: it is not in the library."""
    runtime: int = 0

    @property
    def certainty(self) -> Certainty:
        """Of this guess alone."""
        return _level(self.confidence)


def weigh(clues: Clues, info: MovieInfo, movie_id: int = 0) -> Guess:
    """How well the clues fit one movie."""
    told = (_ids(clues, info), _title(clues, info), _year(clues, info), _runtime(clues, info.runtime), _folder(clues))
    reasons = tuple(reason for reason in told if reason is not None)
    return Guess(info.tmdb_id, info.title, info.year, _confidence(reasons), reasons, movie_id, info.runtime)


def weighed(guesses: Iterable[Guess]) -> tuple[Guess, ...]:
    """Best first, each movie once: as it was judged by most."""
    best: dict[int, Guess] = {}
    for guess in guesses:
        known = best.get(guess.tmdb_id)
        if known is None or _knowledge(guess) > _knowledge(known):
            best[guess.tmdb_id] = guess
    return tuple(sorted(best.values(), key=lambda guess: (-guess.confidence, guess.tmdb_id)))


def _knowledge(guess: Guess) -> tuple[int, int]:
    """A row of a search does not tell how long the movie runs; who knows it, knows better."""
    return len(guess.reasons), guess.confidence


def certainty_of(clues: Clues, guesses: Sequence[Guess]) -> Certainty:
    """Of all guesses together, best first: one that is hardly ahead of the next is no certain one."""
    if not guesses:
        return Certainty.UNKNOWN
    level = guesses[0].certainty
    is_ahead = len(guesses) == 1 or guesses[0].confidence - guesses[1].confidence >= LEAD
    if level is Certainty.CERTAIN and (clues.rivals or not is_ahead):
        return Certainty.DOUBTFUL
    return level


def with_runtime(clues: Clues, guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """The same guesses, best first, now that it is known how long the video runs."""
    told = [(guess, _runtime(clues, guess.runtime)) for guess in guesses]
    return weighed(
        guess
        if reason is None or any(each.what == "runtime" for each in guess.reasons)
        else replace(guess, reasons=(*guess.reasons, reason), confidence=_confidence((*guess.reasons, reason)))
        for guess, reason in told
    )


def _confidence(reasons: Iterable[Reason]) -> int:
    return min(max(0, sum(reason.points for reason in reasons)), 100)


def _level(confidence: int) -> Certainty:
    if confidence >= CERTAIN:
        return Certainty.CERTAIN
    return Certainty.DOUBTFUL if confidence >= CREDIBLE else Certainty.UNKNOWN


def _ids(clues: Clues, info: MovieInfo) -> Reason | None:
    where = "The NFO file" if clues.from_notes else "The name"
    pairs = ((clues.tmdb_id, info.tmdb_id, "TMDb"), (_digits(clues.imdb_id), _digits(info.imdb_id), "IMDb"))
    compared = [(kind, told == known) for told, known, kind in pairs if told and known]
    if wrong := [kind for kind, is_same in compared if not is_same]:
        return Reason("ids", f"{where} has the {wrong[0]} id of another movie.", -60)
    return Reason("ids", f"{where} has its {compared[0][0]} id.", 90) if compared else None


def _title(clues: Clues, info: MovieInfo) -> Reason | None:
    if not clues.titles:
        return None
    known, told = keys_of(info), [title_keys(title) for title in clues.titles]
    if any(key in known.exact for keys in told for key in keys.exact):
        return Reason("title", "The title is the same.", 50)
    loose = {*known.exact, *known.loose}
    if any(key in loose for keys in told for key in (*keys.exact, *keys.loose)):
        return Reason("title", "The title is nearly the same.", 30)
    return Reason("title", "The title is another one.", -10)


def _year(clues: Clues, info: MovieInfo) -> Reason | None:
    years = [year for year in (info.year, info.secondary_year) if year]
    if len(clues.years) > 1:
        return Reason("year", f"Folder and file tell different years: {', '.join(map(str, clues.years))}.", -20)
    if not clues.years:
        return Reason("year", "The name tells no year.", 0)
    (told,) = clues.years
    if not years:
        return Reason("year", "The year of this movie is not known.", 0)
    if told in years:
        return Reason("year", "The year is the same.", 30)
    if any(abs(told - year) == 1 for year in years):
        return Reason("year", f"The name says {told}, the movie is of {years[0]}.", 10)
    return Reason("year", f"The name says {told}, the movie is of {years[0]}.", -40)


def _runtime(clues: Clues, minutes: int) -> Reason | None:
    if not clues.minutes or not minutes:
        return None
    off = abs(clues.minutes - minutes) / minutes
    if off <= _SAME_RUNTIME:
        return Reason("runtime", f"It runs {clues.minutes} minutes, as the movie does.", 25)
    if off >= _OTHER_RUNTIME:
        return Reason("runtime", f"It runs {clues.minutes} minutes, the movie {minutes}.", -30)
    return Reason("runtime", f"It runs {clues.minutes} minutes, the movie {minutes}: another cut, perhaps.", 0)


def _folder(clues: Clues) -> Reason | None:
    if clues.agree is None:
        return None
    if clues.agree:
        return Reason("folder", "Folder and file tell the same movie.", 10)
    return Reason("folder", "Folder and file tell different movies.", -20)


def _digits(imdb_id: str) -> str:
    return imdb_id.lower().removeprefix("tt").lstrip("0")
