"""An instance of a plugin while the program runs."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.budget import Pace, Urgency
from radarr_desktop.engine.containment import contained
from radarr_desktop.engine.plugins.returned import checked
from radarr_desktop.engine.resilience import Guard
from radarr_desktop.plugin_api import Context, Http, Plugin
from radarr_desktop.store.plugins import StoredInstance

P = TypeVar("P", bound=Plugin[Any])
T = TypeVar("T")

CLOSE_LIMIT = 2.0
"""Seconds a plugin may take to close, and those a call under way may take to end before that."""
LONGEST_SPACING = 60.0
MOST_HOURLY = 1_000_000

log = structlog.get_logger(__name__)


@dataclass(eq=False)
class Live(Generic[P]):
    """A set-up service that can be called."""

    stored: StoredInstance
    plugin: P
    guard: Guard
    http: Http
    started: bool = False
    retired: bool = False
    """Another one has taken its place, or it was removed."""
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_pace_told: bool = False
    """Was it logged that the plugin cannot say its pace?"""
    calls: set[asyncio.Future[None]] = field(default_factory=set)
    """One for each call under way, done when it ends."""
    _checked: P = field(init=False)

    def __post_init__(self) -> None:
        self._checked = checked(self.plugin)

    @property
    def id(self) -> int:
        """Of the instance."""
        return self.stored.id

    @property
    def name(self) -> str:
        """As the user called it."""
        return self.stored.name

    async def ask(self, work: Callable[[P], Awaitable[T]], *, limit: float, insist: bool) -> T:
        """Ask the service something behind its guard; it is started first."""

        async def started() -> T:
            await self._start()
            return await work(self._checked)

        call: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.calls.add(call)
        try:
            return await self.guard.call(started, pace=self.pace(), limit=limit, insist=insist)
        finally:
            call.set_result(None)
            self.calls.discard(call)

    def wait(self, urgency: Urgency) -> float:
        """Seconds until a call so urgent may be made; infinite where only the user can mend it."""
        self.guard.budget.pace = self.pace()
        return max(self.guard.pause_left, self.guard.budget.wait(urgency), self.guard.budget.pause_left)

    def forecast(self, requests: int, urgency: Urgency) -> float:
        """Seconds until the last of so many requests, if nobody else asks; infinite where only the user can mend it."""
        self.guard.budget.pace = self.pace()
        return self.guard.pause_left + self.guard.budget.forecast(requests, urgency)

    def book(self) -> float:
        """Seconds until a call in no hurry may be made, 0: now; the next to ask is told a later time."""
        self.guard.budget.pace = self.pace()
        return max(self.guard.pause_left, self.guard.budget.book(Urgency.BACKLOG))

    async def try_out(self, how: Callable[[P], Awaitable[Any]], limit: float) -> None:
        """Test the settings without starting anything."""
        await self.guard.call(lambda: how(self._checked), pace=Pace(), limit=limit, insist=True)

    async def retire(self) -> None:
        """Take no more calls, let those under way end, then close."""
        self.retired = True
        if self.calls:
            await asyncio.wait(list(self.calls), timeout=CLOSE_LIMIT)
        await self.close()

    async def close(self) -> None:
        """Close the plugin, then its connections, whatever the plugin does."""
        self.retired = True
        try:
            await contained(self._end, CLOSE_LIMIT)
        except Exception:
            log.exception("plugin.close_failed", plugin=self.name)
        finally:
            await self.http.close()

    async def _end(self) -> None:
        async with self.starting:
            if self.started:
                await self.plugin.close()

    async def _start(self) -> None:
        async with self.starting:
            if not self.started:
                await self.plugin.start()
                self.started = True

    def pace(self) -> Pace:
        """What the service bears, in the plugin's words."""
        try:
            spacing, hourly = float(self.plugin.spacing), int(self.plugin.hourly)
        except Exception:
            if not self.is_pace_told:  # it is asked with every look at an indexer
                self.is_pace_told = True
                log.exception("plugin.bug", plugin=self.name)
            return Pace()
        pause = min(max(0.0, spacing), LONGEST_SPACING) if math.isfinite(spacing) else 0.0
        return Pace(pause, min(max(0, hourly), MOST_HOURLY))


def make(
    cls: type[Plugin[Any]],
    settings: Any,
    stored: StoredInstance,
    folder: Path,
    version: str,
    answer: Callable[[str, str], None],
    guard: Guard,
) -> Live[Any]:
    """A live instance; nothing is asked of the service yet. Raises ``Problem``."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        what = f"{stored.name} cannot have its folder {folder}."
        raise Problem(Kind.STORAGE, what, f"The disk answered: {fault.strerror}.", "Check its permissions.") from fault
    http = Http(f"radarr-desktop/{version}", turn=guard.request)
    log_of_plugin = logging.getLogger(f"plugin.{stored.implementation}")
    context = Context(stored.name, folder, http, log_of_plugin, version, answer)
    try:
        plugin = cls(settings, context)
    except Exception as fault:
        log.exception("plugin.bug", plugin=stored.name)
        what = f"{stored.name} cannot be made."
        raise Problem(Kind.INTERNAL, what, "The plugin has a fault. The log has the details.") from fault
    return Live(stored, plugin, guard, http)
