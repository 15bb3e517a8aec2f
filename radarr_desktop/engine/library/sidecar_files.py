"""Write what belongs beside a movie, and take away what does not any more. The calls block.

Only what this program wrote, and nobody changed since, is ever replaced or removed.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from radarr_desktop.engine.journal import disk
from radarr_desktop.store.sidecars import Sidecar

_LARGEST = 32 << 20
"""Bytes of a file that is looked into; nothing that is written here is larger."""
_STAGED = ".{name}.radarr-desktop"
_FOREIGN = "foreign"


def settled(wanted: Mapping[str, bytes], root: str, known: Sequence[Sidecar]) -> list[Sidecar]:
    """Bring the disk to what is wanted below ``root``; what is ours then. Raises ``OSError``."""
    ours = {one.digest for one in known}
    kept = []
    for path, data in wanted.items():
        digest = hashlib.sha256(data).hexdigest()
        there = _digest(Path(path))
        if there != digest:
            if there and there not in ours:
                continue  # somebody's own
            _write(Path(path), data, replaces=bool(there))
        kept.append(Sidecar(path, root, digest))
    for one in known:
        if one.path not in wanted:
            kept += [one] if not _is_mounted(Path(one.root)) else []
            _remove(one)
    return kept


def removed(known: Sequence[Sidecar]) -> None:
    """Take them all away, as far as they are still ours."""
    for one in known:
        _remove(one)


def _remove(sidecar: Sidecar) -> None:
    path = Path(sidecar.path)
    if _digest(path) == sidecar.digest:
        path.unlink()
        disk.prune(path.parent, Path(sidecar.root))


def _digest(path: Path) -> str:
    """Of what is there; empty for nothing."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return _FOREIGN
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def _write(path: Path, data: bytes, *, replaces: bool) -> None:
    """At once and durably; where nothing was, over nothing that has come meanwhile."""
    staged = path.with_name(_STAGED.format(name=path.name))
    staged.unlink(missing_ok=True)
    try:
        staged.write_bytes(data)
        disk.sync_file(staged)
        if replaces:
            staged.replace(path)
        else:
            disk.rename_to_new(staged, path)
    finally:
        staged.unlink(missing_ok=True)
    disk.sync_folder(path.parent)


def _is_mounted(root: Path) -> bool:
    try:
        return any(root.iterdir())
    except OSError:
        return False
