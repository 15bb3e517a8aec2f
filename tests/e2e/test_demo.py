"""The demo is a test: every stage is told, and the result is what it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

STAGES = ("want", "search", "decide", "inspect", "download", "import", "notify")


def demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    """As `make demo` starts it."""
    command = [sys.executable, "-m", "radarr_desktop.demo", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_demo_shows_each_stage_and_checks_its_result() -> None:
    done = demo()
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("  ")]
    told = [words[0] for words in lines if words[0] in STAGES]
    assert sorted(STAGES[:-1], key=told.index) == list(STAGES[:-1])
    assert told[-1] == "notify"
    assert sum(words[:1] == ["decide"] for words in lines) >= 6
    assert "which is a program and no movie" in done.stdout
    assert "The Salt Meridian Road" in done.stdout
    assert "Why?  The Salt Meridian is in your library as Bluray-1080p." in done.stdout
    assert "bit-identical to the seeded one and hard-linked to the download" in done.stdout


def test_what_is_kept_can_be_looked_at() -> None:
    done = demo("--keep")
    assert done.returncode == 0, done.stderr
    kept = Path(next(line for line in done.stdout.splitlines() if line.startswith("Kept: ")).removeprefix("Kept: "))
    log = Path(next(line for line in done.stdout.splitlines() if line.startswith("Log: ")).removeprefix("Log: "))
    assert log.is_relative_to(kept)
    assert "movie.imported" in log.read_text(encoding="utf-8")
    (film,) = (path for path in (kept / "library").rglob("*.mkv") if path.is_file())
    assert film.stat().st_nlink == 2
    shutil.rmtree(kept)
