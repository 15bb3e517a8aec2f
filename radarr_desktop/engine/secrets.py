"""Secrets: in the desktop's keyring, or in an encrypted file where there is none."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.paths import NAME, Paths

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

MASTER_KEY = "RADARR_DESKTOP_MASTER_KEY"
"""Environment variable with the key of the secrets file, 64 hex digits, instead of the key file."""

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
    """Reads each secret once; the calls that may wait for the keyring run in a thread."""

    def __init__(self, paths: Paths, store: Store | None = None) -> None:
        self._paths = paths
        self._store = store
        self._known: dict[str, str] = {}
        self._lock = asyncio.Lock()

    async def get(self, key: str) -> str:
        """The secret, or empty when there is none."""
        if key not in self._known:
            store = await self._opened()
            value = await asyncio.to_thread(store.get, key)
            self._known[key] = value or ""
        return self._known[key]

    async def put(self, key: str, value: str) -> None:
        """Keep a secret."""
        store = await self._opened()
        await asyncio.to_thread(store.put, key, value)
        self._known[key] = value

    async def delete(self, key: str) -> None:
        """Forget a secret; no error when it is not there."""
        store = await self._opened()
        await asyncio.to_thread(store.delete, key)
        self._known.pop(key, None)

    def known_values(self) -> frozenset[str]:
        """Every secret in memory, for the log's filter."""
        return frozenset(value for value in self._known.values() if value)

    async def describe(self) -> tuple[str, str]:
        """Where secrets are kept, and the limits of that in a sentence."""
        store = await self._opened()
        return store.kind, store.limits

    async def _opened(self) -> Store:
        async with self._lock:
            if self._store is None:
                self._store = await asyncio.to_thread(choose, self._paths)
                log.info("secrets.store", store=self._store.kind)
        return self._store


def choose(paths: Paths) -> Store:
    """The desktop's keyring when it answers, else the encrypted file."""
    if not (paths.data / EncryptedFile.NAME).exists():
        backend = _native_keyring()
        if backend is not None:
            return Keyring(backend, paths)
    return EncryptedFile(paths)


def _native_keyring() -> KeyringBackend | None:
    """The platform's own keyring, chosen by name: third-party backends may keep plain text."""
    try:
        if sys.platform == "darwin":
            from keyring.backends.macOS import Keyring as Native
        elif sys.platform == "win32":
            from keyring.backends.Windows import WinVaultKeyring as Native
        elif os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            from keyring.backends.SecretService import Keyring as Native
        else:
            return None
        backend: KeyringBackend = Native()  # type: ignore[no-untyped-call]
        if Native.priority <= 0:
            return None
        probe = f"{NAME} probe"
        backend.set_password(probe, "probe", "probe")
        answered = backend.get_password(probe, "probe") == "probe"
        backend.delete_password(probe, "probe")
    except Exception as fault:  # a backend fails in its own ways: any of them means "no keyring here"
        log.info("secrets.no_keyring", reason=type(fault).__name__)
        return None
    return backend if answered else None


class Keyring:
    """The desktop's keyring."""

    kind = "keyring"
    limits = ""

    def __init__(self, backend: KeyringBackend, paths: Paths) -> None:
        self._backend = backend
        self._service = f"{NAME} {hashlib.sha256(str(paths.data).encode()).hexdigest()[:8]}"

    def get(self, key: str) -> str | None:
        """Read."""
        try:
            return self._backend.get_password(self._service, key)
        except Exception as fault:
            raise _locked(fault) from fault

    def put(self, key: str, value: str) -> None:
        """Write."""
        try:
            self._backend.set_password(self._service, key, value)
        except Exception as fault:
            raise _locked(fault) from fault

    def delete(self, key: str) -> None:
        """Remove."""
        import keyring.errors

        try:
            self._backend.delete_password(self._service, key)
        except keyring.errors.PasswordDeleteError:
            return
        except Exception as fault:
            raise _locked(fault) from fault


def _locked(fault: Exception) -> Problem:
    why = f"It answered: {fault}" if str(fault) else "It did not say why."
    return Problem(Kind.STORAGE, "The keyring does not give out passwords.", why, "Unlock it, then try again.")


class EncryptedFile:
    """AES-256-GCM; the key is a file elsewhere, or comes from the environment."""

    NAME = "secrets.enc"
    kind = "file"
    limits = (
        "There is no keyring here, so passwords are in an encrypted file and its key in another folder. "
        "That protects copies and backups of the data folder, not against programs that run as you."
    )

    def __init__(self, paths: Paths) -> None:
        self._path = paths.data / self.NAME
        self._key_path = paths.config / "secrets.key"

    def get(self, key: str) -> str | None:
        """Read."""
        return self._load().get(key)

    def put(self, key: str, value: str) -> None:
        """Write."""
        self._save(self._load() | {key: value})

    def delete(self, key: str) -> None:
        """Remove."""
        values = self._load()
        if values.pop(key, None) is not None:
            self._save(values)

    def _load(self) -> dict[str, str]:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not self._path.exists():
            return {}
        sealed = self._path.read_bytes()
        try:
            plain = AESGCM(self._key()).decrypt(sealed[:12], sealed[12:], NAME.encode())
        except InvalidTag:
            what = f"The saved passwords in {self._path} cannot be read."
            why = f"The key in {self._key_path} does not fit."
            todo = f"Restore the key, or remove {self._path} and enter the passwords again."
            raise Problem(Kind.STORAGE, what, why, todo) from None
        return {str(key): str(value) for key, value in json.loads(plain).items()}

    def _save(self, values: dict[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        sealed = nonce + AESGCM(self._key()).encrypt(nonce, json.dumps(values).encode(), NAME.encode())
        write_private(self._path, sealed)

    def _key(self) -> bytes:
        given = os.environ.get(MASTER_KEY, "")
        if given:
            try:
                key = bytes.fromhex(given)
            except ValueError:
                key = b""
            if len(key) != 32:
                what = f"The key in {MASTER_KEY} cannot be used."
                raise Problem(Kind.BAD_INPUT, what, "It must be 64 hex digits.", "Set it again and restart.")
            return key
        if not self._key_path.exists():
            self._key_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self._key_path, secrets.token_bytes(32))
        return self._key_path.read_bytes()


def write_private(path: Path, data: bytes) -> None:
    """Replace a file at once and for good, readable by the user alone."""
    staged = path.with_name(f".{path.name}.new")
    staged.unlink(missing_ok=True)
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    staged.replace(path)
