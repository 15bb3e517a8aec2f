"""Programs of this machine that people use beside this one: found as their desktop finds them, started on their own."""

from __future__ import annotations

import configparser
import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from radarr_desktop.plugin_api import Program

_OURS = "RADARR_DESKTOP_"
"""How variables begin that are nobody else's business."""
_PLACE = re.compile(r"%[a-zA-Z]|@@u?")
"""Where a launcher puts files, and how Flatpak's entries mark that."""
_SANDBOX = Path("/.flatpak-info")
_FLATPAKS = ("~/.local/share/flatpak", "/var/lib/flatpak")
_APPLICATIONS = "/usr/local/share:/usr/share"


def command_of(programs: Sequence[Program], env: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What starts the first of them that is there; empty for none. From inside a sandbox nothing can be started."""
    env = os.environ if env is None else env
    if _SANDBOX.exists():
        return ()
    has_display = sys.platform in ("win32", "darwin") or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))
    for program in programs:
        if program.has_window and not has_display:
            continue
        if path := shutil.which(program.executable, path=env.get("PATH", os.defpath)):
            return (path,)
        if program.application and (command := _flatpak(program.application) or _entry(program.application, env)):
            return command
    return ()


def start(command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start it in a session of its own, without a shell: it goes on when this program ends."""
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        list(command),
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        cwd=_home(),
        env=_environment(os.environ if env is None else env),
        **apart,
    )
    # somebody must take note of its end, or it stays behind as a zombie
    threading.Thread(target=process.wait, name="started program", daemon=True).start()
    return process


def _home() -> Path:
    """Where a desktop starts programs; the root where a service's user has no home."""
    with contextlib.suppress(RuntimeError):
        if Path.home().is_dir():
            return Path.home()
    return Path(Path.cwd().anchor)


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    """Ours without what is ours alone: keys, and the libraries that a frozen program brings along."""
    kept = {name: value for name, value in env.items() if not name.startswith(_OURS)}
    if getattr(sys, "frozen", False):
        before = kept.pop("LD_LIBRARY_PATH_ORIG", "")
        kept.pop("LD_LIBRARY_PATH", None)
        kept |= {"LD_LIBRARY_PATH": before} if before else {}
    return kept


def _flatpak(application: str) -> tuple[str, ...]:
    """The launcher that every installed one has."""
    launchers = (Path(folder).expanduser() / "exports/bin" / application for folder in _FLATPAKS)
    found = next((path for path in launchers if os.access(path, os.X_OK)), None)
    return (str(found),) if found else ()


def _entry(application: str, env: Mapping[str, str]) -> tuple[str, ...]:
    """The command of its desktop entry, without the places for files."""
    home = env.get("XDG_DATA_HOME") or "~/.local/share"
    folders = [home, *(env.get("XDG_DATA_DIRS") or _APPLICATIONS).split(":")]
    for folder in filter(None, folders):
        entry = configparser.RawConfigParser(strict=False)
        try:
            entry.read_string((Path(folder).expanduser() / f"applications/{application}.desktop").read_text("utf-8"))
            words = shlex.split(entry.get("Desktop Entry", "Exec"))
        except (OSError, ValueError, configparser.Error):
            continue
        command = [word.replace("%%", "%") for word in words if not _PLACE.fullmatch(word)]
        path = shutil.which(command[0], path=env.get("PATH", os.defpath)) if command else None
        if path:
            return (path, *command[1:])
    return ()
