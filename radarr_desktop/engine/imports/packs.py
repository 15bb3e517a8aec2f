"""Torrents that hold many movies: each video is imported for the movie of the library that it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath

import structlog

from radarr_desktop.domain.events import QueueChanged
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.matching import Library
from radarr_desktop.domain.parsing import ParsedRelease, parse_path, parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import UNKNOWN
from radarr_desktop.domain.records import OPEN_STATES, PACK_ENDS, Grab, GrabState, PackPart, PartState
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.imports.choose import features
from radarr_desktop.engine.imports.features import Features, Opened
from radarr_desktop.engine.imports.order import Order
from radarr_desktop.engine.imports.placer import Placer
from radarr_desktop.engine.imports.roles import Role, Sorted, shown
from radarr_desktop.engine.library.index import LibraryIndex
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.store import grabs, packs
from radarr_desktop.store.database import Database

MOST_PARTS = 200
LEAST = 0.05
"""Part of the largest video's size below which another one is no movie."""

log = structlog.get_logger(__name__)


class Packs:
    """Keeps which file is whose, and imports one after the other."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        movies: Movies,
        judge: Judge,
        features: Features,
        placer: Placer,
        library: LibraryIndex,
    ) -> None:
        self._db = db
        self._bus = bus
        self._movies = movies
        self._judge = judge
        self._features = features
        self._placer = placer
        self._library = library

    async def parts(self, grab_id: int) -> list[PackPart]:
        """The videos of a grab that holds many movies; none of any other."""
        return await self._db.read(lambda: packs.of_grab(grab_id))

    async def part_at(self, grab: Grab, path: Path) -> PackPart | None:
        """The part of a grab that lies there."""
        return next((part for part in await self.parts(grab.id) if path.as_posix().endswith(f"/{part.path}")), None)

    async def part(self, part_id: int) -> PackPart:
        """One of them."""
        part = await self._db.read(lambda: packs.get(part_id))
        if part is None:
            raise Problem(Kind.NOT_FOUND, f"There is no part {part_id} of any download.")
        return part

    async def say(self, part_id: int, movie_id: int) -> PackPart:
        """The user says which movie a part is, 0: none that is wanted; the download's import must wait for that."""
        part = await self.part(part_id)
        name = shown(PurePosixPath(part.path).name)
        if part.state is PartState.IMPORTED:
            raise Problem(Kind.CONFLICT, f"{name} is in the library already.", todo="Undo its import first.")
        grab = await self._db.read(lambda: grabs.get(part.grab_id))
        if grab is None or grab.state not in OPEN_STATES:
            todo = "Import the file by hand."
            raise Problem(Kind.CONFLICT, f"{name} does not wait for an import any more.", todo=todo)
        await (self.give(part, movie_id) if movie_id else self.leave(part))
        self._bus.publish(QueueChanged(correlation=grab.correlation))
        return await self.part(part_id)

    async def give(self, part: PackPart, movie_id: int) -> None:
        """The user says which movie a part is; it is imported when the grab's import is tried again."""
        movie = await self._movies.get(movie_id)
        await self._db.run(lambda: packs.give(part.id, movie.id, movie.slot.id))

    async def leave(self, part: PackPart) -> None:
        """The user does not want a part."""
        await self._db.run(lambda: packs.change(part.id, PartState.LEFT, "You left it out."))

    async def is_one(self, grab: Grab, opened: Opened) -> bool:
        """Does it hold several movies, of which at least one is in the library, and no other could be the same?"""
        if await self.parts(grab.id):
            return True
        if len(features(opened.scan)) < 2:
            return False
        parts = _parts(grab, opened, await self._library.current())
        known = {part.movie_id for part in parts if part.movie_id}
        strangers = [read_part(part.path) for part in parts if part.state is PartState.LEFT]
        if not known or not all(parsed.titles and parsed.year for parsed in strangers):
            return False
        await self._db.run(lambda: packs.add(parts))
        return True

    async def take_apart(self, grab: Grab, opened: Opened, *, allow_copy: bool) -> None:
        """Import every part that waits. Raises ``Problem`` where somebody must look at one."""
        videos = {file.path: file for file in opened.scan.of(Role.MOVIE)}
        for part in await self.parts(grab.id):
            if part.state not in PACK_ENDS and part.movie_id:
                try:
                    await self._take(grab, part, opened, videos.get(part.path), allow_copy=allow_copy)
                except Problem as problem:
                    log.info("pack.part_blocked", part=part.path, problem=str(problem))
                    await self._db.run(partial(packs.change, part.id, PartState.BLOCKED, str(problem)))
        await self._end(grab)

    async def _take(
        self, grab: Grab, part: PackPart, opened: Opened, video: Sorted | None, *, allow_copy: bool
    ) -> None:
        if video is None:
            raise Problem(Kind.STORAGE, f"{shown(part.path)} is not there any more.", cause=Reason.FILES_MISSING)
        movie = await self._movies.get(part.movie_id)
        feature = await self._features.look_into(opened, video, minutes=movie.info.runtime)
        parsed = read_part(part.path)

        async def prepare() -> Order | None:
            movie = await self._movies.get(part.movie_id)
            slot = next((each for each in movie.slots if each.id == part.slot_id), movie.slot)
            verdict = await self._judge.of_file(movie, slot, parsed, video.size)
            said = " ".join(verdict.rejections)
            if not verdict.accepted and not (grab.by_user and movie.id == grab.movie_id):
                await self._db.run(lambda: packs.change(part.id, PartState.LEFT, said))
                return None
            title = PurePosixPath(part.path).stem
            return Order(
                movie,
                slot,
                feature.path,
                parsed,
                title,
                grab,
                allow_copy,
                feature.media,
                part_id=part.id,
                against=said,
            )

        await self._placer.place(movie.id, feature, prepare)

    async def _end(self, grab: Grab) -> None:
        """Imported when every part has ended; shown to people while one waits for them."""
        parts = await self.parts(grab.id)
        waiting = [part for part in parts if part.state not in PACK_ENDS]
        if waiting:
            names = ", ".join(shown(PurePosixPath(part.path).name) for part in waiting[:3])
            what = f"{grab.title} holds {len(parts)} movies, {len(waiting)} of them are not imported."
            why = f"{names}: {waiting[0].problem or 'which movie it is cannot be told.'}"
            raise Problem(Kind.CONFLICT, what, why, "Say which movie each is.", cause=Reason.SEVERAL_MOVIES)
        await self._db.run(lambda: grabs.move(grab.id, OPEN_STATES, GrabState.IMPORTED))


def read_part(path: str) -> ParsedRelease:
    """What a part is by its name; by its folder too, where the name alone tells too little."""
    parsed = parse_release(PurePosixPath(path).stem)
    return parsed if parsed.year and parsed.quality != UNKNOWN else parse_path(path)


def _parts(grab: Grab, opened: Opened, library: Library) -> list[PackPart]:
    """Every video, and whose it is by its name."""
    videos = opened.scan.of(Role.MOVIE)
    found: list[PackPart] = []
    for video in videos[:MOST_PARTS]:
        if video.size < videos[0].size * LEAST:
            continue
        match = library.match(read_part(video.path))
        state, problem, movie_id = PartState.LEFT, "No movie of the library has this name.", match.movie_id
        if match.movie_id in {part.movie_id for part in found} - {0}:
            movie_id, problem = 0, "Another file of the same movie is larger."
        elif match.movie_id:
            state, problem = PartState.WAITING, ""
        elif match.choices:
            state, problem = PartState.ASKED, match.doubt.value
        found.append(PackPart(0, grab.id, video.path, video.size, state, movie_id, 0, problem))
    return found
