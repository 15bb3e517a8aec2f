"""The commands of radarr-desktop; they talk to the running program."""
