"""Pull the plug: what a file system had written out when the program died is all that is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults.crash import many_imports
from tests.faults.crash.plug import Disk
from tests.faults.crash.program import Process
from tests.faults.crash.progress import PATIENCE, committed, killed_after

SIZE = 256 << 20
MOVIES = 150
MOST = 2 * MOVIES
"""Imports before the cut at most; a third is left to do after it."""


def cut(folder: Path, how: str, rng: random.Random) -> tuple[int, list[str]]:
    """One cut in the middle of many imports: how many were told as committed, and what was violated after it."""
    folder.mkdir()
    (folder / "home").mkdir()
    disk = Disk(folder, SIZE)
    try:
        return _cut(disk, folder, how, rng)
    finally:
        disk.close()


def _cut(disk: Disk, folder: Path, how: str, rng: random.Random) -> tuple[int, list[str]]:
    root = disk.path
    command = many_imports.command(root, MOVIES, how=how)
    many_imports.lay_out(root, MOVIES, 4_000, rng)
    if how == "copy":  # from another disk, one without a plug
        shutil.move(root / "downloads", folder / "downloads")
        (root / "downloads").symlink_to(folder / "downloads")
    os.sync()
    killed_after(Process(command, folder), folder / "output", rng.randint(2, MOST), rng)
    disk.cut()
    told = committed(folder / "output")
    if Process(many_imports.command(root, 0, how=how), folder).wait(PATIENCE):
        return len(told), [(folder / "output").read_text(errors="replace")[-2000:]]
    bad = many_imports.violations(root) + _forgotten(root, told)
    if Process(command, folder).wait(PATIENCE):
        bad.append((folder / "output").read_text(errors="replace")[-2000:])
    return len(told), bad + many_imports.violations(root, complete=MOVIES)


def _forgotten(root: Path, told: list[tuple[int, str]]) -> list[str]:
    """What was told as done, and is not."""
    with closing(sqlite3.connect(f"file:{root}/data/radarr-desktop.db?mode=ro", uri=True)) as db:
        rows = db.execute("select data from history where kind = 'downloadFolderImported'").fetchall()
    known = {json.loads(data)["droppedPath"] for (data,) in rows}
    return [f"forgotten: {one}" for one in told if str(many_imports.source(root, *one)) not in known]
