"""The disk after a power cut is the disk of one moment, also when it is written to meanwhile."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from tests.faults.crash.moment import CHUNK, copy_of_a_moment

SIZE = 24 * CHUNK
COPIES, WRITES = 40, 8
REST = 0.003
"""Seconds between two writes: a copy is hit by some of them."""


def test_a_copy_never_holds_what_came_later_without_what_came_before(tmp_path: Path) -> None:
    image, left = tmp_path / "image", tmp_path / "left"
    image.write_bytes(bytes(SIZE))
    for copy in range(COPIES):
        writer = threading.Thread(target=_write, args=(image, copy * WRITES))
        writer.start()
        copy_of_a_moment(image, left)
        first, last = _number(left, 0), _number(left, SIZE - CHUNK)
        writer.join()
        assert last <= first <= last + 1
    assert _number(image, 0) == COPIES * WRITES


def _write(image: Path, done: int) -> None:
    """Numbers that grow: each to the beginning, which is read first, then to the end."""
    with image.open("r+b", buffering=0) as file:
        for number in range(done + 1, done + WRITES + 1):
            for place in (0, SIZE - CHUNK):
                os.pwrite(file.fileno(), number.to_bytes(8, "big"), place)
            time.sleep(REST)


def _number(path: Path, place: int) -> int:
    with path.open("rb") as file:
        file.seek(place)
        return int.from_bytes(file.read(8), "big")
