"""Archives made to climb out, blow up, or break who reads them: nothing is left, and it is said why."""

from __future__ import annotations

import random
import struct
import zipfile
from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.unpacker import Bounds, Left
from tests.fakes.rar import LINK, rar
from tests.integration.test_scan_archives import MEDIA, MOVIE, contents, refused, unpacked, zipped


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "alone" / "download"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    "name",
    ["../out.mkv", "a/../../out.mkv", "/tmp/out.mkv", "..\\out.mkv", "C:\\out.mkv", "\\\\host\\share\\out.mkv", "a/.."],
)
def test_nothing_climbs_out(name: str, root: Path) -> None:
    zipped(root / "a.zip", {"movie.mkv": MOVIE, name: b"x"})
    told = refused(root)
    assert (told.kind, told.why) == (Kind.REFUSED, f"It holds {name}, which leads out of its folder.")
    (root / "a.zip").unlink()
    (root / "a.rar").write_bytes(rar({"movie.mkv": MOVIE, name: b"x"})[0])
    assert "leads out of its folder" in str(refused(root))


def test_no_link_is_made_that_later_files_go_through(root: Path) -> None:
    (root / "a.rar").write_bytes(rar({"door": b"../.."}, mode=LINK)[0])
    found = unpacked(root)
    assert (contents(found.folder), found.left) == ({}, (Left("door", "It is a link or a device."),))


def test_two_of_one_name_are_refused(root: Path) -> None:
    (root / "a.rar").write_bytes(rar({"a.mkv": b"1", "./a.mkv": b"2"})[0])
    assert "two things named a.mkv" in str(refused(root))
    (root / "a.rar").write_bytes(rar({"a": b"1", "a/b.mkv": b"2"})[0])
    assert "two things named a/b.mkv" in str(refused(root))


def test_a_bomb_is_stopped(root: Path) -> None:
    zipped(root / "a.zip", {f"{number}.mkv": bytes(40 << 20) for number in range(3)})
    told = refused(root)
    assert (told.kind, told.what) == (Kind.REFUSED, "a.zip was not unpacked.")
    assert told.why.startswith("Far more comes out of it than the ")


def test_a_bomb_that_lies_about_its_size_is_stopped_too(root: Path) -> None:
    zipped(root / "a.zip", {"a.mkv": bytes(100 << 20)})
    data = (root / "a.zip").read_bytes()
    (root / "a.zip").write_bytes(data.replace(struct.pack("<I", 100 << 20), struct.pack("<I", 1000)))
    assert refused(root).kind is Kind.REFUSED


def test_bounds_of_size_files_and_room_hold(root: Path) -> None:
    zipped(root / "a.zip", {f"{number}.srt": b"x" * 100 for number in range(30)})
    assert "more than 10 files" in str(refused(root, bounds=Bounds(files=10, keep_free=0)))
    assert "Far more comes out" in str(refused(root, bounds=Bounds(size=1000, keep_free=0)))
    told = refused(root, bounds=Bounds(keep_free=1 << 60))
    assert (told.kind, told.what) == (Kind.DISK_FULL, "There is no room to unpack a.zip.")


def test_what_is_locked_is_told(root: Path) -> None:
    (root / "a.rar").write_bytes(rar({"a.mkv": MOVIE}, password=True)[0])
    assert "It is locked with a password." in str(refused(root))
    (root / "a.rar").unlink()
    zipped(root / "a.zip", {"a.mkv": MOVIE}, zipfile.ZIP_STORED)
    data = bytearray((root / "a.zip").read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (root / "a.zip").write_bytes(data)
    assert "It is locked with a password." in str(refused(root))


def test_content_that_its_checksum_contradicts_is_found(root: Path) -> None:
    zipped(root / "a.zip", {"a.mkv": MOVIE}, zipfile.ZIP_STORED)
    data = bytearray((root / "a.zip").read_bytes())
    data[5000] ^= 1
    (root / "a.zip").write_bytes(data)
    assert "It is damaged or its end is missing" in str(refused(root))


@pytest.mark.parametrize("name", ["a.zip", "a.rar", "a.7z"])
def test_what_is_no_archive_is_told(name: str, root: Path) -> None:
    for content in (b"x", b"<html>404</html>", random.Random(3).randbytes(5000)):
        (root / name).write_bytes(content)
        told = refused(root)
        assert (told.kind, told.what) == (Kind.REFUSED, f"{name} cannot be unpacked.")


def test_a_link_is_no_volume(root: Path) -> None:
    for number, data in enumerate(rar({"a.mkv": MOVIE}, volume=100_000), 1):
        (root / f"a.part{number}.rar").write_bytes(data)
    second = root / "a.part2.rar"
    archive_end = root.parent.parent / "elsewhere"
    second.rename(archive_end)
    second.symlink_to(archive_end)
    assert "damaged or its end is missing" in str(refused(root))  # the scan does not count it as a volume at all


@pytest.mark.parametrize("kind", ["zip", "rar", "7z"])
def test_damage_anywhere_ends_in_files_or_a_reason(kind: str, root: Path) -> None:
    chance = random.Random(7)
    zipped(root / "a.zip", {"a.mkv": MOVIE[:3000], "b/c.srt": b"words " * 50})
    whole = {
        "zip": (root / "a.zip").read_bytes(),
        "rar": rar({"a.mkv": MOVIE[:3000], "b/c.srt": b"words"})[0],
        "7z": (MEDIA / "hdr10.7z").read_bytes(),
    }[kind]
    (root / "a.zip").unlink()
    reasons: set[Kind] = set()
    for _ in range(12):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[
                chance.choice((chance.randrange(60), -1 - chance.randrange(60), chance.randrange(len(damaged))))
            ] ^= 1 << chance.randrange(8)
        (root / f"a.{kind}").write_bytes(damaged)
        try:
            found = unpacked(root)
        except Problem as fault:
            reasons.add(fault.kind)
        else:
            for path in sorted(found.folder.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            found.folder.rmdir()
        assert {path.name for path in root.parent.iterdir()} == {"download"}
    assert reasons == {Kind.REFUSED}
