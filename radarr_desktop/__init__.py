"""radarr-desktop: a movie collection that runs itself from the tray."""
