"""qBittorrent's list of torrents, kept up to date by the differences it sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from radarr_desktop.plugin_api import BadAnswer, Download
from radarr_desktop_plugins.qbittorrent.torrents import HASH, download, hashes, number, text


class Listing:
    """What does not change between two looks is not read again."""

    def __init__(self, categories: frozenset[str]) -> None:
        self._categories = categories
        self._rows: dict[str, dict[str, Any]] = {}
        self._downloads: dict[str, Download] = {}
        """Those of our categories."""
        self._by_hash: dict[str, str] = {}
        self._ours: tuple[Download, ...] = ()
        self.rid = 0
        """What to ask the next difference from."""

    def __contains__(self, id_: str) -> bool:
        return id_ in self._rows

    def merge(self, change: Any) -> None:
        """Take in an answer of ``sync/maindata``."""
        if not isinstance(change, dict):
            raise BadAnswer("qBittorrent answered something else than its list. Check the address.")
        changed, removed = change.get("torrents") or {}, change.get("torrents_removed") or []
        if not isinstance(changed, dict) or not isinstance(removed, list):
            raise BadAnswer("qBittorrent answered something else than its list. Check the address.")
        if change.get("full_update"):
            self._rows.clear()
            self._downloads.clear()
            self._by_hash.clear()
        for id_, row in changed.items():
            if isinstance(row, dict) and HASH.fullmatch(id_):
                self._update(id_, row)
        for id_ in removed:
            self._forget(str(id_))
        self.rid = int(number(change, "rid"))
        if changed or removed or change.get("full_update"):
            self._ours = tuple(self._downloads.values())

    def ours(self) -> tuple[Download, ...]:
        """The torrents of our categories; the same tuple while nothing changed."""
        return self._ours

    def is_ours(self, id_: str) -> bool:
        """Whether this torrent is in one of our categories."""
        return id_ in self._downloads

    def category(self, id_: str) -> str:
        """The category of a listed torrent."""
        return text(self._rows[id_], "category")

    def name(self, id_: str) -> str:
        """What a listed torrent is called."""
        return text(self._rows[id_], "name")

    def beside(self, id_: str) -> list[str]:
        """Other torrents, of whatever category, that are saved to the same folder."""
        folder = text(self._rows[id_], "save_path")
        return [other for other, row in self._rows.items() if other != id_ and text(row, "save_path") == folder]

    def state(self, id_: str) -> str:
        """The state of a listed torrent, in qBittorrent's words."""
        return text(self._rows[id_], "state")

    def tagged(self, tag: str) -> str | None:
        """The id of a torrent with this tag."""
        return next((id_ for id_, row in self._rows.items() if tag in text(row, "tags").split(", ")), None)

    def download_limit(self, id_: str) -> int:
        """Bytes a second of a listed torrent, 0 for none."""
        return int(number(self._rows[id_], "dl_limit"))

    def find(self, names: Iterable[str]) -> str | None:
        """The id of the torrent that goes by one of these hashes."""
        return next((self._by_hash[name] for name in names if name in self._by_hash), None)

    def _update(self, id_: str, change: Mapping[str, Any]) -> None:
        row = self._rows.setdefault(id_, {})
        row.update(change)
        for name in hashes(id_, row):
            self._by_hash[name] = id_
        if text(row, "category") in self._categories:
            self._downloads[id_] = download(id_, row)
        else:
            self._downloads.pop(id_, None)

    def _forget(self, id_: str) -> None:
        if row := self._rows.pop(id_, None):
            self._downloads.pop(id_, None)
            for name in hashes(id_, row):
                self._by_hash.pop(name, None)
