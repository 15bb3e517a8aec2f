"""What a .torrent file or a magnet link says, read from hostile bytes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from radarr_desktop.plugin_api import read_topics

MAX_TORRENT = 10 * 1024 * 1024
"""Bytes; the largest real ones are near 4 MB."""
MAX_PARTS = 250_000
"""Texts, numbers and ends of lists in it: about eight for each file, so some 30,000 files."""
MAX_MAGNET = 32 * 1024
MAX_SIZE = 1 << 46
"""Bytes a torrent may claim to hold (64 TiB)."""
MAX_NAME = 255
"""Bytes of one file or folder name: what file systems take."""
MAX_PATH = 4000
MAX_DEPTH = 32
_PART = re.compile(rb"[dle]|i-?\d+e|(\d{1,8}):")
_HIDDEN = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e"
"""Control characters, halves of characters, and what turns the direction of reading."""
_PLAIN = re.compile(rf"[^\s./\\:{_HIDDEN}][^/\\:{_HIDDEN}]{{0,{MAX_NAME // 4 - 1}}}")
"""Names that need no closer look: nearly all are such, and there may be thousands."""


class TorrentError(ValueError):
    """The bytes are no usable torrent; the message says what was found and why that will not do."""


class UnreadableError(TorrentError):
    """What was sent is no whole torrent, so it says nothing about the torrent: the next answer may be one."""


class MagnetError(ValueError):
    """The text is no usable magnet link; the message says what was found and why that will not do."""


@dataclass(frozen=True, slots=True)
class TorrentEntry:
    """One file; ``path`` starts with the torrent's folder if it has one, with forward slashes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class TorrentFile:
    """A .torrent that was read and found sound."""

    name: str
    files: tuple[TorrentEntry, ...]
    size: int
    v1: str
    """SHA-1 of the info dictionary, 40 hex digits, or empty."""
    v2: str
    """SHA-256 of it, 64 hex digits, or empty."""
    private: bool
    trackers: tuple[str, ...] = field(repr=False)
    """They may hold a passkey."""

    @property
    def hashes(self) -> tuple[str, ...]:
        """The v1 hash if there is one, then the v2 hash."""
        return tuple(one for one in (self.v1, self.v2) if one)


@dataclass(frozen=True, slots=True)
class Magnet:
    """A magnet link that was read and found sound."""

    v1: str
    v2: str
    name: str
    """What the link calls it, made safe to show; may be empty."""
    trackers: tuple[str, ...] = field(repr=False)

    @property
    def hashes(self) -> tuple[str, ...]:
        """The v1 hash if there is one, then the v2 hash."""
        return tuple(one for one in (self.v1, self.v2) if one)


def read_torrent(data: bytes) -> TorrentFile:
    """Read a .torrent file. Raises ``TorrentError``."""
    import bencode2  # here: half a megabyte that a program without torrents to read does not need

    root = _decode(data)
    info = root.get(b"info")
    if not isinstance(info, dict):
        raise TorrentError("A bencoded file without an info dictionary: it describes no torrent.")
    raw = bencode2.bencode(info)
    if b"4:info" + raw not in data:  # the decoder is strict, so this cannot differ; the hash must not depend on it
        raise TorrentError("An info dictionary that is not written in the canonical way: its hash cannot be told.")
    name = _component(_bytes(info, b"name"))
    has_v2 = info.get(b"meta version") == 2
    has_v1 = b"pieces" in info
    if not has_v1 and not has_v2:
        raise TorrentError("A torrent without piece hashes: nothing it delivers could be checked.")
    files = _files_v1(info, name) if has_v1 else ()
    if has_v2:
        files_v2 = _files_v2(info, name)
        if has_v1 and set(files) != set(files_v2):
            raise TorrentError("Two different file lists in one torrent: its old and its new format disagree.")
        files = files or files_v2
    size = _checked(files)
    if has_v1:
        _check_pieces(info)
    return TorrentFile(
        name=name,
        files=files,
        size=size,
        v1=hashlib.sha1(raw, usedforsecurity=False).hexdigest() if has_v1 else "",
        v2=hashlib.sha256(raw).hexdigest() if has_v2 else "",
        private=info.get(b"private") == 1,
        trackers=tuple(dict.fromkeys(_announce_urls(root))),
    )


