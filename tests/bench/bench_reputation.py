"""Reputation: how well it tells trouble, what a look at it costs, and whether groups are told apart."""

from __future__ import annotations

import json
import statistics
import time
from functools import cache

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.domain.reputation.standing import reputation_of
from tests.bench.bench_parse import CORPUS, names
from tests.bench.figure import Figure, Unmeasurable
from tests.fakes.outcomes import foretold, outcomes

SEEDS = 12


@cache
def worlds() -> list[tuple[float, float]]:
    """By evidence and by the shipped table alone, of each."""
    return [foretold(seed) for seed in range(SEEDS)]


def lookup() -> float:
    """Microseconds for the points of a release, of 60 groups with 1,200 events."""
    events = outcomes(0)
    known = reputation_of(events, events[-1].at)
    groups = [event.group for event in events]
    releases = [
        parse_release(f"{name.rpartition('-')[0]}-{groups[place % len(groups)]}")
        for place, name in enumerate(names(2_000))
    ]
    for release in releases:
        known.points(release, frozenset())
    begin = time.process_time()
    for release in releases:
        known.points(release, frozenset())
    return (time.process_time() - begin) * 1e6 / len(releases)


def told() -> float:
    """Percent of plain names whose group is the one it is."""
    path = CORPUS.parent / "silver" / "scene.jsonl"
    if not path.exists():
        raise Unmeasurable(f"the set of names is not at {path}")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [(line["release"], line["expected"]["group"]) for line in lines if line["expected"].get("group")]
    right = sum(group_names(parse_release(name).group) == group_names(group) for name, group in asked)
    return 100 * right / len(asked)


FIGURES = [
    Figure(
        "reputation.auc",
        "Bad outcomes of the last third told from the first two, of 1,200 generated events (reference: the shipped "
        "table alone)",
        "AUC",
        0.75,
        lambda: statistics.median(learned for learned, _ in worlds()),
        lambda: statistics.median(listed for _, listed in worlds()),
        rounds=1,
        at_least=True,
    ),
    Figure("reputation.lookup", "The points of a release's group", "µs", 5, lookup),
    Figure("reputation.groups", "Plain names whose group is told", "%", 99.8, told, rounds=1, at_least=True),
]
