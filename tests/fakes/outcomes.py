"""A world of release groups of which some are bad in secret, and what becomes of their releases over time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.quality import BY_ID
from radarr_desktop.domain.reputation.evidence import Evidence, Outcome
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.domain.reputation.prior import expected
from radarr_desktop.domain.reputation.standing import reputation_of

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 540
LISTED = ("FraMeSToR", "EPSiLON", "DON", "CtrlHD", "NTb", "FLUX", "TayTO", "SiC", "EVO", "mkvCage")
"""Some of the shipped table: most are what it says, and not all of them."""
TAGS = ("1080p.BluRay.DD5.1.x264", "2160p.UHD.BluRay.REMUX.HEVC", "1080p.WEB-DL.DDP5.1.H.264", "2160p.WEB-DL.H.265")
BAD = (Outcome.FAKE, Outcome.STALLED, Outcome.CONTRADICTED, Outcome.UNDONE, Outcome.REFUSED)


class Maker:
    """One group: how often its releases go wrong, at which of its qualities, before and after a change of hands."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.name = name
        self.share = chance.paretovariate(1.1)
        self.tags = chance.sample(TAGS, chance.randint(1, 3))
        self._weak = chance.choice(self.tags) if chance.random() < 0.2 else ""
        self._wrong = [self._rate(chance)] * 2
        if chance.random() < 0.1:
            self._wrong[1] = self._rate(chance)

    def _rate(self, chance: random.Random) -> float:
        known = {"EVO": 0.3, "mkvCage": 0.3}.get(self.name, 0.1 if self.name in LISTED else 0.3)
        return chance.betavariate(7, 5) if chance.random() < known else chance.betavariate(1, 18)

    def goes_wrong(self, tags: str, late: bool, chance: random.Random) -> bool:
        """Does this one?"""
        rate = self._wrong[late]
        return chance.random() < (max(rate, 0.5) if tags == self._weak else rate)


def outcomes(seed: int, events: int = 1_200) -> list[Evidence]:
    """Oldest first."""
    chance = random.Random(seed)
    makers = [Maker(name, chance) for name in (*LISTED, *(f"CREW{number}" for number in range(50)))]
    found = []
    for number in range(events):
        maker = chance.choices(makers, [one.share for one in makers])[0]
        tags = chance.choice(maker.tags)
        wrong = maker.goes_wrong(tags, number > events / 2, chance)
        written = chance.choice((maker.name, maker.name, maker.name.lower(), f"{maker.name}[rartv]"))
        parsed = parse_release(f"Film.{number}.2020.{tags}-{written}")
        at = BEGIN + timedelta(days=DAYS * number / events)
        outcome = chance.choice(BAD) if wrong else Outcome.IMPORTED
        names = group_names(parsed.group)
        found.append(Evidence(number, at, outcome, parsed.name, parsed.group, names, parsed.quality.id, number))
    return found


def foretold(seed: int) -> tuple[float, float]:
    """How well bad outcomes of the last third are told from what was before, and from the table alone: as AUC."""
    events = outcomes(seed)
    split = len(events) * 2 // 3
    before, after = events[:split], events[split:]
    known = reputation_of(before, before[-1].at)
    bad = [not event.outcome.is_good for event in after]
    learned, listed = [], []
    for event in after:
        (name,), quality = event.names, BY_ID[event.quality_id]
        learned.append(1 - known.standing(name, quality).share)
        listed.append(1 - expected(name, quality))
    return auc(learned, bad), auc(listed, bad)


def auc(scores: Sequence[float], bad: Sequence[bool]) -> float:
    """How often a bad one has the higher score of a bad and a good one; equal ones count half."""
    lows = [score for score, is_bad in zip(scores, bad, strict=True) if not is_bad]
    highs = [score for score, is_bad in zip(scores, bad, strict=True) if is_bad]
    won = sum((high > low) + 0.5 * (high == low) for high in highs for low in lows)
    return won / (len(highs) * len(lows))
