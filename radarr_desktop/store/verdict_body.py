"""A verdict as few bytes: numbers of words, and only where it differs from a sheet that many verdicts share.

Body: head (2 bits outcome, 1 bit "the score is not the sum of its parts"), number of the parts' names, the points, the
score if it is told, number of checks, two bits for each check (another line than the sheet's, another observation),
then the numbers those bits announce. A line is a check without what was observed, and with holes where its limit or
sentence only repeat that. Sheet: pairs of line and observation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, starmap

import msgspec

from radarr_desktop.domain.decision import Check, Outcome, ScorePart, Verdict

Pair = tuple[int, int]
"""Numbers of a line and of what was observed."""

_SEEN, _LIMIT = "\x7f", "\x80"
"""Where a sentence repeats what was observed, or the limit."""
_LIMIT_IS_SEEN, _SAYS_SEEN, _SAYS_LIMIT = 4, 8, 16
"""A line's marks, beside its outcome."""
_OUTCOMES = (Outcome.ACCEPTED, Outcome.DELAYED, Outcome.REJECTED)
_TOLD = 4
_line = msgspec.json.Decoder(tuple[str, str, int, str])
_names = msgspec.json.Decoder(list[str])


@dataclass(frozen=True, slots=True)
class Worded:
    """A verdict taken apart into texts that are worth sharing."""

    outcome: Outcome
    score: int
    names: str
    points: tuple[int, ...]
    facts: tuple[tuple[str, str], ...]
    """Of each check its line, and what was observed."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text that needs a number."""
        yield self.names
        for line, observed in self.facts:
            yield line
            yield observed

    def pairs(self, numbers: Mapping[str, int]) -> list[Pair]:
        """The facts as numbers."""
        return [(numbers[line], numbers[observed]) for line, observed in self.facts]


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a body says before the numbers are looked up."""

    outcome: Outcome
    score: int
    names: int
    points: tuple[int, ...]
    pairs: tuple[Pair, ...]

    @property
    def words(self) -> Iterator[int]:
        """Every number to look up."""
        return chain((self.names,), chain.from_iterable(self.pairs))


def apart(verdict: Verdict) -> Worded:
    """Take a verdict apart."""
    facts = tuple((_line_of(check), check.observed) for check in verdict.checks)
    names = msgspec.json.encode([part.name for part in verdict.parts]).decode()
    return Worded(verdict.outcome, verdict.score, names, tuple(part.points for part in verdict.parts), facts)


class Speller:
    """Makes verdicts of numbers; the same check in many verdicts is made once."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._checks = _Checks(texts)

    def verdict(self, numbered: Numbered) -> Verdict:
        """The verdict again."""
        names = _names.decode(self._texts[numbered.names])
        parts = tuple(starmap(ScorePart, zip(names, numbered.points, strict=True)))
        checks = tuple(map(self._checks.__getitem__, numbered.pairs))
        return Verdict(numbered.outcome, checks, numbered.score, parts)


class _Checks(dict[Pair, Check]):
    """By their numbers, each made when it is first asked for."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, pair: Pair) -> Check:
        made = self[pair] = _check(self._texts[pair[0]], self._texts[pair[1]])
        return made


def pack(worded: Worded, pairs: Sequence[Pair], names: int, sheet: Sequence[Pair]) -> bytes:
    """The body, told against a sheet."""
    told = worded.score != sum(worded.points)
    body = bytearray([_OUTCOMES.index(worded.outcome) | (_TOLD if told else 0)])
    _put(body, names)
    _put(body, len(worded.points))
    for points in worded.points:
        _put(body, _unsigned(points))
    if told:
        _put(body, _unsigned(worded.score))
    _put(body, len(pairs))
    mask, rest = 0, bytearray()
    for place, (line, observed) in enumerate(pairs):
        usual = sheet[place] if place < len(sheet) else (0, 0)
        if line != usual[0]:
            mask |= 1 << 2 * place
            _put(rest, line)
        if observed != usual[1]:
            mask |= 2 << 2 * place
            _put(rest, observed)
    return bytes(body + mask.to_bytes(_mask_size(len(pairs)), "little") + rest)


def unpack(body: bytes, sheet: Sequence[Pair]) -> Numbered:
    """What ``pack`` was given, in numbers."""
    outcome, told, at = _OUTCOMES[body[0] & 3], body[0] & _TOLD, 1
    names, at = _get(body, at)
    count, at = _get(body, at)
    points = []
    for _ in range(count):
        number, at = _get(body, at)
        points.append(_signed(number))
    score = sum(points)
    if told:
        number, at = _get(body, at)
        score = _signed(number)
    count, at = _get(body, at)
    mask = int.from_bytes(body[at : at + _mask_size(count)], "little")
    at += _mask_size(count)
    pairs = [*sheet[:count], *[(0, 0)] * (count - len(sheet))]
    while mask:
        place = ((mask & -mask).bit_length() - 1) // 2
        line, observed = pairs[place]
        bits = mask >> 2 * place & 3
        if bits & 1:
            line, at = _get(body, at)
        if bits & 2:
            observed, at = _get(body, at)
        pairs[place] = (line, observed)
        mask &= ~(3 << 2 * place)
    return Numbered(outcome, score, names, tuple(points), tuple(pairs))


def pack_sheet(sheet: Sequence[Pair]) -> bytes:
    """A sheet as bytes."""
    body = bytearray()
    for pair in sheet:
        for number in pair:
            _put(body, number)
    return bytes(body)


def unpack_sheet(body: bytes) -> tuple[Pair, ...]:
    """A sheet from bytes."""
    numbers, at = [], 0
    while at < len(body):
        number, at = _get(body, at)
        numbers.append(number)
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _line_of(check: Check) -> str:
    marks, limit, sentence = _OUTCOMES.index(check.outcome), check.limit, check.sentence
    if check.observed and check.observed in sentence and _SEEN not in sentence:
        marks, sentence = marks | _SAYS_SEEN, sentence.replace(check.observed, _SEEN, 1)
    if limit and limit in sentence and _LIMIT not in sentence:
        marks, sentence = marks | _SAYS_LIMIT, sentence.replace(limit, _LIMIT, 1)
    if limit == check.observed:
        marks, limit = marks | _LIMIT_IS_SEEN, ""
    return msgspec.json.encode((check.name, limit, marks, sentence)).decode()


def _check(line: str, observed: str) -> Check:
    name, limit, marks, sentence = _line.decode(line)
    if marks & _LIMIT_IS_SEEN:
        limit = observed
    if marks & _SAYS_LIMIT:
        sentence = sentence.replace(_LIMIT, limit, 1)
    if marks & _SAYS_SEEN:
        sentence = sentence.replace(_SEEN, observed, 1)
    return Check(name, observed, limit, _OUTCOMES[marks & 3], sentence)


def _mask_size(checks: int) -> int:
    return (2 * checks + 7) // 8


def _put(body: bytearray, number: int) -> None:
    while number > 127:
        body.append(number & 127 | 128)
        number >>= 7
    body.append(number)


def _get(body: bytes, at: int) -> tuple[int, int]:
    number, shift = 0, 0
    while (byte := body[at]) > 127:
        number |= (byte & 127) << shift
        shift += 7
        at += 1
    return number | byte << shift, at + 1


def _unsigned(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _signed(number: int) -> int:
    return -(number + 1 >> 1) if number & 1 else number >> 1
