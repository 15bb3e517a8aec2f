"""One TOML file declares what a headless user wants."""

from __future__ import annotations

from radarr_desktop.engine.provisioning.apply import apply_plugins, apply_settings
from radarr_desktop.engine.provisioning.check import check, mistakes
from radarr_desktop.engine.provisioning.document import ConfigError, Document, Mistake, read_document
from radarr_desktop.engine.provisioning.lines import Source

__all__ = [
    "ConfigError",
    "Document",
    "Mistake",
    "Source",
    "apply_plugins",
    "apply_settings",
    "check",
    "mistakes",
    "read_document",
]
