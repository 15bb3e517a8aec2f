"""The window around the pages: sidebar, headers, status bar, global keys, drops."""
