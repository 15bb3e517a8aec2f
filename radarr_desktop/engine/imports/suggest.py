"""Suggestions for files: which movie, which quality, and what speaks against importing them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from radarr_desktop.domain.decision.contents import VIDEO, suffix
from radarr_desktop.domain.matching import Certainty, Clues, Guess, Reason, certainty_of, weigh, weighed
from radarr_desktop.domain.media import shortest
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease, parse_path
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import Quality, Revision
from radarr_desktop.domain.records import Grab
from radarr_desktop.engine.decisions.judge import Judge
from radarr_desktop.engine.imports.finished import FinishedDownloads
from radarr_desktop.engine.imports.probe import Probe, Prober
from radarr_desktop.engine.imports.roles import Role, Sorted
from radarr_desktop.engine.imports.scan import Scan, scan
from radarr_desktop.engine.imports.told import Told
from radarr_desktop.engine.library.clues import clues_of
from radarr_desktop.engine.library.identify import Identifier
from radarr_desktop.engine.library.nfo import Ids, ids_in
from radarr_desktop.store import grabs, movies
from radarr_desktop.store.database import Database

MOST = 500
"""Videos shown of one place."""
_SHOWN = (Role.MOVIE, Role.PART, Role.SAMPLE, Role.UNFINISHED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where files are looked for, and what is known of them beforehand."""

    path: Path
    movie_id: int = 0
    grab: Grab | None = None


@dataclass(frozen=True, slots=True)
class ManualFile:
    """One video, what it probably is, and why it cannot be imported as it is."""

    path: str
    name: str
    """Below the place that was looked at."""
    size: int
    guesses: tuple[Guess, ...]
    """Best first."""
    movie_id: int
    """The movie of the library it is imported for; 0: the user must say."""
    movie_title: str
    quality: Quality
    revision: Revision
    languages: tuple[str, ...]
    group: str
    editions: tuple[str, ...]
    rejections: tuple[str, ...]
    """Sentences; the user may import it all the same."""
    minutes: int = 0
    grab_id: int = 0
    movie_file_id: int = 0
    """The file of the library that it is already."""


