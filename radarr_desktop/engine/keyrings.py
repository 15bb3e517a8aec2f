"""Secrets in the desktop's keyring."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.paths import NAME, Paths

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = structlog.get_logger(__name__)


def native_keyring() -> KeyringBackend | None:
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
        return backend if Native.priority > 0 else None
    except Exception as fault:  # noqa: BLE001  a backend fails in its own ways: any of them means "no keyring here"
        log.info("secrets.no_keyring", reason=type(fault).__name__)
        return None


def works(backend: KeyringBackend) -> bool:
    """Does it take and give a password? One that is locked with nobody there to unlock it does not."""
    probe = f"{NAME} probe"
    try:
        backend.set_password(probe, "probe", "probe")
        answered = backend.get_password(probe, "probe") == "probe"
        backend.delete_password(probe, "probe")
    except Exception as fault:  # noqa: BLE001  as above
        log.info("secrets.no_keyring", reason=type(fault).__name__)
        return False
    return answered


class Keyring:
    """The desktop's keyring, under a name made from the data folder: two of those do not share secrets."""

    kind = "keyring"
    limits = ""

    def __init__(self, backend: KeyringBackend, paths: Paths) -> None:
        self._backend = backend
        self._marker = _marker(paths)
        self._service = f"{NAME} {hashlib.sha256(str(paths.data).encode()).hexdigest()[:8]}"

    @classmethod
    def used(cls, paths: Paths) -> bool:
        """Were secrets put into it? Then a keyring that is not there today must not count as an empty one."""
        return _marker(paths).exists()

    def get(self, key: str) -> str | None:
        """Read."""
        try:
            return self._backend.get_password(self._service, key)
        except Exception as fault:
            raise _locked(fault) from fault

    def put(self, key: str, value: str) -> None:
        """Write."""
        try:
            self._marker.touch()
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


def _marker(paths: Paths) -> Path:
    return paths.data / "secrets.keyring"


def _locked(fault: Exception) -> Problem:
    why = f"It answered: {fault}" if str(fault) else "It did not say why."
    return Problem(Kind.STORAGE, "The keyring does not give out passwords.", why, "Unlock it, then try again.")
