"""How near rejected releases came: the reason in a few words, and what the best of them missed by."""

from __future__ import annotations

import re

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.verdict import Check, Outcome, Verdict

_NEVER = frozenset(
    {"movie", "contents", "blocklist", "imported", "sample", "disc", "protocol"}
    | {"monitored", "upgrade", "queue", "history"}
)
"""Who fails one of these is something else, harmful, done with, or no loss."""
_REASONS = {
    "movie": "of another movie",
    "monitored": "while it was not monitored",
    "availability": "before it is out",
    "early": "listed too early to be real",
    "quality": "in a quality that is not wanted",
    "size": "of an unlikely size",
    "cap": "over the size cap",
    "language": "in another language",
    "formats": "with too low a custom format score",
    "words": "with words that are not wanted",
    "subtitles": "with burnt-in subtitles",
    "disc": "copied as a whole disc",
    "sample": "only a sample",
    "protocol": "not a torrent",
    "indexer": "from an indexer that does not answer",
    "tags": "from an indexer for other movies",
    "flags": "without the flags wanted",
    "seeders": "without enough seeders",
    "age": "too young",
    "retention": "too old",
    "blocklist": "blocked",
    "queue": "no better than what is on its way",
    "imported": "imported before",
    "history": "taken before",
    "proper": "a proper that is not wanted",
    "repack": "a repack by another group",
    "upgrade": "no better than the file",
    "delay": "waiting for something better",
    "space": "without room on the disk",
    "contents": "without a sound movie inside",
}
_NEAR = 0.5
"""Part of a limit; who missed by more is not near."""
_SIZE = re.compile(r"([\d.]+)\N{NO-BREAK SPACE}(B|kB|MB|GB|TB|PB)\b")
_UNITS = {"B": 1e0, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}
_NUMBER = re.compile(r"-?[\d,]+")


def failed(verdict: Verdict) -> list[Check]:
    """The checks that spoke against a release."""
    return [check for check in verdict.checks if check.outcome is not Outcome.ACCEPTED]


def reason(check: Check) -> str:
    """Behind a count: "6 in a quality that is not wanted"."""
    return _REASONS.get(check.name, f"at {check.name.replace('_', ' ')}")


def nearness(verdict: Verdict) -> tuple[bool, int, bool, tuple[int, ...]]:
    """To sort rejected releases, nearest first: could it ever be taken, how much is wrong, by far, how good is it."""
    wrong = failed(verdict)
    never = any(check.name in _NEVER for check in wrong)
    far = any(_part_missed(check) > _NEAR for check in wrong)
    return never, len(wrong), far, tuple(-part.points for part in verdict.parts)


def is_near(verdict: Verdict) -> bool:
    """Was only one thing in the way, and one that may be put aside?"""
    return nearness(verdict)[:2] == (False, 1)


def distance(check: Check) -> str:
    """What a release missed by: ``1.9 GB too big``; empty where that has no measure."""
    if check.name in ("size", "cap"):
        return _size_distance(check)
    if check.name == "seeders":
        return _short(check, "seeder", "seeders")
    if check.name == "formats":
        points = _short(check, "point", "points")
        return f"{points} in its custom formats" if points else ""
    if check.name == "quality":
        return f"{check.observed}, which is not wanted"
    if check.name == "language":
        return f"in {check.observed}, not in {check.limit}"
    return ""


def _part_missed(check: Check) -> float:
    """By which part of its limit it missed; 1 where that has no measure."""
    if check.name in ("size", "cap"):
        over, under, limit = _over_and_under(check)
        return max(over, under) / limit if limit else 1.0
    return 0.0 if check.name == "seeders" else 1.0


def _size_distance(check: Check) -> str:
    over, under, _ = _over_and_under(check)
    if over:
        return f"{amounts.size(over)} over your size cap" if check.name == "cap" else f"{amounts.size(over)} too big"
    return f"{amounts.size(under)} too small" if under else ""


def _over_and_under(check: Check) -> tuple[float, float, float]:
    """Bytes over the largest size, bytes under the least, and the limit that was missed."""
    seen, limits = _sizes(check.observed), _sizes(check.limit)
    if len(seen) != 1 or not limits:
        return 0.0, 0.0, 0.0
    low, high = limits[0], limits[-1]
    if len(limits) == 1 and check.limit.startswith("at least"):
        high = float("inf")
    if seen[0] > high:
        return seen[0] - high, 0.0, high
    return 0.0, max(0.0, low - seen[0]), low


def _sizes(text: str) -> list[float]:
    return [float(number) * _UNITS[unit] for number, unit in _SIZE.findall(text)]


def _short(check: Check, one: str, many: str) -> str:
    seen, least = _NUMBER.search(check.observed), _NUMBER.search(check.limit)
    if seen is None or least is None:
        return ""
    missing = int(least[0].replace(",", "")) - int(seen[0].replace(",", ""))
    return f"{missing:,} {one if missing == 1 else many} short" if missing > 0 else ""
