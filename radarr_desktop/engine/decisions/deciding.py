"""Custom formats and verdicts are worked out here, off the loop: few in a thread, many aside."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from radarr_desktop.domain.decision import Candidate, Situation, Verdict, evaluate
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.decisions.aside import Aside

IN_A_THREAD = 50
"""Releases decided in this process; for more the other one is worth its start."""
BATCH = 50
"""Releases decided at once aside: their verdicts are unpacked on the loop, in about 3 ms."""


@dataclass(frozen=True, slots=True)
class Docket:
    """Candidates for one slot of one movie, and what they are judged by."""

    movie: Movie
    slot: Slot
    profile: QualityProfile
    situation: Situation
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer for one candidate, in the order asked."""

    formats: tuple[int, ...]
    verdict: Verdict


_unpack_dockets = msgspec.msgpack.Decoder(list[Docket])
_unpack_decided = msgspec.msgpack.Decoder(list[list[Decided]])


class Decider:
    """Asks the one evaluator."""

    def __init__(self, aside: Aside) -> None:
        self._aside = aside

    async def decide(self, dockets: Sequence[Docket]) -> list[list[tuple[Candidate, Verdict]]]:
        """For each docket its candidates, with their formats, and the verdicts."""
        if sum(len(docket.candidates) for docket in dockets) <= IN_A_THREAD:
            decided = await asyncio.to_thread(_decide, dockets)
        else:
            decided = await self._decide_aside(dockets)
        return [_joined(docket, given) for docket, given in zip(dockets, decided, strict=True)]

    async def _decide_aside(self, dockets: Sequence[Docket]) -> list[list[Decided]]:
        decided: list[list[Decided]] = [[] for _ in dockets]
        for batch in _batches(dockets):
            packed = await asyncio.to_thread(msgspec.msgpack.encode, [docket for _, docket in batch])
            given = _unpack_decided.decode(await self._aside.run(_decide_packed, packed))
            for (place, _), answers in zip(batch, given, strict=True):
                decided[place] += answers
        return decided


def _batches(dockets: Sequence[Docket]) -> Iterator[list[tuple[int, Docket]]]:
    """Dockets with their places, cut and joined to even portions."""
    batch: list[tuple[int, Docket]] = []
    room = BATCH
    for place, docket in enumerate(dockets):
        left = docket.candidates
        while left:
            batch.append((place, replace(docket, candidates=left[:room])))
            left, room = left[room:], room - len(left[:room])
            if not room:
                yield batch
                batch, room = [], BATCH
    if batch:
        yield batch


def _joined(docket: Docket, given: Sequence[Decided]) -> list[tuple[Candidate, Verdict]]:
    pairs = zip(docket.candidates, given, strict=True)
    return [(replace(candidate, formats=one.formats), one.verdict) for candidate, one in pairs]


def _decide_packed(packed: bytes) -> bytes:
    return msgspec.msgpack.encode(_decide(_unpack_dockets.decode(packed)))


def _decide(dockets: Sequence[Docket]) -> list[list[Decided]]:
    return [[_decide_one(docket, candidate) for candidate in docket.candidates] for docket in dockets]


def _decide_one(docket: Docket, candidate: Candidate) -> Decided:
    return Decided((), evaluate(candidate, docket.movie, docket.slot, docket.profile, docket.situation))
