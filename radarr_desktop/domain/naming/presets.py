"""Patterns that players read: title, year and id from the folder, versions from the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from radarr_desktop.domain.naming.settings import Naming

_PICTURE = "{[Quality Full]}{[MediaInfo VideoDynamicRangeType]}{-Release Group}"


@dataclass(frozen=True, slots=True)
class NamingPreset:
    """Patterns that belong together."""

    key: str
    title: str
    folder: str
    file: str
    note: str = ""
    is_of_guide: bool = False

    def applied(self, naming: Naming) -> Naming:
        """The patterns, with the other rules as they are."""
        return replace(naming, folder=self.folder, file=self.file, rename=True)


PRESETS = (
    NamingPreset(
        "plain",
        "Plain",
        Naming().folder,
        Naming().file,
        "Title, year, quality and group; every player finds the movie.",
    ),
    NamingPreset(
        "plex",
        "Plex",
        "{Movie CleanTitle} ({Release Year}) {tmdb-{TmdbId}}",
        "{Movie CleanTitle} ({Release Year}) {tmdb-{TmdbId}} {edition-{Edition Tags}} " + _PICTURE,
        "Plex reads the id and the edition from braces.",
    ),
    NamingPreset(
        "jellyfin",
        "Jellyfin",
        "{Movie CleanTitle} ({Release Year}) [tmdbid-{TmdbId}]",
        "{Movie CleanTitle} ({Release Year}) [tmdbid-{TmdbId}] - {Edition Tags} " + _PICTURE,
        "Files begin with the folder's name, so that Jellyfin shows versions of one movie together.",
    ),
    NamingPreset(
        "emby",
        "Emby",
        "{Movie CleanTitle} ({Release Year}) [tmdb-{TmdbId}]",
        "{Movie CleanTitle} ({Release Year}) [tmdb-{TmdbId}] - {Edition Tags} " + _PICTURE,
        "Files begin with the folder's name, so that Emby shows versions of one movie together.",
    ),
    NamingPreset(
        "kodi",
        "Kodi",
        "{Movie Title} ({Release Year})",
        "{Movie Title} ({Release Year}) {Edition Tags} " + _PICTURE,
        "Kodi takes ids from NFO files, which can be written beside each movie.",
    ),
)

_FLAVOURS = ("-anime", "-edition-alt")


def guide_presets(body: Mapping[str, object]) -> list[NamingPreset]:
    """Those of a guide: each file pattern with the folder pattern that is meant for the same player and id."""
    folders, files, found = body.get("folder"), body.get("file"), []
    if not isinstance(folders, Mapping) or not isinstance(files, Mapping):
        return []
    for key, pattern in files.items():
        plain = key
        for flavour in _FLAVOURS:
            plain = plain.replace(flavour, "")
        folder = folders.get(plain) or folders.get("default")
        if isinstance(pattern, str) and isinstance(folder, str):
            found.append(NamingPreset(f"trash-{key}", f"TRaSH {key}", folder, pattern, is_of_guide=True))
    return found
