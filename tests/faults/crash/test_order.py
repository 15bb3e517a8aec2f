"""The order in which an import reaches the disk, and an end by SIGKILL at each single step of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.crash import many_imports, traced

MOVIE = "Static Bloom 0000 (2024)"
OLD, NEW = f"{MOVIE}/{MOVIE} Bluray-720p-KITE.mkv", f"{MOVIE}/{MOVIE} Bluray-1080p-KITE.mkv"
DOWNLOAD = "Static.Bloom.0000.2024.{}.BluRay.x264-KITE.mkv"
TRASH = ".radarr-desktop-trash"

FIRST = [
    "commit",
    f"mkdir {MOVIE}",
    f"link downloads/first/{DOWNLOAD.format('720p')} {MOVIE}/.import-1.part",
    f"fsync {MOVIE}/.import-1.part",
    f"rename {MOVIE}/.import-1.part {OLD}",
    f"fsync {MOVIE}",
    "fsync .",
    "commit",
]
BETTER = [
    f"mkdir {TRASH}",
    f"mkdir {TRASH}/STAMP",
    f"rename {OLD} {TRASH}/STAMP/{Path(OLD).name}",
    f"fsync {TRASH}/STAMP",
    f"fsync {TRASH}",
    "fsync .",
    f"fsync {MOVIE}",
    f"link downloads/better/{DOWNLOAD.format('1080p')} {MOVIE}/.import-3.part",
    f"fsync {MOVIE}/.import-3.part",
    f"rename {MOVIE}/.import-3.part {NEW}",
    f"fsync {MOVIE}",
    "commit",
]
SAME_NAME = [
    f"mkdir {TRASH}/STAMP",
    f"rename {NEW} {TRASH}/STAMP/{Path(NEW).name}",
    f"fsync {TRASH}/STAMP",
    f"fsync {TRASH}",
    f"fsync {MOVIE}",
    f"link downloads/other/{DOWNLOAD.format('1080p')} {MOVIE}/.import-5.part",
    f"fsync {MOVIE}/.import-5.part",
    f"rename {MOVIE}/.import-5.part {NEW}",
    f"fsync {MOVIE}",
    "commit",
]
STEPS = [
    (0, "mkdir", MOVIE),
    (0, "linkat", f"{MOVIE}/.import-1.part"),
    (0, "fsync", f"{MOVIE}/.import-1.part"),
    (0, "renameat2", f"{MOVIE}/.import-1.part"),
    (0, "fsync", MOVIE),
    (0, "fsync", "."),
    (1, "mkdir", TRASH),
    (1, "renameat2", OLD),
    (1, "fsync", TRASH),
    (1, "linkat", f"{MOVIE}/.import-3.part"),
    (2, "renameat2", NEW),
    (2, "fsync", TRASH),
    (2, "renameat2", f"{MOVIE}/.import-5.part"),
    (2, "fsync", MOVIE),
]
"""Versions that are in the library already, and the call that is the last one."""

pytestmark = pytest.mark.skipif(not traced.can_trace(), reason="the system lets nobody trace programs here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One movie to import, in every version."""
    many_imports.lay_out(tmp_path, 1, 4_000, random.Random(1))
    (tmp_path / "home").mkdir()
    return tmp_path


def test_every_step_is_on_the_disk_before_the_next(root: Path) -> None:
    assert traced.calls_of_imports(root) == FIRST + BETTER + SAME_NAME


@pytest.mark.parametrize(("before", "call", "path"), STEPS)
def test_killed_at_a_step_the_import_ends_as_if_nothing_had_happened(
    before: int, call: str, path: str, root: Path
) -> None:
    if before:
        traced.finish(root, before)
    traced.killed_at(root, call, str(Path("library") / path))
    traced.finish(root, len(many_imports.VERSIONS))
    assert many_imports.violations(root, complete=1) == []
