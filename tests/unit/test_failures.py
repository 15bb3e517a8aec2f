"""The reasons of failures: each error has one, each one has a strategy."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.domain.failure_reading import of_error, of_finding, of_message, of_problem
from radarr_desktop.domain.failures import STRATEGIES, Blame, Failure, Reason, label_of, reason_of
from radarr_desktop.domain.media import Finding
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.torrent import read_torrent
from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    NotFound,
    RateLimited,
    Rejected,
    ServerFault,
    TimedOut,
    Unreachable,
)

NOW = datetime(2026, 11, 28, tzinfo=UTC)
WANTED = """
    ConnectionTimeout NetworkError ServerError RateLimited AuthenticationFailed PermissionDenied DownloadStalled
    HashMismatch CorruptedDownload DownloadClientError ImportFailed DiskFull ParseError QualityRejected SizeRejected
    ManuallyRejected ExclusionMatched ReleasePurged
"""


def test_every_reason_has_a_strategy_and_a_label_of_its_own() -> None:
    assert set(STRATEGIES) == set(Reason)
    assert set(WANTED.split()) <= {reason.value for reason in Reason}
    labels = [strategy.label for strategy in STRATEGIES.values()]
    assert len(labels) == len(set(labels))


def test_the_world_is_waited_for_and_the_release_blocked() -> None:
    for reason, strategy in STRATEGIES.items():
        if strategy.blame is Blame.WORLD:
            assert strategy.pause_after(1) > timedelta(), reason
            assert strategy.attempts > 1, reason
        else:
            assert strategy.pause_after(1) == timedelta(), reason
        if strategy.blame is Blame.RELEASE and reason is not Reason.EXCLUSION_MATCHED:
            assert strategy.block is not None, reason


def test_pauses_double_up_to_the_longest() -> None:
    strategy = STRATEGIES[Reason.NETWORK_ERROR]
    pauses = [strategy.pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 4, 40)]
    assert pauses == [5, 10, 20, 40, 3600]


def test_a_block_lasts_longer_each_time_and_the_last_time_for_good() -> None:
    stalled = STRATEGIES[Reason.DOWNLOAD_STALLED]
    assert stalled.blocked_until(1, NOW) == NOW + timedelta(days=7)
    assert stalled.blocked_until(2, NOW) == NOW + timedelta(days=14)
    assert stalled.blocked_until(3, NOW) is None
    assert STRATEGIES[Reason.DANGEROUS_CONTENT].blocked_until(1, NOW) is None


def chained(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (TimedOut("late"), Reason.CONNECTION_TIMEOUT),
        (ServerFault("503"), Reason.SERVER_ERROR),
        (BadAnswer("html"), Reason.SERVER_ERROR),
        (Unreachable("away"), Reason.NETWORK_ERROR),
        (chained(Unreachable("qBittorrent does not answer."), TimedOut("late")), Reason.CONNECTION_TIMEOUT),
        (RateLimited("slow down"), Reason.RATE_LIMITED),
        (LoginFailed("no"), Reason.AUTHENTICATION_FAILED),
        (NotFound("gone"), Reason.RELEASE_PURGED),
        (Rejected("no"), Reason.DOWNLOAD_CLIENT_ERROR),
        (chained(Problem(Kind.UNREACHABLE, "x"), TimedOut("late")), Reason.CONNECTION_TIMEOUT),
        (chained(Problem(Kind.STORAGE, "x"), PermissionError(errno.EACCES, "no")), Reason.PERMISSION_DENIED),
        (Problem(Kind.REFUSED, "x", cause=Reason.SEVERAL_MOVIES), Reason.SEVERAL_MOVIES),
        (Problem(Kind.REFUSED, "x", cause="nonsense"), Reason.IMPORT_FAILED),
        (TimeoutError(), Reason.CONNECTION_TIMEOUT),
        (ConnectionResetError(errno.ECONNRESET, "reset"), Reason.NETWORK_ERROR),
        (ValueError("a bug"), Reason.PROGRAM_ERROR),
    ],
)
def test_what_an_error_means(fault: Exception, reason: Reason) -> None:
    assert of_error(fault) is reason


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_problem_has_a_reason(kind: Kind) -> None:
    failure = of_problem(Problem(kind, "What.", "Why."))
    assert failure.sentence == "What. Why."
    assert (failure.kind == kind.value) is (failure.reason is Reason.IMPORT_FAILED)
    assert reason_of(failure.code) is failure.reason


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_every_fault_of_the_system_has_a_reason(code: int) -> None:
    assert of_error(OSError(code, os.strerror(code))) in STRATEGIES


def test_a_full_disk_is_no_release_s_fault() -> None:
    reason = of_error(OSError(errno.ENOSPC, "No space left on device"))
    assert reason is Reason.DISK_FULL
    assert STRATEGIES[reason].blame is Blame.WORLD


def test_bytes_that_are_no_torrent_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="A web page") as caught:
        read_torrent(b"<html>")
    assert of_error(caught.value) is Reason.PARSE_ERROR


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_a_reason(finding: Finding) -> None:
    assert of_finding(finding) in STRATEGIES


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Unregistered torrent", Reason.UNREGISTERED_TORRENT),
        ("unregistered torrent: trumped", Reason.UNREGISTERED_TORRENT),
        ("Torrent not registered with this tracker.", Reason.UNREGISTERED_TORRENT),
        ("Torrent is not authorized for use on this tracker", Reason.UNREGISTERED_TORRENT),
        ("InfoHash not found.", Reason.UNREGISTERED_TORRENT),
        ("Torrent has been deleted", Reason.UNREGISTERED_TORRENT),
        ("Invalid passkey", Reason.AUTHENTICATION_FAILED),
        ("429 Too Many Requests", Reason.RATE_LIMITED),
        ("file_write (/dl/a.mkv) error: No space left on device", Reason.DISK_FULL),
        ("file_open: Read-only file system", Reason.PERMISSION_DENIED),
        ("qBittorrent misses its files.", Reason.FILES_MISSING),
        ("The download folder /mnt/dl is missing. Connect its disk, or create it again.", Reason.PATH_NOT_FOUND),
        ("piece 12 failed hash check", Reason.HASH_MISMATCH),
        ("Connection timed out", Reason.CONNECTION_TIMEOUT),
        ("502 Bad Gateway", Reason.SERVER_ERROR),
        ("Connection refused", Reason.NETWORK_ERROR),
        ("", Reason.DOWNLOAD_CLIENT_ERROR),
        ("something nobody knows " * 10_000, Reason.DOWNLOAD_CLIENT_ERROR),
    ],
)
def test_what_a_client_or_tracker_means(words: str, reason: Reason) -> None:
    assert of_message(words, Reason.DOWNLOAD_CLIENT_ERROR) is reason


def test_codes_are_words_of_today_or_of_nobody() -> None:
    assert Failure(Reason.IMPORT_FAILED, "x", "cannot_link").code == "ImportFailed(cannot_link)"
    assert reason_of("ImportFailed(cannot_link)") is Reason.IMPORT_FAILED
    assert label_of("ImportFailed(cannot_link)") == "Import failed"
    assert reason_of("") is None
    assert label_of("WhateverCameLater") == "Other reasons"
