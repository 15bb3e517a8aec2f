"""What an error, a finding in a file, a download's state or somebody's words mean, as a ``Reason``."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from radarr_desktop.domain.failures import Failure, Reason, reason_of
from radarr_desktop.domain.media import Finding
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.torrent import MagnetError, TorrentError
from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    NotFound,
    PluginError,
    RateLimited,
    Rejected,
    ServerFault,
    TimedOut,
    Unreachable,
)

_ERRORS: tuple[tuple[type[BaseException], Reason], ...] = (
    (TimedOut, Reason.CONNECTION_TIMEOUT),
    (ServerFault, Reason.SERVER_ERROR),
    (BadAnswer, Reason.SERVER_ERROR),
    (Unreachable, Reason.NETWORK_ERROR),
    (RateLimited, Reason.RATE_LIMITED),
    (LoginFailed, Reason.AUTHENTICATION_FAILED),
    (NotFound, Reason.RELEASE_PURGED),
    (Rejected, Reason.DOWNLOAD_CLIENT_ERROR),
    (TorrentError, Reason.PARSE_ERROR),
    (MagnetError, Reason.PARSE_ERROR),
    (TimeoutError, Reason.CONNECTION_TIMEOUT),
    (ConnectionError, Reason.NETWORK_ERROR),
)
_KINDS: dict[Kind, Reason] = {
    Kind.NOT_FOUND: Reason.IMPORT_FAILED,
    Kind.CONFLICT: Reason.IMPORT_FAILED,
    Kind.BAD_INPUT: Reason.PARSE_ERROR,
    Kind.LOGIN: Reason.AUTHENTICATION_FAILED,
    Kind.UNREACHABLE: Reason.NETWORK_ERROR,
    Kind.RATE_LIMITED: Reason.RATE_LIMITED,
    Kind.REFUSED: Reason.IMPORT_FAILED,
    Kind.DISK_FULL: Reason.DISK_FULL,
    Kind.CANNOT_LINK: Reason.IMPORT_FAILED,
    Kind.STORAGE: Reason.STORAGE_ERROR,
    Kind.INTERNAL: Reason.PROGRAM_ERROR,
}
_ERRNOS: dict[int, Reason] = {
    errno.ENOSPC: Reason.DISK_FULL,
    errno.EDQUOT: Reason.DISK_FULL,
    errno.EACCES: Reason.PERMISSION_DENIED,
    errno.EPERM: Reason.PERMISSION_DENIED,
    errno.EROFS: Reason.PERMISSION_DENIED,
    errno.ETIMEDOUT: Reason.CONNECTION_TIMEOUT,
    errno.ECONNREFUSED: Reason.NETWORK_ERROR,
    errno.ECONNRESET: Reason.NETWORK_ERROR,
    errno.ECONNABORTED: Reason.NETWORK_ERROR,
    errno.EPIPE: Reason.NETWORK_ERROR,
    errno.ENETDOWN: Reason.NETWORK_ERROR,
    errno.ENETUNREACH: Reason.NETWORK_ERROR,
    errno.EHOSTDOWN: Reason.NETWORK_ERROR,
    errno.EHOSTUNREACH: Reason.NETWORK_ERROR,
    errno.ENOENT: Reason.FILES_MISSING,
    errno.EXDEV: Reason.IMPORT_FAILED,
    errno.EMLINK: Reason.IMPORT_FAILED,
    errno.EEXIST: Reason.IMPORT_FAILED,
    errno.ENAMETOOLONG: Reason.IMPORT_FAILED,
}
"""All others are the disk's trouble."""
_FINDINGS: dict[Finding, Reason] = {
    Finding.GONE: Reason.FILES_MISSING,
    Finding.UNREADABLE: Reason.PERMISSION_DENIED,
    Finding.NOT_REGULAR: Reason.DANGEROUS_CONTENT,
    Finding.EMPTY: Reason.CORRUPTED_DOWNLOAD,
    Finding.NOT_MEDIA: Reason.CORRUPTED_DOWNLOAD,
    Finding.NO_VIDEO: Reason.NO_VIDEO,
    Finding.NO_DURATION: Reason.CORRUPTED_DOWNLOAD,
    Finding.TRUNCATED: Reason.CORRUPTED_DOWNLOAD,
    Finding.IMPLAUSIBLE: Reason.DANGEROUS_CONTENT,
    Finding.TOO_MUCH_READING: Reason.DANGEROUS_CONTENT,
    Finding.TOO_SLOW: Reason.STORAGE_ERROR,
    Finding.TOO_MUCH_MEMORY: Reason.DANGEROUS_CONTENT,
    Finding.CRASHED: Reason.DANGEROUS_CONTENT,
    Finding.NO_READER: Reason.PROGRAM_ERROR,
}
_WORDS: dict[str, Reason] = {
    r"un-?regist|not regist|unknown torrent|trumped|pack is available": Reason.UNREGISTERED_TORRENT,
    r"torrent (is |was |has been )?(not found|deleted|nuked|does ?n[o']t exist)": Reason.UNREGISTERED_TORRENT,
    r"info_?hash.{0,12}not (found|authori|regist)|not authori[sz]ed for use": Reason.UNREGISTERED_TORRENT,
    r"pass_?key|unauthori[sz]ed|not logged|invalid key": Reason.AUTHENTICATION_FAILED,
    r"account.{0,20}(disabled|banned)": Reason.AUTHENTICATION_FAILED,
    r"rate.?limit|too many (requests|announces)|slow down|\b429\b": Reason.RATE_LIMITED,
    r"no space|disk.{0,10}full|quota": Reason.DISK_FULL,
    r"read-only|permission|access (is )?denied": Reason.PERMISSION_DENIED,
    r"download folder .* is missing": Reason.PATH_NOT_FOUND,
    r"miss(es|ing).{0,12}file|file.{0,20}(miss|gone|not found)": Reason.FILES_MISSING,
    r"hash.{0,20}(mismatch|fail|differ)|piece.{0,20}fail": Reason.HASH_MISMATCH,
    r"timed? ?-?out": Reason.CONNECTION_TIMEOUT,
    r"\b50[234]\b|bad gateway|unavailable": Reason.SERVER_ERROR,
    r"refused|unreachable|reset by|could ?n[o']t connect|name or service|resol": Reason.NETWORK_ERROR,
}
"""What clients and trackers write; the first that fits counts."""
_MESSAGES = [(re.compile(words, re.IGNORECASE), reason) for words, reason in _WORDS.items()]
LONGEST_MESSAGE = 500
"""Characters of a stranger's words that are looked through."""


