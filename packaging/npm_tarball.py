"""Read single files out of one pinned npm package, through the ordinary npm client."""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path


def read_members(package: str, integrity: str, names: Iterable[str]) -> dict[str, bytes]:
    """The named files of the package, after its hash was compared with the pinned one."""
    with tempfile.TemporaryDirectory() as folder:
        answer = subprocess.run(
            ["npm", "pack", "--json", "--pack-destination", folder, package],
            check=True,
            capture_output=True,
            text=True,
        )
        packed = json.loads(answer.stdout)[0]
        if packed["integrity"] != integrity:
            raise SystemExit(f"{package} is not the pinned file: expected {integrity}, got {packed['integrity']}")
        with tarfile.open(Path(folder, packed["filename"])) as tarball:
            return {name: _member(tarball, name) for name in names}


def _member(tarball: tarfile.TarFile, name: str) -> bytes:
    file = tarball.extractfile(f"package/{name}")
    if file is None:
        raise SystemExit(f"The package has no file named {name}")
    return file.read()
