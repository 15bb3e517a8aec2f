"""The window and the tray; the only folder that imports PySide6."""
