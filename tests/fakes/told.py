"""Indexers whose answers a test tells, in a program without a world."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from radarr_desktop.plugin_api import Release
from tests.fixtures_engine import EMPTY, RunningEngine

PLUGIN = Path(__file__).with_name("told_plugin.py")
IDLE = Path(__file__).with_name("idle_client.py")
CLIENT = '[[plugin]]\nmodule = "idle_client"\nname = "Idle"\n'
"""A download client that does nothing, for the configuration."""


class Telling:
    """What one of them answers from now on, and what it was asked."""

    def __init__(self, folder: Path, name: str, **settings: Any) -> None:
        self.name = name
        self.settings = settings
        self._told = folder / f"{name}.json"
        self.tell()

    @property
    def table(self) -> str:
        """Its place in the configuration."""
        settings = {"pause": 0} | self.settings
        more = "".join(f", {key} = {value}" for key, value in settings.items())
        return f'[[plugin]]\nmodule = "told"\nname = "{self.name}"\nsettings = {{ told = "{self._told}"{more} }}\n'

    @property
    def asked(self) -> list[str]:
        """Every question so far."""
        path = self._told.with_suffix(".asked")
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def tell(
        self,
        *pages: Sequence[Release],
        search: Sequence[Release] = (),
        delay: float = 0.0,
        refused: Sequence[str] = (),
    ) -> None:
        """The pages of its feed, what a search finds, seconds each answer takes, and questions it does not answer."""
        told = {
            "pages": [[_row(one) for one in page] for page in pages],
            "search": [_row(one) for one in search],
            "delay": delay,
            "refused": list(refused),
        }
        self._told.write_text(json.dumps(told), encoding="utf-8")


@contextlib.contextmanager
def telling(
    folder: Path, *names: str, config: str = "", settings: dict[str, dict[str, Any]] | None = None
) -> Iterator[tuple[RunningEngine, list[Telling]]]:
    """A program that has these indexers."""
    tellings = [Telling(folder, name, **(settings or {}).get(name, {})) for name in names]
    running = RunningEngine(folder, EMPTY + config + "".join(one.table for one in tellings))
    running.paths.drop_in.mkdir(parents=True, exist_ok=True)
    shutil.copy(PLUGIN, running.paths.drop_in / "told.py")
    shutil.copy(IDLE, running.paths.drop_in)
    running.start()
    try:
        yield running, tellings
    finally:
        running.stop()


def named(number: int, published: datetime | None = None) -> Release:
    """A release like any other."""
    title = f"Some.Movie.{number}.2020.1080p.BluRay.x264-KITE"
    return Release(f"told-{number}", title, size=8_000_000_000 + number, published=published)


def _row(release: Release) -> dict[str, Any]:
    row = asdict(release)
    row["published"] = release.published.isoformat() if release.published else None
    row["flags"] = []
    return row
