"""Shared fixtures: a private home for every run, and no logged error that was not expected."""

from __future__ import annotations

import contextlib
import locale
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.engine.monitoring.logs import set_up
from tests.fakes.secrets import leaked, shows

_OUTER = dict(os.environ)

# Set before Qt, platformdirs or keyring look: no test may touch the user's own screen, bus, files or keyring.
_HOME = Path(tempfile.mkdtemp(prefix="rd-"))
_XDG = {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}
for _name, _folder in _XDG.items():
    (_HOME / _folder).mkdir(mode=0o700)
    os.environ[_name] = str(_HOME / _folder)
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ.pop(_name, None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Programs that the tests read or start say the same words everywhere, and spell the names of files as Python does.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
with contextlib.suppress(locale.Error):
    locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


def pytest_unconfigure() -> None:
    """Remove the private home."""
    shutil.rmtree(_HOME, ignore_errors=True)


# Until somebody sets the logs up structlog prints by itself, where the tests would not hear it.
set_up(_HOME / "state" / "tests.log", tuple)

_make_record = logging.getLogRecordFactory()
_logged: list[str] = []
"""The errors since the last test ended."""


def _watch(*args: Any, **values: Any) -> logging.LogRecord:
    """The factory sees each record, whatever handlers and propagation the program sets up meanwhile."""
    record = _make_record(*args, **values)
    # structlog asks for records that get their level afterwards
    if (record.levelno or 0) >= logging.ERROR:
        _logged.append(f"{record.name}: {record.getMessage()}")
    return record


logging.setLogRecordFactory(_watch)


class LoggedErrors:
    """What was logged at level ERROR or above while a test ran, and what of it the test wanted."""

    def __init__(self) -> None:
        self.messages = _logged
        self._patterns: list[str] = []

    def __call__(self, *patterns: str) -> None:
        """Declare errors that this test provokes, as regular expressions."""
        self._patterns += patterns

    def unexpected(self) -> list[str]:
        """Return the messages that no declared pattern is found in."""
        return [one for one in self.messages if not any(re.search(pattern, one) for pattern in self._patterns)]


_ERRORS = pytest.StashKey[LoggedErrors]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Note which errors the test says it provokes."""
    errors = item.stash[_ERRORS] = LoggedErrors()
    for marker in item.iter_markers("expected_errors"):
        errors(*marker.args)
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail the test that logged another error, once all that it stood on has ended."""
    try:
        yield
    finally:
        unexpected = item.stash[_ERRORS].unexpected()
        _logged.clear()
    if unexpected:
        pytest.fail("Errors were logged:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture
def expected_errors(request: pytest.FixtureRequest) -> LoggedErrors:
    """Declare errors while a test runs, by `expected_errors(...)`; the marker of that name does it beforehand."""
    errors: LoggedErrors = request.node.stash[_ERRORS]
    return errors


_PRINTED: list[str] = []
"""Tests whose output or traceback shows a secret."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Look at what a test printed, and at what is printed of its failure."""
    if any(shows(text) for text in (report.capstdout, report.capstderr, report.caplog, report.longreprtext)):
        _PRINTED.append(f"{report.nodeid} printed a secret")


@pytest.fixture(scope="session", autouse=True)
def no_secret_written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """At the end of a run no secret may stand in what was written, whatever test wrote it."""
    yield
    found = [*leaked(tmp_path_factory.getbasetemp()), *leaked(_HOME), *leaked(Path("build/screenshots")), *_PRINTED]
    if found:
        pytest.fail("Secrets were written:\n" + "\n".join(found), pytrace=False)


@pytest.fixture
def outer_environment() -> dict[str, str]:
    """Return the environment as the user has it, for installers that need the user's settings and caches."""
    return dict(_OUTER)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return an empty folder for the program's data."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
