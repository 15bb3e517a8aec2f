"""The verbs of the collection: find, add, change and remove movies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import structlog

from radarr_desktop.domain.events import MovieAdded, MovieChanged
from radarr_desktop.domain.movie import Availability, Counts, Movie, MovieFile, Named, Slot, is_available
from radarr_desktop.domain.naming import folder_name
from radarr_desktop.domain.operations import Change, Operation, OperationKind, Step
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryEntry, HistoryKind, Job
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine import correlation
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.journal.changes import Changes
from radarr_desktop.engine.library import presence, removal
from radarr_desktop.engine.library.metadata import Metadata
from radarr_desktop.engine.library.named import meant
from radarr_desktop.engine.library.terms import read_term
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import history, profiles, side_files
from radarr_desktop.store import movies as store
from radarr_desktop.store.database import Database

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NewMovie:
    """What is asked for; 0 and empty take the first profile and root folder."""

    tmdb_id: int
    profile_id: int = 0
    root_folder: str = ""
    monitored: bool = True
    minimum_availability: Availability = Availability.RELEASED
    tags: tuple[int, ...] = ()
    folder: str = ""
    """Full path; made from root folder and title when empty."""
    search: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a look-up; ``movie_id`` 0 when it is not in the library."""

    info: MovieInfo
    movie_id: int = 0


