"""Decisions: a release from its name to its verdict with TRaSH's formats loaded, and FlexGet beside it."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from radarr_desktop.domain.custom_formats import CompiledFormats
from radarr_desktop.domain.decision import Candidate, IndexerTerms, Situation, evaluate
from radarr_desktop.domain.decision.rating import rate
from radarr_desktop.domain.matching import Library
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.decisions.deciding import Decider, Docket
from radarr_desktop.plugin_api import Release
from tests.bench import bench_match, flexget
from tests.bench.bench_engine import idle_lag
from tests.bench.deciding import GUIDE, MOVIE, NOW, SHARED, formats
from tests.bench.figure import Figure, Unmeasurable
from tests.bench.program import Lag, environment, settled

CORPUS = SHARED / "parser" / "corpus.txt"
RELEASES = 1_200


@dataclass(frozen=True)
class Bench:
    """What is decided, and by what."""

    names: tuple[str, ...]
    parsed: tuple[ParsedRelease, ...]
    candidates: tuple[Candidate, ...]
    formats: CompiledFormats
    profile: QualityProfile
    situation: Situation


@cache
def bench() -> Bench:
    """Made once; one run over all of it compiles the patterns that these names need."""
    if not CORPUS.exists():
        raise Unmeasurable(f"the corpus of names is not at {CORPUS}")
    if not GUIDE.is_dir():
        raise Unmeasurable(f"TRaSH's formats are not at {GUIDE}")
    names = tuple(random.Random(3).sample(CORPUS.read_text(encoding="utf-8").splitlines(), RELEASES))
    parsed = tuple(parse_release(name) for name in names)
    known = formats()
    scores = {one.id: one.guide_scores.get("default", 0) for one in known}
    profile = make_profile("HD", ["WEB 720p", "Bluray-720p", "WEB 1080p", "Bluray-1080p", "Remux-1080p"])
    releases = [
        Release(str(number), name, 8 * 1024**3, NOW - timedelta(days=3), 20, 3) for number, name in enumerate(names)
    ]
    made = Bench(
        names,
        parsed,
        tuple(Candidate(release, read, 1, "Pier") for release, read in zip(releases, parsed, strict=True)),
        CompiledFormats(known),
        replace(profile, format_scores=scores, min_format_score=0, cutoff_format_score=10_000),
        Situation(NOW, indexers=(IndexerTerms(1),)),
    )
    for candidate in made.candidates:
        rate(candidate, MOVIE, made.formats)
    return made


@cache
def library() -> Library:
    """10,000 movies."""
    return Library(bench_match.movies())


def each(work: Callable[[Bench], object]) -> float:
    """Milliseconds of one core that a release takes; what other programs take of it does not count."""
    made = bench()
    begin = time.process_time()
    work(made)
    return (time.process_time() - begin) * 1000 / RELEASES


def parse() -> float:
    """Reading the names."""
    return each(lambda made: [parse_release(name) for name in made.names])


def match() -> float:
    """Finding the movies."""
    known = library()
    pairs = [(candidate.parsed, candidate.release) for candidate in bench().candidates]
    return each(lambda _: [known.match(parsed, release) for parsed, release in pairs])


def custom_formats() -> float:
    """Which of the 242 match."""
    return each(lambda made: [rate(candidate, MOVIE, made.formats) for candidate in made.candidates])


def checks() -> float:
    """Asking every question, and scoring."""
    slot, rated = MOVIE.slot, [rate(candidate, MOVIE, bench().formats) for candidate in bench().candidates]
    return each(lambda made: [evaluate(one, MOVIE, slot, made.profile, made.situation) for one in rated])


def release() -> float:
    """All of it, one after the other."""
    return parse() + match() + custom_formats() + checks()


def lag() -> float:
    """99th percentile of a loop's lateness while 1,200 releases are decided again and again for three seconds."""
    made = bench()
    docket = Docket(MOVIE, MOVIE.slot, made.profile, made.situation, made.candidates)

    async def known() -> CompiledFormats:
        return made.formats

    async def work() -> float:
        aside, late = Aside(), Lag()
        decider = Decider(aside, known)
        await decider.decide([docket])
        ticking = asyncio.create_task(late.watch())
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            await decider.decide([docket])
        worst = late.end()
        await ticking
        await aside.stop()
        return worst

    with settled():
        return asyncio.run(work())


def from_start() -> float:
    """Seconds of a fresh process that loads the formats and decides on 1,000 releases."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as names:
        names.write("\n".join(bench().names[: flexget.ENTRIES]))
        names.flush()
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "tests.bench.deciding", names.name], check=True, env=environment())
        return time.perf_counter() - begin


def vs_flexget() -> float:
    """How many times FlexGet's time is ours."""
    ours = from_start()
    return flexget.from_start(bench().names[: flexget.ENTRIES]) / ours


FIGURES = [
    Figure(
        "decide.release",
        "From a release's name to its verdict, all 242 formats of TRaSH's guide loaded (the four below together)",
        "ms",
        0.5,
        release,
    ),
    Figure("decide.parse", "Of it: reading the name", "ms", 0.1, parse),
    Figure("decide.match", "Of it: finding its movie among 10,000", "ms", 0.05, match),
    Figure("decide.formats", "Of it: which custom formats match", "ms", 0.25, custom_formats),
    Figure("decide.checks", "Of it: every check and the score", "ms", 0.15, checks),
    Figure(
        "lag.decide",
        "A loop's p99 while 1,200 releases are decided again and again (reference: an idle loop)",
        "ms",
        16,
        lag,
        idle_lag,
        rounds=3,
    ),
    Figure(
        "decide.vs_flexget",
        "FlexGet 3.22's time for 1,000 entries and one quality filter, in ours for 1,000 releases and all formats, "
        "both from the start of their process",
        "x",
        3,
        vs_flexget,
        rounds=3,
        at_least=True,
    ),
]
