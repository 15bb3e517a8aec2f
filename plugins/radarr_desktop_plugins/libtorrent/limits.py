"""The session's limits: the usual ones, and lower ones for when others need the line. Which hold is kept on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from radarr_desktop.plugin_api import Unreachable
from radarr_desktop_plugins.libtorrent.words import why

if TYPE_CHECKING:
    from radarr_desktop_plugins.libtorrent import LibtorrentSettings

_KB = 1000


class Limits:
    """``are_slow`` while a file of that name lies in the downloader's own folder."""

    def __init__(self, settings: LibtorrentSettings, data_dir: Path) -> None:
        self._settings = settings
        self._mark = data_dir / "slow"
        self.are_slow = self._mark.exists()

    def turn(self, *, slow: bool) -> None:
        """Let the others hold from now on."""
        try:
            if slow:
                self._mark.touch()
            else:
                self._mark.unlink(missing_ok=True)
        except OSError as fault:
            raise Unreachable(f"That could not be noted in {self._mark}: {why(fault.errno)}.") from fault
        self.are_slow = slow

    def rates(self) -> Any:
        """In the session's words."""
        usual = self._settings.download_limit, self._settings.upload_limit
        slow = self._settings.slow_download_limit, self._settings.slow_upload_limit
        down, up = slow if self.are_slow else usual
        return {"download_rate_limit": down * _KB, "upload_rate_limit": up * _KB}
