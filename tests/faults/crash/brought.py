"""Stages of what people bring: a collection of their own, a file in a watched folder, a file they point at."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.imports.told import Wish
from radarr_desktop.engine.inbox.inbox import Inbox
from radarr_desktop.engine.inbox.taking import Taking
from radarr_desktop.engine.library import collection
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.store import watching
from tests.fakes.film import film
from tests.faults.crash.stages import MOVIE, THEIRS, Act, Stage

NAME = "Static.Bloom.2024.1080p.BluRay.x264-KITE.mkv"
PLACES = (
    "Amber Lantern (2011)/Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv",
    "Iron Garden (1999)/Iron.Garden.1999.720p.BluRay.x264-KITE.mkv",
    "Paper.Harbour.2007.720p.WEB-DL.mkv",
    "M to Z/Salt Voyage (2003)/Salt.Voyage.2003.1080p.WEB-DL.mkv",
    "M to Z/Velvet Tide (2015)/Velvet.Tide.2015.1080p.BluRay.x264-TIDE.mkv",
    "Holidays/DSC0001.mkv",
)
"""Folders, a file, a folder of folders, and one that nobody knows."""
FILMS = (("Amber Lantern", 2011), ("Iron Garden", 1999), ("Paper Harbour", 2007), ("Salt Voyage", 2003))
"""That the source knows; what it does not know is told and not adopted."""
REST, PATIENCE = 0.02, 60.0
"""Seconds between two looks of the inbox, and that it may take."""
_SOURCE = Path(__file__).parents[2] / "fakes" / "quick_films.py"


@asynccontextmanager
async def _at_work(engine: Engine) -> AsyncIterator[None]:
    """Plugins and jobs, as after a start."""
    await engine.plugins.start()
    await engine.jobs.start()
    yield
    await engine.jobs.idle()
    await engine.jobs.stop()
    await engine.plugins.stop()


async def lay_out_collection(engine: Engine, root: Path) -> None:
    """Movies of people, and a source that knows most of them."""
    for place in PLACES:
        path = root / THEIRS / "collection" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(film(place.encode(), minutes=90))
    subtitle = (root / THEIRS / "collection" / PLACES[0]).with_suffix(".en.srt")
    subtitle.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    rows = [[10 + number, title, year, f"tt{10 + number:07}", 90] for number, (title, year) in enumerate(FILMS)]
    (root / "films").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    plugins = root / "data" / "config" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    shutil.copy(_SOURCE, plugins)
    await engine.plugins.start()
    await engine.plugins.save(Draft(PluginKind.METADATA, "quick_films", "Quick", {"films": str(root / "films")}))
    await engine.plugins.stop()


async def scan(engine: Engine, root: Path) -> None:
    """Find out what there is."""
    async with _at_work(engine):
        await engine.collection.start(str(root / THEIRS / "collection"))


async def adopt(engine: Engine, root: Path) -> None:
    """Take what is certain into the library, as it lies."""
    async with _at_work(engine):
        (found,) = await engine.collection.scans()
        await engine.collection.adopt(found.id)


async def give_back(engine: Engine, root: Path) -> None:
    """Take what was adopted out of the library again."""
    async with _at_work(engine):
        adoption = next(job for job in await engine.jobs.all() if job.kind == collection.ADOPT)
        await engine.collection.undo_adoption(adoption.id)


async def go_on(engine: Engine, root: Path) -> None:
    """What waits in the queue is done."""
    async with _at_work(engine):
        pass


async def bring_a_file(engine: Engine, root: Path) -> None:
    """It lies somewhere."""
    path = root / THEIRS / "from a friend" / NAME
    path.parent.mkdir()
    path.write_bytes(film(b"brought", minutes=100))


async def import_it(engine: Engine, root: Path) -> None:
    """By hand, and it is not to stay where it lies."""
    async with _at_work(engine):
        await engine.manual.take([Wish(str(root / THEIRS / "from a friend" / NAME), MOVIE)], mode="move")


def drop(afterwards: Afterwards) -> Act:
    """A file lies in a watched folder."""

    async def act(engine: Engine, root: Path) -> None:
        path = root / THEIRS / "inbox" / NAME
        path.parent.mkdir()
        path.write_bytes(film(b"dropped", minutes=100))
        folder = WatchFolder(0, str(path.parent), torrents=False, media=True, afterwards=afterwards)
        await engine.watch_folders.add(folder)

    return act


async def look_into_the_inbox(engine: Engine, root: Path) -> None:
    """Until the file was taken or refused."""
    inbox = Inbox(
        engine.db, engine.bus, engine.jobs, Taking(engine.db, engine.search, lambda: engine.manual), rest=REST
    )
    inbox.start()
    deadline = time.monotonic() + PATIENCE
    while (root / THEIRS / "inbox" / NAME).exists() and not await engine.db.read(_told):
        assert time.monotonic() < deadline, "nobody took what was dropped"
        await asyncio.sleep(REST)
    await inbox.stop()


def _told() -> bool:
    return any(watching.told(folder.id) for folder in watching.folders())


BROUGHT = (
    Stage("scan of a collection", (lay_out_collection,), scan, goes_on=go_on),
    Stage("adoption of a collection", (lay_out_collection, scan), adopt, goes_on=go_on),
    Stage("undo of an adoption", (lay_out_collection, scan, adopt), give_back, "delete", goes_on=go_on),
    Stage("import by hand", (bring_a_file,), import_it, "import", goes_on=go_on),
    Stage("import by hand, by copy", (bring_a_file,), import_it, "import", copies=True, goes_on=go_on),
    *(
        Stage(
            f"a watched folder, {how.value} afterwards",
            (drop(how),),
            look_into_the_inbox,
            "import",
            goes_on=look_into_the_inbox,
        )
        for how in Afterwards
    ),
)
