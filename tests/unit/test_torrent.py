"""Reading .torrent files and magnet links: what libtorrent makes is read right, what is hostile is refused in words."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import bencode2
import libtorrent as lt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.torrent import (
    MAX_TORRENT,
    Magnet,
    MagnetError,
    TorrentEntry,
    TorrentError,
    TorrentFile,
    read_magnet,
    read_torrent,
)
from radarr_desktop.plugin_api import read_magnet_hash, read_topics

FLAGS = {"v1": lt.create_torrent.v1_only, "v2": lt.create_torrent.v2_only, "hybrid": 0}
V1, V2 = "ab" * 20, "cd" * 32


def made(path: Path, version: str, *, private: bool = True) -> bytes:
    """A .torrent of a file or folder by libtorrent."""
    creator = lt.create_torrent(lt.list_files(str(path)), 0, FLAGS[version])
    creator.add_tracker("http://127.0.0.1:9/announce?passkey=secret", 0)
    creator.add_tracker("udp://127.0.0.1:9/announce", 1)
    creator.set_priv(private)
    lt.set_piece_hashes(creator, str(path.parent))
    return bytes(lt.bencode(creator.generate()))


def written(info: dict[bytes, Any] | None = None, **changes: Any) -> bytes:
    """A small v1 torrent with some of its info changed; None takes a key away."""
    whole: dict[bytes, Any] = {b"length": 10, b"name": b"movie.mkv", b"piece length": 16384, b"pieces": b"h" * 20}
    whole |= {key.replace("_", " ").encode(): value for key, value in changes.items()} | (info or {})
    return bencode2.bencode({b"info": {key: value for key, value in whole.items() if value is not None}})


def listed(*paths: list[bytes]) -> bytes:
    """A torrent of a folder ``m`` with ten bytes in each of these paths."""
    return written({b"files": [{b"length": 10, b"path": path} for path in paths]}, length=None, name=b"m")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A release of three files, one of them in a folder."""
    release = tmp_path / "Static.Bloom.2024"
    (release / "Subs").mkdir(parents=True)
    (release / "movie.mkv").write_bytes(bytes(range(256)) * 700)
    (release / "Subs" / "de.srt").write_bytes(b"eins")
    (release / "info.nfo").write_bytes(b"nfo")
    return release


@pytest.mark.parametrize("version", ["v1", "v2", "hybrid"])
@pytest.mark.parametrize("content", ["file", "folder"])
def test_reads_what_libtorrent_reads(folder: Path, version: str, content: str) -> None:
    data = made(folder / "movie.mkv" if content == "file" else folder, version)
    torrent = read_torrent(data)
    reference = lt.load_torrent_buffer(data).ti
    assert reference is not None
    hashes, layout = reference.info_hashes(), reference.layout()
    assert torrent.v1 == (str(hashes.v1) if hashes.has_v1() else "")
    assert torrent.v2 == (str(hashes.v2) if hashes.has_v2() else "")
    assert torrent.hashes == tuple(one for one in (torrent.v1, torrent.v2) if one)
    pads = lt.file_storage.flag_pad_file
    expected = {
        TorrentEntry(layout.file_path(index), layout.file_size(index))
        for index in range(layout.num_files())
        if not layout.file_flags(index) & pads
    }
    assert set(torrent.files) == expected
    assert torrent.size == sum(one.size for one in expected)
    assert torrent.name == reference.name()
    assert torrent.private
    assert torrent.trackers == ("http://127.0.0.1:9/announce?passkey=secret", "udp://127.0.0.1:9/announce")


def test_passkeys_are_not_in_the_repr(folder: Path) -> None:
    assert "secret" not in repr(read_torrent(made(folder, "v1")))
    assert "secret" not in repr(read_magnet(f"magnet:?xt=urn:btih:{V1}&tr=http%3A%2F%2Fa.example%2Fsecret"))


