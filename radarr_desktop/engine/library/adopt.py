"""Take a place of a collection into the library: the movie is added with its folder and file as they are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import structlog

from radarr_desktop.domain.collection import CollectionItem, ItemState, Video
from radarr_desktop.domain.events import MovieChanged
from radarr_desktop.domain.matching import Guess, Reason
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.found_file import file_of, happened, sides_beside
from radarr_desktop.engine.library.identify import Identifier
from radarr_desktop.engine.library.movies import Movies, NewMovie
from radarr_desktop.store import collection as store
from radarr_desktop.store import history, side_files
from radarr_desktop.store import movies as movie_store
from radarr_desktop.store.database import Database

_OPEN = frozenset({ItemState.CERTAIN, ItemState.DOUBTFUL, ItemState.UNKNOWN, ItemState.LEFT_OUT})
_AWAY = (Kind.UNREACHABLE, Kind.RATE_LIMITED, Kind.LOGIN)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """As what movies are adopted."""

    root_folder: str
    """The root folder that the scanned one is, or lies in."""
    profile_id: int = 0
    monitored: bool = True


class Adoption:
    """One place at a time, each in one transaction with its movie, file and history."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, movies: Movies, identifier: Identifier) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._movies = movies
        self._identifier = identifier

    async def chosen(self, item_id: int, tmdb_id: int) -> CollectionItem:
        """A place, now that the user said which movie it is; 0 leaves it out."""
        item = await self._item(item_id)
        if item.state not in _OPEN:
            raise Problem(Kind.CONFLICT, f"{item.path} is not open to a choice: it is {item.state.value}.")
        if not tmdb_id:
            item = replace(item, state=ItemState.LEFT_OUT, note="You left it out.")
        else:
            guess = _sure(await self._identifier.guess(item.clues, tmdb_id))
            others = tuple(each for each in item.guesses if each.tmdb_id != tmdb_id)
            item = replace(item, state=ItemState.CERTAIN, note="", guesses=(guess, *others))
        kept = item
        await self._db.run(lambda: store.save([kept]))
        return item

    async def check(self, item_ids: Sequence[int], profile_id: int) -> None:
        """Raises ``Problem`` where something of it cannot be meant, before anything is begun."""
        await self._movies.check_profile(profile_id)
        for item_id in item_ids:
            item = await self._item(item_id)
            if item.state is not ItemState.CERTAIN:
                what = f"{item.path} cannot be adopted: it is {item.state.value}."
                raise Problem(Kind.CONFLICT, what, item.note, "Choose a movie for it first.")

    async def adopt(self, root: Path, item_id: int, terms: Terms) -> None:
        """Adopt it. What cannot be becomes doubtful with its reason. Done already is done.

        Raises ``Problem`` only when the metadata source is away.
        """
        item = await self._db.read(lambda: store.item(item_id))
        if item is None or item.state is not ItemState.CERTAIN or item.video is None:
            return
        try:
            await self._adopt(root, item, item.video, terms)
        except Problem as problem:
            if problem.kind in _AWAY:
                raise
            log.info("collection.not_adopted", path=item.path, problem=str(problem))
            refused = replace(item, state=ItemState.DOUBTFUL, note=str(problem))
            await self._db.run(lambda: store.save([refused]))

    async def give_back(self, root: Path, item_id: int) -> bool:
        """Is its movie out of the library again? One with another file by now stays. Done already is done."""
        item = await self._item(item_id)
        movie = await self._db.read(lambda: movie_store.get(item.movie_id))
        if item.state is not ItemState.ADOPTED or item.video is None:
            return False
        if movie is not None:
            if movie.file is None or movie.file.path != str(root / item.video.path):
                return False
            await self._movies.remove(movie.id)
        open_again = replace(item, state=ItemState.CERTAIN, movie_id=0)
        await self._db.run(lambda: store.save([open_again]))
        return True

    async def _adopt(self, root: Path, item: CollectionItem, video: Video, terms: Terms) -> None:
        path = root / video.path
        size = await asyncio.to_thread(_size, path)
        known = await self._movies.by_tmdb(item.guesses[0].tmdb_id)
        folder = "" if item.is_file else str(root / item.path)
        sides = await asyncio.to_thread(sides_beside, path, folder)

        def adopted(movie: Movie) -> None:
            _check_free(movie, path)
            file = movie_store.set_file(file_of(movie, path, size, datetime.now(UTC)))
            for side in sides:
                side_files.put(replace(side, movie_id=movie.id, slot_id=movie.slot.id))
            history.happened(happened(file, correlation.current()))
            self._jobs.row("rescan_movie", {"movie_id": movie.id}, correlation_id=correlation.current(), priority=-20)()
            store.save([replace(item, state=ItemState.ADOPTED, note="", movie_id=movie.id)])

        if known is None:
            shelf = terms.root_folder if item.is_file else ""
            new = NewMovie(item.guesses[0].tmdb_id, terms.profile_id, shelf, terms.monitored, folder=folder)
            await self._movies.add(new, also=adopted)
            return
        if known.file is not None and known.file.path == str(path):  # an undo brought it back meanwhile
            here = replace(item, state=ItemState.KNOWN, note="", movie_id=known.id)
            await self._db.run(lambda: store.save([here]))
            return
        if known.file is not None:
            raise _has_another(known)
        if folder and folder != known.folder:
            known = await self._movies.update(known.id, folder=folder)
        movie = known
        await self._db.run(lambda: adopted(movie))
        self._bus.publish(MovieChanged(movie_id=movie.id, correlation=correlation.current()))

    async def _item(self, item_id: int) -> CollectionItem:
        item = await self._db.read(lambda: store.item(item_id))
        if item is None:
            raise Problem(Kind.NOT_FOUND, f"There is no place {item_id} in any scan.")
        return item


def _sure(guess: Guess) -> Guess:
    return replace(guess, confidence=100, reasons=(Reason("choice", "You chose it.", 100), *guess.reasons))


def _check_free(movie: Movie, path: Path) -> None:
    """In the transaction: an import, or a look at the disk, may have come first."""
    owner, now = movie_store.file_at(str(path)), movie_store.get(movie.id)
    if owner is not None and (other := movie_store.get(owner.movie_id)) is not None:
        raise Problem(Kind.CONFLICT, f"{path.name} belongs to {other.title} already.")
    if now is not None and now.file is not None:
        raise _has_another(now)


def _has_another(movie: Movie) -> Problem:
    return Problem(Kind.CONFLICT, f"{movie.title} is in the library already, with another file.")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as fault:
        what, why = f"{path} is not there any more.", f"The system says: {fault.strerror}."
        raise Problem(Kind.STORAGE, what, why, "Check its disk, then scan again.") from fault
