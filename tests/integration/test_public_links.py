"""Links of releases that an older version stored: what may hold a passkey is taken out of the file."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.plugin_api import Release
from radarr_desktop.store.database import MIGRATIONS, Database
from radarr_desktop.store.models import ReleaseRow

KEY = made_up("passkey of an older version")
HASH = "31d6e90726b20b75701475c8f648c5b2f686505b"
OPEN = "http%3A%2F%2Ftracker.example%2Fannounce"
OWN = f"https%3A%2F%2Ftracker.example%2F{KEY}%2Fannounce"
PAGE = "https://tracker.example/torrents/5"
TOPIC = f"magnet:?xt=urn:btih:{HASH.upper()}"


async def migrated(path: Path, old: Path, *releases: Release) -> list[tuple[str, Release]]:
    """Store them as the version before, open it as this one."""
    before = Database(path, old)
    await before.open()
    encode = ReleaseRow.body.db_value
    with closing(sqlite3.connect(path)) as sqlite, sqlite:
        for release in releases:
            sqlite.execute(
                "INSERT INTO release VALUES (NULL, 1, 'Anchor', 25, ?, ?, ?, ?, '{}', 0, 0, 1, '[]', '')",
                (release.guid, release.info_hash, release.title, encode(release)),
            )
    await before.close()
    now = Database(path)
    await now.open()
    try:
        return await now.read(
            lambda: [
                (row.info_hash, row.body)
                for row in ReleaseRow.select(ReleaseRow.info_hash, ReleaseRow.body).order_by(ReleaseRow.id)
            ]
        )
    finally:
        await now.close()


def test_of_stored_links_only_what_is_open_to_all_stays(tmp_path: Path) -> None:
    old = tmp_path / "migrations"
    old.mkdir()
    for step in sorted(MIGRATIONS.glob("0*.py")):
        if step.name < "0019":
            shutil.copy(step, old)
    stored = asyncio.run(
        migrated(
            tmp_path / "old.db",
            old,
            Release("1", "All open", magnet=f"{TOPIC}&tr={OPEN}", info_url=PAGE),
            Release("2", "Some open", magnet=f"{TOPIC}&dn={KEY}&tr={OWN}&tr={OPEN}&ws={OWN}", grabs=7),
            Release("3", "None open \N{SNOWMAN}", magnet=f"{TOPIC}&tr.1={OWN}", info_url=f"{PAGE}?passkey={KEY}"),
            Release("4", "No link", size=3),
            Release("5", "A page", info_url=f"https://tracker.example/{KEY}/5"),
        )
    )
    assert stored == [
        ("", Release("1", "All open", magnet=f"{TOPIC}&tr={OPEN}", info_url=PAGE)),
        (HASH, Release("2", "Some open", magnet=f"{TOPIC}&tr={OPEN}", info_hash=HASH, grabs=7)),
        (HASH, Release("3", "None open \N{SNOWMAN}", info_hash=HASH, info_url=PAGE)),
        ("", Release("4", "No link", size=3)),
        ("", Release("5", "A page")),
    ]
    assert KEY.encode() not in (tmp_path / "old.db").read_bytes()
    for copy in tmp_path.rglob("*-before-*.db"):
        copy.unlink()  # of the version before: it holds what that one did
