"""Download clients: what fetches a torrent's files."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from radarr_desktop.plugin_api.plugin import Plugin, S


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


@dataclass(frozen=True, slots=True)
class Torrent:
    """What a client is asked to fetch: the .torrent's bytes when there are any, else the magnet link."""

    name: str
    hashes: tuple[str, ...]
    """Lower-case hex: the v1 hash (40) and/or the v2 hash (64); the first one names the torrent."""
    data: bytes = b""
    magnet: str = ""


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


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """One file of a torrent; ``path`` is relative to the download's folder, with forward slashes."""

    path: str
    size: int
    progress: float = 0.0
    wanted: bool = field(default=True)


class DownloadClient(Plugin[S]):
    """A torrent client. Ids given to the methods may be any hash the torrent goes by."""

    @abstractmethod
    async def add(self, torrent: Torrent) -> str:
        """Start fetching; the client's id. Adding what is already there is no error and returns its id."""

    @abstractmethod
    async def downloads(self) -> Sequence[Download]:
        """All torrents that belong to this program (its category or its own session)."""

    @abstractmethod
    async def files(self, id: str) -> Sequence[DownloadFile]:
        """The files of one torrent; empty while a magnet's metadata is missing. Raises ``NotFound``."""

    @abstractmethod
    async def remove(self, id: str, *, delete_files: bool) -> None:
        """Forget the torrent; removing what is not there is no error."""

    @abstractmethod
    async def pause(self, id: str) -> None:
        """Stop transferring. Raises ``NotFound``."""

    @abstractmethod
    async def resume(self, id: str) -> None:
        """Go on transferring. Raises ``NotFound``."""
