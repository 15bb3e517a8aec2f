"""Running a plugin in a test as the engine would."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from radarr_desktop.plugin_api.http import Http
from radarr_desktop.plugin_api.plugin import Context, Plugin, Settings

P = TypeVar("P", bound=Plugin[Any])


def context(data_dir: Path, name: str = "Test", timeout: float = 30.0) -> Context:
    """Make what the engine hands to a plugin; close its ``http`` in the end."""
    http = Http("radarr-desktop-tests/1.0", timeout)
    return Context(name, data_dir, http, logging.getLogger("plugin.test"), "1.0")


@asynccontextmanager
async def running(
    plugin: type[P],
    settings: Settings,
    data_dir: Path | None = None,
    timeout: float = 30.0,
    answer: Callable[[str, str], None] | None = None,
) -> AsyncIterator[P]:
    """A started plugin, closed in the end together with its HTTP client; ``answer`` hears of pressed buttons."""
    with tempfile.TemporaryDirectory(prefix="plugin-") as folder:
        handed = context(data_dir or Path(folder), timeout=timeout)
        if answer is not None:
            handed = replace(handed, answer=answer)
        instance = plugin(settings, handed)
        try:
            await instance.start()
            yield instance
        finally:
            await instance.close()
            await handed.http.close()
