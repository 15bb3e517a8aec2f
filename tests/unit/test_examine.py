"""What a look into a file means for its import."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.media import Finding, MediaFacts, VideoTrack
from radarr_desktop.domain.parsing import Codec
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.examine import examined
from radarr_desktop.engine.imports.probe import Probe, Prober

PATH = Path("/downloads/film.mkv")
VIDEO = VideoTrack(Codec.AVC, "AVC", "High", 1920, 800, 8)


def facts(duration: float = 6000, container: str = "Matroska") -> MediaFacts:
    return MediaFacts(container, 1000, duration, 1000, VIDEO)


class Answering(Prober):
    """Has looked already."""

    def __init__(self, answer: Probe) -> None:
        super().__init__()
        self._answer = answer

    async def probe(self, path: Path) -> Probe:
        return self._answer


def look(found: MediaFacts | None, finding: Finding | None = None, minutes: int = 100) -> MediaFacts | None:
    sentence = f"film.mkv: {finding}." if finding else ""
    return asyncio.run(examined(Answering(Probe(PATH, found, finding, sentence)), PATH, minutes=minutes))


def test_a_whole_movie_goes_on_with_its_facts() -> None:
    assert look(facts()) == facts()


def test_without_a_reader_the_import_goes_on_without_facts() -> None:
    assert look(None, Finding.NO_READER) is None


@pytest.mark.parametrize("container", ["MPEG-TS", "BDAV"])
def test_a_stream_need_not_say_how_long_it_is(container: str) -> None:
    assert look(facts(0, container), Finding.NO_DURATION) == facts(0, container)
    with pytest.raises(Problem):
        look(facts(0), Finding.NO_DURATION)


@pytest.mark.parametrize(
    ("finding", "kind", "cause"),
    [
        (Finding.TRUNCATED, Kind.REFUSED, Reason.CORRUPTED_DOWNLOAD),
        (Finding.NO_VIDEO, Kind.REFUSED, Reason.NO_VIDEO),
        (Finding.CRASHED, Kind.REFUSED, Reason.DANGEROUS_CONTENT),
        (Finding.UNREADABLE, Kind.STORAGE, Reason.PERMISSION_DENIED),
        (Finding.TOO_SLOW, Kind.STORAGE, Reason.STORAGE_ERROR),
        (Finding.GONE, Kind.STORAGE, Reason.FILES_MISSING),
    ],
)
def test_every_finding_has_its_cause(finding: Finding, kind: Kind, cause: Reason) -> None:
    with pytest.raises(Problem) as told:
        look(facts(), finding)
    assert (told.value.kind, told.value.cause) == (kind, cause)
    assert f"film.mkv: {finding}." in str(told.value)


@pytest.mark.parametrize(
    ("seconds", "minutes", "fits"), [(599, 100, False), (601, 100, True), (20, 1, True), (20, 0, True)]
)
def test_what_is_far_shorter_than_the_movie_is_a_sample(seconds: int, minutes: int, fits: bool) -> None:
    if fits:
        assert look(facts(seconds), minutes=minutes) == facts(seconds)
        return
    with pytest.raises(Problem, match="It lasts 9 min 59 s, the movie 100 min: it is a sample or a trailer") as told:
        look(facts(599), minutes=100)
    assert told.value.cause == Reason.NO_VIDEO