def test_the_hash_is_that_of_the_raw_info_with_unknown_keys() -> None:
    data = written(source=b"Anchor", zz=[{b"k": -5}], private=0)
    raw = data[len(b"d4:info") : -1]
    assert read_torrent(data).v1 == hashlib.sha1(raw, usedforsecurity=False).hexdigest()
    assert not read_torrent(data).private


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "An empty answer"),
        (b"\n <!DOCTYPE html><html>Please log in</html>", "A web page"),
        (b'{"status": 5}', "A JSON answer"),
        (b"not a torrent", "Data that does not begin"),
        (b"d8:announce3:abce", "A bencoded file without an info dictionary"),
        (b"d" + b"4:info" * 2 + b"e", "A bencoded file without an info dictionary"),
        (written()[:-30], "A torrent that breaks off"),
        (written() + b"\n", "A torrent that breaks off"),
        (b"d4:info" + b"l" * 50_000, "A torrent that breaks off or is damaged: it is nested too deeply"),
        (b"d1:z0:1:a0:e", "A torrent that breaks off or is damaged: its key order"),
        (b"d" + b"0" * MAX_TORRENT, "10.5 MB of data"),
        (b"d4:infod6:lengthi" + b"9" * 5000 + b"eee", "A torrent that breaks off"),
        (written(pieces=None), "A torrent without piece hashes"),
        (written(pieces=b"h" * 40), "2 piece hashes for 10 bytes"),
        (written(piece_length=0), "A torrent without a piece length"),
        (written(length=-1), "A file of -1 bytes"),
        (written(length=1 << 62), "A file of 4,611,686,018,427,387,904 bytes"),
        (written(length=b"10"), "A file without a size"),
        (written(length=0, pieces=b""), "A torrent without any content"),
        (listed(), "A torrent without any content"),
        (written({b"files": 5}), "A file list that is no list"),
        (written({b"files": [{b"length": 5, b"path": []}]}), "A file without a name"),
        (written({b"files": [{b"length": 5, b"path": [b"a"] * 40}]}), "A file 40 folders deep"),
        (
            written({b"files": [{b"length": 1 << 45, b"path": [bytes([97 + n])]} for n in range(9)]}),
            "A torrent of 317 TB",
        ),
        (written({b"files": [{b"attr": b"l", b"length": 5, b"path": [b"etc"]}]}), 'A link "etc"'),
        (listed([b"movie.mkv"], [b"Movie.MKV"]), "Two files named"),
        (listed([b"caf\xc3\xa9"], [b"cafe\xcc\x81"]), "Two files named"),
        (listed([b"a"], [b"A", b"b"]), "A file and a folder both named"),
        (listed(*[[b"x" * 250] * 20]), "A path of 5,021 bytes"),
        (written(name=b"x" * 5000), f'A file name "{"x" * 60}" of 5,000 bytes'),
        (written(name=b"movie\xe2\x80\xaevkm.exe"), 'A file name "movievkm.exe" with hidden'),
        (written({b"meta version": 2}), "A torrent of the new format without a file tree"),
        (written({b"meta version": 2, b"file tree": {b"a.exe": {b"": {b"length": 10}}}}), "Two different file lists"),
        (written({b"meta version": 2, b"file tree": {b"a": {b"": {}, b"b": {}}}}), "A file that is a folder too"),
        (written({b"meta version": 2, b"file tree": {b"a": b""}}), "A file tree with something else"),
    ],
)
def test_refuses_in_words(data: bytes, found: str) -> None:
    with pytest.raises(TorrentError) as caught:
        read_torrent(data)
    message = str(caught.value)
    assert message.startswith(found)
    assert message.endswith(".")
    assert len(message) < 400


@pytest.mark.parametrize(
    "name",
    [b"..", b".", b"", b" ", b"../../etc/passwd", b"/etc/passwd", b"C:\\Windows", b"C:", b"a\\..\\b", b"a\0b", b"a\nb"],
)
def test_no_name_leaves_the_folder(name: bytes) -> None:
    tree = {b"meta version": 2, b"file tree": {b"ok": {name: {b"": {b"length": 10}}}}, b"pieces": None}
    for data in (written(name=name), listed([b"ok", name]), *([written(tree)] if name else [])):
        with pytest.raises(TorrentError, match=r"^A file name"):
            read_torrent(data)


@pytest.mark.parametrize("name", [b"Die Br\xc3\xbccke.de.srt", "\u4e09".encode() * 85, b"ab: c?.mkv", b"x" * 255])
def test_names_of_all_scripts_stay_as_they_are(name: bytes) -> None:
    assert read_torrent(listed([name])).files == (TorrentEntry(f"m/{name.decode()}", 10),)


def test_thousands_of_files_are_read() -> None:
    paths = [[b"file.de", b"title.%05d.de.le" % number] for number in range(20_001)]
    data = written({b"files": [{b"length": 1, b"path": path} for path in paths]}, length=None, pieces=b"h" * 40)
    torrent = read_torrent(data)
    assert len(torrent.files) == torrent.size == 20_001
    assert torrent.files[-1].path == "movie.mkv/file.de/title.20000.de.le"


def test_a_deep_file_tree_is_refused() -> None:
    tree: dict[bytes, Any] = {b"": {b"length": 10}}
    for _ in range(60):
        tree = {b"d": tree}
    with pytest.raises(TorrentError, match=r"^A file more than 32 folders deep"):
        read_torrent(written({b"meta version": 2, b"file tree": tree, b"pieces": None}))