class Suggester:
    """Reads names, opens files, weighs and judges."""

    def __init__(
        self, db: Database, identifier: Identifier, prober: Prober, judge: Judge, finished: FinishedDownloads
    ) -> None:
        self._db = db
        self._identifier = identifier
        self._prober = prober
        self._judge = judge
        self._finished = finished

    async def of_grab(self, grab_id: int) -> Place:
        """Where a download lies."""
        grab = await self._db.read(lambda: grabs.get(grab_id))
        if grab is None:
            raise Problem(Kind.NOT_FOUND, f"There is no download {grab_id}.")
        finished = await self._finished.of(grab)
        if finished is None:
            raise Problem(Kind.CONFLICT, f"{grab.title} is not downloaded yet.", todo="Wait for it.")
        tops = {PurePath(file.path).parts[0] for file in finished.files}
        return Place(finished.folder / tops.pop() if len(tops) == 1 else finished.folder, grab.movie_id, grab)

    async def grab_by_hash(self, digest: str) -> Grab:
        """The newest grab of a torrent."""
        known = digest.strip().lower()
        is_hash = len(known) in (40, 64) and all(one in "0123456789abcdef" for one in known)
        grab = await self._db.read(lambda: grabs.by_hash(known)) if is_hash else None
        if grab is None:
            raise Problem(Kind.NOT_FOUND, "There is no such download.", field="download_id")
        return grab

    async def files(self, place: Place, *, only_new: bool) -> list[ManualFile]:
        """Every video of a place. Raises ``Problem`` where it cannot be looked through."""
        found = await asyncio.to_thread(scan, place.path)
        videos = [file for file in found.of(*_SHOWN) if file.role is not Role.UNFINISHED or _looks_like_video(file)]
        if len(videos) > MOST:
            what = f"{place.path} holds more than {MOST} videos."
            raise Problem(Kind.REFUSED, what, todo="Choose a folder in it, or scan it as a collection.")
        owned = await self._db.read(lambda: movies.file_ids([str(found.place(file)) for file in videos]))
        if only_new:
            videos = [file for file in videos if str(found.place(file)) not in owned]
        ids = await asyncio.to_thread(lambda: [_notes(found, file) for file in videos])
        return [
            await self._file(place, found, file, told, owned.get(str(found.place(file)), 0))
            for file, told in zip(videos, ids, strict=True)
        ]

    async def reconsidered(self, path: str, movie_id: int, told: Told, grab_id: int) -> ManualFile:
        """One file again, as the user has it."""
        grab = await self._db.read(lambda: grabs.get(grab_id)) if grab_id else None
        file = Path(path)
        found = await asyncio.to_thread(scan, file)
        if not found.files:
            raise Problem(Kind.NOT_FOUND, f"There is no file {path}.", field="path")
        owned = await self._db.read(lambda: movies.file_ids([path]))
        place = Place(file, movie_id, grab)
        return await self._file(place, found, found.files[0], Ids(), owned.get(path, 0), told)

    async def _file(
        self, place: Place, found: Scan, file: Sorted, ids: Ids, file_id: int, told: Told | None = None
    ) -> ManualFile:
        path = found.place(file)
        probe = await self._prober.probe(path)
        minutes = round(probe.facts.duration / 60) if probe.facts else 0
        folder = path.parent.name if "/" in file.path or place.path != path else ""
        clues = replace(clues_of(folder, path.name, ids, 0), minutes=minutes)
        guesses = await self._guesses(clues, place)
        movie = await self._movie(clues, guesses, place)
        read = _read(path, place.grab)
        parsed = (told or Told()).completed(read, probe.facts).amend(read)
        against = await self._against(movie, guesses, parsed, file, probe)
        return ManualFile(
            path=str(path),
            name=file.path,
            size=file.size,
            guesses=guesses,
            movie_id=movie.id if movie else 0,
            movie_title=movie.title if movie else "",
            quality=parsed.quality,
            revision=parsed.revision,
            languages=parsed.languages,
            group=parsed.group,
            editions=parsed.editions,
            rejections=tuple(against),
            minutes=minutes,
            grab_id=place.grab.id if place.grab else 0,
            movie_file_id=file_id,
        )

    async def _guesses(self, clues: Clues, place: Place) -> tuple[Guess, ...]:
        """What is known beforehand goes first; a source that is away costs its suggestions, no more."""
        known: list[Guess] = []
        if place.movie_id:
            movie = await self._db.read(lambda: movies.get(place.movie_id))
            if movie is not None:
                why = "It was downloaded for this movie." if place.grab else "You chose this movie."
                guess = weigh(clues, movie.info, movie.id)
                known.append(replace(guess, confidence=100, reasons=(Reason("choice", why, 100), *guess.reasons)))
        try:
            return weighed([*known, *await self._identifier.guesses(clues, ask=not known)])
        except Problem:
            return weighed([*known, *await self._identifier.guesses(clues, ask=False)])

    async def _movie(self, clues: Clues, guesses: Sequence[Guess], place: Place) -> Movie | None:
        """The movie it is imported for, where that is sure and it is in the library."""
        wanted = place.movie_id
        if not wanted and certainty_of(clues, guesses) is Certainty.CERTAIN:
            wanted = guesses[0].movie_id
        return await self._db.read(lambda: movies.get(wanted)) if wanted else None

    async def _against(
        self, movie: Movie | None, guesses: Sequence[Guess], parsed: ParsedRelease, file: Sorted, probe: Probe
    ) -> list[str]:
        said = [] if file.role is Role.MOVIE else [file.why]
        if probe.sentence:
            said.append(probe.sentence)
        if movie is None:
            return [*said, _doubt(guesses)]
        if probe.facts is not None and 0 < probe.facts.duration < shortest(movie.info.runtime):
            length = round(probe.facts.duration / 60)
            said.append(f"It lasts {length} min, the movie {movie.info.runtime} min: it is a sample or a trailer.")
        verdict = await self._judge.of_file(movie, movie.slot, parsed, file.size)
        return [*said, *verdict.rejections]


def _doubt(guesses: Sequence[Guess]) -> str:
    """Why it is nobody's, as far as that is sure."""
    if not guesses:
        return "No movie of this name is known."
    best = guesses[0]
    named = f"{best.title} ({best.year})" if best.year else best.title
    if best.certainty is Certainty.CERTAIN and not best.movie_id:
        return f"It seems to be {named}, which is not in the library."
    reasons = [reason.sentence for reason in best.reasons if not reason.speaks_for]
    others = [] if len(guesses) < 2 or reasons else ["Others fit as well."]
    return " ".join([f"It is not sure that it is {named}.", *reasons, *others])


def _read(path: Path, grab: Grab | None) -> ParsedRelease:
    """What the name tells, or told when it was grabbed."""
    return grab.parsed if grab is not None else parse_path(str(path))


def _notes(found: Scan, file: Sorted) -> Ids:
    """The ids in notes that are this video's: of its name, or the only ones beside it."""
    video = PurePath(file.path)
    notes = [PurePath(each.path) for each in found.files if each.path.lower().endswith(".nfo")]
    beside = [note for note in notes if note.parent == video.parent]
    own = [note for note in beside if note.stem == video.stem]
    alone = sum(each.role is Role.MOVIE and PurePath(each.path).parent == video.parent for each in found.files) == 1
    return ids_in(found.root / note for note in own or (beside if alone else []))


def _looks_like_video(file: Sorted) -> bool:
    return suffix(PurePath(file.path).stem) in VIDEO
