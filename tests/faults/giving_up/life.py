"""One life of the program that gives a download up; it is ended from outside. Run as a module."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from radarr_desktop.domain.failures import Reason
from tests.fixtures_engine import RunningEngine


def main() -> None:
    """Begin, say so, give it up, then go on until somebody ends it."""
    folder, grab_id = Path(sys.argv[1]), int(sys.argv[2])
    running = RunningEngine(folder, (folder / "test.toml").read_text(encoding="utf-8"))
    running.start()
    print("ready", flush=True)
    if grab_id:
        running.do(running.engine.failures.fail(grab_id, Reason.DOWNLOAD_STALLED, "It stalled."))
    print("done", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    main()