def read_magnet(uri: str) -> Magnet:
    """Read a magnet link. Raises ``MagnetError``."""
    uri = uri.strip()
    if len(uri) > MAX_MAGNET:
        raise MagnetError(f"A link of {len(uri):,} characters: a magnet link has {MAX_MAGNET:,} at most.")
    scheme, mark, query = uri.partition("?")
    if scheme.lower() != "magnet:" or not mark:
        raise MagnetError('Text that does not start with "magnet:?": it is no magnet link.')
    try:
        fields = parse_qsl(query, errors="replace", max_num_fields=500)
    except ValueError as fault:
        raise MagnetError("A link of more than 500 parts: no real magnet link has so many.") from fault
    hashes = read_topics(uri)
    v1, v2 = [one for one in hashes if len(one) == 40], [one for one in hashes if len(one) == 64]
    if not hashes:
        raise MagnetError("A magnet link without a torrent hash: there is nothing to look for.")
    if len(v1) > 1 or len(v2) > 1:
        raise MagnetError("A magnet link with the hashes of several torrents: it must name one.")
    name = next((value for key, value in fields if key.lower() == "dn"), "")
    trackers = (value for key, value in fields if re.fullmatch(r"tr(\.\d+)?", key, re.IGNORECASE))
    return Magnet(
        v1=v1[0] if v1 else "",
        v2=v2[0] if v2 else "",
        name=_shown(name),
        trackers=tuple(dict.fromkeys(url for url in trackers if _is_tracker(url))),
    )


def _decode(data: bytes) -> Mapping[bytes, Any]:
    import bencode2

    if not data:
        raise UnreadableError("An empty answer: no torrent was sent.")
    if len(data) > MAX_TORRENT:
        raise UnreadableError(
            f"{len(data) / 1e6:.1f} MB of data: a torrent file has {MAX_TORRENT // 1_000_000} MB at most."
        )
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<":
        raise UnreadableError("A web page instead of a torrent: the site wants a login, or shows an error.")
    if start[:1] in (b"{", b"["):
        raise UnreadableError("A JSON answer instead of a torrent: the site reports an error.")
    if start[:1] != b"d":
        raise UnreadableError("Data that does not begin like a torrent: it is something else.")
    _check_parts(data)
    try:
        root = bencode2.bdecode(data)
    except ValueError as fault:
        raise _undecodable(str(fault)) from fault
    if not isinstance(root, dict):
        raise UnreadableError("Data that does not begin like a torrent: it is something else.")
    return root


def _check_parts(data: bytes) -> None:
    """Before they are decoded: parts of two bytes may each take a hundred times that much memory."""
    if 2 * data.count(b"e") + data.count(b":") <= MAX_PARTS:  # a text has a colon, all else an end, lists a start too
        return
    at, match = 0, _PART.match
    for _ in range(MAX_PARTS):
        if at >= len(data):
            return
        found = match(data, at)
        if found is None:
            raise _undecodable("syntax")
        at = found.end() + int(found[1] or 0)
    raise TorrentError(f"A torrent of more than {MAX_PARTS:,} parts: no real one is built like this.")


def _undecodable(reason: str) -> TorrentError:
    what = "A torrent that breaks off or is damaged"
    if "depth" in reason:
        return TorrentError(f"{what}: it is nested too deeply.")
    if "sorted" in reason or "duplicated" in reason:
        return TorrentError(f"{what}: its key order is wrong.")
    return UnreadableError(f"{what}: its parts do not add up.")


def _length(value: object) -> int:
    if not isinstance(value, int):
        raise TorrentError("A file without a size: the torrent is damaged.")
    if not 0 <= value <= MAX_SIZE:
        raise TorrentError(f"A file of {f'{value:,}'[:40]} bytes: no file has that size.")
    return value


def _bytes(fields: Mapping[bytes, Any], key: bytes) -> bytes:
    value = fields.get(key + b".utf-8", fields.get(key))
    return value if isinstance(value, bytes) else b""


def _component(raw: bytes) -> str:
    """One file or folder name that cannot leave its folder, or ``TorrentError``."""
    name = raw[:MAX_PATH].decode("utf-8", "replace")
    if len(raw) <= MAX_PATH and _PLAIN.fullmatch(name):
        return name
    if not name.strip() or name in (".", ".."):
        wrong = ": it does not stay inside the torrent's folder"
    elif re.search(r"[/\\]|^[A-Za-z]:", name):
        wrong = " with a path in it: it does not stay inside the torrent's folder"
    elif re.search(f"[{_HIDDEN}]", name):
        wrong = " with hidden control characters: it is not what it looks like"
    elif (size := max(len(raw), len(name.encode()))) > MAX_NAME:
        wrong = f" of {size:,} bytes: disks take {MAX_NAME}"
    else:
        return name
    raise TorrentError(f'A file name "{_shown(name)[:60]}"{wrong}.')


class _Components(dict[bytes, str]):
    """Each name looked at once: a folder's comes again with every file in it."""

    def __missing__(self, raw: bytes) -> str:
        name = self[raw] = _component(raw)
        return name


def _entry(attributes: Mapping[bytes, Any], parts: Sequence[str]) -> TorrentEntry | None:
    """The file, or None for padding."""
    kind = attributes.get(b"attr")
    if isinstance(kind, bytes) and b"l" in kind:
        raise TorrentError(f'A link "{_shown(parts[-1])[:60]}" inside the torrent: links could point anywhere.')
    length = _length(attributes.get(b"length"))
    return None if isinstance(kind, bytes) and b"p" in kind else TorrentEntry("/".join(parts), length)


