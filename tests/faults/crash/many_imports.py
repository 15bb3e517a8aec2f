"""Many imports and upgrades with the program's own engine, and what must be true after any end of it.

Run as a program it works until everything is imported; killed and run again, it goes on.
"""

from __future__ import annotations

import asyncio
import filecmp
import os
import random
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.journal import moves
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.engine.settings import MediaSettings
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from tests.fakes.film import film
from tests.faults.crash import running

VERSIONS = {"first": "720p", "better": "1080p", "other": "1080p"}
"""Every movie is imported so, then replaced by a better file, then by one that gets the same name."""

AT_ONCE = 6
"""Movies that are imported at the same time, so that several imports share a transaction."""

COMMITTED = "committed"
"""The first word of the line that tells an import."""


def lay_out(root: Path, count: int, size: int, rng: random.Random) -> None:
    """Downloads of so many movies, each in every version."""
    for number in range(count):
        for version in VERSIONS:
            path = source(root, number, version)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(film(rng.randbytes(size)))
    (root / "library").mkdir()


def source(root: Path, number: int, version: str) -> Path:
    """The download of a movie."""
    return root / "downloads" / version / f"Static.Bloom.{number:04}.2024.{VERSIONS[version]}.BluRay.x264-KITE.mkv"


async def work(root: Path, count: int, versions: int, *, copy: bool) -> None:
    """Recover, then import what is missing of so many versions; each import that is committed is told."""
    paths = Paths.default(root / "data")
    engine = Engine(paths, "0", secret_store=EncryptedFile(paths))
    await engine.open()
    await engine.recover()
    await _add_movies(engine, root, count, copy=copy)
    waiting = iter(range(count))

    async def in_turn() -> None:
        for number in waiting:
            await _import(engine, root, number, list(VERSIONS)[:versions])

    await asyncio.gather(*(in_turn() for _ in range(AT_ONCE)))
    await engine.db.close()


async def _import(engine: Engine, root: Path, number: int, wanted: list[str]) -> None:
    """What the movie does not have yet of these versions, one after the other."""
    movie = await engine.movies.by_tmdb(number + 1)
    assert movie is not None
    if movie.file is not None:
        wanted = wanted[list(VERSIONS).index(Path(movie.file.original_path).parent.name) + 1 :]
    for version in wanted:
        await engine.imports.file(str(source(root, number, version)), movie.id)
        os.write(1, f"{COMMITTED} {number} {version}\n".encode())


async def _add_movies(engine: Engine, root: Path, count: int, *, copy: bool) -> None:
    if not count or await engine.movies.all():
        return
    if not await engine.profiles.all():
        await engine.profiles.add(make_profile("Any", ["Bluray-720p", "Bluray-1080p"], "Bluray-1080p", upgrades=True))
    profile_id = (await engine.profiles.all())[0].id
    await engine.settings.save_media(MediaSettings(allow_copies=copy, minimum_free_mb=0))
    library = str(root / "library")

    def add() -> None:
        for number in range(count):
            info = MovieInfo(tmdb_id=number + 1, title=f"Static Bloom {number:04}", year=2024)
            folder = f"{library}/Static Bloom {number:04} (2024)"
            movies.insert(Movie(0, info, (Slot(0, "", profile_id, library),), folder, added=datetime.now(UTC)))

    await engine.db.run(add)


def violations(root: Path, *, complete: int = 0) -> list[str]:
    """What must not be, once the engine has recovered; ``complete`` movies must all be there in their best quality."""
    library, bad = root / "library", []
    with sqlite3.connect(f"file:{root}/data/radarr-desktop.db?mode=ro", uri=True) as connection:
        if (said := connection.execute("pragma integrity_check").fetchone()[0]) != "ok":
            bad.append(f"integrity_check: {said}")
        bad += [f"foreign_key_check: {row}" for row in connection.execute("pragma foreign_key_check")]
        rows = {
            path: (origin, size)
            for path, origin, size in connection.execute("select path, original_path, size from movie_file")
        }
        imported = [
            row[0]
            for row in connection.execute(
                "select data ->> 'droppedPath' from history where kind = 'downloadFolderImported'"
            )
        ]
        still_open = connection.execute("select count(*) from journal where open").fetchone()[0]
    connection.close()
    files = {str(path) for path in library.rglob("*") if path.is_file()}
    trash = {path for path in files if moves.TRASH in path}
    bad += [f"open journal rows: {still_open}"] if still_open else []
    bad += [f"row without file: {path}" for path in rows if path not in files]
    bad += [f"file without row: {path}" for path in files - trash if path not in rows]
    bad += [f"imported {imported.count(path)} times: {path}" for path in set(imported) if imported.count(path) > 1]
    for path, (origin, size) in rows.items():
        if path in files and (Path(path).stat().st_size != size or not filecmp.cmp(path, origin, shallow=False)):
            bad.append(f"not what was downloaded: {path}")
    replaced = len(imported) - len(rows)
    if len(trash) != replaced:
        bad.append(f"{len(trash)} files in the trash, {replaced} were replaced")
    if complete and (len(rows), replaced) != (complete, complete * (len(VERSIONS) - 1)):
        bad.append(f"{len(rows)} movies, {replaced} files replaced, of {complete} movies")
    return bad


def command(root: Path, count: int, *, versions: int = len(VERSIONS), how: str = "link") -> list[str]:
    """What runs it."""
    return running.command(__name__, str(root), str(count), str(versions), how)


def main() -> None:
    """Import all of them: `FOLDER COUNT VERSIONS HOW`."""
    asyncio.run(work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), copy=sys.argv[4] == "copy"))
