"""The plug pulled at a step: the disk holds only what its file system had written out by then.

An image of ext4 is mounted; a copy of the image, made while it is in use, is the disk after the cut.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from tests.faults.crash.moment import copy_of_a_moment
from tests.faults.crash.stages import Stage
from tests.faults.crash.stepwise import Scene

SIZE = 48 << 20
PATIENCE = 20.0


class Disk:
    """An image, mounted at ``path``."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "disk"
        self.path.mkdir()
        self._image, self._left = folder / "disk.img", folder / "left.img"
        with self._image.open("wb") as file:
            file.truncate(SIZE)
        subprocess.run(["mkfs.ext4", "-q", str(self._image)], check=True, capture_output=True)
        self._mount(self._image)

    def cut(self) -> None:
        """From here on ``path`` is the disk as it is after the cut."""
        copy_of_a_moment(self._image, self._left)
        self._unmount()
        self._mount(self._left)

    def go_on(self) -> None:
        """As if it had not been cut."""
        self._unmount()
        self._mount(self._image)

    def close(self) -> None:
        """Unmount it."""
        self._unmount()

    def _mount(self, image: Path) -> None:
        subprocess.run(["mount", "-o", "loop", str(image), str(self.path)], check=True, capture_output=True)

    def _unmount(self) -> None:
        """What a killed program had started ends by itself, and may take a moment for it."""
        deadline = time.monotonic() + PATIENCE
        while subprocess.run(["umount", str(self.path)], check=False, capture_output=True).returncode:
            if time.monotonic() > deadline:
                raise AssertionError(f"somebody still uses {self.path}")
            time.sleep(0.02)


class CutScene(Scene):
    """A stage on a disk of its own; the database is on one without a plug, so that its commits write out no files."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._disk = Disk(folder)
        super().__init__(stage, self._disk.path, elsewhere=["data"])

    def cut_at(self, step: int) -> list[str]:
        """What is wrong after the plug was pulled at this step; step 0 is the end, and that must not be lost."""
        self.fresh()
        os.sync()
        self.live(step)
        self._disk.cut()
        bad = self.faults() if step else self.faults(self.after)
        self._disk.go_on()
        return bad

    def cut_after_recovery_from(self, step: int) -> list[str]:
        """The same when it was killed at this step, had recovered, and then the plug was pulled."""
        self.fresh()
        os.sync()
        self.live(step)
        self.recover()
        told = self.now()
        self._disk.cut()
        bad = self.faults(told)
        self._disk.go_on()
        return bad

    def close(self) -> None:
        """Leave nothing behind."""
        super().close()
        self._disk.close()
