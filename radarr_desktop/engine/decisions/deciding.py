"""Custom formats and verdicts are worked out here, off the loop: few in a thread, many aside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat
from radarr_desktop.domain.decision import Candidate, Situation, Verdict, evaluate
from radarr_desktop.domain.decision.rating import matched_by, rate, rate_situation
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
_unpack_formats = msgspec.msgpack.Decoder(list[CustomFormat])
_unpack_decided = msgspec.msgpack.Decoder(list[list[Decided]])


class Decider:
    """Asks the one evaluator. ``formats`` gives the custom formats as they are now."""

    def __init__(self, aside: Aside, formats: Callable[[], Awaitable[CompiledFormats]]) -> None:
        self._aside = aside
        self._formats = formats

    async def decide(self, dockets: Sequence[Docket]) -> list[list[tuple[Candidate, Verdict]]]:
        """For each docket its candidates, with their formats, and the verdicts."""
        formats = await self._formats()
        if sum(len(docket.candidates) for docket in dockets) <= IN_A_THREAD:
            decided = await asyncio.to_thread(decide_all, dockets, formats)
        else:
            decided = await self._decide_aside(dockets, formats)
        return [_joined(docket, given, formats.version) for docket, given in zip(dockets, decided, strict=True)]

    async def _decide_aside(self, dockets: Sequence[Docket], formats: CompiledFormats) -> list[list[Decided]]:
        decided: list[list[Decided]] = [[] for _ in dockets]
        for batch in _batches(dockets):
            packed = await asyncio.to_thread(msgspec.msgpack.encode, [docket for _, docket in batch])
            answer = await self._aside.run(_decide_packed, packed, formats.version)
            if answer is None:
                known = await asyncio.to_thread(msgspec.msgpack.encode, formats.formats)
                answer = await self._aside.run(_decide_packed, packed, formats.version, known)
            given = _unpack_decided.decode(answer or b"")
            for (place, _), answers in zip(batch, given, strict=True):
                decided[place] += answers
        return decided


def decide_all(dockets: Sequence[Docket], formats: CompiledFormats) -> list[list[Decided]]:
    """The answers for each docket. Blocks."""
    return [_decided(docket, formats) for docket in dockets]


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


def _joined(docket: Docket, given: Sequence[Decided], version: str) -> list[tuple[Candidate, Verdict]]:
    of = matched_by(version, docket.movie.info)
    pairs = zip(docket.candidates, given, strict=True)
    return [(replace(candidate, formats=one.formats, formats_of=of), one.verdict) for candidate, one in pairs]


_known = CompiledFormats(())
"""Of the process aside: the formats it was given last."""


def _decide_packed(packed: bytes, version: str, formats: bytes | None = None) -> bytes | None:
    """None: the formats of this version have to be sent along."""
    global _known
    if _known.version != version:
        if formats is None:
            return None
        _known = CompiledFormats(_unpack_formats.decode(formats))
    return msgspec.msgpack.encode(decide_all(_unpack_dockets.decode(packed), _known))


def _decided(docket: Docket, formats: CompiledFormats) -> list[Decided]:
    movie, slot = docket.movie, docket.slot
    situation = rate_situation(docket.situation, movie, slot, formats)
    rated = [rate(candidate, movie, formats) for candidate in docket.candidates]
    return [Decided(one.formats, evaluate(one, movie, slot, docket.profile, situation)) for one in rated]
