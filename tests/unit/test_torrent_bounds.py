"""What a hostile torrent may cost: a bounded multiple of real ones, whatever it is made of."""

from __future__ import annotations

import tracemalloc

import pytest

from radarr_desktop.domain.torrent import MAX_PARTS, MAX_TORRENT, TorrentError, read_torrent

MOST = 80_000_000
"""Bytes; ten megabytes of such parts took up to half a billion, one long name nearly a whole."""


def _filled(before: bytes, part: bytes, parts: int, after: bytes) -> bytes:
    """As many as are read, or fit."""
    count = min((MAX_PARTS - 50) // parts, (MAX_TORRENT - len(before) - len(after)) // len(part))
    return before + part * count + after


_ONE_FILE = b"6:lengthi1e4:name1:m12:piece lengthi1e6:pieces20:hhhhhhhhhhhhhhhhhhhh"
_TREE = b"".join(b"6:%06dd0:d6:lengthi1eee" % number for number in range(MAX_PARTS // 8 - 10))

HOSTILE = {
    "empty lists": _filled(b"d4:infol", b"le", 2, b"ee"),
    "empty dictionaries": _filled(b"d4:infol", b"de", 2, b"ee"),
    "lists": _filled(b"d4:infol", b"l1:ae", 3, b"ee"),
    "dictionaries": _filled(b"d4:infol", b"d2:ab2:cde", 4, b"ee"),
    "numbers": _filled(b"d4:infol", b"i1000e", 1, b"ee"),
    "texts": _filled(b"d4:infol", b"2:ab", 1, b"ee"),
    "files of one name": _filled(b"d4:infod5:filesl", b"d6:lengthi1e4:pathl1:aee", 8, b"e4:name1:m6:pieces0:ee"),
    "a file tree": b"d4:infod9:file treed" + _TREE + b"e12:meta versioni2e4:name1:m6:pieces0:ee",
    "trackers": _filled(b"d13:announce-listl", b"l9:udp://a:1e", 3, b"e4:infod" + _ONE_FILE + b"1:a1:bee"),
    "a name of words": b"d4:infod4:name10000000:" + b"a " * 5_000_000 + b"6:pieces0:ee",
    "a name of signs": b"d4:infod4:name10000000:" + b"\x01" * 10_000_000 + b"6:pieces0:ee",
    "a path of signs": b"d4:infod5:filesld6:lengthi1e4:pathl9999999:"
    + b"\xff" * 9_999_999
    + b"eee4:name1:m6:pieces0:ee",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_torrent_is_refused_with_little_memory(kind: str) -> None:
    tracemalloc.start(1)
    try:
        with pytest.raises(TorrentError, match=r"\.$"):
            read_torrent(HOSTILE[kind])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST


@pytest.mark.parametrize("part", [b"le", b"d0:0:e", b"1:a", b"i7e"])
def test_more_parts_than_a_torrent_has_are_not_decoded(part: bytes) -> None:
    with pytest.raises(TorrentError, match=rf"^A torrent of more than {MAX_PARTS:,} parts: no real one is built"):
        read_torrent(b"d4:infol" + part * (MAX_TORRENT // len(part) // 2) + b"ee")


def test_names_that_look_like_many_parts_are_none() -> None:
    files = b"".join(b"d6:lengthi9e4:pathl200:%04d%see" % (number, b"e:" * 98) for number in range(1_500))
    torrent = read_torrent(
        b"d4:infod5:filesl" + files + b"e4:name1:m12:piece lengthi13500e6:pieces20:" + b"h" * 20 + b"ee"
    )
    assert len(torrent.files) == 1_500