def of_error(fault: BaseException) -> Reason:
    """What an error means; the fault behind it may know more."""
    for each in causes(fault):
        if isinstance(each, Problem) and (told := reason_of(each.cause)):
            return told
        if isinstance(each, OSError) and each.errno is not None:
            return _ERRNOS.get(each.errno, Reason.STORAGE_ERROR)
        # the plain error says least: what it was raised from may be one of its kinds
        found = next((reason for kind, reason in _ERRORS if isinstance(each, kind)), None)
        if found and not (type(each) is Unreachable and isinstance(each.__cause__, PluginError | OSError)):
            return found
    return _KINDS[fault.kind] if isinstance(fault, Problem) else Reason.PROGRAM_ERROR


def of_problem(problem: Problem) -> Failure:
    """A problem as a failure; the kind of a failed import is kept beside it."""
    reason = of_error(problem)
    return Failure(reason, str(problem), problem.kind.value if reason is Reason.IMPORT_FAILED else "")


def of_finding(finding: Finding) -> Reason:
    """What is wrong with a file."""
    return _FINDINGS[finding]


def of_message(words: str, otherwise: Reason) -> Reason:
    """What a client or tracker says in words of its own."""
    words = words[:LONGEST_MESSAGE]
    return next((reason for pattern, reason in _MESSAGES if pattern.search(words)), otherwise)


def causes(fault: BaseException) -> Iterator[BaseException]:
    """The fault and those behind it; no further than a chain that strangers made can be trusted."""
    seen: BaseException | None = fault
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__
