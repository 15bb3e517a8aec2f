"""How a torrent is handed over: the form of ``torrents/add``, in the words of every version."""

from __future__ import annotations

import hashlib
import re

from radarr_desktop.plugin_api import Rejected, Start, Torrent
from radarr_desktop_plugins.qbittorrent import versions
from radarr_desktop_plugins.qbittorrent.settings import Layout, QBittorrentSettings

SLOW = 16_384
"""Bytes a second a magnet link may have in versions that do not stop when its files are known: enough for the list."""
_MAGNET = re.compile(
    r"magnet:\?(?=.*xt(\.\d+)?=urn:(btih:([0-9a-f]{40}|[a-z2-7]{32})|btmh:1220[0-9a-f]{64})(&|$))[!-~]+", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_ROOT_FOLDER = {Layout.SUBFOLDER: "true", Layout.NO_SUBFOLDER: "false"}


def form(torrent: Torrent, settings: QBittorrentSettings, version: tuple[int, ...]) -> dict[str, str]:
    """The fields beside the file; a version skips those it does not know, so an option may be there under two names."""
    terms, tags = torrent.terms, [tag.strip() for tag in settings.tags.split(",")]
    is_link = not torrent.data and not torrent.url
    waits = terms.start is Start.STOPPED or (terms.start is Start.METADATA and not is_link)
    wanted = {
        "category": settings.category,
        "tags": ",".join(filter(None, [*tags, mark(torrent)])),  # 4.5 keeps spaces
        "contentLayout": settings.layout.value,
        "sequentialDownload": _word(terms.sequential),
        "paused": _word(waits),
        "stopped": _word(waits),
    }
    if settings.layout in _ROOT_FOLDER:
        wanted["root_folder"] = _ROOT_FOLDER[settings.layout]  # until 4.3.1
    if terms.start is Start.METADATA and is_link:
        wanted["stopCondition"] = "MetadataReceived"
    if limit := SLOW if is_slow(torrent, version) else terms.download_limit:
        wanted["dlLimit"] = str(limit)
    if terms.upload_limit:
        wanted["upLimit"] = str(terms.upload_limit)
    if settings.save_path:
        wanted |= {"savepath": settings.save_path, "autoTMM": "false"}
    if link := _link(torrent):
        wanted["urls"] = link
    return wanted | goals(torrent)


def goals(torrent: Torrent) -> dict[str, str]:
    """Until when it is seeded."""
    terms, wanted = torrent.terms, {}
    if terms.ratio is not None:
        wanted["ratioLimit"] = f"{terms.ratio:.3f}"
    if terms.seeding_minutes is not None:
        wanted["seedingTimeLimit"] = str(terms.seeding_minutes)
    return wanted


def is_slow(torrent: Torrent, version: tuple[int, ...]) -> bool:
    """Is it held back until somebody has looked into it?"""
    return torrent.terms.start is Start.METADATA and bool(torrent.magnet) and version < versions.STOPS_AT_METADATA


def mark(torrent: Torrent) -> str:
    """A tag by which a torrent behind an address is found, whose hash nobody knows yet; otherwise empty."""
    return f"radarr-desktop-{hashlib.sha256(torrent.url.encode()).hexdigest()[:12]}" if torrent.url else ""


def _link(torrent: Torrent) -> str:
    """What it fetches itself. A line break in it would smuggle in another address."""
    if torrent.data:
        return ""
    if torrent.url and not _ADDRESS.fullmatch(torrent.url):
        raise Rejected(f"“{torrent.name}” has no address that can be read. Take another release.")
    if not torrent.url and not _MAGNET.fullmatch(torrent.magnet):
        raise Rejected(f"“{torrent.name}” has no magnet link that can be read. Take another release.")
    return torrent.url or torrent.magnet


def _word(value: bool) -> str:
    return "true" if value else "false"
