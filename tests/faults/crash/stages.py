"""What an operation needs, and the operation itself, with the program's own engine on a world of one movie."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.decision import Candidate
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.operations import OperationState
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import EncryptedFile
from radarr_desktop.engine.settings import MediaSettings
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import grabs, movies, releases
from tests.fakes.film import film

MOVIE = 1
OTHER_DISK = Path("/dev/shm")
THEIRS = "theirs"
"""Where people have files of their own."""
VERSIONS = {"first": "720p", "better": "1080p", "other": "1080p"}
"""The second replaces the first; the third gets the name of the second."""

Act = Callable[[Engine, Path], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Stage:
    """``before`` is carried out undisturbed, then ``act`` is what is killed."""

    name: str
    before: tuple[Act, ...]
    act: Act
    does: str = ""
    """What of the journal: a kind, ``undo of`` one, or nothing. The scene makes sure of it."""
    copies: bool = False
    """Downloads and library lie on two disks."""
    goes_on: Act | None = None
    """What the next start does by itself: then what was begun comes to its end, however far it was."""


def source(root: Path, version: str) -> Path:
    """A download."""
    return root / "downloads" / version / f"Static.Bloom.2024.{VERSIONS[version]}.BluRay.x264-KITE.mkv"


def take(version: str) -> Act:
    """Import a download, with its subtitle."""

    async def act(engine: Engine, root: Path) -> None:
        await engine.imports.file(str(source(root, version).parent), MOVIE)

    return act


async def undo(engine: Engine, root: Path) -> None:
    """Take back what was done last; what took something back is done itself."""
    newest = await engine.undo.operations(MOVIE)
    await engine.undo.undo(next(one.operation.id for one in newest if one.operation.state is OperationState.DONE))


async def remove(engine: Engine, root: Path) -> None:
    """Take the movie out, with its files."""
    await engine.movies.remove(MOVIE, delete_files=True)


async def name_otherwise(engine: Engine, root: Path) -> None:
    """From now on files and folders are to have other names."""
    media = await engine.settings.media()
    naming = replace(media.naming, folder="{Release Year} {Movie Title}", file="{Movie Title} [{Quality Full}]")
    await engine.settings.save_media(replace(media, naming=naming))


async def rename(engine: Engine, root: Path) -> None:
    """Give everything the name it is to have."""
    preview = await engine.renaming.preview()
    await engine.jobs.start()
    await engine.renaming.carry_out(preview, yes=True)
    await engine.jobs.idle()
    await engine.jobs.stop()


async def download(engine: Engine, root: Path) -> None:
    """Something is under way."""
    movie, title = await engine.movies.get(MOVIE), source(root, "first").stem
    parsed, now = parse_release(title), datetime.now(UTC)
    offered = Candidate(Release("1", title, size=9, seeders=1, info_hash="a" * 40), parsed, 1, "HDB")

    def begin() -> None:
        (seen,) = releases.remember([offered], now)
        state, hashes = GrabState.DOWNLOADING, ("a" * 40,)
        grab = (0, MOVIE, movie.slot.id, seen.release_id, 0, title, hashes, parsed, 5, 9, "HDB", state, now, "c1")
        grabs.insert(Grab(*grab))

    await engine.db.run(begin)


async def give_up(engine: Engine, root: Path) -> None:
    """It fails: the queue, the history, the blocklist and what is to follow change together."""
    (item,) = await engine.downloads.queue()
    await engine.failures.fail(item.grab.id, Reason.DOWNLOAD_STALLED, "It stalled.", follow=True)


STAGES = (
    Stage("import by link", (), take("first"), "import"),
    Stage("import by copy", (), take("first"), "import", copies=True),
    Stage("upgrade", (take("first"),), take("better"), "import"),
    Stage("upgrade by copy", (take("first"),), take("better"), "import", copies=True),
    Stage("upgrade to the same name", (take("better"),), take("other"), "import"),
    Stage("removal", (take("first"),), remove, "delete"),
    Stage("undo of an import", (take("first"),), undo, "undo of import"),
    Stage("undo of an upgrade", (take("first"), take("better")), undo, "undo of import"),
    Stage("undo of an upgrade to the same name", (take("better"), take("other")), undo, "undo of import"),
    Stage("undo of a removal", (take("first"), remove), undo, "undo of delete"),
    Stage("undo of an undo", (take("first"), take("better"), undo), undo, "undo of undo"),
    Stage("giving up a download", (download,), give_up),
    Stage("renaming", (take("first"), take("better"), name_otherwise), rename, "rename"),
    Stage("undo of a renaming", (take("first"), name_otherwise, rename), undo, "undo of rename"),
)


def lay_out(root: Path, *, elsewhere: Sequence[str]) -> None:
    """Downloads, an empty library, room for the program's data: no file is like another one.

    Folders that are named in ``elsewhere`` lie on another disk.
    """
    for name in ("library", "downloads", "data", THEIRS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if name in elsewhere:
            (root / name).symlink_to(tempfile.mkdtemp(prefix="rd-crash-", dir=OTHER_DISK))
        else:
            (root / name).mkdir()
    for version, lines in VERSIONS.items():
        path = source(root, version)
        path.parent.mkdir()
        picture = (1280, 536) if lines == "720p" else (1920, 800)
        path.write_bytes(film(version.encode(), minutes=100, picture=picture))
        path.with_suffix(".en.srt").write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{version}\n")


def clear_away(root: Path) -> None:
    """All of it, wherever it lies."""
    for path in root.iterdir():
        if path.is_symlink():
            shutil.rmtree(path.resolve())
    shutil.rmtree(root)


async def opened(root: Path) -> Engine:
    """The engine after a start, with all that a crash had interrupted ended; no service runs."""
    paths = Paths.default(root / "data")
    engine = Engine(paths, "0", secret_store=EncryptedFile(paths))
    await engine.open()
    await engine.recover()
    return engine


async def closed(engine: Engine) -> None:
    """Let everybody hear what happened, then end."""
    await engine.bus.drain()
    await engine.prober.close()
    await engine.db.close()


async def add_movie(engine: Engine, root: Path) -> None:
    """The one movie there is."""
    await engine.profiles.add(make_profile("Any", ["Bluray-720p", "Bluray-1080p"], "Bluray-1080p", upgrades=True))
    profile, library = (await engine.profiles.all())[0], str(root / "library")
    await engine.settings.save_media(MediaSettings(allow_copies=True, minimum_free_mb=0))
    info = MovieInfo(tmdb_id=MOVIE, title="Static Bloom", year=2024, runtime=100)
    movie = Movie(0, info, (Slot(0, "", profile.id, library),), f"{library}/Static Bloom (2024)")

    def add() -> None:
        movies.insert(Movie(0, info, movie.slots, movie.folder, added=datetime.now(UTC)))

    await engine.db.run(add)
