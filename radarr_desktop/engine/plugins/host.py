"""The plugin host: instances of plugins, set up by the user, called behind a guard."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

import structlog

from radarr_desktop.domain.events import PluginsChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins import forms
from radarr_desktop.engine.plugins.discovery import Discovered, FailedModule, discover
from radarr_desktop.engine.plugins.kinds import PluginKind, kind_of
from radarr_desktop.engine.resilience import LADDER, LOCAL_LADDER, Guard
from radarr_desktop.engine.secrets import Secrets
from radarr_desktop.plugin_api import (
    Context,
    DownloadClient,
    Http,
    Indexer,
    LoginFailed,
    MetadataSource,
    NotFound,
    Notifier,
    Plugin,
    PluginError,
    RateLimited,
    Rejected,
    Unreachable,
)
from radarr_desktop.store import plugins as store
from radarr_desktop.store.database import Database
from radarr_desktop.store.plugins import StoredInstance

P = TypeVar("P", bound=Plugin[Any])
T = TypeVar("T")

CALL_LIMIT = 30.0
"""Seconds a call of a plugin may take."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the user wants an instance to be; ``id`` 0 makes a new one."""

    kind: PluginKind
    implementation: str
    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    enabled: bool = True
    priority: int = 25
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A set-up service, as the window and the port show it: secrets are masked."""

    id: int
    kind: PluginKind
    implementation: str
    name: str
    enabled: bool
    priority: int
    tags: tuple[int, ...]
    settings: Mapping[str, Any]
    state: str
    """``ok``, ``failing``, ``broken`` (the user must act) or ``disabled``."""
    problem: str = ""
    disabled_until: datetime | None = None


@dataclass(eq=False)
class Live(Generic[P]):
    """A set-up service that can be called."""

    stored: StoredInstance
    plugin: P
    guard: Guard
    http: Http
    started: bool = False
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def id(self) -> int:
        """Of the instance."""
        return self.stored.id

    @property
    def name(self) -> str:
        """As the user called it."""
        return self.stored.name


class PluginHost:
    """Owns every instance. All calls of plugins go through ``call``."""

    def __init__(self, db: Database, secrets: Secrets, bus: Bus, paths: Paths, version: str) -> None:
        self._db = db
        self._secrets = secrets
        self._bus = bus
        self._paths = paths
        self._version = version
        self._found = Discovered((), ())
        self._stored: dict[int, StoredInstance] = {}
        self._live: dict[int, Live[Any]] = {}

    async def start(self) -> None:
        """Find the plugins and make the instances ready; nothing is asked of a service yet."""
        self._found = discover(self._paths.drop_in)
        for stored in await self._db.read(store.all_instances):
            self._stored[stored.id] = stored
            await self._activate(stored)

    async def stop(self) -> None:
        """Close every instance."""
        await asyncio.gather(*(self._close(live) for live in self._live.values()))
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
        return [
            self._shown(stored)
            for stored in sorted(self._stored.values(), key=lambda each: each.id)
            if kind is None or stored.kind == PluginKind(kind).value
        ]

    async def save(self, draft: Draft, *, force: bool = False) -> Instance:
        """Set up or change an instance; it is tested first unless it is off or the user insists."""
        cls = self.find_class(draft.kind, draft.implementation)
        settings = await self._settings(cls, draft)
        name = draft.name.strip()
        self._check_name(draft, name)
        if draft.enabled and not force:
            await self._try(cls, settings, name, draft.id)
        secrets = {key: value for key, value in forms.secret_values(settings).items() if value}
        stored = StoredInstance(
            id=draft.id,
            kind=draft.kind.value,
            implementation=cls.implementation,
            name=name,
            enabled=draft.enabled,
            priority=draft.priority,
            settings=forms.plain(settings),
            secrets=tuple(secrets),
            tags=draft.tags,
        )
        stored = await self._keep(stored, secrets)
        self._stored[stored.id] = stored
        await self._activate(stored)
        log.info("plugin.saved", plugin=stored.name, implementation=stored.implementation)
        self._bus.publish(PluginsChanged(kind=draft.kind.value))
        return self._shown(stored)

    async def differs(self, draft: Draft) -> bool:
        """Would saving change anything?"""
        cls = self.find_class(draft.kind, draft.implementation)
        settings = await self._settings(cls, draft)
        stored = self._stored[draft.id]
        wanted = {name: value for name, value in forms.secret_values(settings).items() if value}
        kept = {name: await self._secrets.get(_secret_key(stored.id, name)) for name in stored.secrets}
        after = (draft.name.strip(), draft.enabled, draft.tags, forms.plain(settings), wanted)
        return after != (stored.name, stored.enabled, stored.tags, dict(stored.settings), kept)

    async def test(self, draft: Draft) -> None:
        """Try settings without keeping them; raises a ``Problem`` in the service's own words."""
        cls = self.find_class(draft.kind, draft.implementation)
        await self._try(cls, await self._settings(cls, draft), draft.name or cls.name, draft.id)

    async def test_all(self, kind: PluginKind | str) -> list[tuple[int, str]]:
        """Try every enabled instance of a kind; (id, problem or empty)."""

        async def one(live: Live[Any]) -> tuple[int, str]:
            try:
                await self.call(live, lambda plugin: plugin.test(), insist=True)
            except PluginError as error:
                return live.id, str(error)
            return live.id, ""

        return list(await asyncio.gather(*(one(live) for live in self._active(PluginKind(kind)))))

    async def remove(self, instance_id: int) -> None:
        """Forget an instance and its secrets."""
        stored = self._stored.get(instance_id)
        if stored is None:
            raise Problem(Kind.NOT_FOUND, f"There is no plugin instance {instance_id}.")
        await self._db.run(lambda: store.delete(instance_id))
        for name in stored.secrets:
            await self._secrets.delete(_secret_key(instance_id, name))
        del self._stored[instance_id]
        live = self._live.pop(instance_id, None)
        if live is not None:
            await self._close(live)
        self._bus.publish(PluginsChanged(kind=stored.kind))

    def indexers(self) -> list[Live[Indexer[Any]]]:
        """Enabled indexers, most preferred first."""
        return cast("list[Live[Indexer[Any]]]", self._active(PluginKind.INDEXER))

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
        before = live.guard.state

        async def started() -> T:
            await self._start(live)
            return await work(live.plugin)

        try:
            return await live.guard.call(started, pause=live.plugin.spacing, limit=limit, insist=insist)
        except LoginFailed as error:
            if before != "broken":
                await self._mark(live, str(error))
            raise
        finally:
            if live.guard.state != before:
                if before == "broken":
                    await self._mark(live, "")
                self._bus.publish(PluginsChanged(kind=live.stored.kind))

    async def _mark(self, live: Live[Any], problem: str) -> None:
        live.stored = self._stored[live.id] = replace(live.stored, problem=problem)
        await self._db.run(lambda: store.set_problem(live.id, problem))

    async def _start(self, live: Live[Any]) -> None:
        async with live.starting:
            if not live.started:
                await live.plugin.start()
                live.started = True

    def _active(self, kind: PluginKind) -> list[Live[Any]]:
        found = [live for live in self._live.values() if live.stored.kind == kind.value]
        return sorted(found, key=lambda live: (live.stored.priority, live.id))

    async def _activate(self, stored: StoredInstance) -> None:
        old = self._live.pop(stored.id, None)
        if old is not None:
            await self._close(old)
        if not stored.enabled:
            return
        try:
            cls = self.find_class(PluginKind(stored.kind), stored.implementation)
            values = dict(stored.settings)
            for name in stored.secrets:
                values[name] = await self._secrets.get(_secret_key(stored.id, name))
            settings = forms.validated(cls, values)
        except Problem as problem:
            log.warning("plugin.unusable", plugin=stored.name, problem=str(problem))
            self._stored[stored.id] = replace(stored, problem=str(problem))
            return
        live = self._make(cls, settings, stored)
        if stored.problem:
            live.guard.login_failed, live.guard.problem = True, stored.problem
        self._live[stored.id] = live

    def _make(self, cls: type[Plugin[Any]], settings: Any, stored: StoredInstance) -> Live[Any]:
        folder = self._paths.plugin_data / (str(stored.id) if stored.id else "new")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        http = Http(f"radarr-desktop/{self._version}")
        logger = logging.getLogger(f"plugin.{stored.implementation}")
        context = Context(stored.name, folder, http, logger, self._version)
        ladder = LOCAL_LADDER if stored.kind == PluginKind.DOWNLOAD_CLIENT.value else LADDER
        return Live(stored, cls(settings, context), Guard(stored.name, ladder), http)

    async def _close(self, live: Live[Any]) -> None:
        try:
            async with asyncio.timeout(2):
                if live.started:
                    await live.plugin.close()
                await live.http.close()
        except Exception:
            log.exception("plugin.close_failed", plugin=live.name)

    async def _settings(self, cls: type[Plugin[Any]], draft: Draft) -> Any:
        values = dict(draft.settings)
        for name in forms.secret_names(cls):
            if values.get(name) == forms.MASK:
                values[name] = await self._secrets.get(_secret_key(draft.id, name)) if draft.id else ""
        return forms.validated(cls, values)

    async def _try(self, cls: type[Plugin[Any]], settings: Any, name: str, instance_id: int) -> None:
        running = self._live.get(instance_id)
        if running is not None and running.started and running.plugin.settings == settings:
            live: Live[Any] = running  # the built-in downloader cannot run twice on one folder
        else:
            live = self._make(cls, settings, StoredInstance(0, kind_of(cls).value, cls.implementation, name))
        try:
            await live.guard.call(live.plugin.test, pause=0.0, limit=CALL_LIMIT, insist=True)
        except PluginError as error:
            raise problem_of(error) from error
        finally:
            if live is not running:
                await self._close(live)

    async def _keep(self, stored: StoredInstance, secrets: Mapping[str, str]) -> StoredInstance:
        known = self._stored.get(stored.id)
        kept = await self._db.run(lambda: store.save(stored))
        try:
            for name, value in secrets.items():
                await self._secrets.put(_secret_key(kept.id, name), value)
        except Problem:
            await self._db.run(lambda: store.delete(kept.id) if known is None else _restore(known))
            raise
        for name in set(known.secrets if known else ()) - set(secrets):
            await self._secrets.delete(_secret_key(kept.id, name))
        return kept

    def _check_name(self, draft: Draft, name: str) -> None:
        if not name:
            raise Problem(Kind.BAD_INPUT, "The name is empty.", todo="Give it a name.", field="name")
        if draft.id and draft.id not in self._stored:
            raise Problem(Kind.NOT_FOUND, f"There is no plugin instance {draft.id}.")
        for other in self._stored.values():
            if other.kind == draft.kind.value and other.id != draft.id and other.name.casefold() == name.casefold():
                raise Problem(Kind.CONFLICT, f"“{name}” is taken.", todo="Give it another name.", field="name")

    def _shown(self, stored: StoredInstance) -> Instance:
        live = self._live.get(stored.id)
        state = live.guard.state if live else ("disabled" if not stored.enabled else "broken")
        secrets = dict.fromkeys(stored.secrets, forms.MASK)
        return Instance(
            id=stored.id,
            kind=PluginKind(stored.kind),
            implementation=stored.implementation,
            name=stored.name,
            enabled=stored.enabled,
            priority=stored.priority,
            tags=stored.tags,
            settings={**stored.settings, **secrets},
            state=state,
            problem=live.guard.problem if live else stored.problem,
            disabled_until=live.guard.disabled_until if live else None,
        )


def problem_of(error: PluginError) -> Problem:
    """What a service answered, as a problem of the verb that asked it."""
    kind = next((kind for kind, named in _KINDS.items() if isinstance(error, named)), Kind.REFUSED)
    return Problem(kind, str(error))


def _restore(known: StoredInstance) -> None:
    store.save(known)


def module_name(cls: type[Plugin[Any]]) -> str:
    """The module of the namespace a plugin is in."""
    return cls.__module__.split(".")[1]


def _secret_key(instance_id: int, name: str) -> str:
    return f"plugin/{instance_id}/{name}"


_KINDS: dict[Kind, type[PluginError]] = {
    Kind.LOGIN: LoginFailed,
    Kind.RATE_LIMITED: RateLimited,
    Kind.UNREACHABLE: Unreachable,
    Kind.NOT_FOUND: NotFound,
    Kind.REFUSED: Rejected,
}
