"""The disk after a power cut is the disk of one moment, also when it is written to meanwhile."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from tests.faults.crash.moment import CHUNK, copy_of_a_moment

SIZE = 24 * CHUNK
COPIES = 40
REST = 0.02
"""Seconds between two writes: some copies are hit, and all come to an end."""


def test_a_copy_never_holds_what_came_later_without_what_came_before(tmp_path: Path) -> None:
    image, left = tmp_path / "image", tmp_path / "left"
    image.write_bytes(bytes(SIZE))
    ended, first = threading.Event(), 0

    def write() -> None:
        """A number to the beginning, which is read first, then the same to the end."""
        with image.open("r+b", buffering=0) as file:
            number = 0
            while not ended.wait(REST):
                number += 1
                for place in (0, SIZE - CHUNK):
                    os.pwrite(file.fileno(), number.to_bytes(8, "big"), place)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(COPIES):
            copy_of_a_moment(image, left)
            first, last = _number(left, 0), _number(left, SIZE - CHUNK)
            assert last <= first <= last + 1
    finally:
        ended.set()
        writer.join()
    assert first


def _number(path: Path, place: int) -> int:
    with path.open("rb") as file:
        file.seek(place)
        return int.from_bytes(file.read(8), "big")
