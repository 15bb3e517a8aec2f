"""The plug pulled at a step: the disk holds only what its file system had written out by then."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.crash.plug import Disk
from tests.faults.crash.stages import Stage
from tests.faults.crash.stepwise import Scene

SIZE = 48 << 20


class CutScene(Scene):
    """A stage on a disk of its own; the database is on one without a plug, so that its commits write out no files."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._disk = Disk(folder, SIZE)
        super().__init__(stage, self._disk.path, elsewhere=["data"])

    def cut_at(self, step: int) -> list[str]:
        """What is wrong after the plug was pulled at this step; step 0 is the end, and that must not be lost."""
        self.fresh()
        os.sync()
        self.live(step)
        self._disk.cut()
        return self.faults() if step else self.faults(self.after)

    def cut_after_recovery_from(self, step: int) -> list[str]:
        """The same when it was killed at this step, had recovered, and then the plug was pulled."""
        self.fresh()
        os.sync()
        self.live(step)
        self.recover()
        told = self.now()
        self._disk.cut()
        return self.faults(told)

    def close(self) -> None:
        """Leave nothing behind."""
        super().close()
        self._disk.close()
