"""A look into a torrent of thousands of files before a byte of it is downloaded."""

from __future__ import annotations

import time
from functools import cache

import bencode2

from radarr_desktop.domain.decision.contents import Promise
from radarr_desktop.engine.search.inspect import look_into
from radarr_desktop.loopback.torrents import TorrentFile, claiming
from tests.bench.figure import Figure

FILES = 9_000


@cache
def torrent() -> TorrentFile:
    """A movie with thousands of small files in folders beside it."""
    beside = {f"Beside/{number % 50:02}/Still.{number:04} (large).de.jpg": 9_000 + number for number in range(FILES)}
    return claiming({"Film.2020.1080p.WEB-DL-X.mkv": 9_000_000_000} | beside, "", name="Film.2020.1080p.WEB-DL-X")


def look() -> float:
    """Milliseconds from the torrent's bytes to the answer."""
    data, promise = torrent().data, Promise(minutes=104)
    begin = time.process_time()
    looked = look_into(data, "", promise)
    passed = (time.process_time() - begin) * 1000
    assert looked.files == FILES + 1
    return passed


def bare() -> float:
    """The decoding alone."""
    data = torrent().data
    begin = time.process_time()
    bencode2.bdecode(data)
    return (time.process_time() - begin) * 1000


FIGURES = [
    Figure(
        "look.9000",
        "A look into a torrent of 9,001 files, from its bytes to the answer (reference: bencode2 alone)",
        "ms",
        50,
        look,
        bare,
        rounds=15,
    )
]
