"""Where the program keeps its things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

NAME = "radarr-desktop"


@dataclass(frozen=True, slots=True)
class Paths:
    """``data``: database, images, logs. ``config``: provisioning, drop-in plugins, the key of the secrets file."""

    data: Path
    config: Path

    @classmethod
    def default(cls, data: Path | None = None) -> Paths:
        """The user's own folders, or everything below one folder."""
        if data is not None:
            data = data.expanduser().resolve()
            return cls(data, data / "config")
        return cls(Path(platformdirs.user_data_dir(NAME)), Path(platformdirs.user_config_dir(NAME)))

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "radarr-desktop.db"

    @property
    def log(self) -> Path:
        """The newest log, one JSON object a line."""
        return self.data / "logs" / "radarr-desktop.log"

    @property
    def images(self) -> Path:
        """Posters and backdrops."""
        return self.data / "images"

    @property
    def torrents(self) -> Path:
        """Torrents on their way to a client; private, they hold passkeys."""
        return self.data / "torrents"

    @property
    def plugin_data(self) -> Path:
        """A folder for each plugin instance."""
        return self.data / "plugins"

    @property
    def drop_in(self) -> Path:
        """The user's own plugins, one file each."""
        return self.config / "plugins"

    @property
    def provisioning(self) -> Path:
        """The configuration file that is read when no other is named."""
        return self.config / "radarr-desktop.toml"

    @property
    def port_file(self) -> Path:
        """Address and key of the running program, for the command line."""
        return self.data / "port.json"

    def make(self) -> None:
        """Create the folders; only the user may look into them."""
        for folder in (self.data, self.config, self.torrents, self.plugin_data):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
