"""Sections that are imported and built when they are first shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.shelves import Shelf

LATER = frozenset({"media", "naming", "downloads", "watched", "paths"})


def make_shelf(key: str, desk: Desk, window: QWidget) -> Shelf:
    """The section of a key."""
    match key:
        case "media":
            from radarr_desktop.ui.pages.settings.media import MediaShelf

            return MediaShelf(desk)
        case "naming":
            from radarr_desktop.ui.pages.settings.naming import NamingShelf

            return NamingShelf(desk)
        case "downloads":
            from radarr_desktop.ui.pages.settings.downloads import DownloadsShelf

            return DownloadsShelf(desk)
        case "watched":
            from radarr_desktop.ui.pages.settings.watched import WatchedShelf

            return WatchedShelf(desk, window)
        case _:
            from radarr_desktop.ui.pages.settings.paths import PathsShelf

            return PathsShelf(desk, window)
