"""Secrets in an encrypted file, where there is no keyring."""

from __future__ import annotations

import errno
import json
import os
import secrets
from pathlib import Path

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.paths import NAME, Paths

MASTER_KEY = "RADARR_DESKTOP_MASTER_KEY"
"""Environment variable with the key of the secrets file, 64 hex digits, instead of the key file."""


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

    @classmethod
    def used(cls, paths: Paths) -> bool:
        """Are there secrets in it?"""
        return (paths.data / cls.NAME).exists()

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
        try:
            sealed = self._path.read_bytes()
            plain = AESGCM(self._key()).decrypt(sealed[:12], sealed[12:], NAME.encode())
        except (InvalidTag, ValueError):  # ValueError: shorter than any sealed thing can be
            raise self._unreadable(f"It is damaged, or {self._key_name} does not fit.") from None
        except OSError as fault:
            raise self._unreadable(f"The disk answered: {fault.strerror}.") from fault
        return {str(key): str(value) for key, value in json.loads(plain).items()}

    def _save(self, values: dict[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        try:
            sealed = nonce + AESGCM(self._key()).encrypt(nonce, json.dumps(values).encode(), NAME.encode())
            write_private(self._path, sealed)
        except OSError as fault:
            kind = Kind.DISK_FULL if fault.errno in (errno.ENOSPC, errno.EDQUOT) else Kind.STORAGE
            what, why = f"The password cannot be saved in {self._path.parent}.", f"The disk answered: {fault.strerror}."
            raise Problem(kind, what, why, "Make room or check the permissions, then try again.") from fault

    @property
    def _key_name(self) -> str:
        return f"the key in {MASTER_KEY if os.environ.get(MASTER_KEY) else self._key_path}"

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
            if self._path.exists():  # a new key would fit nothing, and hide that the old one is gone
                raise self._unreadable(f"Its key {self._key_path} is missing.")
            self._key_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(self._key_path, secrets.token_bytes(32))
        key = self._key_path.read_bytes()
        if len(key) != 32:
            raise self._unreadable(f"Its key {self._key_path} is damaged.")
        return key

    def _unreadable(self, why: str) -> Problem:
        what = f"The saved passwords in {self._path} cannot be read."
        todo = f"Restore the key from a backup, or remove {self._path} and enter the passwords again."
        return Problem(Kind.STORAGE, what, why, todo)


def write_private(path: Path, data: bytes) -> None:
    """Replace a file at once and for good, readable by the user alone."""
    staged = path.with_name(f".{path.name}.new")
    staged.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # the new name itself must reach the disk
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
