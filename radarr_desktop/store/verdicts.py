"""Every verdict, by movie slot, release and version of the profile; the same answer again only moves its date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from radarr_desktop.domain.decision import Outcome, Verdict
from radarr_desktop.domain.records import Judgement, ProfileMark
from radarr_desktop.store import sql, words
from radarr_desktop.store.fields import from_milliseconds, milliseconds
from radarr_desktop.store.verdict_body import (
    Pair,
    Speller,
    Worded,
    apart,
    pack,
    pack_sheet,
    unpack,
    unpack_sheet,
)

_SHEETS_TRIED = 8
_SHEET_COST = 24
"""Bytes a sheet takes besides its pairs."""
_SAMPLE = 64
"""Verdicts of a batch that are asked which sheet fits."""
_NO_PROFILE = ProfileMark(0, 0)
_READ = "SELECT v.id, v.release_id, v.slot_id, v.sheet_id, v.first, v.last, v.body FROM verdict v "


@dataclass(frozen=True, slots=True)
class _Sheet:
    id: int
    profile: ProfileMark
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    sheet: _Sheet
    judgement: Judgement


def remember(
    slot_id: int, judged: Iterable[tuple[int, Verdict]], now: datetime, profile: ProfileMark | None = None
) -> None:
    """Keep the verdicts on these releases (by id), all by one version of a profile; None: the one of last time."""
    verdicts = dict(judged)
    known = _known(slot_id, list(verdicts))
    if profile is None:
        newest = max((row for rows in known.values() for row in rows), key=_age, default=None)
        profile = newest.sheet.profile if newest else _NO_PROFILE
    worded = {release_id: apart(verdict) for release_id, verdict in verdicts.items()}
    numbers = words.numbers(Counter(text for one in worded.values() for text in one.texts), now)
    new: dict[int, Worded] = {}
    for release_id, verdict in verdicts.items():
        same = _same_answer(known.get(release_id, ()), verdict, profile)
        if same is None:
            new[release_id] = worded[release_id]
        else:
            _again(same, worded[release_id], numbers, now)
    if new:
        seen = {row.sheet.id: row.sheet for rows in known.values() for row in rows if row.sheet.profile == profile}
        _insert(slot_id, new, numbers, now, _fitting_sheet(new, numbers, profile, seen, now))


def newest_of_releases(release_ids: Iterable[int]) -> dict[int, list[Verdict]]:
    """What was decided last about these releases, one verdict for each slot."""
    found: dict[int, list[Verdict]] = defaultdict(list)
    rows = _told(list(sql.among(f"{_READ} WHERE v.release_id IN ({{}})", release_ids)))
    newest = {(row.judgement.release_id, row.judgement.slot_id): row.judgement for row in sorted(rows, key=_age)}
    for judgement in newest.values():
        found[judgement.release_id].append(judgement.verdict)
    return found


def of_movie(movie_id: int) -> list[Judgement]:
    """Every answer on the releases of a movie, oldest first."""
    rows = sql.execute(f"{_READ} JOIN slot s ON s.id = v.slot_id WHERE s.movie_id = ?", movie_id)
    return [row.judgement for row in sorted(_told(rows), key=_age)]


def newest(release_id: int, movie_id: int) -> Judgement | None:
    """What was decided last about a release for a movie."""
    rows = sql.execute(
        f"{_READ} JOIN slot s ON s.id = v.slot_id WHERE +s.movie_id = ? AND v.release_id = ?", movie_id, release_id
    )
    row = max(_told(rows), key=_age, default=None)
    return row.judgement if row else None


def newest_for(movie_id: int, release_ids: Iterable[int]) -> dict[int, Judgement]:
    """The same about many releases."""
    statement = f"{_READ} JOIN slot s ON s.id = v.slot_id WHERE v.release_id IN ({{}}) AND +s.movie_id = ?"
    rows = _told(list(sql.among(statement, release_ids, movie_id)))
    return {row.judgement.release_id: row.judgement for row in sorted(rows, key=_age)}


def forget(before: datetime, most: int) -> int:
    """Drop up to ``most`` verdicts that were not given again since then; how many were."""
    statement = "DELETE FROM verdict WHERE id IN (SELECT id FROM verdict WHERE last < ? LIMIT ?)"
    return sql.change(statement, milliseconds(before), most)


def forget_shared(before: datetime) -> None:
    """Drop sheets and words that no verdict since then uses; only once all verdicts before then are gone."""
    sql.change("DELETE FROM sheet WHERE used < ?", words.day_of(before) - words.SLACK - 1)
    words.forget(before)


def _age(row: _Row) -> tuple[datetime, int]:
    return row.judgement.last, row.id


def _known(slot_id: int, release_ids: Sequence[int]) -> dict[int, list[_Row]]:
    statement = f"{_READ} WHERE v.release_id IN ({{}}) AND +v.slot_id = ? ORDER BY v.id"
    known: dict[int, list[_Row]] = defaultdict(list)
    for row in _told(list(sql.among(statement, release_ids, slot_id))):
        known[row.judgement.release_id].append(row)
    return known


def _told(rows: Sequence[tuple[Any, ...]]) -> list[_Row]:
    sheets = _sheets({row[3] for row in rows})
    numbered = [unpack(row[6], sheets[row[3]].pairs) for row in rows]
    speller = Speller(words.texts(chain.from_iterable(one.words for one in numbered)))
    return [_row(row, sheets[row[3]], speller.verdict(one)) for row, one in zip(rows, numbered, strict=True)]


def _row(row: tuple[Any, ...], sheet: _Sheet, verdict: Verdict) -> _Row:
    first, last = from_milliseconds(row[4]), from_milliseconds(row[5])
    return _Row(row[0], sheet, Judgement(row[1], row[2], sheet.profile, first, last, verdict))


def _sheets(ids: Iterable[int]) -> dict[int, _Sheet]:
    rows = sql.among("SELECT id, profile_id, version, body FROM sheet WHERE id IN ({})", ids)
    return {row[0]: _Sheet(row[0], ProfileMark(row[1], row[2]), unpack_sheet(row[3])) for row in rows}


def _same_answer(rows: Iterable[_Row], verdict: Verdict, profile: ProfileMark) -> _Row | None:
    wanted = _answer(verdict)
    return next(
        (row for row in rows if row.sheet.profile == profile and _answer(row.judgement.verdict) == wanted), None
    )


def _answer(verdict: Verdict) -> tuple[Outcome, tuple[tuple[str, Outcome], ...]]:
    """What makes a verdict another one: seeders that come and go do not."""
    return verdict.outcome, tuple((check.name, check.outcome) for check in verdict.checks)


def _again(row: _Row, worded: Worded, numbers: Mapping[str, int], now: datetime) -> None:
    body = pack(worded, worded.pairs(numbers), numbers[worded.names], row.sheet.pairs)
    sql.change("UPDATE verdict SET last = ?, body = ? WHERE id = ?", milliseconds(now), body, row.id)
    _use(row.sheet.id, now)


def _insert(slot_id: int, new: Mapping[int, Worded], numbers: Mapping[str, int], now: datetime, sheet: _Sheet) -> None:
    at = milliseconds(now)
    rows = [
        (slot_id, release_id, sheet.id, at, at, pack(one, one.pairs(numbers), numbers[one.names], sheet.pairs))
        for release_id, one in new.items()
    ]
    sql.change_many("INSERT INTO verdict (slot_id, release_id, sheet_id, first, last, body) VALUES (?,?,?,?,?,?)", rows)


def _fitting_sheet(
    new: Mapping[int, Worded],
    numbers: Mapping[str, int],
    profile: ProfileMark,
    seen: Mapping[int, _Sheet],
    now: datetime,
) -> _Sheet:
    """The sheet these verdicts take the least room with; a new one where it pays."""
    rows = sql.execute(
        "SELECT id, body FROM sheet WHERE profile_id = ? AND version = ? ORDER BY id DESC LIMIT ?",
        profile.profile_id,
        profile.version,
        _SHEETS_TRIED,
    )
    tried = {id_: _Sheet(id_, profile, unpack_sheet(body)) for id_, body in rows} | dict(seen)
    sample = [(one, one.pairs(numbers), numbers[one.names]) for one in list(new.values())[:_SAMPLE]]
    share = len(new) / len(sample)

    def cost(pairs: Sequence[Pair]) -> float:
        return share * sum(len(pack(one, theirs, names, pairs)) for one, theirs, names in sample)

    usual = _usual([pairs for _, pairs, _ in sample])
    best = min(tried.values(), key=lambda sheet: cost(sheet.pairs), default=None)
    if best is not None and cost(best.pairs) <= cost(usual) + len(pack_sheet(usual)) + _SHEET_COST:
        _use(best.id, now)
        return best
    ((id_,),) = sql.execute(
        "INSERT INTO sheet (profile_id, version, used, body) VALUES (?,?,?,?) RETURNING id",
        profile.profile_id,
        profile.version,
        words.day_of(now),
        pack_sheet(usual),
    )
    return _Sheet(id_, profile, usual)


def _usual(all_pairs: Sequence[Sequence[Pair]]) -> tuple[Pair, ...]:
    """At each place what most verdicts have there."""
    return tuple(Counter(at_place).most_common(1)[0][0] for at_place in _by_place(all_pairs))


def _by_place(all_pairs: Sequence[Sequence[Pair]]) -> Iterator[list[Pair]]:
    for place in range(max(map(len, all_pairs))):
        yield [pairs[place] for pairs in all_pairs if place < len(pairs)]


def _use(sheet_id: int, now: datetime) -> None:
    today = words.day_of(now)
    sql.change("UPDATE sheet SET used = ? WHERE id = ? AND used < ?", today, sheet_id, today - words.SLACK)
