"""Look at places of a collection, and find out which movies they are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from radarr_desktop.domain.collection import CollectionItem, ItemState
from radarr_desktop.domain.matching import Certainty, Clues, Guess, certainty_of, with_runtime
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.imports.probe import Prober
from radarr_desktop.engine.library.clues import read_clues
from radarr_desktop.engine.library.finds import Find, look
from radarr_desktop.engine.library.identify import Identifier
from radarr_desktop.store import collection as store
from radarr_desktop.store import movies
from radarr_desktop.store.database import Database

ASKED_AT_ONCE = 4
"""Look-ups under way together: the source's own pause between them holds all the same."""

_STATES = {
    Certainty.CERTAIN: ItemState.CERTAIN,
    Certainty.DOUBTFUL: ItemState.DOUBTFUL,
    Certainty.UNKNOWN: ItemState.UNKNOWN,
}


class Placing:
    """Two steps, each a batch and a commit: what lies there, then what it is."""

    def __init__(self, db: Database, aside: Aside, prober: Prober, identifier: Identifier) -> None:
        self._db = db
        self._aside = aside
        self._prober = prober
        self._identifier = identifier

    async def read(self, scan_id: int, root: Path, items: Sequence[CollectionItem]) -> None:
        """Look at places on the disk; a folder that only holds others makes way for them."""
        finds = await asyncio.to_thread(lambda: [look(root, item.path) for item in items])
        clues = await read_clues(self._aside, finds)
        owned = await self._db.read(lambda: movies.owners([str(root / item.path) for item in items]))

        def work() -> None:
            for item, find, told in zip(items, finds, clues, strict=True):
                if find.inner:
                    store.put_places(scan_id, find.inner)
                    store.drop(item.id)
                else:
                    store.save([_read(item, find, told, owned.get(str(root / item.path), 0))])

        await self._db.run(work)

    async def match(self, root: Path, items: Sequence[CollectionItem]) -> None:
        """Find out which movies they are. What was found before the source went away is kept."""
        gate = asyncio.Semaphore(ASKED_AT_ONCE)
        faults: list[Problem] = []

        async def one(item: CollectionItem) -> CollectionItem | None:
            async with gate:
                if faults:
                    return None
                try:
                    return await self._matched(root, item)
                except Problem as problem:
                    faults.append(problem)
                    return None

        found = await asyncio.gather(*(one(item) for item in items))
        await self._db.run(lambda: store.save(item for item in found if item is not None))
        if faults:
            raise faults[0]

    async def _matched(self, root: Path, item: CollectionItem) -> CollectionItem:
        clues = item.clues
        guesses = await self._identifier.guesses(clues)
        certainty = certainty_of(clues, guesses)
        if certainty is Certainty.DOUBTFUL and not clues.rivals and _differ_in_runtime(guesses) and item.video:
            clues = replace(clues, minutes=await self._minutes(root / item.video.path))
            guesses = with_runtime(clues, guesses)
            certainty = certainty_of(clues, guesses)
        state, note = _STATES[certainty], _note(certainty, clues, guesses)
        if certainty is Certainty.CERTAIN and (owner := guesses[0].movie_id):
            movie = await self._db.read(lambda: movies.get(owner))
            if movie is not None and movie.file is not None:
                state, note = ItemState.DOUBTFUL, f"{movie.title} is in the library already, with another file."
        return replace(item, clues=clues, guesses=guesses, state=state, note=note)

    async def _minutes(self, video: Path) -> int:
        probe = await self._prober.probe(video)
        return round(probe.facts.duration / 60) if probe.facts and probe.is_sound else 0


def _differ_in_runtime(guesses: Sequence[Guess]) -> bool:
    """Could the length of the video tell which one it is?"""
    return any(guess.runtime for guess in guesses)


def _read(item: CollectionItem, find: Find, clues: Clues, owner: int) -> CollectionItem:
    if owner:
        return replace(item, state=ItemState.KNOWN, movie_id=owner, video=find.video)
    if find.refused:
        return replace(item, state=ItemState.REFUSED, note=find.refused)
    return replace(item, state=ItemState.READ, clues=clues, video=find.video)


def _note(certainty: Certainty, clues: Clues, guesses: Sequence[Guess]) -> str:
    if certainty is Certainty.CERTAIN:
        return ""
    if clues.rivals and guesses:
        return f"It holds {clues.rivals + 1} videos that may be the movie; the largest one would be taken."
    if certainty is Certainty.UNKNOWN:
        return "No movie of this name is known." if not guesses else "What is known by this name fits badly."
    if len(guesses) > 1 and guesses[0].certainty is Certainty.CERTAIN:
        return "Several movies fit."
    return "What speaks for it is not enough to be sure."
