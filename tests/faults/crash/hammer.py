"""SIGKILL again and again while hundreds of files are linked, copied and replaced."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.crash import many_imports
from tests.faults.crash.program import Process
from tests.faults.crash.progress import PATIENCE, killed_after

AT_START = 0.2
"""So many lives end by the clock, early: while they start, recover, or do their first imports."""
OTHER_DISK = Path("/dev/shm")


def hammered(root: Path, how: str, rng: random.Random, *, movies: int, kills: int) -> tuple[int, list[str]]:
    """Kill it again and again, then let it end; how often it was killed, and what was violated."""
    many_imports.lay_out(root, movies, 50_000 if how == "copy" else 4_000, rng)
    (root / "home").mkdir()
    command = many_imports.command(root, movies, how=how)
    done, bad, most = 0, [], len(many_imports.VERSIONS) * movies // kills
    with on_another_disk(root / "library", wanted=how == "copy"):
        while done < kills:
            process = Process(command, root)
            if rng.random() < AT_START:
                time.sleep(rng.uniform(0.1, 0.9))
                process.kill()
            elif not killed_after(process, root / "output", rng.randint(2, most), rng):
                break
            done += 1
        if Process(command, root).wait(PATIENCE):
            bad.append((root / "output").read_text(errors="replace")[-2000:])
        return done, bad + many_imports.violations(root, complete=movies)


@contextmanager
def on_another_disk(folder: Path, *, wanted: bool) -> Iterator[None]:
    """The folder becomes a link to one in memory, which no hard link reaches."""
    if not wanted:
        yield
        return
    elsewhere = Path(tempfile.mkdtemp(prefix="rd-crash-", dir=OTHER_DISK))
    try:
        folder.rmdir()
        folder.symlink_to(elsewhere)
        yield
    finally:
        shutil.rmtree(elsewhere)
