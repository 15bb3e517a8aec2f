"""Names of folders and files in the library: patterns with tokens, safe on every file system."""

from __future__ import annotations

from radarr_desktop.domain.naming.facts import NameFacts
from radarr_desktop.domain.naming.letters import MAX_NAME, clean, path_key, shorten
from radarr_desktop.domain.naming.names import LONGEST_SUFFIX, check_naming, file_name, folder_name, spare_for
from radarr_desktop.domain.naming.settings import Colon, Naming, NamingError
from radarr_desktop.domain.naming.tokens import quality_title

__all__ = [
    "LONGEST_SUFFIX",
    "MAX_NAME",
    "Colon",
    "NameFacts",
    "Naming",
    "NamingError",
    "check_naming",
    "clean",
    "file_name",
    "folder_name",
    "path_key",
    "quality_title",
    "shorten",
    "spare_for",
]