class Movies:
    """The collection."""

    def __init__(
        self, db: Database, bus: Bus, jobs: Jobs, metadata: Metadata, settings: AppSettings, changes: Changes
    ) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._metadata = metadata
        self._settings = settings
        self._changes = changes
        changes.on_close(OperationKind.DELETE, removal.closed)

    async def all(self) -> list[Movie]:
        """Every movie."""
        return await self._db.read(store.all_movies)

    async def some(self, movie_ids: Iterable[int]) -> list[Movie]:
        """Those of these that there are, by id."""
        return await self._db.read(lambda: store.some(movie_ids))

    async def named(self, words: str) -> list[Named]:
        """Those that are meant by a title (year optional), an id, a link or a number."""
        return await self._db.read(lambda: meant(words, store.named()))

    async def counts(self) -> Counts:
        """How many there are."""
        return await self._db.read(store.counts)

    async def missing(self) -> list[Movie]:
        """Those that are wanted, out, and not there."""
        delay, today = (await self._settings.policy()).availability_delay, datetime.now(UTC).date()

        def work() -> list[Movie]:
            return [movie for movie in store.without_file() if is_available(movie, today, delay=delay)]

        return await self._db.read(work)

    async def get(self, movie_id: int) -> Movie:
        """One movie."""
        movie = await self._db.read(lambda: store.get(movie_id))
        if movie is None:
            raise _unknown(movie_id)
        return movie

    async def by_tmdb(self, tmdb_id: int) -> Movie | None:
        """The movie with this TMDb id."""
        return await self._db.read(lambda: store.by_tmdb(tmdb_id))

    async def side_files(self, movie_id: int) -> list[SideFile]:
        """What lies beside a movie's files, as far as it is known."""
        return await self._db.read(lambda: side_files.of_movie(movie_id))

    async def lookup(self, term: str) -> list[Found]:
        """Movies for a title, an id, a link or a release name, those of the library marked."""
        if not term.strip():
            return []
        infos = await self._metadata.find(read_term(term))

        def known() -> dict[int, int]:
            movies = (store.by_tmdb(info.tmdb_id) for info in infos)
            return {movie.info.tmdb_id: movie.id for movie in movies if movie}

        ids = await self._db.read(known)
        return [Found(info, ids.get(info.tmdb_id, 0)) for info in infos]

    async def add(self, new: NewMovie, *, also: Callable[[Movie], None] = lambda movie: None) -> Movie:
        """Put a movie into the collection, and search it if asked to; ``also`` is done in the same transaction."""
        known = await self.by_tmdb(new.tmdb_id)
        if known is not None:
            raise Problem(Kind.CONFLICT, f"{known.title} is in the library already.", field="tmdb_id")
        info = await self._metadata.movie(new.tmdb_id)
        movie = await self._planned(new, info)
        with correlation.correlated() as id_:
            search: list[Job] = []

            def work() -> Movie:
                added = store.insert(movie)
                history.happened(
                    HistoryEntry(0, added.id, HistoryKind.ADDED, datetime.now(UTC), added.title, correlation=id_)
                )
                also(added)
                if new.search:
                    search.append(self._jobs.row("search_movie", {"movie_id": added.id}, correlation_id=id_)())
                return added

            added = await self._db.run(work)
            log.info("movie.added", movie=added.title, movie_id=added.id)
            self._bus.publish(MovieAdded(correlation=id_, movie_id=added.id, title=added.title))
        if search:
            self._jobs.wake()
        return added

    async def update(
        self,
        movie_id: int,
        *,
        monitored: bool | None = None,
        profile_id: int | None = None,
        minimum_availability: Availability | None = None,
        tags: tuple[int, ...] | None = None,
        folder: str | None = None,
    ) -> Movie:
        """Change what the user decides about a movie; files stay where they are."""
        movie = await self.get(movie_id)
        if profile_id is not None:
            profile_id = await self.check_profile(profile_id)
        root = ""
        if folder is not None and folder != movie.folder:
            folder = await self.free_folder(folder, movie_id)
            root = await self.root_of(folder)

        def changed(now: Movie) -> Movie:
            primary = now.slot
            primary = replace(
                primary, profile_id=profile_id or primary.profile_id, root_folder=root or primary.root_folder
            )
            return replace(
                now,
                slots=(primary, *now.slots[1:]),
                folder=folder or now.folder,
                monitored=now.monitored if monitored is None else monitored,
                minimum_availability=minimum_availability or now.minimum_availability,
                tags=now.tags if tags is None else tags,
            )

        return await self._change(movie_id, changed)

    async def refresh(self, movie_id: int) -> Movie:
        """Ask the metadata source again what the movie is."""
        movie = await self.get(movie_id)
        info = await self._metadata.movie(movie.info.tmdb_id)
        return await self._change(movie_id, lambda now: replace(now, info=info))

    async def remove(self, movie_id: int, *, delete_files: bool = False) -> Movie:
        """Take a movie out of the collection; its files stay, or go to the trash of their disk."""
        with correlation.correlated():
            async with self._changes.alone(movie_id):
                movie = await self.get(movie_id)
                steps = await self._to_trash(movie, movie.slots) if delete_files else ()
                change = Change(OperationKind.DELETE, movie_id, movie.title, steps, data={"whole": True})
                await self._changes.carry_out(change)
        log.info("movie.removed", movie=movie.title, movie_id=movie_id, files=len(steps))
        return movie

    async def delete_file(self, file_id: int) -> Operation:
        """Put one file of the library into the trash; the movie stays, and stays wanted if it was."""
        file = await self._db.read(lambda: store.file(file_id))
        if file is None:
            raise Problem(Kind.NOT_FOUND, f"There is no file {file_id} in the library.")
        with correlation.correlated():
            async with self._changes.alone(file.movie_id):
                movie = await self.get(file.movie_id)
                slots = [slot for slot in movie.slots if slot.file is not None and slot.file.id == file_id]
                steps = await self._to_trash(movie, slots)
                change = Change(OperationKind.DELETE, movie.id, movie.title, steps, slot_id=file.slot_id)
                done = await self._changes.carry_out(change)
        log.info("movie.file_deleted", movie=movie.title, path=file.path)
        return done

    async def _to_trash(self, movie: Movie, slots: Sequence[Slot]) -> tuple[Step, ...]:
        for slot in slots:
            if slot.file is not None:
                await self._require_disk(await self.root_of_file(slot, slot.file), Path(slot.file.path))
        sides = await self._db.read(lambda: side_files.of_movie(movie.id))
        return await asyncio.to_thread(removal.to_trash, movie, slots, sides)

    async def _require_disk(self, root: Path, path: Path) -> None:
        """A disk that is away has the file all the same."""
        try:
            await presence.require(self._db, root)
            await presence.require_inner(self._db, root, path)
        except Problem as away:
            raise Problem(Kind.CONFLICT, away.what, away.why, away.todo) from away

    async def _change(self, movie_id: int, change: Callable[[Movie], Movie]) -> Movie:
        """Change a movie as it is now: what others changed while this verb waited stays."""

        def work() -> Movie | None:
            now = store.get(movie_id)
            return store.update(change(now)) if now else None

        stored = await self._db.run(work)
        if stored is None:
            raise _unknown(movie_id)
        self._bus.publish(MovieChanged(movie_id=movie_id))
        return stored

    async def _planned(self, new: NewMovie, info: MovieInfo) -> Movie:
        profile_id = await self.check_profile(new.profile_id)
        root = await self._root(new)
        slot = Slot(0, "", profile_id, root)
        media = await self._settings.media()
        movie = Movie(0, info, (slot,), "", new.monitored, new.minimum_availability, new.tags)
        wanted = new.folder or str(Path(root) / folder_name(movie, media.naming))
        return replace(movie, folder=await self.free_folder(wanted))

    async def check_profile(self, profile_id: int) -> int:
        """The profile with this id, or the first for 0. Raises ``Problem`` where there is none."""
        known = await self._db.read(profiles.all_profiles)
        if not known:
            raise Problem(Kind.CONFLICT, "There is no quality profile.", todo="Add one.", field="profile_id")
        if profile_id and profile_id not in {profile.id for profile in known}:
            raise Problem(Kind.BAD_INPUT, f"There is no quality profile {profile_id}.", field="profile_id")
        return profile_id or known[0].id

    async def _root(self, new: NewMovie) -> str:
        if new.folder:
            return await self.root_of(new.folder)
        folders = [folder.path for folder in await self._db.read(profiles.all_folders)]
        if new.root_folder:
            wanted = str(Path(new.root_folder))
            if wanted not in folders:
                todo = "Add it as a root folder first."
                raise Problem(Kind.BAD_INPUT, f"{wanted} is no root folder.", todo=todo, field="root_folder")
            return wanted
        if not folders:
            what = "There is no folder for movies yet."
            raise Problem(Kind.CONFLICT, what, todo="Add a root folder.", field="root_folder")
        return folders[0]

    async def free_folder(self, folder: str, movie_id: int = 0) -> str:
        """The folder's plain path; raises ``Problem`` where it cannot be one, or is another movie's."""
        path = Path(folder)
        if not path.is_absolute() or ".." in path.parts:
            todo = "Write it from the root on, without “..”."
            raise Problem(Kind.BAD_INPUT, f"{folder} is no full path.", todo=todo, field="folder")
        owner = await self._db.read(lambda: store.folder_owner(str(path)))
        if owner not in (0, movie_id):
            title = (await self.get(owner)).title
            raise Problem(Kind.CONFLICT, f"{path} belongs to {title} already.", field="folder")
        return str(path)

    async def root_of(self, folder: str) -> str:
        """The root folder that a folder lies in; where it lies in none, what is above it."""
        roots = [root.path for root in await self._db.read(profiles.all_folders)]
        inside = [root for root in roots if Path(root) in Path(folder).parents]
        return max(inside, key=len) if inside else str(Path(folder).parent)

    async def root_of_file(self, slot: Slot, file: MovieFile) -> Path:
        """The root folder that a file is in: the user may have said that its movie lives elsewhere by now."""
        path = Path(file.path)
        inside = Path(slot.root_folder) in path.parents
        return Path(slot.root_folder if inside else await self.root_of(str(path.parent)))


def _unknown(movie_id: int) -> Problem:
    return Problem(Kind.NOT_FOUND, f"There is no movie {movie_id} in the library.")
