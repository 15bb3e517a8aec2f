"""The built-in downloader spells the names of files as the program does, whatever locale it was started in."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import bencode2
import pytest

FOLDER, FILE, CONTENT = "Amélie (2001)", "Amélie – 映画.mkv", b"film" * 5000
TAKES_UP = """
import asyncio, json, logging, pathlib, sys
from radarr_desktop.plugin_api import Context, Http, Torrent
from radarr_desktop_plugins.libtorrent import Libtorrent, LibtorrentSettings

async def main():
    order = json.loads(sys.stdin.readline())
    folder = pathlib.Path(order["folder"])
    (folder / "data").mkdir()
    settings = LibtorrentSettings(download_folder=folder / "döwnloads", interface="127.0.0.1")
    client = Libtorrent(settings, Context("", folder / "data", Http(""), logging.getLogger(), "0"))
    await client.start()
    await client.add(Torrent("X", (order["hash"],), data=bytes.fromhex(order["data"])))
    while not [one for one in await client.downloads() if one.progress == 1]:
        await asyncio.sleep(0.05)
    await client.close()

asyncio.run(main())
"""


@pytest.mark.skipif(os.name != "posix", reason="a locale decides about names there only")
def test_what_lies_there_is_found_without_a_locale(tmp_path: Path) -> None:
    """Nobody seeds it: it can only be whole if libtorrent looks where it lies."""
    info = {
        b"files": [{b"length": len(CONTENT), b"path": [FILE.encode()]}],
        b"name": FOLDER.encode(),
        b"piece length": 32768,
        b"pieces": hashlib.sha1(CONTENT, usedforsecurity=False).digest(),
        b"private": 1,
    }
    hash = hashlib.sha1(bencode2.bencode(info), usedforsecurity=False).hexdigest()
    there = tmp_path / "döwnloads" / hash / FOLDER / FILE
    there.parent.mkdir(parents=True)
    there.write_bytes(CONTENT)
    order = {"folder": str(tmp_path), "hash": hash, "data": bencode2.bencode({b"info": info}).hex()}
    subprocess.run(
        [sys.executable, "-c", TAKES_UP],
        env={**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
        input=json.dumps(order),
        text=True,
        check=True,
        timeout=60,
    )
    assert [path.name for path in tmp_path.rglob("*.mkv")] == [FILE]
