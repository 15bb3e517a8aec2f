"""What there is around a movie when a release of it is judged."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from radarr_desktop.domain.blocklist import blocks_of
from radarr_desktop.domain.decision import IndexerTerms, Policy, Purpose, Situation, Standing
from radarr_desktop.domain.decision.policy import DelayProfile, ReleaseProfile, delay_for, words_for
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import OPEN_STATES, Grab, GrabState, HistoryKind
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import IndexerSettings
from radarr_desktop.store import blocklist, delays, grabs, history, pending, profiles
from radarr_desktop.store.database import Database

_ENDS = (HistoryKind.GRABBED, HistoryKind.IMPORTED, HistoryKind.FAILED, HistoryKind.FILE_DELETED, HistoryKind.IGNORED)
"""What says how the last grab of a movie went."""


@dataclass(frozen=True, slots=True)
class _Common:
    """What is the same for every movie."""

    now: datetime
    purpose: Purpose
    policy: Policy
    delays: tuple[DelayProfile, ...]
    words: tuple[ReleaseProfile, ...]
    indexers: tuple[IndexerTerms, ...]
    free: dict[str, int | None]
    """By root folder."""


class Surroundings:
    """Gathers it, for many movies in one look."""

    def __init__(self, db: Database, plugins: PluginHost, settings: AppSettings) -> None:
        self._db = db
        self._plugins = plugins
        self._settings = settings

    async def policy(self) -> Policy:
        """The general settings."""
        return await self._settings.policy()

    async def of(self, movies: Sequence[Movie], purpose: Purpose) -> list[tuple[QualityProfile | None, Situation]]:
        """Profile and situation of each movie's first slot, as of now; None where the profile is gone."""
        policy = await self.policy()
        free = await asyncio.to_thread(_free_spaces, {movie.slot.root_folder for movie in movies})
        indexers = self.terms()

        def work() -> list[tuple[QualityProfile | None, Situation]]:
            every = tuple(delays.all_delays())
            words = tuple(delays.all_words())
            common = _Common(datetime.now(UTC), purpose, policy, every, words, indexers, free)
            known = {profile.id: profile for profile in profiles.all_profiles()}
            return [(known.get(movie.slot.profile_id), _situation(movie, common)) for movie in movies]

        return await self._db.read(work)

    def terms(self) -> tuple[IndexerTerms, ...]:
        """What is wanted of the releases of each indexer."""
        found = []
        for live in self._plugins.indexers():
            settings = live.plugin.settings
            terms = settings if isinstance(settings, IndexerSettings) else IndexerSettings()
            away = live.guard.disabled_until if live.guard.is_open() else None
            found.append(
                IndexerTerms(
                    id=live.id,
                    minimum_seeders=terms.minimum_seeders,
                    required_flags=frozenset(terms.required_flags),
                    early_days=terms.early_days,
                    weight=terms.weight,
                    freeleech_points=terms.freeleech_points,
                    tags=live.stored.tags,
                    away_until=away,
                )
            )
        return tuple(found)


def standing_of_grab(grab: Grab) -> Standing:
    """A grab as others are compared with it, from what was frozen with it."""
    parsed = grab.parsed
    hashes = tuple({one for digest in grab.hashes for one in (digest, digest[:40])})
    return Standing(
        grab.title, parsed.quality, parsed.revision, parsed.group, size=grab.size, flags=grab.flags, hashes=hashes
    )


def _situation(movie: Movie, common: _Common) -> Situation:
    taken = grabs.of_movie(movie.id)
    imported = [grab for grab in taken if grab.state is GrabState.IMPORTED]
    last, at = _last_grab(movie, taken)
    return Situation(
        now=common.now,
        purpose=common.purpose,
        policy=common.policy,
        delay=delay_for(movie.tags, common.delays),
        words=words_for(movie.tags, common.words),
        indexers=common.indexers,
        queued=tuple(standing_of_grab(grab) for grab in taken if grab.state in OPEN_STATES),
        last_grab=last,
        last_grab_at=at,
        imported_hashes=frozenset(one[:40] for grab in imported for one in grab.hashes),
        imported_titles=frozenset(grab.title.casefold() for grab in imported),
        blocked=blocks_of(blocklist.all_of(movie.id), common.now),
        waiting_since=pending.waiting_since(movie.slot.id),
        free_space=common.free.get(movie.slot.root_folder),
    )


def _last_grab(movie: Movie, taken: Sequence[Grab]) -> tuple[Standing | None, datetime | None]:
    """The newest grab, if nothing came after it."""
    if not taken:
        return None, None
    entries, _ = history.page(offset=0, limit=1, movie_id=movie.id, kinds=_ENDS)
    if not entries or entries[0].kind is not HistoryKind.GRABBED:
        return None, None
    return standing_of_grab(taken[0]), entries[0].at


def _free_spaces(roots: set[str]) -> dict[str, int | None]:
    return {root: _free_space(root) for root in roots}


def _free_space(root: str) -> int | None:
    try:
        return shutil.disk_usage(root).free
    except OSError:
        return None
