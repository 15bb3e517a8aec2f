"""What happened to a movie, in order: seen, judged, grabbed, failed, imported, profile changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.decision.nearness import failed, reason
from radarr_desktop.domain.records import HistoryEntry, HistoryKind, Judgement, ProfileMark, StoredRelease

MOST_REASONS = 3


class TurnKind(StrEnum):
    """What kind of thing happened."""

    SEEN = "seen"
    """Releases that were new, and what was thought of them."""
    JUDGED = "judged"
    """A known release got another answer."""
    PROFILE_CHANGED = "profileChanged"
    ADDED = "added"
    SEARCHED = "searched"
    INSPECTED = "inspected"
    GRABBED = "grabbed"
    FAILED = "failed"
    IGNORED = "ignored"
    IMPORTED = "imported"
    FILE_DELETED = "fileDeleted"
    RENAMED = "renamed"
    UNDONE = "undone"


_OF_HISTORY = {
    HistoryKind.GRABBED: TurnKind.GRABBED,
    HistoryKind.IMPORTED: TurnKind.IMPORTED,
    HistoryKind.FAILED: TurnKind.FAILED,
    HistoryKind.FILE_DELETED: TurnKind.FILE_DELETED,
    HistoryKind.IGNORED: TurnKind.IGNORED,
    HistoryKind.ADDED: TurnKind.ADDED,
    HistoryKind.SEARCHED: TurnKind.SEARCHED,
    HistoryKind.INSPECTED: TurnKind.INSPECTED,
    HistoryKind.RENAMED: TurnKind.RENAMED,
    HistoryKind.UNDONE: TurnKind.UNDONE,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened."""

    at: datetime
    kind: TurnKind
    sentence: str
    title: str = ""
    """The release or file it is about, when it is one."""
    release_ids: tuple[int, ...] = ()
    """Those whose checks tell more."""


def timeline(
    judgements: Sequence[Judgement],
    releases: Sequence[StoredRelease],
    history: Sequence[HistoryEntry],
    profiles: Mapping[int, str],
) -> tuple[Turn, ...]:
    """All of it, newest first; ``profiles`` are names by id."""
    titles = {release.id: release.release.title for release in releases}
    turns = [*_judged(judgements, titles), *_profiles(judgements, profiles), *map(_happened, history)]
    return tuple(sorted(turns, key=lambda turn: turn.at, reverse=True))


def _judged(judgements: Sequence[Judgement], titles: Mapping[int, str]) -> Iterator[Turn]:
    known: set[tuple[int, int]] = set()
    for at, together in groupby(sorted(judgements, key=lambda one: one.first), key=lambda one: one.first):
        new: list[Judgement] = []
        again: list[Judgement] = []
        for one in together:
            (again if (one.slot_id, one.release_id) in known else new).append(one)
        known |= {(one.slot_id, one.release_id) for one in new}
        if new:
            yield _turn(at, TurnKind.SEEN, new, titles)
        if again:
            yield _turn(at, TurnKind.JUDGED, again, titles)


def _turn(at: datetime, kind: TurnKind, judged: Sequence[Judgement], titles: Mapping[int, str]) -> Turn:
    ids = tuple(one.release_id for one in judged)
    if len(judged) > 1:
        return Turn(at, kind, f"{len(judged):,} releases: {_counted(judged)}.", "", ids)
    verdict = judged[0].verdict
    sentence = " ".join(verdict.rejections) or f"Good enough, score {verdict.score:,}."
    return Turn(at, kind, sentence, titles.get(ids[0], ""), ids)


def _counted(judged: Sequence[Judgement]) -> str:
    good = sum(one.verdict.accepted for one in judged)
    later = sum(one.verdict.outcome is Outcome.DELAYED for one in judged)
    rejected = [failed(one.verdict)[0] for one in judged if one.verdict.outcome is Outcome.REJECTED]
    reasons = Counter(map(reason, rejected)).most_common(MOST_REASONS)
    told = sum(count for _, count in reasons)
    parts = [f"{good} good enough" if good else "", f"{later} for later" if later else ""]
    parts += [f"{count} {words}" for words, count in reasons]
    parts.append(f"{len(rejected) - told} rejected for other reasons" if told < len(rejected) else "")
    return ", ".join(part for part in parts if part)


def _profiles(judgements: Iterable[Judgement], names: Mapping[int, str]) -> Iterator[Turn]:
    """From when on another profile, or another version of one, decided."""
    last: dict[int, ProfileMark] = {}
    for one in sorted(judgements, key=lambda one: one.first):
        before, now = last.get(one.slot_id), one.profile
        last[one.slot_id] = now
        if before is None or before == now or not before.profile_id:
            continue
        name = names.get(now.profile_id, "a profile that is gone")
        same = before.profile_id == now.profile_id
        sentence = f"Profile {name} was changed." if same else f"Profile {name} decides from now on."
        yield Turn(one.first, TurnKind.PROFILE_CHANGED, sentence)


def _happened(entry: HistoryEntry) -> Turn:
    words = [str(entry.data[key]) for key in ("reason", "message", "indexer") if entry.data.get(key)]
    return Turn(entry.at, _OF_HISTORY[entry.kind], " · ".join(words), entry.title)
