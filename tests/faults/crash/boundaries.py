"""The boundaries between two stages that last long enough to be seen from outside; ``steps`` sees the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.crash.program import Case


@dataclass(frozen=True, slots=True)
class Boundary:
    """``reached`` is asked until it says yes; ``pause`` in seconds between two questions, 0 for short stages.

    What ``passes`` leaves no sign behind, so on a busy machine it can be over before anybody has looked.
    """

    name: str
    reached: Callable[[Case], bool]
    pause: float = 0.0005
    passes: bool = False

    def is_missed(self, case: Case) -> bool:
        """Is it over?"""
        return self.passes and case.asked("select count(*) from movie_file") == 1


def _asks(question: str) -> Callable[[Case], bool]:
    return lambda case: case.asked(f"select exists({question})") == 1


def _client_has_it(case: Case) -> bool:
    return any(case.paths.plugin_data.glob("*/torrents/*"))


def _bytes_arrive(case: Case) -> bool:
    return any(path.stat().st_size for path in case.downloads.rglob("*.mkv"))


def _has_its_name(case: Case) -> bool:
    return any(case.library.glob("*/*.mkv"))


_SEARCHING = "kind = 'search_movie' and state = 'running'"
BOUNDARIES = (
    Boundary("movie added", _asks("select 1 from movie")),
    Boundary(
        "search started", _asks("select 1 from job where kind = 'search_movie' and state = 'running'"), passes=True
    ),
    Boundary("verdicts recorded", _asks("select 1 from verdict")),
    Boundary("grab to be sent", _asks("select 1 from grab where state = 'sending'"), 0, passes=True),
    Boundary("client has it", _client_has_it, 0),
    Boundary("downloading", _asks("select 1 from grab where state = 'downloading'"), passes=True),
    Boundary("bytes arrive", _bytes_arrive),
    Boundary("completed", _asks("select 1 from grab where state = 'completed'"), 0, passes=True),
    Boundary("journal row open", _asks("select 1 from journal where open"), 0, passes=True),
    Boundary("renamed", _has_its_name, 0),
    Boundary("committed", _asks("select 1 from movie_file"), 0),
    Boundary("notified", _asks("select 1 from job where kind = 'notify' and state = 'done' limit 1 offset 1")),
)
"""In the order of the pipeline: one movie can be killed at all of them, one after the other."""
