"""Posters and backdrops for the loopback world: gradients, drawn the same way every time."""

from __future__ import annotations

import functools
import hashlib
import struct
import zlib

POSTER = (240, 360)
BACKDROP = (640, 360)


@functools.lru_cache(maxsize=32)
def gradient(seed: str, size: tuple[int, int]) -> bytes:
    """A PNG: two colours of the seed's own run into each other, a pale disc stands over the horizon."""
    width, height = size
    digest = hashlib.sha256(seed.encode()).digest()
    top = tuple(20 + value // 4 for value in digest[:3])
    bottom = tuple(90 + value // 2 for value in digest[3:6])
    x, y, radius = width * (30 + digest[6] % 40) // 100, height * 2 // 5, width // 7
    lines = bytearray()
    for row in range(height):
        line = bytes(a + (b - a) * row // height for a, b in zip(top, bottom, strict=True)) * width
        reach = radius * radius - (row - y) ** 2
        if reach > 0:
            half = int(reach**0.5)
            line = line[: 3 * (x - half)] + bytes((250, 240, 220)) * (2 * half) + line[3 * (x + half) :]
        lines += b"\x00" + line
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(lines), 6)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
