"""A logged error fails the test that did not expect it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = """
import logging
import threading
import pytest
import structlog

@pytest.fixture(scope="module")
def noisy():
    logging.getLogger("set up").error("boom")
    yield
    structlog.get_logger("torn down").error("boom")

def test_silent():
    logging.getLogger("x").warning("only a warning")

def test_unexpected():
    logging.getLogger("x").error("boom")

def test_unexpected_without_handlers():
    quiet = logging.getLogger("y")
    quiet.propagate = False
    quiet.addHandler(logging.NullHandler())
    quiet.error("unheard")

def test_unexpected_where_no_log_is_set_up():
    structlog.get_logger("z").error("boom", why="unset")

def test_unexpected_in_a_thread():
    thread = threading.Thread(target=structlog.get_logger("z").error, args=("boom",))
    thread.start()
    thread.join()

def test_unexpected_in_what_many_stand_on(noisy):
    pass

@pytest.mark.expected_errors("bo+m")
def test_marked():
    logging.getLogger("x").error("boom")

@pytest.mark.expected_errors("bang")
def test_marked_for_another():
    logging.getLogger("x").error("boom")

def test_declared(expected_errors):
    expected_errors("bo+m")
    logging.getLogger("x").error("boom")
    assert expected_errors.messages == ["x: boom"]

@pytest.mark.expected_errors("unset")
def test_marked_where_no_log_is_set_up():
    structlog.get_logger("z").error("boom", why="unset")

@pytest.mark.skip
def test_skipped():
    pass

def test_unexpected_as_the_last_of_many_ends(noisy):
    pass
"""


def test_only_expected_errors_may_be_logged(tmp_path: Path) -> None:
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = expected_errors\n", encoding="utf-8")
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rA", "-p", "no:cacheprovider", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    failed = {line.split("::")[1].split(" ")[0] for line in outcome.stdout.splitlines() if line.startswith("ERROR")}
    assert failed == {
        "test_unexpected",
        "test_unexpected_without_handlers",
        "test_unexpected_where_no_log_is_set_up",
        "test_unexpected_in_a_thread",
        "test_unexpected_in_what_many_stand_on",
        "test_marked_for_another",
        "test_unexpected_as_the_last_of_many_ends",
    }
