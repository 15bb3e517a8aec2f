"""The event bus: facts go up to whoever asked for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import structlog

from radarr_desktop.domain.events import Event

E = TypeVar("E", bound=Event)
Handler = Callable[[E], Awaitable[None] | None]

log = structlog.get_logger(__name__)


class Bus:
    """Belongs to the engine's loop. A handler that fails is logged; nobody else notices."""

    def __init__(self) -> None:
        self._handlers: list[tuple[type[Event], Handler[Any]]] = []
        self._running: set[asyncio.Task[None]] = set()

    def subscribe(self, event: type[E], handler: Handler[E]) -> Callable[[], None]:
        """Call ``handler`` for every event of this type and its subtypes; returns what ends that."""
        entry = (cast("type[Event]", event), cast("Handler[Any]", handler))
        self._handlers.append(entry)
        return lambda: self._handlers.remove(entry) if entry in self._handlers else None

    def publish(self, event: Event) -> None:
        """Tell a fact, after the commit that made it one."""
        for type_, handler in list(self._handlers):
            if isinstance(event, type_):
                self._deliver(handler, event)

    def _deliver(self, handler: Handler[Any], event: Event) -> None:
        try:
            result = handler(event)
        except Exception:
            log.exception("bus.handler_failed", event_type=type(event).__name__)
            return
        if result is not None:
            task = asyncio.create_task(self._finish(result, event), name=f"on {type(event).__name__}")
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _finish(self, result: Awaitable[None], event: Event) -> None:
        try:
            await result
        except Exception:
            log.exception("bus.handler_failed", event_type=type(event).__name__)

    async def drain(self, limit: float = 2.0) -> None:
        """Wait for the handlers that are still at work; after ``limit`` seconds they are stopped."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + limit
        while self._running and (left := deadline - loop.time()) > 0:
            await asyncio.wait(self._running, timeout=left)
        for task in self._running:
            log.warning("bus.handler_stopped", task=task.get_name())
            task.cancel()
