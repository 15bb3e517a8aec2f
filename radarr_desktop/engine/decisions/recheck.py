"""The library, judged again: which files are no longer what their profile wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from radarr_desktop.domain.decision import Candidate, Purpose, Verdict
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.engine.decisions.deciding import Decider, Docket
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.decisions.surroundings import Surroundings
from radarr_desktop.plugin_api import Release
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database

AT_ONCE = 500
"""Movies looked at in one go."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A file that would not be taken today, and why."""

    movie: Movie
    file: MovieFile
    verdict: Verdict


class Recheck:
    """Only looks: nothing is changed or remembered."""

    def __init__(self, db: Database, surroundings: Surroundings, reader: Reader, decider: Decider) -> None:
        self._db = db
        self._surroundings = surroundings
        self._reader = reader
        self._decider = decider

    async def unfit(self, movie_ids: Sequence[int] = ()) -> list[Unfit]:
        """The files of these movies, or of all, that no longer meet their profile."""
        wanted = set(movie_ids)
        movies = await self._db.read(store.all_movies)
        having = [
            replace(movie, slots=(slot,))
            for movie in movies
            for slot in movie.slots
            if slot.file is not None and (not wanted or movie.id in wanted)
        ]
        found: list[Unfit] = []
        for start in range(0, len(having), AT_ONCE):
            found += await self._some(having[start : start + AT_ONCE])
        return found

    async def _some(self, movies: Sequence[Movie]) -> list[Unfit]:
        files = [movie.slot.file for movie in movies if movie.slot.file is not None]
        read = await self._reader.read([_name(file) for file in files])
        around = await self._surroundings.of(movies, Purpose.RECHECK)
        dockets = [
            Docket(movie, movie.slot, profile, situation, (_candidate(file, parsed),))
            for movie, file, parsed, (profile, situation) in zip(movies, files, read, around, strict=True)
            if profile is not None
        ]
        found = []
        for docket, answers in zip(dockets, await self._decider.decide(dockets), strict=True):
            (_, verdict), file = answers[0], docket.slot.file
            if file is not None and not verdict.accepted:
                found.append(Unfit(docket.movie, file, verdict))
        return found


def _name(file: MovieFile) -> str:
    return file.release_title or PurePath(file.path).stem


def _candidate(file: MovieFile, parsed: ParsedRelease) -> Candidate:
    """The file as the release it was; what was found out about its quality since then counts."""
    release = Release("", _name(file), size=file.size, flags=file.flags)
    parsed = replace(file.as_told(parsed), quality=file.quality, revision=file.revision, group=file.group)
    return Candidate(release, parsed)
