"""Films of some kilobytes that hold what their names say: real media with a length of their own."""

from __future__ import annotations

import struct
from pathlib import Path

_UHD = Path(__file__).parent.parent / "media" / "uhd.mkv"
_SEGMENT, _VOID = b"\x18\x53\x80\x67\x01", b"\xec\x01"
_DURATION, _WIDTH, _HEIGHT = b"\x44\x89\x88", b"\xb0\x82", b"\xba\x82"


def film(seed: bytes = b"", *, minutes: float = 100, size: int = 0, picture: tuple[int, int] = (1920, 800)) -> bytes:
    """A whole Matroska file: x264, 1080p unless asked otherwise, of at least ``size`` bytes; other bytes per seed."""
    return _head(seed, minutes, size, picture).ljust(size, b"\0")


def sparse_film(path: Path, size: int, *, minutes: float = 100) -> None:
    """The same as a file of any size that takes no room."""
    with path.open("xb") as file:
        file.write(_head(b"", minutes, size, (1920, 800)))
        file.truncate(size)


def _head(seed: bytes, minutes: float, size: int, picture: tuple[int, int]) -> bytes:
    """All but the zeros at the end, which lie in an element that means nothing."""
    data = bytearray(_UHD.read_bytes())
    struct.pack_into(">d", data, data.index(_DURATION) + 3, minutes * 60_000)
    for mark, lines in zip((_WIDTH, _HEIGHT), picture, strict=True):
        struct.pack_into(">H", data, data.index(mark) + 2, lines)
    filling = max(len(seed), size - len(data) - 9)
    data += _VOID + filling.to_bytes(7, "big")
    start = data.index(_SEGMENT) + len(_SEGMENT)
    data[start : start + 7] = (len(data) + filling - start - 7).to_bytes(7, "big")
    return bytes(data) + seed
