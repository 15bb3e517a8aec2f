"""Searches of many movies: told beforehand how long they take, then done within the indexers' limits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from radarr_desktop.domain.records import Job
from radarr_desktop.engine import correlation
from radarr_desktop.engine.budget import Urgency
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.plugins.host import Live, PluginHost
from radarr_desktop.engine.search.asking import Asking
from radarr_desktop.engine.search.hindrance import hindrance, waits
from radarr_desktop.plugin_api import Indexer

HURRIED = 5
"""Up to so many movies that the user names are searched at once, as if he had searched each."""
_JOB = "search_movie"


@dataclass(frozen=True, slots=True)
class Share:
    """What one indexer has to do of it."""

    name: str
    requests: int
    seconds: float
    """Until the last of them; infinite where only the user can mend the indexer."""
    pause: float = 0.0
    """Seconds between two requests."""
    hourly: int = 0
    """Requests an hour; 0: no limit."""


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What a search of many movies will take."""

    movie_ids: tuple[int, ...]
    left_out: int
    """Movies that no indexer is searched for."""
    shares: tuple[Share, ...]
    waits: str = ""
    """Why none of them begins yet, and what to do; they go on by themselves once that is done."""

    @property
    def seconds(self) -> float:
        """Until the last movie was searched, where nothing comes between."""
        return max((one.seconds for one in self.shares if math.isfinite(one.seconds)), default=0.0)

    @property
    def sentence(self) -> str:
        """As people read it."""
        many = len(self.movie_ids)
        if not many:
            return "Nothing is to be searched"
        can_begin = any(math.isfinite(one.seconds) for one in self.shares)
        when = f"{_span(self.seconds)} at your limits" if can_begin else "once an indexer works again"
        return f"{many:,} search{'' if many == 1 else 'es'}, {when}"

    @property
    def told(self) -> str:
        """The whole of it."""
        return f"{self.sentence}. {self.waits}" if self.waits and self.movie_ids else f"{self.sentence}."


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """How far the searches are that were begun together."""

    begun: int
    left: int
    seconds: float
    """Until the last of them, where nothing comes between."""
    waits: str = ""
    """Why they do not go on, and what to do."""

    @property
    def sentence(self) -> str:
        """As people read it."""
        if not self.left:
            return "No search of many movies is under way"
        return f"{self.begun - self.left:,} of {self.begun:,} movies searched, {_span(self.seconds)} to go"

    @property
    def told(self) -> str:
        """The whole of it; while they wait, nobody knows how long it takes."""
        if self.left and self.waits:
            return f"{self.begun - self.left:,} of {self.begun:,} movies searched. {self.waits}"
        return f"{self.sentence}."


class MassSearch:
    """Plans and starts them; each movie is a job, so that a crash loses none."""

    def __init__(self, jobs: Jobs, plugins: PluginHost, movies: Movies, asking: Asking) -> None:
        self._jobs = jobs
        self._plugins = plugins
        self._movies = movies
        self._asking = asking
        self._begun = 0
        """Of those that are not all done; after a restart, what was left then."""
        jobs.handle("search_missing", self._missing_job)

    async def plan(self, movie_ids: Sequence[int] | None = None) -> SearchPlan:
        """What a search of these movies (None: of all that are missing) would take; nothing is begun.

        An indexer without the movie's id is asked by its name too: a second request that is not foreseen.
        """
        movies = await (self._movies.missing() if movie_ids is None else self._movies.some(movie_ids))
        many = len(movies if movie_ids is None else set(movie_ids))
        requests: Counter[int] = Counter()
        searched = []
        for movie in movies:
            asked = self._asking.ids_for(movie)
            requests.update(asked)
            searched += [movie.id] if asked else []
        shares = tuple(_share(live, requests[live.id]) for live in self._asking.searched() if requests[live.id])
        return SearchPlan(tuple(searched), many - len(searched), shares, waits(hindrance(self._plugins)))

    async def start(self, movie_ids: Sequence[int] | None = None) -> tuple[SearchPlan, list[Job]]:
        """Begin it; the plan it goes by, and a job for each movie."""
        plan = await self.plan(movie_ids)
        chosen = plan.movie_ids if movie_ids is None else tuple(dict.fromkeys(movie_ids))
        payloads = [{"movie_id": movie_id} for movie_id in chosen]
        if movie_ids is None or len(chosen) > HURRIED or plan.waits:
            self._begun = await self._jobs.left_of_many(_JOB) + len(payloads)
            jobs = await self._jobs.enqueue_many(_JOB, payloads, priority=-10)
            return plan, jobs
        hurried = [
            await self._jobs.enqueue(_JOB, one, priority=1, correlation_id=correlation.new()) for one in payloads
        ]
        return plan, hurried

    async def progress(self) -> SearchProgress:
        """How far they are; nothing left where none is under way."""
        left = await self._jobs.left_of_many(_JOB)
        self._begun = max(self._begun, left) if left else 0
        seconds = [live.forecast(left, Urgency.BACKLOG) for live in self._asking.searched()] if left else []
        longest = max((one for one in seconds if math.isfinite(one)), default=0.0)
        return SearchProgress(self._begun, left, longest, waits(hindrance(self._plugins)))

    async def stop(self) -> int:
        """Search no more of them; how many are not searched now."""
        return await self._jobs.cancel_many(_JOB)

    async def _missing_job(self, payload: Mapping[str, Any]) -> None:
        await self.start()


def _share(live: Live[Indexer[Any]], requests: int) -> Share:
    pace = live.pace()
    return Share(live.name, requests, live.forecast(requests, Urgency.BACKLOG), pace.pause, pace.hourly)


def _span(seconds: float) -> str:
    if seconds < 90:
        return "about a minute" if seconds > 30 else "less than a minute"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86_400:.1f} days"
