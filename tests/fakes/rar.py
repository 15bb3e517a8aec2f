"""RAR archives as scene releases have them: stored, not packed, in any number of volumes."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Mapping

_SPLIT_BEFORE, _SPLIT_AFTER, _PASSWORD, _LONG = 0x01, 0x02, 0x04, 0x8000
_VOLUME, _FIRST = 0x01, 0x100
REGULAR, LINK = stat.S_IFREG | 0o644, stat.S_IFLNK | 0o777


def rar(
    files: Mapping[str, bytes], *, volume: int = 1 << 40, mode: int = REGULAR, password: bool = False
) -> list[bytes]:
    """The volumes of an archive with these files, each with about so many bytes of content."""
    parts: list[list[tuple[str, bytes, int, bytes]]] = [[]]
    room = volume
    for name, content in files.items():
        rest, flags = content, 0
        while len(rest) > room:
            parts[-1].append((name, rest[:room], flags | _SPLIT_AFTER, content))
            rest, flags, room = rest[room:], _SPLIT_BEFORE, volume
            parts.append([])
        parts[-1].append((name, rest, flags, content))
        room -= len(rest)
    made = []
    for number, part in enumerate(parts):
        several = (_VOLUME | (_FIRST if number == 0 else 0)) if len(parts) > 1 else 0
        data = b"Rar!\x1a\x07\x00" + _block(0x73, several, bytes(6))
        for name, piece, flags, whole in part:
            check = zlib.crc32(piece if flags & _SPLIT_AFTER else whole)
            encoded = name.encode()
            fields = struct.pack("<IIBIIBBHI", len(piece), len(whole), 3, check, 0, 20, 0x30, len(encoded), mode)
            kept = flags | _LONG | (_PASSWORD if password else 0)
            data += _block(0x74, kept, fields + encoded) + piece
        made.append(data + _block(0x7B, 0x4000 | (number < len(parts) - 1), b""))
    return made


def _block(kind: int, flags: int, fields: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
