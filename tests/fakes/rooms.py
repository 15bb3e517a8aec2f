"""Parts of the engine for tests that need one of them, and waiting with a deadline."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from radarr_desktop.store.database import Database

DEADLINE = 60.0


@asynccontextmanager
async def database(folder: Path) -> AsyncIterator[Database]:
    """An open database in this folder."""
    db = Database(folder / "test.db")
    await db.open()
    try:
        yield db
    finally:
        await db.close()


async def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until the condition holds."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + DEADLINE
    while not condition():
        assert loop.time() < deadline, f"{what} did not happen within {DEADLINE:g} s"
        await asyncio.sleep(0.01)


def open_files(folder: Path) -> list[str]:
    """What this process holds open below a folder."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(entry.readlink()))
        except OSError:  # closed meanwhile
            continue
    return [name for name in found if name.startswith(f"{folder}{os.sep}")]