def test_padding_is_no_file() -> None:
    pad = {b"attr": b"p", b"length": 6, b"path": [b".pad", b"6"]}
    data = written({b"files": [{b"length": 10, b"path": [b"a"]}, pad]}, length=None)
    assert read_torrent(data).files == (TorrentEntry("movie.mkv/a", 10),)
    with pytest.raises(TorrentError, match=r"^A torrent without any content"):
        read_torrent(written({b"files": [pad]}, length=None))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_torrent_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(listed([b"movie.mkv"], [b"Subs", b"de.srt"]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
        whole = whole or bytearray(b"d")
    _read_or_refuse(bytes(whole))


_keys = st.sampled_from([b"", b"attr", b"length", b"path", b"a", b"..", b"path.utf-8"])
_values = st.recursive(
    st.integers(-5, 1 << 70) | st.binary(max_size=30) | st.sampled_from([b"..", b"a", b"p", b"l"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=12,
)
_infos = st.dictionaries(
    st.sampled_from([b"files", b"file tree", b"length", b"meta version", b"name", b"pieces", b"piece length"]),
    _values | st.just(2),
)


@settings(max_examples=150, deadline=None)
@given(_infos)
def test_any_info_is_read_or_refused(info: dict[bytes, Any]) -> None:
    _read_or_refuse(bencode2.bencode({b"info": info}))
    _read_or_refuse(written(info))


def _read_or_refuse(data: bytes) -> None:
    """Whatever the bytes are, the outcome is a sound torrent or a ``TorrentError``."""
    try:
        torrent = read_torrent(data)
    except TorrentError:
        return
    assert isinstance(torrent, TorrentFile)
    assert torrent.size == sum(one.size for one in torrent.files) > 0
    root = Path("/library")
    for entry in torrent.files:
        assert root in (root / entry.path).resolve().parents


def test_magnets_of_all_writings() -> None:
    base32 = base64.b32encode(bytes.fromhex(V1)).decode()
    for xt in (V1, V1.upper(), base32, base32.lower()):
        assert read_magnet(f"MAGNET:?XT=URN:BTIH:{xt}").hashes == (V1,)
    both = read_magnet(
        f" magnet:?xt.1=urn:btih:{V1}&xt.2=urn:btmh:1220{V2}&tr=udp%3A%2F%2Ft.example%3A1&tr=javascript:x "
    )
    assert both == Magnet(v1=V1, v2=V2, name="", trackers=("udp://t.example:1",))
    assert read_magnet(f"magnet:?xt=urn:btmh:1220{V2}&xt=urn:ed2k:1").hashes == (V2,)
    assert read_magnet(f"magnet:?xt=urn:btih:{V1}&xt=urn:btih:{base32}").v1 == V1


def test_plugins_read_of_a_magnet_what_the_program_reads() -> None:
    for link in (
        f"magnet:?xt=urn:btih:{V1}&xt.2=urn:btmh:1220{V2}",
        f"magnet:?xt=urn:btmh:1220{V2}&tr=http://t.example",
    ):
        assert read_topics(link) == set(read_magnet(link).hashes)
        assert read_magnet_hash(link) == read_magnet(link).v1
    assert read_topics(f"magnet:?xt=urn:btih:{V1}{'&tr=a' * 600}") == frozenset()


def test_a_magnets_name_is_safe_to_show() -> None:
    name = "Static%20Bloom%00%0a%E2%80%AE%1b%5B31m+2024" + "x" * 500
    shown = read_magnet(f"magnet:?xt=urn:btih:{V1}&dn={name}").name
    assert shown.startswith("Static Bloom [31m 2024")
    assert len(shown) == 255
    assert shown.isprintable()


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("", 'Text that does not start with "magnet:?"'),
        ("http://example.com/a.torrent", 'Text that does not start with "magnet:?"'),
        ("magnet:?dn=Static+Bloom", "A magnet link without a torrent hash"),
        ("magnet:?xt=urn:btih:1234", "A magnet link without a torrent hash"),
        (f"magnet:?xt=urn:btmh:1114{V2}", "A magnet link without a torrent hash"),
        (f"magnet:?xt=urn:btih:{V1}&xt=urn:btih:{'ef' * 20}", "A magnet link with the hashes of several torrents"),
        (f"magnet:?xt=urn:btih:{V1}&dn={'x' * 40_000}", "A link of 40,0"),
        (f"magnet:?xt=urn:btih:{V1}{'&tr=a' * 600}", "A link of more than 500 parts"),
    ],
)
def test_refuses_magnets_in_words(uri: str, found: str) -> None:
    with pytest.raises(MagnetError) as caught:
        read_magnet(uri)
    assert str(caught.value).startswith(found)
    assert str(caught.value).endswith(".")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="xt.1=&%urn:btih2AZdn+\u202e" + V1, max_size=60), max_size=6))
def test_any_magnet_is_read_or_refused(parts: list[str]) -> None:
    try:
        magnet = read_magnet("magnet:?" + "&".join(parts))
    except MagnetError:
        return
    assert magnet.hashes
    assert all(len(one) in (40, 64) for one in magnet.hashes)
