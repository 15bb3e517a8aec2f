"""The libtorrent session: blocking calls, all made on one thread, and the alerts that answer them."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import libtorrent as lt
from radarr_desktop.plugin_api import Download, DownloadFile, NotFound, Order, Rejected, Start, Torrent, Unreachable
from radarr_desktop_plugins.libtorrent.entry import Entry, disk_fault, hashes_of, id_of, lost, params_of
from radarr_desktop_plugins.libtorrent.goals import Goal, goal_of, read_goal, record_of
from radarr_desktop_plugins.libtorrent.limits import Limits
from radarr_desktop_plugins.libtorrent.network import everybody, network
from radarr_desktop_plugins.libtorrent.records import Records
from radarr_desktop_plugins.libtorrent.words import why

if TYPE_CHECKING:
    from radarr_desktop_plugins.libtorrent import LibtorrentSettings

SAVE_EVERY = 60.0
"""Seconds of progress a crash may cost; what is lost is fetched again."""
USUAL = 4
"""How much a file is wanted; libtorrent knows 0 (not) to 7."""
PATIENCE = 10.0
"""Seconds the session may take to answer."""
_SAVE = lt.torrent_handle.save_info_dict | lt.torrent_handle.flush_disk_cache
_MODIFIED = _SAVE | lt.torrent_handle.only_if_modified
_DELETE = lt.session.delete_files | lt.session.delete_partfile
_ENOENT = 2

_QUERIES = lt.torrent_handle.query_accurate_download_counters | lt.torrent_handle.query_distributed_copies


class Session:
    """Torrents by id. All methods belong to one thread; only ``port``, ``watch`` and ``end_watch`` are for others."""

    def __init__(self, settings: LibtorrentSettings, data_dir: Path, log: logging.Logger) -> None:
        self.listen_fault = ""
        self._folder = settings.download_folder
        self._log = log
        self._entries: dict[str, Entry] = {}
        self._by_handle: dict[Any, Entry] = {}
        self._saving: set[str] = set()
        self._gone: dict[str, str] = {}
        """Hash -> what went wrong, of torrents whose files were to be deleted."""
        self._answers = 0
        self._next_save = time.monotonic() + SAVE_EVERY
        self._ending = threading.Event()
        self._handlers: dict[type, Callable[[Any], None]] = {
            lt.state_update_alert: self._on_update,
            lt.save_resume_data_alert: self._on_saved,
            lt.save_resume_data_failed_alert: self._on_not_saved,
            lt.metadata_received_alert: self._on_milestone,
            lt.torrent_finished_alert: self._on_milestone,
            lt.torrent_checked_alert: self._on_checked,
            lt.cache_flushed_alert: self._on_flushed,
            lt.file_error_alert: self._on_file_fault,
            lt.torrent_deleted_alert: self._on_deleted,
            lt.torrent_delete_failed_alert: self._on_not_deleted,
            lt.listen_failed_alert: self._on_listen_fault,
        }
        self._records = Records(data_dir / "torrents", log)
        self.limits = Limits(settings, data_dir)
        self._session = lt.session(network(settings) | self.limits.rates())
        self._session.set_peer_class_filter(everybody())
        for id_, record in self._records:
            self._restore(id_, record)
        if not self._entries:
            with contextlib.suppress(OSError):  # add() says what is wrong
                self._folder.mkdir(parents=True, exist_ok=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._session.listen_port())

    def add(self, torrent: Torrent) -> str:
        """Start a torrent; it is kept on disk before this returns."""
        params = params_of(torrent)
        hashes = hashes_of(params.info_hashes)
        known = next((one for one in self._entries.values() if one.hashes & hashes), None)
        if known and (params.ti is None or known.handle.torrent_file() is not None):
            return known.id
        if not self._folder.is_dir():
            raise Unreachable(lost(self._folder))
        id_ = known.id if known else id_of(params.info_hashes)
        is_paused = known.is_paused if known else torrent.terms.start is Start.STOPPED
        goal = known.goal if known else goal_of(torrent.terms)
        if goal.metadata and params.ti is not None:
            is_paused, goal = True, replace(goal, metadata=False)
        if known:  # a magnet link that knows its files now
            self._drop(known)
        params.save_path = str(self._folder / id_)
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        if is_paused:
            params.flags |= lt.torrent_flags.paused
        if torrent.terms.sequential:
            params.flags |= lt.torrent_flags.sequential_download
        params.download_limit, params.upload_limit = (
            torrent.terms.download_limit or -1,
            torrent.terms.upload_limit or -1,
        )
        try:
            self._records.write(id_, record_of(params, goal)).result()
        except OSError as fault:
            raise Unreachable(f"The download could not be noted in {fault.filename}: {why(fault.errno)}.") from fault
        self._take(id_, params, params.name or torrent.name, goal).is_paused = is_paused
        return id_

    def downloads(self) -> list[Download]:
        """Every torrent, by what the session tells of those that changed."""
        seen = self._answers
        self._session.post_torrent_updates(_QUERIES)
        if not self._until(lambda: self._answers > seen):
            raise Unreachable(f"The built-in downloader did not answer within {PATIENCE:g} s.")
        self._look_at_folders()
        self._look_at_goals()
        return [entry.describe() for entry in self._entries.values()]

    def files(self, id_: str) -> list[DownloadFile]:
        """The files of one torrent."""
        handle = self._entry(id_).handle
        info = handle.torrent_file()
        if info is None:
            return []
        layout, wanted, done = info.layout(), handle.get_file_priorities(), handle.file_progress()
        return [
            DownloadFile(
                path=layout.file_path(index).replace("\\", "/"),
                size=layout.file_size(index),
                progress=done[index] / layout.file_size(index) if layout.file_size(index) else 1.0,
                wanted=wanted[index] > 0,
            )
            for index in range(layout.num_files())
            if not layout.file_flags(index) & lt.file_storage.flag_pad_file
        ]

    def complaint(self, id_: str) -> str:
        """What the trackers refused it with, while none takes it."""
        points = [point for tracker in self._entry(id_).handle.trackers() for point in tracker["endpoints"]]
        hashes = [half for point in points for half in point["info_hashes"] if half["message"] or not half["fails"]]
        if any(not half["fails"] and half["start_sent"] for half in hashes):
            return ""
        return next((str(half["message"]) for half in hashes if half["message"]), "")

    def remove(self, id_: str, *, delete_files: bool) -> None:
        """Forget the torrent. The record goes last: a crash before that repeats the removal, it leaks no files."""
        if (entry := self._find(id_)) is None:
            return
        has_files = delete_files and entry.handle.torrent_file() is not None
        if has_files:
            entry.check_inside()
        self._drop(entry, _DELETE if has_files else 0)
        fault = ""
        if has_files:
            fault = "it took too long"
            if self._until(lambda: not entry.hashes.isdisjoint(self._gone)):
                fault = next(self._gone.pop(one) for one in entry.hashes if one in self._gone)
        if delete_files:
            with contextlib.suppress(OSError):  # somebody may have put files of their own in it
                entry.folder.rmdir()
        self._records.remove(entry.id).result()
        if fault:
            raise Rejected(f"{entry.folder} could not be deleted: {fault}. Delete it by hand.")

    def pause(self, id_: str) -> None:
        """Stop transferring."""
        entry = self._entry(id_)
        entry.is_paused = True
        entry.handle.pause()
        self._save(entry)

    def resume(self, id_: str) -> None:
        """Go on, also after an error."""
        entry = self._entry(id_)
        entry.is_paused = False
        if entry.is_lost and not entry.folder.parent.is_dir():
            raise Unreachable(lost(entry.folder.parent))
        entry.fault, entry.is_lost = "", False
        entry.handle.clear_error()
        entry.handle.unset_flags(lt.torrent_flags.upload_mode)
        entry.handle.resume()
        self._save(entry)

    def order(self, order: Order, id_: str) -> None:
        """Do it; nothing waits in a queue here, and there are no categories."""
        entry = self._entry(id_)
        if order is Order.RECHECK:
            entry.is_flushed = entry.is_flushing = False
            entry.is_checked_anew = True
            entry.handle.force_recheck()
            entry.status = entry.handle.status()
        elif order is Order.REANNOUNCE:
            entry.handle.force_reannounce()

    def slow_down(self, *, slow: bool) -> None:
        """Let the lower limits hold, or the usual ones."""
        self.limits.turn(slow=slow)
        self._session.apply_settings(self.limits.rates())

    def watch(self, thread: Executor) -> None:
        """Block until ``end_watch``, and have alerts handled on the session's thread when there are some."""
        while not self._ending.is_set():
            if self._session.wait_for_alert(20_000) or time.monotonic() > self._next_save:
                thread.submit(self._handle_alerts).result()

    def end_watch(self) -> None:
        """Let ``watch`` return."""
        self._ending.set()
        self._session.post_session_stats()  # an alert that wakes it

    def save_all(self) -> None:
        """Write what changed, and leave the swarms meanwhile."""
        self._session.pause()
        for entry in self._entries.values():
            self._save(entry, _MODIFIED)
        self._until(lambda: not self._saving, 0.6)

    def end(self) -> None:
        """Close the session."""
        self._records.close()
        self._entries.clear()
        self._by_handle.clear()
        del self._session

    def _take(self, id_: str, params: lt.add_torrent_params, name: str, goal: Goal) -> Entry:
        if goal.metadata:
            params.flags |= lt.torrent_flags.default_dont_download
        handle = self._session.add_torrent(params)
        hashes = hashes_of(params.info_hashes)
        entry = Entry(id_, handle, Path(params.save_path), hashes | {id_}, name, handle.status(), goal)
        self._entries[id_] = self._by_handle[handle] = entry
        return entry

    def _drop(self, entry: Entry, flags: int = 0) -> None:
        del self._entries[entry.id], self._by_handle[entry.handle]
        self._saving.discard(entry.id)
        self._session.remove_torrent(entry.handle, flags)

    def _restore(self, id_: str, record: bytes) -> None:
        try:
            params = lt.read_resume_data(record)
            if not params.save_path or id_ not in hashes_of(params.info_hashes):
                raise RuntimeError("it belongs to another torrent")
        except RuntimeError as fault:
            self._log.warning("A download's record is damaged, kept as %s: %s", self._records.set_aside(id_), fault)
            return
        is_paused = bool(params.flags & lt.torrent_flags.paused)
        is_lost = not Path(params.save_path).parent.is_dir()
        if is_lost:
            params.flags |= lt.torrent_flags.paused
        name = params.name or (params.ti.name() if params.ti is not None else id_)
        entry = self._take(id_, params, name, read_goal(record))
        entry.is_paused, entry.is_lost = is_paused, is_lost

    def _find(self, id_: str) -> Entry | None:
        id_ = id_.lower()
        return self._entries.get(id_) or next((one for one in self._entries.values() if id_ in one.hashes), None)

    def _entry(self, id_: str) -> Entry:
        if entry := self._find(id_):
            return entry
        raise NotFound(f"The built-in downloader has no torrent {id_[:64]}.")

    def _save(self, entry: Entry, flags: int = _SAVE) -> None:
        self._saving.add(entry.id)
        entry.handle.save_resume_data(flags)

    def _look_at_folders(self) -> None:
        """Stop torrents whose disk is gone, before libtorrent makes their folder anew on another one."""
        there = {base: base.is_dir() for base in {entry.folder.parent for entry in self._entries.values()}}
        for entry in self._entries.values():
            if not there[entry.folder.parent] and not entry.is_lost:
                entry.is_lost = True
                entry.handle.pause()
            elif there[entry.folder.parent] and entry.is_lost:
                entry.is_lost = False
                if not entry.is_paused:
                    entry.handle.resume()

    def _look_at_goals(self) -> None:
        """Stop what has been seeded enough; time passes without an update."""
        for entry in self._entries.values():
            if entry.goal != Goal() and not entry.is_paused and entry.is_flushed:
                entry.status = entry.handle.status()
                if entry.goal.is_reached(entry.status):
                    self.pause(entry.id)

    def _until(self, reached: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        deadline = time.monotonic() + seconds
        while not reached():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._session.wait_for_alert(int(left * 1000) + 1)
            self._handle_alerts()
        return True

    def _handle_alerts(self) -> None:
        for alert in self._session.pop_alerts():
            if handler := self._handlers.get(type(alert)):
                handler(alert)
        if time.monotonic() > self._next_save:
            self._next_save = time.monotonic() + SAVE_EVERY
            for entry in self._entries.values():
                self._save(entry, _MODIFIED)

    def _on_update(self, alert: lt.state_update_alert) -> None:
        for status in alert.status:
            if entry := self._by_handle.get(status.handle):
                entry.status = status
                if not status.is_finished:
                    entry.is_flushed = entry.is_flushing = False
                elif not entry.is_flushing:
                    entry.is_flushing = True
                    entry.handle.flush_cache()
        self._answers += 1

    def _on_flushed(self, alert: lt.cache_flushed_alert) -> None:
        if entry := self._by_handle.get(alert.handle):
            entry.is_flushed = entry.is_flushing

    def _on_checked(self, alert: lt.torrent_checked_alert) -> None:
        """Damage was found: libtorrent calls no seed it knew while it was one itself, unless it begins anew."""
        entry = self._by_handle.get(alert.handle)
        if entry and entry.is_checked_anew:
            entry.is_checked_anew = False
            if not entry.is_paused and not entry.handle.status().is_finished:
                entry.handle.pause()
                entry.handle.resume()

    def _on_milestone(self, alert: lt.torrent_alert) -> None:
        if entry := self._by_handle.get(alert.handle):
            entry.hashes = hashes_of(entry.handle.info_hashes()) | {entry.id}
            info = entry.handle.torrent_file()
            entry.name = info.name() if info is not None else entry.name
            if info is not None and entry.goal.metadata:
                entry.goal, entry.is_paused = replace(entry.goal, metadata=False), True
                entry.handle.pause()  # before a file is wanted
                entry.handle.prioritize_files([USUAL] * info.num_files())
                entry.status = entry.handle.status()
            self._save(entry)

    def _on_saved(self, alert: lt.save_resume_data_alert) -> None:
        if entry := self._by_handle.get(alert.handle):
            self._saving.discard(entry.id)
            params = alert.params
            if not entry.is_paused:
                params.flags &= ~lt.torrent_flags.paused
            content = []
            if params.ti is not None:
                layout = params.ti.layout()
                content = [entry.folder / layout.file_path(index) for index in range(layout.num_files())]
            self._records.write(entry.id, record_of(params, entry.goal), content)

    def _on_not_saved(self, alert: lt.save_resume_data_failed_alert) -> None:
        """Mostly because nothing had changed."""
        if entry := self._by_handle.get(alert.handle):
            self._saving.discard(entry.id)

    def _on_file_fault(self, alert: lt.file_error_alert) -> None:
        if entry := self._by_handle.get(alert.handle):
            entry.fault = disk_fault(alert)

    def _on_deleted(self, alert: lt.torrent_deleted_alert) -> None:
        self._gone |= dict.fromkeys(hashes_of(alert.info_hashes), "")

    def _on_not_deleted(self, alert: lt.torrent_delete_failed_alert) -> None:
        fault = "" if alert.error.value() == _ENOENT else why(alert.error.value())
        self._gone |= dict.fromkeys(hashes_of(alert.info_hashes), fault)

    def _on_listen_fault(self, alert: lt.listen_failed_alert) -> None:
        self.listen_fault = f"Port {alert.port} cannot be used: {why(alert.error.value())}. Choose another port, or 0."
        self._log.warning("%s", self.listen_fault)
