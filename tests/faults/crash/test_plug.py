"""The power cut of the other tests is one: what was written out stays, and nothing else does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.faults.crash.plug import Disk, can_cut


def test_after_a_cut_there_is_what_was_written_out_and_nothing_else(tmp_path: Path) -> None:
    if not can_cut(tmp_path):
        pytest.skip("only root can mount the image of a disk")
    disk = Disk(tmp_path, 48 << 20)
    try:
        (disk.path / "kept").write_bytes(b"kept" * 5000)
        os.sync()
        with (disk.path / "kept").open("ab") as file:
            file.write(b"lost")
        (disk.path / "lost").write_bytes(b"lost" * 5000)
        disk.cut()
        assert sorted(path.name for path in disk.path.iterdir()) == ["kept", "lost+found"]
        assert (disk.path / "kept").read_bytes() == b"kept" * 5000
        (disk.path / "later").write_bytes(b"it goes on")
        os.sync()
        disk.cut()
        assert (disk.path / "later").read_bytes() == b"it goes on"
    finally:
        disk.close()


def test_somebody_with_mounts_of_his_own_keeps_no_dead_disk_alive(tmp_path: Path) -> None:
    if not can_cut(tmp_path):
        pytest.skip("only root can mount the image of a disk")
    disk = Disk(tmp_path, 48 << 20)
    script = ["unshare", "--mount", "sh", "-c", "echo ready && exec cat"]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        try:
            disk.cut()
            (disk.path / "later").write_bytes(b"it goes on")
            assert (disk.path / "later").read_bytes() == b"it goes on"
        finally:
            other.stdin.close()
    disk.close()
