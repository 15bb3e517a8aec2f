"""The folder every instance has for itself. The calls block."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Collection
from pathlib import Path

import structlog

TRIAL = "try-"
"""Begins the name of a folder for settings that are only tested."""
_OURS = re.compile(rf"\d+|{TRIAL}.*")

log = structlog.get_logger(__name__)


class Folders:
    """What lies in them may hold a passkey, so nothing of a removed instance stays."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def of(self, instance_id: int) -> Path:
        """The folder of an instance."""
        return self.root / str(instance_id)

    def remove(self, instance_id: int) -> None:
        """Delete an instance's folder once it is closed; what cannot go yet goes at the next start."""
        self._delete(self.of(instance_id))

    def keep_only(self, instance_ids: Collection[int]) -> None:
        """Delete what a crash left behind: folders of instances that were removed, and of trials."""
        known = {str(instance_id) for instance_id in instance_ids}
        for path in list(self.root.iterdir()) if self.root.is_dir() else []:
            if path.name not in known and _OURS.fullmatch(path.name):
                self._delete(path)

    def _delete(self, path: Path) -> None:
        try:
            if path.is_symlink():
                path.unlink()
            else:
                with contextlib.suppress(FileNotFoundError):
                    shutil.rmtree(path)
        except OSError as fault:
            log.warning("plugin.folder_left", folder=path.name, problem=fault.strerror)