def _files_v1(info: Mapping[bytes, Any], name: str) -> tuple[TorrentEntry, ...]:
    if b"files" not in info:
        return (TorrentEntry(name, _length(info.get(b"length"))),)
    files, components = [], _Components()
    listed = info[b"files"]
    for one in listed if isinstance(listed, list) else [None]:
        if not isinstance(one, dict):
            raise TorrentError("A file list that is no list of files: the torrent is damaged.")
        path = one.get(b"path.utf-8", one.get(b"path"))
        if not isinstance(path, list) or set(map(type, path)) != {bytes}:
            raise TorrentError("A file without a name: the torrent is damaged.")
        if len(path) > MAX_DEPTH:
            raise TorrentError(f"A file {len(path)} folders deep: {MAX_DEPTH} are taken at most.")
        if entry := _entry(one, [name, *[components[part] for part in path]]):
            files.append(entry)
    return tuple(files)


def _files_v2(info: Mapping[bytes, Any], name: str) -> tuple[TorrentEntry, ...]:
    tree = info.get(b"file tree")
    if not isinstance(tree, dict):
        raise TorrentError("A torrent of the new format without a file tree: it describes no files.")
    files = tuple(_walk(tree, (name,)))
    alone = len(files) == 1 and files[0].path == f"{name}/{name}"  # a single file is written as a tree of one
    return (TorrentEntry(name, files[0].size),) if alone else files


def _walk(tree: Mapping[bytes, Any], parents: tuple[str, ...]) -> Iterator[TorrentEntry]:
    if len(parents) > MAX_DEPTH:
        raise TorrentError(f"A file more than {MAX_DEPTH} folders deep: no movie needs that.")
    for key, node in tree.items():
        if not isinstance(node, dict):
            raise TorrentError("A file tree with something else than files in it: the torrent is damaged.")
        parts = (*parents, _component(key))
        if b"" not in node:
            yield from _walk(node, parts)
        elif not isinstance(node[b""], dict) or len(node) > 1:
            raise TorrentError("A file that is a folder too: the torrent is damaged.")
        elif entry := _entry(node[b""], parts):
            yield entry


def _checked(files: tuple[TorrentEntry, ...]) -> int:
    """The size of all files together; paths that would fall on each other are refused."""
    size = sum(one.size for one in files)
    if not files or size == 0:
        raise TorrentError("A torrent without any content: it holds no file with a byte in it.")
    if size > MAX_SIZE:
        raise TorrentError(f"A torrent of {size / 1e12:,.0f} TB: no disk could take it.")
    taken: set[str] = set()
    folders: set[str] = set()
    for one in files:
        if len(one.path.encode()) > MAX_PATH:
            raise TorrentError(f"A path of {len(one.path.encode()):,} bytes: disks take {MAX_PATH:,}.")
        key = unicodedata.normalize("NFC", one.path).casefold()
        if key in taken:
            raise TorrentError(f'Two files named "{_shown(one.path)[:80]}": one would overwrite the other.')
        taken.add(key)
        parent = key.rpartition("/")[0]
        while parent and parent not in folders:  # what is known has its own parents there
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    if clash := taken & folders:
        raise TorrentError(f'A file and a folder both named "{_shown(min(clash))[:80]}": only one can exist.')
    return size


def _check_pieces(info: Mapping[bytes, Any]) -> None:
    piece, pieces = info.get(b"piece length"), info[b"pieces"]
    if not isinstance(piece, int) or piece <= 0 or not isinstance(pieces, bytes):
        raise TorrentError("A torrent without a piece length or piece hashes: nothing it delivers could be checked.")
    listed = info.get(b"files", [info])
    total = sum(one[b"length"] for one in listed)  # each was looked at; padding counts here
    if len(pieces) != -(-total // piece) * 20:
        raise TorrentError(f"{len(pieces) // 20:,} piece hashes for {total:,} bytes: they do not fit together.")


def _announce_urls(root: Mapping[bytes, Any]) -> Iterator[str]:
    tiers = root.get(b"announce-list")
    listed = [url for tier in tiers if isinstance(tier, list) for url in tier] if isinstance(tiers, list) else []
    for url in [root.get(b"announce"), *listed]:
        if isinstance(url, bytes) and _is_tracker(text := url.decode("utf-8", "replace").strip()):
            yield text


def _is_tracker(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "udp", "ws", "wss") and bool(parts.hostname)


def _shown(text: str) -> str:
    """The text without control and direction characters, in one line of at most 255 characters."""
    kept = (" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text[:MAX_PATH])
    plain = "".join(one for one in kept if unicodedata.category(one) not in ("Cf", "Cs", "Co"))
    return " ".join(plain.split())[:255]
