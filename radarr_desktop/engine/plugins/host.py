"""The plugin host: instances of plugins, set up by the user, called behind a guard."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import structlog

from radarr_desktop.domain.events import NoticeAnswered, PluginsChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.clock import Clock, SystemClock
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins import drafts, forms
from radarr_desktop.engine.plugins.discovery import Discovered, FailedModule, discover, module_name
from radarr_desktop.engine.plugins.drafts import Draft, Instance, problem_of, shown
from radarr_desktop.engine.plugins.folders import TRIAL, Folders
from radarr_desktop.engine.plugins.keeping import Keeper
from radarr_desktop.engine.plugins.kinds import PluginKind, kind_of
from radarr_desktop.engine.plugins.live import Live, make
from radarr_desktop.engine.plugins.politeness import IndexerLimits, Politeness, limits_of
from radarr_desktop.engine.secrets import Secrets
from radarr_desktop.plugin_api import (
    DownloadClient,
    Indexer,
    IndexerSource,
    LoginFailed,
    MetadataSource,
    Notifier,
    Plugin,
    PluginError,
    Unreachable,
)
from radarr_desktop.store.database import Database
from radarr_desktop.store.plugins import StoredInstance

__all__ = ["CALL_LIMIT", "Draft", "Instance", "Live", "PluginHost", "module_name", "problem_of"]

P = TypeVar("P", bound=Plugin[Any])
T = TypeVar("T")

CALL_LIMIT = 30.0
"""Seconds a call of a plugin may take."""

log = structlog.get_logger(__name__)


async def _by_its_test(plugin: Plugin[Any]) -> None:
    await plugin.test()


class PluginHost:
    """Owns every instance. All calls of plugins go through ``call``."""

    def __init__(
        self, db: Database, secrets: Secrets, bus: Bus, paths: Paths, version: str, clock: Clock | None = None
    ) -> None:
        self._clock = clock or SystemClock()
        self._keeper = Keeper(db, secrets)
        self._politeness = Politeness(db, self._clock)
        self._bus = bus
        self._drop_in = paths.drop_in
        self._folders = Folders(paths.plugin_data)
        self._version = version
        self._found = Discovered((), ())
        self._stored: dict[int, StoredInstance] = {}
        self._live: dict[int, Live[Any]] = {}
        self._changing = asyncio.Lock()

    async def start(self) -> None:
        """Find the plugins and make the instances ready; nothing is asked of a service yet."""
        self._found = discover(self._drop_in)
        instances = await self._keeper.all()
        await asyncio.to_thread(self._folders.keep_only, [stored.id for stored in instances])
        for each in instances:
            stored = self._stored[each.id] = await self._hidden(each)
            await self._activate(stored)

    async def stop(self) -> None:
        """Close every instance."""
        await asyncio.gather(*(live.close() for live in self._live.values()))
        self._live.clear()

    @property
    def failed(self) -> tuple[FailedModule, ...]:
        """Modules that gave no plugin."""
        return self._found.failed

    def classes(self, kind: PluginKind | str) -> list[type[Plugin[Any]]]:
        """The services of a kind one can add, by name."""
        wanted = PluginKind(kind)
        return sorted((cls for cls in self._found.classes if kind_of(cls) is wanted), key=lambda cls: cls.name.lower())

    def find_class(self, kind: PluginKind, implementation: str) -> type[Plugin[Any]]:
        """The class of a service, by its implementation or module name, whatever the case."""
        wanted = implementation.casefold()
        for cls in self.classes(kind):
            if wanted in (cls.implementation.casefold(), module_name(cls).casefold()):
                return cls
        known = ", ".join(cls.implementation for cls in self.classes(kind)) or "none"
        what = f"There is no {kind.value.replace('_', ' ')} plugin “{implementation}”."
        raise Problem(Kind.NOT_FOUND, what, f"Known are: {known}.", field="implementation")

    def fields(self, cls: type[Plugin[Any]]) -> list[forms.Field]:
        """The form of a service."""
        return forms.fields(cls)

    async def instances(self, kind: PluginKind | str | None = None) -> list[Instance]:
        """Everything that is set up, of one kind or all."""
        limits = {one.id: one for one in self.limits()}
        return [
            shown(stored, self._live.get(stored.id), limits.get(stored.id))
            for stored in sorted(self._stored.values(), key=lambda each: each.id)
            if kind is None or stored.kind == PluginKind(kind).value
        ]

    def indexers(self) -> list[Live[Indexer[Any]]]:
        """Enabled indexers, most preferred first."""
        return cast("list[Live[Indexer[Any]]]", self._active(PluginKind.INDEXER))

    def limits(self) -> list[IndexerLimits]:
        """What each enabled indexer was asked in the last hour, and what it may still be asked."""
        return [limits_of(live, self._clock.now()) for live in self.indexers()]

    def sources(self) -> list[Live[IndexerSource[Any]]]:
        """Enabled sources of indexers."""
        return cast("list[Live[IndexerSource[Any]]]", self._active(PluginKind.INDEXER_SOURCE))

    def clients(self) -> list[Live[DownloadClient[Any]]]:
        """Enabled download clients, most preferred first."""
        return cast("list[Live[DownloadClient[Any]]]", self._active(PluginKind.DOWNLOAD_CLIENT))

    def metadata(self) -> list[Live[MetadataSource[Any]]]:
        """Enabled metadata sources, most preferred first."""
        return cast("list[Live[MetadataSource[Any]]]", self._active(PluginKind.METADATA))

    def notifiers(self) -> list[Live[Notifier[Any]]]:
        """Enabled notifiers."""
        return cast("list[Live[Notifier[Any]]]", self._active(PluginKind.NOTIFIER))

    async def call(
        self,
        live: Live[P],
        work: Callable[[P], Awaitable[T]],
        *,
        limit: float = CALL_LIMIT,
        insist: bool = False,
    ) -> T:
        """Ask a service something, guarded. Raises only the named errors of ``plugin_api``."""
        if live.retired:  # the user changed it while the caller held on to it
            successor = self._live.get(live.id)
            if successor is None:
                raise Unreachable(f"{live.name} was switched off or removed.")
            live = successor
        before = live.guard.state
        try:
            return await live.ask(work, limit=limit, insist=insist)
        except LoginFailed as error:
            if before != "broken":
                await self._mark(live, str(error))
            raise
        finally:
            await self._politeness.follow(live)
            if live.guard.state != before:
                if before == "broken":
                    await self._mark(live, "")
                self._bus.publish(PluginsChanged(kind=live.stored.kind))

    async def save(self, draft: Draft, *, force: bool = False) -> Instance:
        """Set up or change an instance; it is tested first unless it is off or the user insists."""
        cls = self.find_class(draft.kind, draft.implementation)
        drafts.check(draft, self._stored, cls.implementation)
        settings = await self._keeper.drafted(cls, draft)
        if draft.enabled and not force:
            await self._try(cls, settings, draft)
        saving = asyncio.create_task(self._save(draft, cls, settings))
        stored = await asyncio.shield(saving)  # a caller that goes away must not leave half an instance behind
        log.info("plugin.saved", plugin=stored.name, implementation=stored.implementation)
        self._bus.publish(PluginsChanged(kind=stored.kind))
        return shown(stored, self._live.get(stored.id))

    async def differs(self, draft: Draft) -> bool:
        """Would saving change anything?"""
        return await self._keeper.differs(
            self.find_class(draft.kind, draft.implementation), draft, self._stored[draft.id]
        )

    async def test(self, draft: Draft, how: Callable[[Any], Awaitable[Any]] = _by_its_test) -> None:
        """Try settings without keeping them; raises a ``Problem`` in the service's own words."""
        cls = self.find_class(draft.kind, draft.implementation)
        drafts.check(replace(draft, name=draft.name or cls.name), self._stored, cls.implementation)
        await self._try(cls, await self._keeper.drafted(cls, draft), draft, how)

    async def test_all(self, kind: PluginKind | str) -> list[tuple[int, str]]:
        """Try every enabled instance of a kind; (id, problem or empty)."""

        async def one(live: Live[Any]) -> tuple[int, str]:
            try:
                await self.call(live, lambda plugin: plugin.test(), insist=True)
            except PluginError as error:
                return live.id, str(error)
            return live.id, ""

        return list(await asyncio.gather(*(one(live) for live in self._active(PluginKind(kind)))))

    async def try_now(self, instance_id: int) -> None:
        """Ask an instance although it is left alone: where it answers, the pause is over. Raises a ``Problem``."""
        live = self._live.get(instance_id)
        if live is None:
            raise Problem(Kind.NOT_FOUND, f"There is no plugin instance {instance_id} that is on.")
        try:
            await self.call(live, _by_its_test, insist=True)
        except PluginError as error:
            raise problem_of(error) from error

    async def remove(self, instance_id: int) -> None:
        """Forget an instance, its secrets and all it kept for itself."""
        async with self._changing:
            stored = self._stored.get(instance_id)
            if stored is None:
                raise Problem(Kind.NOT_FOUND, f"There is no plugin instance {instance_id}.")
            await self._keeper.remove(stored)
            await self._politeness.forget(instance_id)
            del self._stored[instance_id]
            live = self._live.pop(instance_id, None)
        if live is not None:
            await live.retire()
        await asyncio.to_thread(self._folders.remove, instance_id)
        self._bus.publish(PluginsChanged(kind=stored.kind))

    async def _save(self, draft: Draft, cls: type[Plugin[Any]], settings: Any) -> StoredInstance:
        secrets = {key: value for key, value in forms.secret_values(settings).items() if value}
        stored = StoredInstance(
            id=draft.id,
            kind=draft.kind.value,
            implementation=cls.implementation,
            name=draft.name.strip(),
            enabled=draft.enabled,
            priority=draft.priority,
            settings=forms.plain(settings),
            secrets=tuple(secrets),
            tags=draft.tags,
        )
        async with self._changing:
            drafts.check(draft, self._stored, cls.implementation)  # again: the test took its time
            stored = replace(stored, id=await self._keeper.keep(stored, secrets, self._stored.get(draft.id)))
            self._stored[stored.id] = stored
            await self._activate(stored, settings)
        return self._stored[stored.id]

    async def _hidden(self, stored: StoredInstance) -> StoredInstance:
        try:
            return await self._keeper.hidden(self.find_class(PluginKind(stored.kind), stored.implementation), stored)
        except Problem as problem:  # it works as it is, and is tried again with the next start
            if problem.kind is not Kind.NOT_FOUND:  # a plugin that is gone is told where it is used
                log.warning("plugin.not_hidden", plugin=stored.name, problem=str(problem))
            return stored

    async def _activate(self, stored: StoredInstance, settings: Any = None) -> None:
        old = self._live.get(stored.id)
        if old is not None and stored.enabled and settings is not None and old.plugin.settings == settings:
            old.stored = stored  # only its name, priority or tags changed: a running download goes on
            old.guard.reset()
            await self._politeness.follow(old)
            return
        if old is not None:
            del self._live[stored.id]
            await old.retire()
        if not stored.enabled:
            return
        try:
            cls = self.find_class(PluginKind(stored.kind), stored.implementation)
            anew = settings is not None
            settings = settings or await self._keeper.settings(cls, stored)
            guard = await self._politeness.guard(stored, forms.secret_values(settings).values(), anew=anew)
            live = make(cls, settings, stored, self._folders.of(stored.id), self._version, self._hear(stored), guard)
        except Problem as problem:
            log.warning("plugin.unusable", plugin=stored.name, problem=str(problem))
            self._stored[stored.id] = replace(stored, problem=str(problem))
            return
        if stored.problem:
            live.guard.mark_login_failed(stored.problem)
        self._live[stored.id] = live

    async def _try(
        self,
        cls: type[Plugin[Any]],
        settings: Any,
        draft: Draft,
        how: Callable[[Any], Awaitable[Any]] = _by_its_test,
    ) -> None:
        running = self._live.get(draft.id)
        try:
            if running is not None and running.started and running.plugin.settings == settings:
                await self.call(running, how, insist=True)
                return
            with tempfile.TemporaryDirectory(dir=self._folders.root, prefix=TRIAL) as folder:
                stored = StoredInstance(0, kind_of(cls).value, cls.implementation, draft.name.strip() or cls.name)
                guard = await self._politeness.guard(stored, forms.secret_values(settings).values(), anew=True)
                if running is not None:
                    guard.budget = running.guard.budget  # it is the same service, and counts there
                live = make(cls, settings, stored, Path(folder), self._version, self._hear(stored), guard)
                try:
                    await live.try_out(how, CALL_LIMIT)
                finally:
                    await live.close()
        except PluginError as error:
            raise problem_of(error) from error

    def _hear(self, stored: StoredInstance) -> Callable[[str, str], None]:
        return lambda key, target: self._bus.publish(NoticeAnswered(notifier_id=stored.id, key=key, target=target))

    async def _mark(self, live: Live[Any], problem: str) -> None:
        if self._live.get(live.id) is not live:  # removed or changed meanwhile: it is of no interest any more
            return
        live.stored = self._stored[live.id] = replace(live.stored, problem=problem)
        await self._keeper.mark(live.id, problem)

    def _active(self, kind: PluginKind) -> list[Live[Any]]:
        found = [live for live in self._live.values() if live.stored.kind == kind.value]
        return sorted(found, key=lambda live: (live.stored.priority, live.id))
