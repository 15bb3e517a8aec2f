"""Torrent files for the loopback world: honest ones of real files, and hostile ones byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PIECE = 16 * 1024


class Version(StrEnum):
    """Which hashes a torrent has."""

    V1 = "v1"
    V2 = "v2"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class TorrentFile:
    """A .torrent with the facts other parts of the world need."""

    data: bytes
    size: int
    v1: str = ""
    """40 hex digits, empty without a v1 half."""
    v2: str = ""
    """64 hex digits, empty without a v2 half."""
    magnet: str = ""

    @property
    def info_hash(self) -> str:
        """The hash an indexer shows: v1 where there is one, else v2 cut to 40 digits."""
        return self.v1 or self.v2[:40]

    @property
    def wire_hashes(self) -> tuple[str, ...]:
        """The hashes that are announced to trackers."""
        return tuple(one for one in (self.v1, self.v2[:40]) if one)


def of_files(path: Path, tracker: str, *, version: Version = Version.V1, private: bool = True) -> TorrentFile:
    """Make the .torrent of a file or folder; this reads all of it."""
    import libtorrent as lt  # here: the fake torrents below need none of its 8 MB

    flags = {Version.V1: lt.create_torrent.v1_only, Version.V2: lt.create_torrent.v2_only, Version.HYBRID: 0}[version]
    creator = lt.create_torrent(lt.list_files(str(path)), 0, flags)
    creator.add_tracker(tracker, 0)
    creator.set_priv(private)
    lt.set_piece_hashes(creator, str(path.parent))
    data = bytes(lt.bencode(creator.generate()))
    params = lt.load_torrent_buffer(data)
    hashes = params.info_hashes
    return TorrentFile(
        data=data,
        size=_size(path),
        v1=str(hashes.v1) if hashes.has_v1() else "",
        v2=str(hashes.v2) if hashes.has_v2() else "",
        magnet=lt.make_magnet_uri(params),
    )


def claiming(files: Mapping[str, int], tracker: str, *, name: str = "") -> TorrentFile:
    """Make a .torrent that lists these paths and sizes, whatever they are; its content exists nowhere.

    Paths are split at ``/`` and not checked: ``../../etc/passwd`` stays what it is. Without ``name`` there must be
    one file, and the torrent is a single-file one.
    """
    size = sum(files.values())
    piece = PIECE
    while size // piece > 2000:
        piece *= 2
    pieces = b"".join(_sha1(number.to_bytes(4, "big")) for number in range(-(-size // piece)))
    info: dict[str, object] = {"piece length": piece, "pieces": pieces, "private": 1}
    if name:
        rows = [{"length": length, "path": path.split("/")} for path, length in files.items()]
        info |= {"name": name, "files": rows}
    else:
        ((only, length),) = files.items()
        info |= {"name": only, "length": length}
    data = bencode({"announce": tracker, "info": info})
    v1 = _sha1(bencode(info)).hex()
    return TorrentFile(data=data, size=size, v1=v1, magnet=f"magnet:?xt=urn:btih:{v1}")


def empty(tracker: str) -> TorrentFile:
    """Make a well-formed .torrent without a single file."""
    return claiming({}, tracker, name="empty")


def bencode(value: object) -> bytes:
    """Encode numbers, bytes, text, lists and dictionaries; keys sorted, nothing else judged."""
    match value:
        case int():
            return b"i%de" % value
        case bytes():
            return b"%d:%s" % (len(value), value)
        case str():
            return bencode(value.encode())
        case Mapping():
            pairs = sorted((str(key).encode(), one) for key, one in value.items())
            return b"d" + b"".join(bencode(key) + bencode(one) for key, one in pairs) + b"e"
        case Sequence():
            return b"l" + b"".join(map(bencode, value)) + b"e"
    message = f"{type(value).__name__} cannot be bencoded"
    raise TypeError(message)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()
