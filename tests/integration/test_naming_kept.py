"""Names that were given before the rules could be set stay as they were."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from radarr_desktop.domain.naming import Colon, Naming
from radarr_desktop.store import settings
from radarr_desktop.store.database import Database
from radarr_desktop.store.migrations import __file__ as migrations

OLD = """
INSERT INTO quality_profile (id, name, items, cutoff, upgrades) VALUES (1, 'HD', '[]', 1, 1);
INSERT INTO movie (id, tmdb_id, imdb_id, title, year, info, folder, monitored, minimum_availability, tags, added)
VALUES (1, 7, '', 'Salt', 2025, '{"tmdb_id": 7, "title": "Salt"}', '/m/Salt', 1, 'released', '[]', 0);
"""


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("", {"naming": {"replace_illegal": False}}),
        ('{"naming": {"file": "{Movie Title}"}}', {"naming": {"replace_illegal": False, "file": "{Movie Title}"}}),
    ],
)
def test_a_library_that_is_there_goes_on_leaving_characters_out(
    tmp_path: Path, stored: str, kept: dict[str, object]
) -> None:
    path = tmp_path / "test.db"

    async def opened(folder: Path) -> object:
        db = Database(path, folder)
        await db.open()
        try:
            return await db.read(lambda: settings.get("media"))
        finally:
            await db.close()

    earlier = tmp_path / "earlier"
    earlier.mkdir()
    for step in sorted(Path(migrations).parent.glob("*.py")):
        if step.name < "0009":
            (earlier / step.name).write_bytes(step.read_bytes())
    assert asyncio.run(opened(earlier)) is None
    connection = sqlite3.connect(path)
    connection.executescript(OLD)
    if stored:
        connection.execute("INSERT INTO setting VALUES ('media', ?)", (stored,))
    connection.commit()
    connection.close()
    assert asyncio.run(opened(Path(migrations).parent)) == kept


def test_a_new_library_replaces_them() -> None:
    assert Naming().replace_illegal
    assert Naming().colon is Colon.SMART
