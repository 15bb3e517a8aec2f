"""MediaInfo's text, found in a page whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 65_536
"""Characters that are kept."""
_SECTION = re.compile(r"(?:General|Video|Audio|Text|Menu|Image|Other)(?: #[0-9]{1,3})?")
_FACT = re.compile(r"[^:]{1,60} : .+|[0-9:.]{8,16} +: ?.*")


def media_info(lines: Sequence[str]) -> str:
    """The first whole report: from ``General`` to the last line that looks like a fact; empty where there is none."""
    for start, line in enumerate(lines):
        if line == "General":
            report = _report(lines[start:])
            if any(_SECTION.fullmatch(each) for each in report[1:]):
                return "\n".join(report)[:LONGEST]
    return ""


def _report(lines: Sequence[str]) -> list[str]:
    kept = 0
    for at, line in enumerate(lines):
        if line and not _SECTION.fullmatch(line) and not _FACT.fullmatch(line):
            break
        kept = at + 1 if line else kept
    return [line for line in lines[:kept] if line.isprintable()]
