"""How a download stands, in three questions: for tray, status bar and queue."""

from __future__ import annotations

from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import DownloadState

_MOVING = frozenset({DownloadState.DOWNLOADING, DownloadState.METADATA, DownloadState.CHECKING, DownloadState.MOVING})
_CAN_PAUSE = frozenset({DownloadState.DOWNLOADING, DownloadState.QUEUED, DownloadState.METADATA, DownloadState.STALLED})
_FAILED = frozenset({GrabState.BLOCKED, GrabState.FAILED, GrabState.LOST})


def is_active(item: QueueItem) -> bool:
    """Does it move?"""
    return item.download is not None and item.download.state in _MOVING


def can_pause(item: QueueItem) -> bool:
    """Is there anything to stop?"""
    return item.download is not None and item.download.state in _CAN_PAUSE


def is_paused(item: QueueItem) -> bool:
    """Was it stopped by hand?"""
    return item.download is not None and item.download.state is DownloadState.PAUSED


def is_stuck(item: QueueItem) -> bool:
    """Does it wait for the user?"""
    if item.grab.state in _FAILED:
        return True
    trouble = item.trouble
    # one that is given up by itself needs nobody before its first strike
    if trouble is not None and (trouble.left is None or trouble.strikes > 0):
        return True
    return item.download is not None and item.download.state is DownloadState.ERROR
