"""Download clients: what fetches a torrent's files."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from radarr_desktop.plugin_api.errors import Rejected
from radarr_desktop.plugin_api.plugin import Plugin, S, Settings


class DownloadState(StrEnum):
    """What a client does with a torrent; ``COMPLETED`` only when every wanted file lies at its final place."""

    QUEUED = "queued"
    METADATA = "metadata"
    DOWNLOADING = "downloading"
    STALLED = "stalled"
    PAUSED = "paused"
    CHECKING = "checking"
    MOVING = "moving"
    COMPLETED = "completed"
    ERROR = "error"


class Start(StrEnum):
    """How a torrent begins; a forced one does not wait in the client's queue.

    ``METADATA`` finds out what a magnet link's files are, then stops before a byte of them is fetched. A client that
    cannot do that fetches on: whoever asked for it stops it.
    """

    RUNNING = "running"
    STOPPED = "stopped"
    FORCED = "forced"
    METADATA = "metadata"


class InitialState(StrEnum):
    """How new torrents begin, in the settings of a client."""

    RUNNING = "running"
    STOPPED = "stopped"
    FORCED = "forced"


class DownloadClientSettings(Settings):
    """What users want of their torrents, whatever the client; settings derive from it to offer this."""

    initial_state: InitialState = Field(
        default=InitialState.RUNNING,
        title="Initial state",
        description="Of new torrents; a forced one does not wait in the client's queue.",
        json_schema_extra={"advanced": True},
    )
    sequential: bool = Field(
        default=False,
        title="In order",
        description="Fetch from the first piece to the last; slower for the swarm.",
        json_schema_extra={"advanced": True},
    )
    ratio: float | None = Field(
        default=None,
        ge=0,
        le=1000,
        title="Seeding ratio",
        description="It stops when it has given so much, unless its indexer has a goal. Empty: the client's own.",
        json_schema_extra={"advanced": True},
    )
    seeding_minutes: int | None = Field(
        default=None,
        ge=0,
        le=5_000_000,
        title="Seeding time",
        description="Minutes after which it stops, unless its indexer has a goal. Empty: the client's own.",
        json_schema_extra={"advanced": True},
    )
    torrent_download_limit: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        title="Download limit of each",
        description="KB/s for each new torrent, 0 for none.",
        json_schema_extra={"advanced": True},
    )
    torrent_upload_limit: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        title="Upload limit of each",
        description="KB/s for each new torrent, 0 for none.",
        json_schema_extra={"advanced": True},
    )
    remove_completed: bool = Field(
        default=False,
        title="Remove when done",
        description="Torrents go with their files once they are imported and have reached their seeding goal.",
        json_schema_extra={"advanced": True},
    )
    remove_failed: bool = Field(
        default=True,
        title="Remove failed",
        description="Torrents that were given up go with their files.",
        json_schema_extra={"advanced": True},
    )


class Order(StrEnum):
    """What a client can be told about torrents it has; one that nothing waits in has nothing to do for the first four.

    ``IMPORTED`` says that the files are in the library: the client may file the torrent elsewhere.
    """

    FIRST = "first"
    LAST = "last"
    FORCE = "force"
    UNFORCE = "unforce"
    RECHECK = "recheck"
    REANNOUNCE = "reannounce"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Terms:
    """How one torrent is fetched, and how long it is seeded; it stops, and stays, when either goal is reached."""

    start: Start = Start.RUNNING
    first: bool = False
    """Ahead of all that waits in the client's queue."""
    sequential: bool = False
    ratio: float | None = None
    """None leaves it to the client's own settings."""
    seeding_minutes: int | None = None
    download_limit: int = 0
    """Bytes a second, 0 for none."""
    upload_limit: int = 0


