"""Why a download, or a step on its way, failed: one word for each reason, and what is done about it.

What an error, a download or a look into a file means is read in ``failure_reading``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """What went wrong. The words are kept in the database and told to other programs."""

    CONNECTION_TIMEOUT = "ConnectionTimeout"
    NETWORK_ERROR = "NetworkError"
    SERVER_ERROR = "ServerError"
    RATE_LIMITED = "RateLimited"
    AUTHENTICATION_FAILED = "AuthenticationFailed"
    PERMISSION_DENIED = "PermissionDenied"
    DISK_FULL = "DiskFull"
    STORAGE_ERROR = "StorageError"
    PATH_NOT_FOUND = "PathNotFound"
    """The client calls its folder by a name that means nothing here, or its disk is away."""
    DOWNLOAD_STALLED = "DownloadStalled"
    DOWNLOAD_SLOW = "DownloadSlow"
    METADATA_MISSING = "MetadataMissing"
    """A magnet link that never became a torrent."""
    INCOMPLETE = "Incomplete"
    """All that have it together do not have all of it."""
    HASH_MISMATCH = "HashMismatch"
    CORRUPTED_DOWNLOAD = "CorruptedDownload"
    DOWNLOAD_CLIENT_ERROR = "DownloadClientError"
    FILES_MISSING = "FilesMissing"
    REMOVED_IN_CLIENT = "RemovedInClient"
    UNREGISTERED_TORRENT = "UnregisteredTorrent"
    """Its tracker does not know it any more."""
    RELEASE_PURGED = "ReleasePurged"
    """Its indexer does not have it any more."""
    IMPORT_FAILED = "ImportFailed"
    """With the kind of the problem, see ``Failure``."""
    PARSE_ERROR = "ParseError"
    QUALITY_REJECTED = "QualityRejected"
    SIZE_REJECTED = "SizeRejected"
    EXCLUSION_MATCHED = "ExclusionMatched"
    DANGEROUS_CONTENT = "DangerousContent"
    NO_VIDEO = "NoVideo"
    PACKED = "Packed"
    """Only archives."""
    SEVERAL_MOVIES = "SeveralMovies"
    WRONG_MOVIE = "WrongMovie"
    MANUALLY_REJECTED = "ManuallyRejected"
    PROGRAM_ERROR = "ProgramError"


class Blame(StrEnum):
    """Whose fault it is, and so who must do something about it."""

    RELEASE = "release"
    """Another one may do: it is blocked, the next best is taken."""
    WORLD = "world"
    """Time heals it: the same is tried again."""
    USER = "user"
    """Only a person can mend it, or wanted it so."""


FOREVER = timedelta.max
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Strategy:
    """What is done about a reason."""

    label: str
    """For people, in statistics."""
    blame: Blame
    attempts: int = 1
    """How often the same release may fail so. The last time blocks it for good, if it is blocked at all."""
    pause: timedelta = timedelta()
    """Before the second attempt; it doubles with each further one."""
    longest: timedelta = timedelta()
    """The longest pause."""
    block: timedelta | None = None
    """How long it is blocked after the first time, twice as long after each further one; None: never."""

    def pause_after(self, attempt: int) -> timedelta:
        """How long to wait after the ``attempt``-th failure."""
        return min(self.longest, self.pause * (1 << min(20, max(0, attempt - 1))))

    def blocked_until(self, attempt: int, now: datetime) -> datetime | None:
        """When the block of the ``attempt``-th failure ends; None: never."""
        if self.block is None or self.block is FOREVER or attempt >= self.attempts:
            return None
        return now + self.block * (1 << min(10, max(0, attempt - 1)))


def _release(label: str, block: timedelta, attempts: int = 1) -> Strategy:
    return Strategy(label, Blame.RELEASE, attempts, block=block)


def _world(label: str, pause: timedelta, longest: timedelta = HOUR, attempts: int = 5) -> Strategy:
    return Strategy(label, Blame.WORLD, attempts, pause, longest)


def _user(label: str, block: timedelta | None = None) -> Strategy:
    return Strategy(label, Blame.USER, block=block)


_SHORT = timedelta(seconds=5)

STRATEGIES: dict[Reason, Strategy] = {
    Reason.CONNECTION_TIMEOUT: _world("No answer in time", _SHORT),
    Reason.NETWORK_ERROR: _world("Network trouble", _SHORT),
    Reason.SERVER_ERROR: _world("Service trouble", _SHORT),
    Reason.RATE_LIMITED: _world("Asked to slow down", _SHORT, DAY),
    Reason.AUTHENTICATION_FAILED: _user("Login refused"),
    Reason.PERMISSION_DENIED: _user("Access denied"),
    Reason.DISK_FULL: _world("Disk full", _SHORT, HOUR),
    Reason.STORAGE_ERROR: _world("Disk trouble", _SHORT),
    Reason.PATH_NOT_FOUND: _user("Folder not found here"),
    Reason.DOWNLOAD_STALLED: _release("Stalled", 7 * DAY, 3),
    Reason.DOWNLOAD_SLOW: _release("Too slow", 3 * DAY, 3),
    Reason.METADATA_MISSING: _release("No metadata", 3 * DAY, 3),
    Reason.INCOMPLETE: _release("Incomplete in the swarm", 7 * DAY, 3),
    Reason.HASH_MISMATCH: _release("Another torrent than listed", FOREVER),
    Reason.CORRUPTED_DOWNLOAD: _release("Damaged", 30 * DAY, 2),
    Reason.DOWNLOAD_CLIENT_ERROR: Strategy("Client trouble", Blame.WORLD, 3, MINUTE, HOUR, block=DAY),
    Reason.FILES_MISSING: _user("Files taken away"),
    Reason.REMOVED_IN_CLIENT: _user("Removed in the client"),
    Reason.UNREGISTERED_TORRENT: _release("Not registered any more", FOREVER),
    Reason.RELEASE_PURGED: _release("Gone from its indexer", 7 * DAY, 3),
    Reason.IMPORT_FAILED: _user("Import failed"),
    Reason.PARSE_ERROR: _release("Cannot be read", 30 * DAY, 2),
    Reason.QUALITY_REJECTED: _release("Other quality than named", FOREVER),
    Reason.SIZE_REJECTED: _release("Size cannot be", FOREVER),
    Reason.EXCLUSION_MATCHED: Strategy("Excluded by your rules", Blame.RELEASE),
    Reason.DANGEROUS_CONTENT: _release("Dangerous content", FOREVER),
    Reason.NO_VIDEO: _release("No video", FOREVER),
    Reason.PACKED: _release("Only archives", FOREVER),
    Reason.SEVERAL_MOVIES: _release("Several movies", FOREVER),
    Reason.WRONG_MOVIE: _release("Wrong movie", FOREVER),
    Reason.MANUALLY_REJECTED: _user("Blocked by you", FOREVER),
    Reason.PROGRAM_ERROR: _world("Mistake of this program", _SHORT),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure, as it is remembered."""

    reason: Reason
    sentence: str
    """For people: what happened and why."""
    kind: str = ""
    """Of a failed import: the kind of its problem."""

    @property
    def code(self) -> str:
        """The machine's word: ``DownloadStalled``, ``ImportFailed(cannot_link)``."""
        return f"{self.reason.value}({self.kind})" if self.kind else self.reason.value

    @property
    def strategy(self) -> Strategy:
        """What is done about it."""
        return STRATEGIES[self.reason]


def reason_of(code: str) -> Reason | None:
    """The reason in a code; None for what no version of this program wrote, or an older one without codes."""
    word = code.partition("(")[0]
    return Reason(word) if word in _WORDS else None


_WORDS = {reason.value for reason in Reason}


def label_of(code: str) -> str:
    """A code in people's words."""
    reason = reason_of(code)
    return STRATEGIES[reason].label if reason else "Other reasons"
