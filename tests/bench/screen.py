"""A desktop of its own for all figures of a process, and programs on it that measure when they are asked."""

from __future__ import annotations

import atexit
import functools
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.program import environment
from tests.e2e.desktop_session import Session, desktop_session


@functools.cache
def session() -> Session:
    """One desktop with a tray for all figures; ends with this process."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rd-", ignore_cleanup_errors=True))
    return stack.enter_context(desktop_session(Path(folder), programs=()))


def session_environment() -> dict[str, str]:
    """What a program of the session gets: no screen reader listens."""
    inherited = session().environment
    return {name: value for name, value in inherited.items() if name != "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"}


def asked(module: str, question: str) -> list[float]:
    """The numbers a program on that desktop answers a line with; it is started once, and ends with this process."""
    process = _running(module)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{question}\n")
    process.stdin.flush()
    return [float(number) for number in process.stdout.readline().split()]


@functools.cache
def _running(module: str) -> subprocess.Popen[str]:
    command, env = [sys.executable, "-m", module], environment(**session_environment())
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    atexit.register(process.communicate)
    return process