@dataclass(frozen=True, slots=True)
class Torrent:
    """What a client is asked to fetch: the .torrent's bytes when there are any, else the magnet link, else the address.

    An address is only for a client that reaches what this program does not; one that cannot fetch it raises
    ``Rejected``.
    """

    name: str
    hashes: tuple[str, ...]
    """Lower-case hex: the v1 hash (40) and/or the v2 hash (64); the first one names the torrent. Behind an address
    they may be unknown."""
    data: bytes = b""
    magnet: str = ""
    url: str = field(default="", repr=False)
    """Of a .torrent; it may hold a passkey."""
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class Download:
    """One torrent in a client, as it is now."""

    id: str
    """The client's own id; lower-case hex."""
    hashes: frozenset[str]
    """Every hash it goes by, lower-case hex (v1 40, v2 64, v2 cut to 40)."""
    name: str
    state: DownloadState
    progress: float = 0.0
    """0 to 1."""
    size: int = 0
    left: int = 0
    """Bytes."""
    speed: int = 0
    """Bytes a second."""
    upload_speed: int = 0
    seeds: int = 0
    peers: int = 0
    eta: int | None = None
    """Seconds, None when unknown."""
    folder: str = ""
    """The save path as the client sees it."""
    ratio: float = 0.0
    message: str = ""
    """What is wrong, in the client's words."""
    is_stopped: bool = False
    """Nothing comes or goes until somebody resumes it; a completed one has reached its seeding goal, or was paused."""
    availability: float | None = None
    """How many whole copies the connected peers and we have together; None where the client does not tell."""
    seeding: int = 0
    """Seconds it has been seeded."""
    goal_reached: bool = False
    """Has it given what was asked of it?"""
    private: bool | None = None
    """Is its tracker a private one? None where the client does not tell."""
    place: int = 0
    """In the client's queue, 1 is next; 0 when it waits in none."""


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """One file of a torrent; ``path`` is relative to the download's folder, with forward slashes."""

    path: str
    size: int
    progress: float = 0.0
    wanted: bool = field(default=True)


@dataclass(frozen=True, slots=True)
class Program:
    """Another program that may be installed on this machine."""

    executable: str
    application: str = ""
    """What desktops call it, as in ``org.example.Player``: Flatpaks and menu entries go by that."""
    has_window: bool = True
    """Does it need a display?"""


class DownloadClient(Plugin[S]):
    """A torrent client. Ids given to the methods may be any hash the torrent goes by.

    What takes several ids does its work on all that are there, in as few requests as it can, then raises ``NotFound``
    for the others.
    """

    programs: ClassVar[tuple[Program, ...]] = ()
    """What it is a client of, the usual one first: started on request where ``host`` is this machine."""

    @property
    def host(self) -> str:
        """The machine it runs on, as its address names it; empty: this one, its folders have the same names here."""
        return ""

    @abstractmethod
    async def add(self, torrent: Torrent) -> str:
        """Start fetching; the client's id. Adding what is there is no error, returns its id, changes no terms."""

    @abstractmethod
    async def downloads(self) -> Sequence[Download]:
        """All torrents that belong to this program (its category or its own session)."""

    @abstractmethod
    async def files(self, id: str) -> Sequence[DownloadFile]:
        """The files of one torrent; empty while a magnet's metadata is missing. Raises ``NotFound``."""

    @abstractmethod
    async def remove(self, *ids: str, delete_files: bool) -> None:
        """Forget the torrents; removing what is not there is no error."""

    @abstractmethod
    async def pause(self, *ids: str) -> None:
        """Stop transferring. Raises ``NotFound``."""

    @abstractmethod
    async def resume(self, *ids: str) -> None:
        """Go on transferring. Raises ``NotFound``."""

    async def slowed(self) -> bool | None:
        """Do its lower limits hold, which it keeps for when others need the line? None where it has none."""
        return None

    async def slow_down(self, *, slow: bool) -> None:
        """Let the lower limits hold, or the usual ones again, over restarts too; what is so already stays so."""
        raise Rejected("This client has no lower limits.")

    async def complaint(self, id: str) -> str:
        """What its trackers refuse a torrent with, in their words; empty while one of them takes it, or none spoke."""
        return ""

    async def sharing(self, id: str) -> Sequence[str]:
        """Names of the other torrents, also of those that are not this program's, that have files at the same paths."""
        others = {download.id: download for download in await self.downloads()}
        mine = next((one for one in others.values() if id in one.hashes), None)
        if mine is None:
            return []
        files = {file.path for file in await self.files(id)}
        beside = [one for one in others.values() if one.id != mine.id and one.folder == mine.folder]
        return [one.name for one in beside if any(file.path in files for file in await self.files(one.id))]

    @abstractmethod
    async def order(self, order: Order, *ids: str) -> None:
        """Do this with the torrents. Raises ``NotFound``."""
