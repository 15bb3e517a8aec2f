"""The analyzer: reads what an indexer lists, page by page and politely, for statistics of all that there is."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.collecting import Collecting, CollectingState
from radarr_desktop.domain.events import CollectingChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.attempts import Postponed
from radarr_desktop.engine.budget import OverBudget, Urgency, urgency
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.decisions.reading import Reader
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Draft, Instance, Live, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.offers import Offer, candidates
from radarr_desktop.plugin_api import Indexer, Plugin, PluginError, RateLimited, Unreachable
from radarr_desktop.store import collecting as store
from radarr_desktop.store.database import Database

JOB = "collect"
COOKIE = "cookie"
"""The setting that holds the session of indexers whose pages can be read."""
MOST_FAILURES = 5
"""In a row, until it stops by itself."""
PATIENCE = 1.0
"""Seconds more than the pause that are waited for in a job's turn."""
_DONE = CollectingState.DONE

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the collection of an indexer is."""

    instance_id: int
    name: str
    segments: tuple[str, ...]
    collecting: Collecting | None
    """None: never begun."""
    listed: int
    """Torrents that are known of it."""
    samples: int
    """Of these told what they are made of."""


class Analyzer:
    """One page a step, and one sample of it; each step is a job's turn, and ends in one transaction."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, plugins: PluginHost, reader: Reader) -> None:
        self._db = db
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        self._reader = reader
        self._changing = asyncio.Lock()
        self._last: dict[int, tuple[str, ...]] = {}
        """The page read last, by instance: a service that shows it again has no other."""
        jobs.handle(JOB, self._job)

    async def progress(self) -> list[Progress]:
        """Every indexer whose pages can be read."""
        able = [(live, parts) for live in self._plugins.indexers() if (parts := _segments(live))]

        def work() -> list[Progress]:
            known = {one.instance_id: one for one in store.all_collectings()}
            return [
                Progress(live.id, live.name, parts, known.get(live.id), *store.counts(live.id)) for live, parts in able
            ]

        return await self._db.read(work)

    async def start(self, instance_id: int, *, anew: bool = False) -> None:
        """Begin, or go on where it was; ``anew``: from the first page."""
        self._live(instance_id)
        async with self._changing:
            known = await self._db.read(lambda: store.get(instance_id))
            if known is None or anew or known.state is _DONE:
                known = Collecting(instance_id, CollectingState.RUNNING, datetime.now(UTC))
            await self._keep(replace(known, state=CollectingState.RUNNING, problem="", failures=0))
        await self._jobs.enqueue(JOB, {"instance_id": instance_id}, priority=-30)

    async def stop(self, instance_id: int) -> None:
        """Read nothing more; a page that is being read is thrown away."""
        async with self._changing:
            known = await self._db.read(lambda: store.get(instance_id))
            if known is None or known.state is not CollectingState.RUNNING:
                raise Problem(Kind.CONFLICT, "Nothing is being collected from this indexer.")
            await self._keep(replace(known, state=CollectingState.STOPPED))

    async def take_cookies(self, instance_id: int, text: str) -> None:
        """Keep the session of the user's browser with the secrets: as a request has it, or a cookie file's text."""
        found = [one for one in await self._plugins.instances(PluginKind.INDEXER) if one.id == instance_id]
        if not found:
            raise Problem(Kind.NOT_FOUND, f"There is no indexer {instance_id}.")
        (one,) = found
        if COOKIE not in {field.name for field in self._plugins.fields(self._class_of(one))}:
            raise Problem(Kind.CONFLICT, f"The pages of {one.name} cannot be read.", "It has no session.")
        settings = {**one.settings, COOKIE: text}
        draft = Draft(one.kind, one.implementation, one.name, settings, one.id, one.enabled, one.priority, one.tags)
        await self._plugins.save(draft, force=True)

    def _class_of(self, one: Instance) -> type[Plugin[Any]]:
        return self._plugins.find_class(one.kind, one.implementation)

    async def _job(self, payload: Mapping[str, Any]) -> None:
        instance_id = int(payload["instance_id"])
        collecting = await self._db.read(lambda: store.get(instance_id))
        live = next((one for one in self._plugins.indexers() if one.id == instance_id), None)
        if collecting is None or collecting.state is not CollectingState.RUNNING or live is None:
            return
        pause = live.pace().pause
        if (wait := live.wait(Urgency.BACKLOG)) > pause + PATIENCE and not math.isinf(wait):
            raise Postponed(wait, f"It waits for {live.name}, to keep within its limits.")
        after = await self._step(live, collecting)
        async with self._changing:
            now = await self._db.read(lambda: store.get(instance_id))
            if now is None or now.state is not CollectingState.RUNNING:
                return
            await self._keep(after)
        if after.state is CollectingState.RUNNING:
            raise Postponed(pause, "The next page is read in a moment.")

    async def _step(self, live: Live[Indexer[Any]], collecting: Collecting) -> Collecting:
        """One page; how the collection stands then."""
        parts = _segments(live)
        if collecting.segment >= len(parts):
            return replace(collecting, state=_DONE, problem="")
        try:
            with urgency(Urgency.BACKLOG):
                return await self._page(live, collecting, parts[collecting.segment])
        except OverBudget:
            return collecting
        except (RateLimited, Unreachable) as error:
            failures = collecting.failures + 1
            state = CollectingState.STOPPED if failures >= MOST_FAILURES else CollectingState.RUNNING
            return replace(collecting, state=state, failures=failures, problem=str(error))
        except PluginError as error:  # a challenge, another layout, a session that has ended: asking again is no help
            log.warning("collecting.stopped", indexer=live.name, problem=str(error))
            return replace(collecting, state=CollectingState.STOPPED, problem=str(error))

    async def _page(self, live: Live[Indexer[Any]], collecting: Collecting, segment: str) -> Collecting:
        listed = await self._plugins.call(live, lambda plugin: plugin.listing(segment, collecting.page))
        found = await candidates([Offer(live, tuple(listed))], self._reader)
        now = datetime.now(UTC)
        fresh = await self._db.run(lambda: store.remember(found, now))
        kept = replace(collecting, failures=0, problem="")
        guids = tuple(each.guid for each in listed)
        if not found or guids == self._last.get(live.id):
            self._last.pop(live.id, None)
            return replace(kept, segment=kept.segment + 1, page=0)
        sample = next((each.release for each in found if each.release.guid in fresh), None)
        if sample is not None:
            details = await self._plugins.call(live, lambda plugin: plugin.details(sample))
            await self._db.run(lambda: store.looked_into(fresh[sample.guid], details.media_info, now))
        self._last[live.id] = guids
        return replace(kept, page=kept.page + 1)

    async def _keep(self, collecting: Collecting) -> None:
        now = replace(collecting, changed=datetime.now(UTC))
        await self._db.run(lambda: store.put(now))
        self._bus.publish(CollectingChanged(indexer_id=now.instance_id, collecting=now))

    def _live(self, instance_id: int) -> Live[Indexer[Any]]:
        live = next((one for one in self._plugins.indexers() if one.id == instance_id), None)
        if live is None:
            raise Problem(Kind.NOT_FOUND, f"There is no indexer {instance_id} that is on.")
        if not _segments(live):
            todo = "Give it what its settings ask for that, a session cookie for instance."
            raise Problem(Kind.CONFLICT, f"The pages of {live.name} cannot be read.", todo=todo)
        return live


def _segments(live: Live[Indexer[Any]]) -> tuple[str, ...]:
    """The parts an indexer is read in; none: it cannot be."""
    try:
        return tuple(map(str, live.plugin.segments))
    except Exception:
        log.exception("plugin.bug", plugin=live.name)
        return ()
