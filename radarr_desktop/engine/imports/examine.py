"""Look into the file that is to be imported: is it whole, is it long enough, what is it made of?"""

from __future__ import annotations

from pathlib import Path

from radarr_desktop.domain.failure_reading import of_finding
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.media import Finding, MediaFacts, shortest
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.probe import Prober

_TROUBLE = frozenset({Finding.GONE, Finding.UNREADABLE, Finding.TOO_SLOW})
"""What is the disk's fault rather than the file's."""
_STREAMS = frozenset({"MPEG-TS", "BDAV", "MPEG-PS"})
"""Containers that are cut anywhere and seldom tell how long they are."""


async def examined(prober: Prober, path: Path, *, minutes: int = 0) -> MediaFacts | None:
    """What a video is made of; None where nothing here can read it. ``minutes``: the movie's length, if it counts.

    Raises ``Problem`` for what is no whole movie.
    """
    found = await prober.probe(path)
    if found.finding is Finding.NO_READER:
        return None
    facts = found.facts
    endless = found.finding is Finding.NO_DURATION and facts is not None and facts.container in _STREAMS
    if found.finding is not None and not endless:
        kind = Kind.STORAGE if found.finding in _TROUBLE else Kind.REFUSED
        what, todo = f"{path.name} was not imported.", "Look at it, or take another release."
        raise Problem(kind, what, found.sentence, todo, cause=of_finding(found.finding))
    if facts is not None and 0 < facts.duration < shortest(minutes):
        what, length = f"{path.name} is too short for the movie.", _length(facts.duration)
        why = f"It lasts {length}, the movie {minutes} min: it is a sample or a trailer."
        raise Problem(Kind.REFUSED, what, why, "Take another release, or import it by hand.", cause=Reason.NO_VIDEO)
    return facts


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
