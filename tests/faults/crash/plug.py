"""A disk of its own, an image of ext4, whose plug can be pulled.

The system itself plays the cut: from that moment on the file system writes nothing more, and what it had not written
out is lost. Mounted again, it recovers by its journal as after a real one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path

_SHUTDOWN = 0x8004587D
"""``EXT4_IOC_SHUTDOWN`` of the kernel."""
_NOT_EVEN_THE_JOURNAL = 2
PATIENCE = 60.0


class Disk:
    """Empty, and mounted at ``folder/disk``."""

    def __init__(self, folder: Path, size: int) -> None:
        self.path = folder / "disk"
        self.path.mkdir()
        self._image = folder / "disk.img"
        with self._image.open("wb") as file:
            file.truncate(size)
        subprocess.run(["mkfs.ext4", "-q", str(self._image)], check=True, capture_output=True)
        self._mount()

    def cut(self) -> None:
        """Pull the plug, and give the power back."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _NOT_EVEN_THE_JOURNAL))
        finally:
            os.close(handle)
        self.close()
        self._renew()
        self._mount()

    def close(self) -> None:
        """Unmount it. What a killed program had started ends by itself, and may take a moment for it."""
        deadline = time.monotonic() + PATIENCE
        while subprocess.run(["umount", str(self.path)], check=False, capture_output=True).returncode:
            if time.monotonic() > deadline:
                raise AssertionError(f"somebody still uses {self.path}")
            time.sleep(0.02)

    def _renew(self) -> None:
        """Go on with a copy: whoever has mounts of his own, as another test's program may, keeps the dead one alive."""
        copy = self._image.with_suffix(".copy")
        subprocess.run(["cp", "--sparse=always", str(self._image), str(copy)], check=True, capture_output=True)
        copy.replace(self._image)

    def _mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", str(self._image), str(self.path)], check=True, capture_output=True)


def can_cut(folder: Path) -> bool:
    """May we mount images of disks here?"""
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        return False
    try:
        Disk(folder, 8 << 20).close()
    except subprocess.CalledProcessError:
        return False
    finally:
        shutil.rmtree(folder / "disk", ignore_errors=True)
        (folder / "disk.img").unlink(missing_ok=True)
    return True
