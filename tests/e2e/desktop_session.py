"""A desktop of its own: X server, session bus, window manager, tray, notification service, keyring."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, TypeVar

from tests.e2e.screen_reader import screen_reader

T = TypeVar("T")
Panel = Literal["trayer", "xfce4-panel", ""]

PATIENCE = 60.0
PICTURES = Path("build/screenshots")
_KEPT = ("PATH", "LANG", "PYTHONPATH", "TMPDIR")
_DIE_WITH_PARENT = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
_CHOOSE = '#!/bin/sh\ntee -a "$TOLD.menu" | grep -m1 "$(cat "$TOLD.choice")"\n'
"""Stands in for the menu of a notification's buttons: it chooses what the test wants."""
_HOOK = '#!/bin/sh\nprintf "%s | %s | %s\\n" "$DUNST_APP_NAME" "$DUNST_SUMMARY" "$DUNST_BODY" >> "$TOLD"\n'


def until(check: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Ask again until the answer is true."""
    deadline = time.monotonic() + patience
    while not (answer := check()):
        assert time.monotonic() < deadline, f"{what}: not within {patience:g} s"
        time.sleep(0.05)
    return answer


class Session:
    """Everything in it is started by ``desktop_session`` and ends with it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self._told = folder / "told"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {name: value for name, value in os.environ.items() if name in _KEPT} | {
            "HOME": str(folder),
            "TOLD": str(self._told),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        for name in ("CONFIG", "DATA", "CACHE", "STATE", "RUNTIME"):
            place = folder / name.lower()
            place.mkdir(mode=0o700, parents=True)
            self.environment[f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}"] = str(place)

    def start(self, *command: str, typed: str | None = None, say: int | None = None) -> str:
        """Start a part of the desktop; with ``say`` return the first line it writes there."""
        read, write = os.pipe()
        pipes = {"pass_fds": (write,)} if say is not None else {}
        words = [word.replace("{say}", str(write)) for word in command]
        with (self.folder / f"{Path(command[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(
                [*_DIE_WITH_PARENT, *words],
                env=self.environment,
                stdin=subprocess.PIPE if typed is not None else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **pipes,  # type: ignore[call-overload]
            )
        self._stack.callback(_end, process)
        self._running[command[0]] = process
        if typed is not None:
            process.stdin.write(typed.encode())
            process.stdin.close()
        os.close(write)
        with os.fdopen(read) as answer:
            return answer.readline().strip() if say is not None else ""

    def ask(self, *command: str, obey: bool = True) -> str:
        """Run a tool in this session; what it prints."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0 or not obey, f"{command}: {done.stderr}"
        return done.stdout

    def start_panel(self, panel: Panel) -> None:
        """Start a tray, again if one runs."""
        if panel in self._running:
            _end(self._running[panel])
            until(lambda: not self._panel(), "the tray host is gone")
        if panel == "trayer":
            self.start("trayer", "--edge", "top", "--align", "right", "--width", "20", "--height", "32")
            until(lambda: '"panel"' in self.ask("xwininfo", "-root", "-tree"), "the tray host runs")
        else:
            self.start("xfce4-panel", "--disable-wm-check")
            until(lambda: _has_owner(self, "org.kde.StatusNotifierWatcher"), "the tray host runs")

    def told(self) -> list[str]:
        """The notifications dunst has shown: program, title and body."""
        return self._told.read_text(encoding="utf-8").splitlines() if self._told.exists() else []

    def press(self, words: str) -> list[str]:
        """Press a button of a notification that is in sight; the buttons there were."""
        choice, menu = Path(f"{self._told}.choice"), Path(f"{self._told}.menu")
        choice.write_text(words, encoding="utf-8")
        menu.unlink(missing_ok=True)
        self.ask("dunstctl", "context")
        until(menu.exists, "the menu of buttons opens")
        return menu.read_text(encoding="utf-8").splitlines()

    def windows(self) -> list[str]:
        """The program's own windows that can be seen, by number."""
        return self.ask("xdotool", "search", "--onlyvisible", "--name", "^radarr-desktop$", obey=False).split()

    def icons(self) -> list[str]:
        """The program's icons that X embeds in the tray's panel: size and place."""
        return re.findall(r'"radarr-desktop"\)\s+(\S+)', self._panel())

    def icon_at(self) -> tuple[str, str]:
        """The middle of the program's icon in that panel, on the screen."""
        (found,) = re.findall(r'"radarr-desktop"\)\s+(\d+)x(\d+)\S+\s+\+(\d+)\+(\d+)', self._panel())
        width, height, left, top = map(int, found)
        return str(left + width // 2), str(top + height // 2)

    def _panel(self) -> str:
        """What lies in it, as xwininfo lists it."""
        tree = self.ask("xwininfo", "-root", "-tree", obey=False)  # a window may end while it looks
        panel = re.search(r'^( +)0x\w+ "panel".*\n((?:\1 +.*\n)+)', tree, re.MULTILINE)
        return panel[2] if panel else ""

    def keys(self, *keys: str) -> None:
        """Press keys, as a user does."""
        self.ask("xdotool", "key", "--delay", "60", *keys)

    def picture(self, name: str) -> None:
        """Keep what the screen looks like now, and beside it what can be read there: that is searched for secrets."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.ask("import", "-window", "root", str(PICTURES / f"{name}.png"))
        with screen_reader(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as reader:
            words = (reader.words(), reader.fields(), *self.told())
        (PICTURES / f"{name}.txt").write_text("\n".join(words), encoding="utf-8")


@contextmanager
def desktop_session(
    folder: Path, *, panel: Panel = "trayer", programs: Sequence[str] = ("dunst", "keyring")
) -> Iterator[Session]:
    """Start a desktop in a folder whose name is short: sockets lie in it."""
    with ExitStack() as stack:
        session = Session(folder, stack)
        display = session.start(
            "Xvfb", "-displayfd", "{say}", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset", say=1
        )
        session.environment["DISPLAY"] = f":{display}"
        bus = session.start("dbus-daemon", "--session", "--print-address={say}", "--nofork", "--nopidfile", say=1)
        session.environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        session.start("openbox")
        until(lambda: "_NET_SUPPORTING_WM_CHECK" in session.ask("xprop", "-root"), "openbox runs")
        if "keyring" in programs:
            keyring = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
            session.start(*keyring, typed="password")
            until(lambda: _has_owner(session, "org.freedesktop.secrets"), "the keyring runs")
        if "dunst" in programs:
            _start_dunst(session)
        if panel:
            session.start_panel(panel)
        yield session


def _start_dunst(session: Session) -> None:
    hook = session.folder / "hook"
    hook.write_text(_HOOK)
    hook.chmod(0o700)
    rules = session.folder / "dunstrc"
    menu = session.folder / "menu"
    menu.write_text(_CHOOSE)
    menu.chmod(0o700)
    every = f'[all]\nsummary = "*"\nscript = "{hook}"\ntimeout = 0\n'
    rules.write_text(f"[global]\nfont = DejaVu Sans 10\ndmenu = {menu}\n{every}")
    session.start("dunst", "-config", str(rules))
    until(lambda: _has_owner(session, "org.freedesktop.Notifications"), "dunst runs")


def _has_owner(session: Session, name: str) -> bool:
    command = "dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner"
    return "true" in session.ask(*command.split(), f"string:{name}", obey=False)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
