"""What is in the library of a world, looked at from outside."""

from __future__ import annotations

from pathlib import Path

from tests.fixtures_engine import WorldThread


def files_of(world: WorldThread) -> list[Path]:
    """The files in its library."""
    return [path for path in (world.world.folder.parent / "library").rglob("*") if path.is_file()]


def assert_linked(world: WorldThread) -> None:
    """One file came: the seeded one, and the same on the disk as its download."""
    (file,) = files_of(world)
    (download,) = (world.world.folder.parent / "downloads").rglob(world.world.seeded_file.name)
    assert file.read_bytes() == world.world.seeded_file.read_bytes()
    assert file.samefile(download)
