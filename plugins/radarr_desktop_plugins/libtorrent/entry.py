"""One torrent of the session, and what is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libtorrent as lt
from radarr_desktop.plugin_api import Download, DownloadState, Rejected, Torrent
from radarr_desktop_plugins.libtorrent.goals import Goal, ratio_of
from radarr_desktop_plugins.libtorrent.words import why

_STATES = {
    lt.torrent_status.states.checking_files: DownloadState.CHECKING,
    lt.torrent_status.states.checking_resume_data: DownloadState.CHECKING,
    lt.torrent_status.states.downloading_metadata: DownloadState.METADATA,
}


@dataclass(slots=True, eq=False)
class Entry:
    """A torrent's handle and the last that was heard of it."""

    id: str
    handle: Any
    folder: Path
    hashes: frozenset[str]
    name: str
    status: Any
    goal: Goal
    is_flushed: bool = False
    """Everything is written, so that other programs see the whole content."""
    is_flushing: bool = False
    is_checked_anew: bool = False
    """Somebody asked for it, and it is not over."""
    is_lost: bool = False
    """The disk with its folder is gone."""
    is_paused: bool = False
    """The user wants it so; libtorrent also pauses what has an error."""
    fault: str = ""
    """The last disk fault; it counts while libtorrent stays away from the disk."""

    def describe(self) -> Download:
        """The torrent as it is now."""
        status = self.status
        state, message = self._state()
        left = max(0, status.total_wanted - status.total_wanted_done)
        speed = status.download_payload_rate
        info = status.torrent_file
        return Download(
            id=self.id,
            hashes=self.hashes,
            name=self.name,
            state=state,
            progress=status.total_wanted_done / status.total_wanted if status.total_wanted else 0.0,
            size=status.total_wanted,
            left=left,
            speed=speed,
            upload_speed=status.upload_payload_rate,
            seeds=status.num_seeds,
            peers=status.num_peers - status.num_seeds,
            eta=-(-left // speed) if left and speed else None,
            folder=str(self.folder),
            ratio=ratio_of(status),
            message=message,
            is_stopped=self.is_paused,
            availability=status.distributed_copies if status.has_metadata and left else None,
            seeding=int(status.seeding_duration.total_seconds()),
            goal_reached=self.goal.is_reached(status),
            private=info.priv() if info is not None else None,
        )

    def check_inside(self) -> None:
        """Refuse to delete through a link that leads out of the torrent's folder."""
        root, layout = self.folder.resolve(), self.handle.torrent_file().layout()
        for parent in {(self.folder / layout.file_path(index)).parent for index in range(layout.num_files())}:
            if not parent.resolve().is_relative_to(root):
                raise Rejected(f"{parent} leads out of {self.folder}, so nothing was deleted. Remove that link first.")

    def _state(self) -> tuple[DownloadState, str]:
        status = self.status
        if self.is_lost:
            return DownloadState.ERROR, lost(self.folder.parent)
        if status.errc.value():
            return DownloadState.ERROR, self.fault or f"libtorrent stopped it: {status.errc.message()}."
        if status.is_finished and status.has_metadata:
            return (DownloadState.COMPLETED if self.is_flushed else DownloadState.DOWNLOADING), ""
        if status.flags & lt.torrent_flags.upload_mode:
            return DownloadState.ERROR, self.fault or "The disk could not be written to. Resume to try again."
        if status.flags & lt.torrent_flags.paused:
            return DownloadState.PAUSED, ""
        if state := _STATES.get(status.state):
            return state, ""
        return (DownloadState.DOWNLOADING if status.download_payload_rate else DownloadState.STALLED), ""


def params_of(torrent: Torrent) -> lt.add_torrent_params:
    """What to add, from the .torrent or the magnet link."""
    if torrent.url:
        raise Rejected(f"The built-in downloader cannot reach the address of “{torrent.name}”. Take another release.")
    try:
        if torrent.data:
            return lt.load_torrent_buffer(torrent.data)
        scheme, _, rest = torrent.magnet.partition(":")
        return lt.parse_magnet_uri(f"{scheme.lower()}:{rest}")
    except RuntimeError as fault:
        kind = "torrent file" if torrent.data else "magnet link"
        raise Rejected(f"“{torrent.name}” has no {kind} that can be read: {fault}. Take another release.") from fault


def hashes_of(info_hashes: lt.info_hash_t) -> frozenset[str]:
    """Every name the torrent goes by."""
    v1 = {str(info_hashes.v1)} if info_hashes.has_v1() else set()
    v2 = {str(info_hashes.v2), str(info_hashes.v2)[:40]} if info_hashes.has_v2() else set()
    return frozenset(v1 | v2)


def id_of(info_hashes: lt.info_hash_t) -> str:
    """The v1 hash where there is one: what indexers show."""
    return str(info_hashes.v1 if info_hashes.has_v1() else info_hashes.v2)


def lost(folder: Path) -> str:
    """What to say about a download folder that is not there."""
    return f"The download folder {folder} is missing. Connect its disk, or create it again."


def disk_fault(alert: lt.file_error_alert) -> str:
    """What to say about a file that could not be read or written."""
    return f"{alert.filename()} cannot be written: {why(alert.error.value())}. Resume once that is settled."
