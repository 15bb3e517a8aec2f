"""Hear of changes in folders where the system tells them; where it does not, say so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import structlog

REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "fuse.mergerfs"}
    | {"fuse.s3fs", "fuse.glusterfs", "fuse.davfs", "davfs", "virtiofs", "vboxsf", "fuse.vmhgfs-fuse", "fuseblk"}
)
"""File systems that are changed by others than this machine, of which it hears nothing."""

# it calls it an error when it is stopped while something happens in a folder
logging.getLogger("watchdog.observers.inotify").setLevel(logging.CRITICAL)

log = structlog.get_logger(__name__)


class Ears:
    """One observer for all folders; its calls block. ``heard`` is called on a thread of its own."""

    def __init__(self, heard: Callable[[], None]) -> None:
        self.heard = heard
        self.is_open = True
        self._observer: Any = None
        self._watches: dict[str, Any] = {}
        self._deaf: set[str] = set()

    @property
    def deaf_at(self) -> frozenset[str]:
        """The folders that have to be looked at again and again instead."""
        return frozenset(self._deaf)

    def listen(self, folders: Collection[str]) -> bool:
        """Listen at exactly these. Is there a new one? What came into it before this call was not heard."""
        before = set(self._watches)
        for path in set(self._watches) - set(folders):
            self._forget(path)
        self._deaf &= set(folders)
        for path in folders:
            if path not in self._watches and path not in self._deaf:
                self._listen_at(path)
        return bool(set(self._watches) - before)

    def close(self) -> None:
        """Hear no more; what is still on its way is not passed on."""
        self.is_open = False
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(5)
        self._observer = None
        self._watches.clear()

    def _listen_at(self, path: str) -> None:
        from watchdog import events
        from watchdog.observers import Observer

        if is_remote(Path(path)):
            self._deaf.add(path)
            return
        ears = self

        class Handler(events.FileSystemEventHandler):
            def on_any_event(self, event: events.FileSystemEvent) -> None:
                if ears.is_open:
                    ears.heard()

        # without a filter the observer asks for every change of every file, and drowns in a large download
        wanted: list[type[events.FileSystemEvent]] = [
            events.FileCreatedEvent,
            events.FileMovedEvent,
            events.FileClosedEvent,
            events.DirCreatedEvent,
            events.DirMovedEvent,
        ]
        try:
            if self._observer is None:
                self._observer = Observer()
                self._observer.start()
            self._watches[path] = self._observer.schedule(Handler(), path, event_filter=wanted)
        except OSError as fault:  # no more watches or instances allowed, or a file system without them
            log.info("inbox.polled", path=path, reason=fault.strerror)
            self._deaf.add(path)

    def _forget(self, path: str) -> None:
        watch = self._watches.pop(path)
        try:
            self._observer.unschedule(watch)
        except (KeyError, OSError):  # the folder is gone, and the observer knows
            log.debug("inbox.watch_gone", path=path)


def is_remote(path: Path) -> bool:
    """Is it on a file system that others change too?"""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        before, _, after = line.partition(" - ")
        place = before.split()[4].replace("\\040", " ") if len(before.split()) > 4 else ""
        if place and len(place) >= len(best) and path.is_relative_to(place):
            best, kind = place, after.split()[0] if after else ""
    return kind in REMOTE
