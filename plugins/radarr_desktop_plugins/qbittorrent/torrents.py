"""qBittorrent's rows about torrents, in this program's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from radarr_desktop.plugin_api import Download, DownloadState

FOREVER = 8_640_000
"""What qBittorrent says for an unknown time."""
MOST = 1 << 53
"""No size, speed or time is larger than this."""
HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DONE = {"uploading", "stalledUP", "queuedUP", "forcedUP", "pausedUP", "stoppedUP"}
_STOPPED = {"pausedDL", "pausedUP", "stoppedDL", "stoppedUP"}
_STATES = {
    "error": DownloadState.ERROR,
    "missingFiles": DownloadState.ERROR,
    "metaDL": DownloadState.METADATA,
    "forcedMetaDL": DownloadState.METADATA,
    "downloading": DownloadState.DOWNLOADING,
    "forcedDL": DownloadState.DOWNLOADING,
    "stalledDL": DownloadState.STALLED,
    "queuedDL": DownloadState.QUEUED,
    "pausedDL": DownloadState.PAUSED,
    "stoppedDL": DownloadState.PAUSED,
    "allocating": DownloadState.CHECKING,
    "queuedForChecking": DownloadState.CHECKING,
    "checkingDL": DownloadState.CHECKING,
    "checkingUP": DownloadState.CHECKING,
    "checkingResumeData": DownloadState.CHECKING,
    "moving": DownloadState.MOVING,
}
_MESSAGES = {
    "error": "qBittorrent stopped it with an error. Its log tells which; mostly it could not write to its folder.",
    "missingFiles": "qBittorrent misses its files. Bring them back and recheck it there, or remove it.",
}


def download(id_: str, row: Mapping[str, Any]) -> Download:
    """One torrent; what a version leaves out or bends is 0 or empty."""
    word = text(row, "state")
    progress, left, eta = number(row, "progress"), int(number(row, "amount_left")), int(number(row, "eta"))
    state = _STATES.get(word, DownloadState.QUEUED)
    if word in _DONE:
        state = DownloadState.COMPLETED if progress >= 1 and left == 0 else DownloadState.DOWNLOADING
    return Download(
        id=id_,
        hashes=hashes(id_, row),
        name=text(row, "name"),
        state=state,
        progress=min(1.0, progress),
        size=int(number(row, "size")),
        left=left,
        speed=int(number(row, "dlspeed")),
        upload_speed=int(number(row, "upspeed")),
        seeds=int(number(row, "num_seeds")),
        peers=int(number(row, "num_leechs")),
        eta=eta if left and 0 < eta < FOREVER else None,
        folder=text(row, "save_path"),
        ratio=number(row, "ratio"),
        message=_MESSAGES.get(word, ""),
        is_stopped=word in _STOPPED,
        availability=float(row["availability"])
        if number(row, "availability") or row.get("availability") == 0
        else None,
        seeding=int(number(row, "seeding_time")),
        goal_reached=_has_given(row),
        private=row["private"] if isinstance(row.get("private"), bool) else None,
        place=int(number(row, "priority")),
    )


def hashes(id_: str, row: Mapping[str, Any]) -> frozenset[str]:
    """Every hash the torrent goes by; of a hybrid, qBittorrent's own id is the v2 hash cut to 40 digits."""
    v2 = text(row, "infohash_v2").lower()
    named = (id_, text(row, "infohash_v1").lower(), v2, v2[:40])
    return frozenset(one for one in named if HASH.fullmatch(one))


def text(row: Mapping[str, Any], key: str) -> str:
    """The value when it is text."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def number(row: Mapping[str, Any], key: str) -> float:
    """The value when it is a number that means something: -1 stands for unknown."""
    value = row.get(key)
    return value if isinstance(value, int | float) and 0 <= value <= MOST else 0


def _has_given(row: Mapping[str, Any]) -> bool:
    """Either of its limits is enough; -1 stands for none."""
    ratio, minutes = row.get("max_ratio"), row.get("max_seeding_time")
    by_ratio = isinstance(ratio, int | float) and ratio >= 0 and number(row, "ratio") >= ratio - 0.001
    return by_ratio or (isinstance(minutes, int) and 0 <= minutes * 60 <= number(row, "seeding_time"))
