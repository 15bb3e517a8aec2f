"""A movie's Why? as a story: what was seen, judged, taken and imported, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.decision import nearness
from radarr_desktop.domain.decision.verdict import Outcome
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.domain.quality import BY_ID
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind, StoredRelease
from radarr_desktop.engine.decisions.timeline import Turn, TurnKind
from radarr_desktop.engine.decisions.why import Why
from radarr_desktop.engine.search.search import DROPPED
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.history import LOOKS, kind_word
from radarr_desktop.ui.models.undo_words import operation_of
from radarr_desktop.ui.models.verdicts import failed_checks, is_near_miss, reason

_MOST_NEAR_MISSES = 4
_TURNS = {
    TurnKind.SEEN: ("eye", "off"),
    TurnKind.JUDGED: ("refresh-cw", "off"),
    TurnKind.PROFILE_CHANGED: ("sliders-horizontal", "accent"),
}
"""What neither releases nor history tell, with icon and tone."""
_say = QCoreApplication.translate


@dataclass(frozen=True)
class Beat:
    """One thing in the story."""

    at: datetime
    icon: str
    tone: str
    title: str
    fact: str = ""
    note: str = ""
    name: ParsedRelease | None = None
    release: StoredRelease | None = None
    """Whose checks can be opened."""
    folded: tuple[StoredRelease, ...] = field(default=())
    """Releases that are told in one line until they are asked for."""
    operation: int = 0
    """The change of files it tells of; 0: of none."""


def tell(why: Why) -> list[Beat]:
    """All beats, the newest first."""
    beats = [*_judged(why.releases), *(_grabbed(grab) for grab in why.grabs)]
    grabbed = {grab.title for grab in why.grabs}
    told = (entry for entry in why.history if entry.kind is not HistoryKind.GRABBED or entry.title not in grabbed)
    beats.extend(_happened(entry) for entry in told)
    beats.extend(_turned(turn) for turn in _past(why.timeline))
    return sorted(beats, key=lambda beat: beat.at, reverse=True)


def judged_beat(release: StoredRelease) -> Beat:
    """One release and what was thought of it."""
    verdict = release.verdict
    at = release.judged or release.last_seen
    note = _seen(release)
    if verdict is None:
        title = _say("Story", "Seen, not judged yet")
        return Beat(at, "eye", "off", title, _measure(release), note, release.parsed, release)
    if verdict.accepted:
        title = _say("Story", "Accepted")
        return Beat(at, "circle-check", "ok", title, _measure(release), note, release.parsed, release)
    failed = failed_checks(verdict)
    if verdict.outcome is Outcome.DELAYED:
        title = _say("Story", "Held back")
        return Beat(at, "clock", "wait", title, failed[0].sentence, note, release.parsed, release)
    title = _say("Story", "Rejected: {reason}").format(reason=nearness.reason(failed[0]))
    near = is_near_miss(verdict)
    fact = reason(verdict)
    if near:
        words = _say("Story", "Everything else passed, score {score}.")
        fact += " " + words.format(score=times.number(verdict.score))
    elif len(failed) > 1:
        fact += " " + _say("Story", "{count} more checks failed.").format(count=len(failed) - 1)
    return Beat(at, "circle-x", "miss" if near else "off", title, fact, note, release.parsed, release)


def _judged(releases: Sequence[StoredRelease]) -> list[Beat]:
    beats: list[Beat] = []
    folded: list[StoredRelease] = []
    near = 0
    for release in releases:
        rejected = release.verdict is not None and release.verdict.outcome is Outcome.REJECTED
        if rejected and (not is_near_miss(release.verdict) or near >= _MOST_NEAR_MISSES):
            folded.append(release)
            continue
        near += rejected
        beats.append(judged_beat(release))
    if len(folded) == 1:
        beats.append(judged_beat(folded[0]))
    elif folded:
        beats.append(_folded(folded, alone=not beats))
    return beats


def _folded(releases: list[StoredRelease], *, alone: bool) -> Beat:
    title = _say("Story", "{count} releases rejected") if alone else _say("Story", "{count} others rejected")
    reasons = Counter(nearness.reason(failed_checks(release.verdict)[0]) for release in releases)
    fact = " · ".join(f"{times.number(count)} {words}" for words, count in reasons.most_common())
    at = max(release.judged or release.last_seen for release in releases)
    return Beat(at, "minus", "off", title.format(count=len(releases)), fact, folded=tuple(releases))


def _past(timeline: Sequence[Turn]) -> Iterator[Turn]:
    """Changes of the profile, and judgements that hold no more: the others are told by their releases."""
    newer: set[int] = set()
    for turn in timeline:
        if turn.kind is TurnKind.PROFILE_CHANGED or (turn.kind in _TURNS and newer.issuperset(turn.release_ids)):
            yield turn
        newer.update(turn.release_ids)


def _turned(turn: Turn) -> Beat:
    icon, tone = _TURNS[turn.kind]
    if not turn.release_ids:
        return Beat(turn.at, icon, tone, turn.sentence.rstrip("."))
    name = parse_release(turn.title) if turn.title else None
    title = _say("Story", "First seen") if turn.kind is TurnKind.SEEN else _say("Story", "Judged again")
    return Beat(turn.at, icon, tone, title, turn.sentence, name=name)


def _grabbed(grab: Grab) -> Beat:
    facts = [grab.indexer, amounts.size(grab.size) if grab.size else "", _score(grab.score)]
    fact = " · ".join(part for part in facts if part)
    title = _say("Story", "Grabbed by you") if grab.by_user else _say("Story", "Grabbed")
    if grab.state in {GrabState.BLOCKED, GrabState.FAILED} and grab.problem:
        return Beat(grab.added, "triangle-alert", "err", title, grab.problem, fact, grab.parsed)
    return Beat(grab.added, "arrow-down", "info", title, fact, "", grab.parsed)


def _happened(entry: HistoryEntry) -> Beat:
    icon, tone = LOOKS[entry.kind]
    title, fact = kind_word(entry.kind), _data_fact(entry)
    quality = BY_ID.get(entry.quality_id)
    if entry.kind is HistoryKind.IMPORTED and quality and entry.quality_id:
        title = _say("Story", "Imported as {quality}").format(quality=quality.name)
    name = entry.title if entry.kind in {HistoryKind.GRABBED, HistoryKind.FAILED, HistoryKind.IMPORTED} else ""
    if entry.title and not fact and not name and entry.kind is not HistoryKind.ADDED:
        fact = entry.title
    parsed = parse_release(name) if name else None
    return Beat(entry.at, icon, tone, title, fact, name=parsed, operation=operation_of(entry))


def _data_fact(entry: HistoryEntry) -> str:
    methods = {
        "hardlink": _say("Story", "Hard link, no extra space"),
        "reflink": _say("Story", "Shared copy, no extra space"),
        "copy": _say("Story", "Copied"),
    }
    data = entry.data
    parts = [methods.get(str(data.get("method", "")), "")]
    size = str(data.get("size", ""))
    if size.isdecimal() and int(size):
        parts.append(amounts.size(int(size)))
    reasons = {
        "Manual": _say("Story", "removed by you"),
        "MissingFromDisk": _say("Story", "gone from the disk"),
        "Upgrade": _say("Story", "replaced by a better one"),
    }
    told = [str(data[key]) for key in ("reason", "message", "indexer") if data.get(key)]
    parts += [reasons.get(words, words) for words in told]
    return " · ".join(part for part in parts if part)


def _measure(release: StoredRelease) -> str:
    parts = [release.parsed.quality.name]
    if release.release.size:
        parts.append(amounts.size(release.release.size))
    if release.release.seeders is not None:
        parts.append(_say("Story", "{count} seeds").format(count=times.number(release.release.seeders)))
    if release.verdict is not None:
        parts.append(_score(release.verdict.score))
    return " · ".join(part for part in parts if part)


def _score(score: int) -> str:
    return _say("Story", "score {score}").format(score=times.number(score)) if score else ""


def _seen(release: StoredRelease) -> str:
    if release.indexer == DROPPED:
        return _say("Story", "Dropped by you")
    if release.times_seen > 1:
        words = _say("Story", "Seen {count} times, on {indexer}")
        return words.format(count=release.times_seen, indexer=release.indexer)
    return _say("Story", "Seen on {indexer}").format(indexer=release.indexer) if release.indexer else ""
