"""What a disk holds at one moment, while its file system goes on writing to it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
PASSES = 200


def copy_of_a_moment(image: Path, left: Path) -> int:
    """Copy an image of a disk in use as the plug would leave it; how often it was read until it was at rest.

    A copy made while the system writes is of no moment at all: it may hold what was written last and not what was
    written before. So it is read again until a whole pass finds nothing new. Then each part was the same before and
    after the moment at which that pass began, and the copy is the disk at that moment.
    """
    with image.open("rb") as now, left.open("w+b") as then:
        then.truncate(image.stat().st_size)  # what is empty stays so, and takes no time and no room
        for number in range(1, PASSES + 1):
            if not _catch_up(now, then):
                return number
    raise AssertionError(f"{image} was written to in each of {PASSES} passes")


def _catch_up(now: BinaryIO, then: BinaryIO) -> bool:
    """Bring the copy up to date; was there anything new?"""
    now.seek(0)
    then.seek(0)
    found = False
    while part := now.read(CHUNK):
        if then.read(CHUNK) != part:
            then.seek(-len(part), 1)
            then.write(part)
            found = True
    return found
