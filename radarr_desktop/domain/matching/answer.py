"""What comes of asking which movie a release is of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """Why an answer is a question; the value is the sentence people read."""

    NONE = ""
    SEVERAL = "More than one movie of the library fits this name."
    ID_AND_NAME = "The id given with this release is another movie's than the name tells."
    IDS = "The ids given with this release are those of different movies."
    SPELLING = "The title is only nearly this movie's, and the name tells no year to make sure."
    NO_YEAR = "The year of this movie is not known yet, so the one in the name proves nothing."


@dataclass(frozen=True, slots=True)
class Match:
    """``movie_id`` where the answer is clear. Else ``choices`` are the movies it may be, none if nothing fits."""

    movie_id: int = 0
    choices: tuple[int, ...] = ()
    doubt: Doubt = Doubt.NONE


NOTHING = Match()
