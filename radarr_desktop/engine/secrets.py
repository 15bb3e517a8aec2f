"""Secrets: in the desktop's keyring, or in an encrypted file where there is none."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, Protocol, TypeVar

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.keyrings import Keyring, native_keyring, works
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.sealed import MASTER_KEY, EncryptedFile, write_private

__all__ = ["MASTER_KEY", "EncryptedFile", "Keyring", "Secrets", "Store", "choose", "write_private"]

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger(__name__)


class Store(Protocol):
    """Where secrets are; the calls block."""

    kind: str
    limits: str
    """What it does not protect against, told to the user; empty when there is nothing to say."""

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str) -> None: ...
    def delete(self, key: str) -> None: ...


class Secrets:
    """Reads each secret once; the calls that may wait for the keyring run in a thread, one after the other."""

    def __init__(self, paths: Paths, store: Store | None = None) -> None:
        self._paths = paths
        self._store = store
        self._known: dict[str, str] = {}
        self._hidden: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()

    async def get(self, key: str) -> str:
        """The secret, or empty when there is none."""
        async with self._lock:
            if key not in self._known:
                store = await self._opened()
                value = await _waiting_for(store.get, key)
                self._keep(key, value or "")
            return self._known[key]

    async def put(self, key: str, value: str) -> None:
        """Keep a secret."""
        async with self._lock:
            store = await self._opened()
            self.hide([value])
            await _waiting_for(store.put, key, value)
            self._keep(key, value)

    async def delete(self, key: str) -> None:
        """Forget a secret; no error when it is not there."""
        async with self._lock:
            store = await self._opened()
            await _waiting_for(store.delete, key)
            self._known.pop(key, None)

    def hide(self, values: Iterable[str]) -> None:
        """Keep these out of the log as well: what a user types is secret before it is saved."""
        self._hidden |= {value for value in values if value}

    def known_values(self) -> frozenset[str]:
        """Every secret this run has met, for the log's filter; may be asked from any thread."""
        return self._hidden

    async def describe(self) -> tuple[str, str]:
        """Where secrets are kept, and the limits or the trouble of that in a sentence."""
        async with self._lock:
            try:
                store = await self._opened()
            except Problem as problem:
                return "none", str(problem)
        return store.kind, store.limits

    def _keep(self, key: str, value: str) -> None:
        self._known[key] = value
        self.hide([value])

    async def _opened(self) -> Store:
        if self._store is None:
            self._store = await _waiting_for(choose, self._paths)
            log.info("secrets.store", store=self._store.kind)
        return self._store


async def _waiting_for(work: Callable[P, T], *args: P.args, **values: P.kwargs) -> T:
    """In a thread that does not hold up the end of the program: a keyring may wait for its password for hours."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(set_answer: Callable[[Any], None], value: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(lambda: None if answer.done() else set_answer(value))

    def run() -> None:
        try:
            found = work(*args, **values)
        except BaseException as fault:  # noqa: BLE001  raised where it is waited for
            tell(answer.set_exception, fault)
        else:
            tell(answer.set_result, found)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name="keyring", daemon=True).start()
    return await answer


def choose(paths: Paths) -> Store:
    """Where the secrets are already; else the desktop's keyring when it answers, else the encrypted file."""
    if EncryptedFile.used(paths):
        return EncryptedFile(paths)
    if Keyring.used(paths):
        backend = native_keyring()
        if backend is None:
            what, why = "The keyring with the saved passwords does not answer.", "It is locked or not running."
            raise Problem(Kind.STORAGE, what, why, "Unlock or start it, then try again.")
        return Keyring(backend, paths)
    backend = None if os.environ.get(MASTER_KEY) else native_keyring()
    return Keyring(backend, paths) if backend is not None and works(backend) else EncryptedFile(paths)
