"""The inbox ends when it is told to, whatever it hears at that moment."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile


@pytest.mark.parametrize("turns", range(6))
def test_what_is_heard_as_it_ends_does_not_keep_it(turns: int, tmp_path: Path) -> None:
    """How many turns of the loop lie between the two decides whether the wait ends or is cancelled."""

    async def run() -> None:
        paths = Paths.default(tmp_path)
        engine = Engine(paths, "0", secret_store=EncryptedFile(paths))
        await engine.open()
        engine.inbox.start()
        await asyncio.sleep(0.1)
        engine.inbox.wake()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await engine.inbox.stop()
        await engine.db.close()

    asyncio.run(run())
