"""The file calls of the program as the system sees them, and an end at exactly one of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.faults.crash import many_imports
from tests.faults.crash.program import Process

CALLS = "link,linkat,rename,renameat,renameat2,mkdir,mkdirat,fsync,fdatasync,unlink,unlinkat,rmdir"
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += 0")
_PATH = re.compile(r'[<"](/[^">]*)[">]')
_STAMP = re.compile(r"\d{8}-\d{6}-\d{6}-\d+")
PATIENCE = 60.0


def can_trace() -> bool:
    """Does strace work here?"""
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode == 0


def calls_of_imports(root: Path) -> list[str]:
    """What happened below the library and to the database, in order; the same twice in a row is told once."""
    trace = root / "trace"
    options = ["-f", "-y", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(trace)]
    process = Process(["strace", *options, *many_imports.command(root, 1)], root)
    if process.wait(PATIENCE):
        raise AssertionError((root / "output").read_text(errors="replace")[-2000:])
    told: list[str] = []
    for line in trace.read_text(errors="replace").splitlines():
        if (call := _told(line, root)) and told[-1:] != [call]:
            told.append(call)
    return told


def killed_at(root: Path, call: str, path: str) -> None:
    """One life that ends as it makes this call with this path below the root, for the first time."""
    options = ["-f", "-qq", "-o", "/dev/null", "-P", str(root / path), "-e", f"trace={call}"]
    inject = ["-e", f"inject={call}:signal=KILL"]
    process = Process(["strace", *options, *inject, *many_imports.command(root, 1)], root)
    if process.wait(PATIENCE) == 0:
        raise AssertionError(f"{call} of {path} was never called")


def finish(root: Path, versions: int) -> None:
    """One life, undisturbed, until so many versions of the movie were imported."""
    if Process(many_imports.command(root, 1, versions=versions), root).wait(PATIENCE):
        raise AssertionError((root / "output").read_text(errors="replace")[-2000:])


def _told(line: str, root: Path) -> str:
    found = _LINE.match(line)
    paths = [path for path in _PATH.findall(found[2]) if path.startswith(str(root))] if found else []
    if not found or not paths:
        return ""
    if "radarr-desktop.db" in paths[-1]:
        return "commit" if "sync" in found[1] else ""
    shown = [_STAMP.sub("STAMP", str(Path(path).relative_to(root))) for path in paths]
    if not any(path.startswith("library") for path in shown):
        return ""
    shown = [path.removeprefix("library").strip("/") or "." for path in shown]
    return " ".join([found[1].removesuffix("2").removesuffix("at"), *shown])
