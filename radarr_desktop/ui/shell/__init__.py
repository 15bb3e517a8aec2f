"""The window around the pages: sidebar, headers, status bar, global keys, drops."""

from __future__ import annotations

from radarr_desktop.ui.shell.header import PageHeader
from radarr_desktop.ui.shell.window import Breakpoint, MainWindow

__all__ = ["Breakpoint", "MainWindow", "PageHeader"]
