"""What may be dropped or pasted into the window: .torrent files, magnets and links, judged before use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QThreadPool, QUrl, Signal

from radarr_desktop.domain.decision.contents import VIDEO, suffix

TORRENT_LIMIT = 10 * 1024 * 1024
_MOST_ITEMS = 100
_LINK_LIMIT = 8192
_TEXT_LIMIT = 256 * 1024
_MAGNET = re.compile(r"magnet:\?\S*xt=urn:bt[im]h:\S+", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def links_in(text: str) -> list[str]:
    """The magnets and web links of a text, one to a line, in order."""
    found: list[str] = []
    for line in text[:_TEXT_LIMIT].splitlines():
        link = line.strip()
        if len(link) <= _LINK_LIMIT and (_MAGNET.fullmatch(link) or _LINK.fullmatch(link)):
            found.append(link)
    return found[:_MOST_ITEMS]


def torrent_files_in(urls: Sequence[QUrl]) -> list[Path]:
    """The local .torrent files among dropped addresses."""
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == ".torrent"][:_MOST_ITEMS]


def media_in(urls: Sequence[QUrl]) -> list[Path]:
    """The local videos among dropped addresses, and folders: what may be imported."""
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if suffix(path.name) in VIDEO or path.is_dir()][:_MOST_ITEMS]


def can_take(data: QMimeData) -> bool:
    """Whether there is anything in it for us; cheap, as it is asked while the mouse moves."""
    if torrent_files_in(data.urls()) or media_in(data.urls()):
        return True
    return data.hasText() and bool(links_in(data.text()))


class DropReader(QObject):
    """Turns a drop into torrents (bytes) and links (text); files are read off the window's thread."""

    taken = Signal(list)
    media = Signal(list)
    """Videos and folders, by their paths."""
    refused = Signal(str)

    _read = Signal(list, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # its own pool, because a pool waits for its reads when it is destroyed
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self._tell)

    def take(self, data: QMimeData) -> None:
        """Take what was dropped or pasted."""
        paths, media = torrent_files_in(data.urls()), media_in(data.urls())
        if media and not paths:
            self.media.emit(media)
            return
        links = links_in(data.text()) if data.hasText() and not paths else []
        self.take_all(paths, links)

    def take_all(self, paths: Sequence[Path], links: Sequence[str] = ()) -> None:
        """Take files and links by name; `taken` or `refused` tells what came of it."""
        if not paths and not links:
            self.refused.emit(self.tr("Nothing to add here. Drop .torrent files, magnet links or web links."))
        elif paths:
            self._pool.start(lambda: self._read.emit(*_read_all(paths, links)))
        else:
            self.taken.emit(list(links))

    def _tell(self, items: list[bytes | str], refusals: list[tuple[str, str]]) -> None:
        for name, reason in refusals:
            self.refused.emit(self._sentence(name, reason))
        if items:
            self.taken.emit(items)

    def _sentence(self, name: str, reason: str) -> str:
        sentences = {
            "large": self.tr("{name} is larger than 10 MB, which no .torrent file is. It was not added."),
            "empty": self.tr("{name} is empty. Download it again, then drop it here."),
            "unread": self.tr("{name} could not be read. Check that you may open it, then drop it again."),
        }
        return sentences[reason].format(name=name)


def _read_all(paths: Sequence[Path], links: Sequence[str]) -> tuple[list[bytes | str], list[tuple[str, str]]]:
    items: list[bytes | str] = list(links)
    refusals: list[tuple[str, str]] = []
    for path in paths:
        try:
            # a pipe or device would never end
            if not path.is_file():
                raise OSError
            with path.open("rb") as file:
                content = file.read(TORRENT_LIMIT + 1)
        except OSError:
            refusals.append((path.name, "unread"))
            continue
        if len(content) > TORRENT_LIMIT:
            refusals.append((path.name, "large"))
        elif not content:
            refusals.append((path.name, "empty"))
        else:
            items.append(content)
    return items, refusals
