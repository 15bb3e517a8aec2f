"""Pull the plug: what a file system had written out when the program died is all that is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.faults.crash import many_imports
from tests.faults.crash.moment import copy_of_a_moment
from tests.faults.crash.program import Process
from tests.faults.crash.progress import PATIENCE, committed, killed_after

SIZE = 256 << 20
MOVIES = 150
MOST = 2 * MOVIES
"""Imports before the cut at most; a third is left to do after it."""


def can_mount(folder: Path) -> bool:
    """May we mount images of disks here?"""
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        return False
    try:
        with _disk(folder / "probe.img", folder / "probe", fresh=True):
            return True
    except subprocess.CalledProcessError:
        return False


def cut(folder: Path, how: str, rng: random.Random) -> tuple[int, list[str]]:
    """One cut in the middle of many imports: how many were told as committed, and what was violated after it."""
    folder.mkdir()
    (folder / "home").mkdir()
    image, mount = folder / "disk.img", folder / "disk"
    command = many_imports.command(mount, MOVIES, how=how)
    with _disk(image, mount, fresh=True):
        many_imports.lay_out(mount, MOVIES, 4_000, rng)
        if how == "copy":  # from another disk, one without a plug
            shutil.move(mount / "downloads", folder / "downloads")
            (mount / "downloads").symlink_to(folder / "downloads")
        os.sync()
        killed_after(Process(command, folder), folder / "output", rng.randint(2, MOST), rng)
        left = folder / "left.img"
        copy_of_a_moment(image, left)
    told = committed(folder / "output")
    with _disk(left, mount, fresh=False):
        if Process(many_imports.command(mount, 0, how=how), folder).wait(PATIENCE):
            return len(told), [(folder / "output").read_text(errors="replace")[-2000:]]
        bad = many_imports.violations(mount) + _forgotten(mount, told)
        if Process(command, folder).wait(PATIENCE):
            bad.append((folder / "output").read_text(errors="replace")[-2000:])
        return len(told), bad + many_imports.violations(mount, complete=MOVIES)


def _forgotten(root: Path, told: list[tuple[int, str]]) -> list[str]:
    """What was told as done, and is not."""
    with closing(sqlite3.connect(f"file:{root}/data/radarr-desktop.db?mode=ro", uri=True)) as db:
        rows = db.execute("select data from history where kind = 'downloadFolderImported'").fetchall()
    known = {json.loads(data)["droppedPath"] for (data,) in rows}
    return [f"forgotten: {one}" for one in told if str(many_imports.source(root, *one)) not in known]


@contextmanager
def _disk(image: Path, mount: Path, *, fresh: bool) -> Iterator[None]:
    mount.mkdir(exist_ok=True)
    if fresh:
        with image.open("wb") as file:
            file.truncate(SIZE)
        subprocess.run(["mkfs.ext4", "-q", str(image)], check=True, capture_output=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(mount)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(mount)], check=True)
