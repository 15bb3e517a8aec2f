"""The inbox ends when it is told to, whatever it hears at that moment."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from radarr_desktop.domain.watching import WatchFolder
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from tests.fakes.rooms import DEADLINE, until

AGAIN = 15


@pytest.mark.parametrize("turns", range(6))
def test_what_is_heard_as_it_ends_does_not_keep_it(turns: int, tmp_path: Path) -> None:
    """How many turns of the loop lie between the two decides whether the wait ends or is cancelled."""

    async def run() -> None:
        paths = Paths.default(tmp_path / "data")
        engine = Engine(paths, "0", secret_store=EncryptedFile(paths))
        await engine.open()
        (tmp_path / "watched").mkdir()
        folder = await engine.watch_folders.add(WatchFolder(0, str(tmp_path / "watched"), torrents=True, media=True))
        (tmp_path / "watched").rmdir()
        for _ in range(AGAIN):
            engine.inbox.start()
            await until(lambda: engine.inbox.with_state(folder).problem != "", "a look at the folder")
            engine.inbox.wake()
            for _ in range(turns):
                await asyncio.sleep(0)
            async with asyncio.timeout(DEADLINE):
                await engine.inbox.stop()
            assert "inbox" not in {task.get_name() for task in asyncio.all_tasks()}
        await engine.db.close()

    asyncio.run(run())
