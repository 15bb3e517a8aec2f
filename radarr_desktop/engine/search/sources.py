"""Indexers that another program keeps: taken over, and followed."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from radarr_desktop.domain.events import PluginsChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import Draft, Instance, Live, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.plugin_api import IndexerSource, KeptIndexer, PluginError
from radarr_desktop.store import kept_indexers as store
from radarr_desktop.store.database import Database

JOB = "sync_indexers"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of one source: names of indexers."""

    source: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """As sentences: what could not be done, and what the source says does not work."""


class Sources:
    """One sync at a time."""

    def __init__(self, db: Database, bus: Bus, jobs: Jobs, plugins: PluginHost) -> None:
        self._db = db
        self._jobs = jobs
        self._plugins = plugins
        self._one = asyncio.Lock()
        self._followed: dict[int, object] = {}
        """The settings of each source when it was last followed at once."""
        jobs.handle(JOB, self._job)
        bus.subscribe(PluginsChanged, self._changed)

    async def sync(self, source_id: int | None = None) -> list[Synced]:
        """Make the indexers here those of each source (None: of all).

        What was set here stays, unless the source told something else of it than the last time. What it does not keep
        any more is removed, unless it keeps nothing at all: that is more often a fault there than a wish.
        """
        chosen = [one for one in self._plugins.sources() if source_id in (None, one.id)]
        if not chosen:
            what = "There is no such source of indexers." if source_id else "No source of indexers is set up."
            raise Problem(Kind.NOT_FOUND, what, todo="Add Prowlarr in the settings, or switch it on.")
        async with self._one:
            return [await self._sync(source) for source in chosen]

    async def _job(self, payload: Mapping[str, Any]) -> None:
        if self._plugins.sources():
            for one in await self.sync():
                for problem in one.problems:
                    log.info("indexers.synced", source=one.source, problem=problem)

    async def _changed(self, event: PluginsChanged) -> None:
        """Who sets a source up, or changes it, waits for its indexers."""
        if event.kind == PluginKind.INDEXER_SOURCE.value:
            now = {live.id: live.plugin.settings for live in self._plugins.sources()}
            if any(self._followed.get(id) != settings for id, settings in now.items()):
                await self._jobs.enqueue(JOB)
            self._followed = now

    async def _sync(self, source: Live[IndexerSource[Any]]) -> Synced:
        here = await self._plugins.instances(PluginKind.INDEXER)

        async def ask(plugin: IndexerSource[Any]) -> tuple[Sequence[KeptIndexer], dict[str, Instance]]:
            theirs = [one for one in here if plugin.leads_here(_address(one.settings))]
            return await plugin.indexers(), {_key(_address(one.settings)): one for one in theirs}

        try:
            kept, known = await self._plugins.call(source, ask)
        except PluginError as error:
            return Synced(source.name, problems=(str(error),))
        last = await self._db.read(store.told)
        done: dict[str, list[str]] = {"added": [], "changed": [], "same": []}
        problems: list[str] = []
        for one in kept:
            try:
                done[await self._keep(source.name, one, known.get(_key(one.base_url)), last)].append(one.name)
            except Problem as problem:
                problems.append(f"{one.name}: {problem}")
            problems += [one.problem] if one.problem else []
        removed = await self._remove_others(kept, [(key, one) for key, one in known.items() if one.id in last])
        if known and not kept:
            problems.append(f"{source.name} lists no indexer at all, so none is removed here.")
        log.info("indexers.synced", source=source.name, added=len(done["added"]), removed=len(removed))
        return Synced(
            source.name, tuple(done["added"]), tuple(done["changed"]), removed, tuple(done["same"]), tuple(problems)
        )

    async def _remove_others(
        self, kept: Sequence[KeptIndexer], known: Sequence[tuple[str, Instance]]
    ) -> tuple[str, ...]:
        still = {_key(one.base_url) for one in kept}
        gone = [one for key, one in known if key not in still] if kept else []
        for one in gone:
            await self._plugins.remove(one.id)
        return tuple(one.name for one in gone)

    async def _keep(
        self, source: str, one: KeptIndexer, before: Instance | None, last: Mapping[int, Mapping[str, Any]]
    ) -> str:
        """Set it up or change it."""
        here = await self._plugins.instances(PluginKind.INDEXER)
        told, taken = self._told(one), [each.name for each in here if before is None or each.id != before.id]
        name = _free_name(one.name, source, taken)
        if before is None:
            draft = Draft(
                PluginKind.INDEXER, one.implementation, name, one.settings, enabled=one.enabled, priority=one.priority
            )
        else:
            known = last.get(before.id, told)  # of one that was here before, all stays
            draft = _followed(one, before, {key for key in told if known.get(key) == told[key]}, name)
        if before and before.priority == draft.priority and not await self._plugins.differs(draft):
            came, id = "same", before.id
        else:
            saved = await self._plugins.save(draft, force=True)  # the source has tested it, and asks again by itself
            came, id = "changed" if before else "added", saved.id
        await self._db.run(lambda: store.remember(id, told))
        self._tell_health(id, one)
        return came

    def _told(self, one: KeptIndexer) -> dict[str, Any]:
        """What of it can be set here as well: neither its address nor secrets."""
        cls = self._plugins.find_class(PluginKind.INDEXER, one.implementation)
        own = {field.name for field in self._plugins.fields(cls) if field.secret} | {"base_url"}
        settings = {f"settings.{key}": value for key, value in one.settings.items() if key not in own}
        return {"name": one.name, "enabled": one.enabled, "priority": one.priority, **settings}

    def _tell_health(self, id: int, one: KeptIndexer) -> None:
        if one.left_alone_until is not None:
            seconds = (one.left_alone_until - datetime.now(UTC)).total_seconds()
            for live in self._plugins.indexers():
                if live.id == id and seconds > 0:
                    live.guard.leave_alone(one.problem, seconds)


def _followed(one: KeptIndexer, before: Instance, stays: Collection[str], name: str) -> Draft:
    """The indexer as it is here, but for what changed at its source; ``stays``: what of it did not."""
    settings = {**before.settings, **one.settings}
    return Draft(
        PluginKind.INDEXER,
        one.implementation,
        before.name if "name" in stays else name,
        settings | {key: value for key, value in before.settings.items() if f"settings.{key}" in stays},
        id=before.id,
        enabled=before.enabled if "enabled" in stays else one.enabled,
        priority=before.priority if "priority" in stays else one.priority,
        tags=before.tags,
    )


def _address(settings: Mapping[str, Any]) -> str:
    return str(settings.get("base_url", ""))


def _key(address: str) -> str:
    return address.strip().rstrip("/")


def _free_name(wanted: str, source: str, taken: Iterable[str]) -> str:
    known = {name.casefold() for name in taken}
    names: Sequence[str] = (wanted, f"{wanted} ({source})", *(f"{wanted} ({source} {n})" for n in range(2, 100)))
    return next((name for name in names if name.casefold() not in known), wanted)
