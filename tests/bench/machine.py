"""What the figures were measured on, without names or paths."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path


def description() -> str:
    """Return one line: date, processor, cores, memory, kernel, Python."""
    kernel = re.match(r"[\d.]+", platform.release())
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {len(os.sched_getaffinity(0))} cores, "
        f"{_memory_gb():.0f} GB of memory, {platform.system()} {kernel[0].rstrip('.') if kernel else ''}, "
        f"Python {platform.python_version()}."
    )


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return " ".join(found[1].split()) if found else platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
