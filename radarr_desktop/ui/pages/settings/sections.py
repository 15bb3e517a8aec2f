"""What the settings are divided into, and the words for each kind of service."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.pages.settings.lists import Entry


def section_entries() -> list[Entry]:
    """All of them, in groups."""
    return [
        Entry(PluginKind.INDEXER, _say("Indexers"), "radar"),
        Entry(PluginKind.INDEXER_SOURCE, _say("Indexer sources"), "folder-input"),
        Entry(PluginKind.DOWNLOAD_CLIENT, _say("Download clients"), "download"),
        Entry(PluginKind.METADATA, _say("Metadata"), "database"),
        Entry(PluginKind.NOTIFIER, _say("Notifications"), "bell"),
        Entry(),
        Entry("folders", _say("Root folders"), "folder-tree"),
        Entry("profiles", _say("Quality profiles"), "sliders-horizontal"),
        Entry("media", _say("Media files"), "file-video"),
        Entry("naming", _say("Names"), "text-cursor-input"),
        Entry(),
        Entry("downloads", _say("Download rules"), "hourglass"),
        Entry("watched", _say("Watched folders"), "eye"),
        Entry("paths", _say("Remote paths"), "folder-input"),
        Entry(),
        Entry("appearance", _say("Appearance"), "palette"),
    ]


def kind_words(kind: PluginKind) -> tuple[str, str, str]:
    """What services of a kind are called; what stands there while there is none, and what one is for."""
    return {
        PluginKind.INDEXER: (
            _say("Indexers"),
            _say("No indexer yet"),
            _say("An indexer is where releases are found. Without one, nothing can be searched."),
        ),
        PluginKind.INDEXER_SOURCE: (
            _say("Indexer sources"),
            _say("No source yet"),
            _say("Prowlarr keeps indexers for several programs: they are taken over, and its changes followed."),
        ),
        PluginKind.DOWNLOAD_CLIENT: (
            _say("Download clients"),
            _say("No download client yet"),
            _say("A download client fetches what was found. The built-in one needs no other program."),
        ),
        PluginKind.METADATA: (
            _say("Metadata"),
            _say("No metadata source yet"),
            _say("It knows what a movie is: title, year, posters and release dates."),
        ),
        PluginKind.NOTIFIER: (
            _say("Notifications"),
            _say("Nobody is told yet"),
            _say("Tell the desktop, or another program, when a movie arrives or something needs you."),
        ),
    }[kind]


def _say(words: str) -> str:
    return QCoreApplication.translate("Sections", words)
