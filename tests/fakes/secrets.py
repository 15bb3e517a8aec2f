"""The search for secrets in everything that a run wrote: made-up ones by their mark, others by where they are kept."""

from __future__ import annotations

import base64
import contextlib
import functools
import io
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.sealed import EncryptedFile
from radarr_desktop.loopback.made_up import MARK

_GIVEN = (".toml", ".torrent", ".magnet", ".conf", ".jar", ".secret")
"""Endings of what tests put there themselves, secrets and all."""
_FILMS = (".mkv", ".mp4", ".avi", ".srt", ".sub", ".iso", ".rar", ".7z", ".img", ".jpg", ".png")
_CODE = (".py", ".pyc", ".so", ".qm", ".svg", ".ttf")
_NOT_READ = _GIVEN + _FILMS + _CODE
_FOREIGN = {"qBittorrent", "keyring", ".venv"}
"""Folders of other programs, which keep their secrets their own way."""
_PRIVATE = ("torrents", "pushed", "port.json")
"""Where the program itself must keep one: torrents hold their trackers. Nobody else may read these."""
_LARGEST = 64 * 1024 * 1024
_SHORTEST = 8
"""Shorter ones are words that stand elsewhere as well."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What an archive raises that is damaged or locked, as those of releases may be."""


def spellings(secret: str) -> set[bytes]:
    """A secret as it is, as it stands in an address, and as part of something in base64."""
    found = {secret, quote(secret, safe=""), quote_plus(secret), secret.upper()}
    plain = secret.encode()
    if len(plain) >= 12:
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + plain).decode().rstrip("=")
            found.add(coded[-(-before * 8 // 6) : len(coded) - (1 if (before + len(plain)) % 3 else 0)])
    return {one.encode() for one in found}


def shows(text: str | bytes, secrets: Iterable[str] = (MARK,)) -> bool:
    """Does it hold one of them in any spelling?"""
    content = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    return any(one in content for secret in secrets for one in _spelt(secret))


def leaked(folder: Path) -> Iterator[str]:
    """Each file below that holds a secret it must not hold."""
    files = list(_files(folder))
    homes = dict(_kept(folder, [path for path in files if path.name == EncryptedFile.NAME]))
    for path in files:
        own = [one for above in path.parents if above in homes for one in homes[above]]
        with contextlib.suppress(OSError):  # a disk of a test that is broken, a file that is gone
            if path.stat().st_size <= _LARGEST and _is_told(path.read_bytes(), (MARK, *own)) and not _is_private(path):
                yield f"{path} holds a secret"


def _is_told(content: bytes, secrets: Iterable[str]) -> bool:
    """Does a file show one of them, or a file that is packed in it?"""
    return shows(content, secrets) or any(_is_told(one, secrets) for one in _packed(content))


def _packed(content: bytes) -> Iterator[bytes]:
    """The files in an archive."""
    if not content.startswith(b"PK\x03\x04"):
        return
    with contextlib.suppress(*_UNREADABLE), zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if member.file_size <= _LARGEST and not member.filename.endswith(_NOT_READ):
                yield archive.read(member)


def _files(folder: Path) -> Iterator[Path]:
    """What is looked at, in order."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - _FOREIGN)
        for path in (Path(above, name) for name in sorted(names) if not name.endswith(_NOT_READ)):
            if path.is_file() and not path.is_symlink():
                yield path


def _kept(folder: Path, sealed: Iterable[Path]) -> Iterator[tuple[Path, list[str]]]:
    """Of each program that ran below: what it has in its encrypted file."""
    for data in (path.parent for path in sealed):
        try:
            values = EncryptedFile(Paths.default(data))._load().values()
        except (OSError, Problem):  # a test broke it on purpose
            continue
        home = data if data.parent == folder else data.parent
        yield home, [one for one in values if len(one) >= _SHORTEST and len(set(one)) > 1 and MARK not in one]


def _is_private(path: Path) -> bool:
    named = path.name in _PRIVATE or path.parent.name in _PRIVATE
    return named and (os.name != "posix" or not path.stat().st_mode & 0o077)


_spelt = functools.lru_cache(maxsize=512)(spellings)
