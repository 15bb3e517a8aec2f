"""Where the title is, which year counts, and what comes before the title."""

from __future__ import annotations

from radarr_desktop.domain.parsing.ending import trim_end
from radarr_desktop.domain.parsing.front import skip_front
from radarr_desktop.domain.parsing.lexicon import Trust
from radarr_desktop.domain.parsing.marks import Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.parts import Parts
from radarr_desktop.domain.parsing.words import Words

_STANDING_OUT = (Trust.LOUD, Trust.SOFT)
_HYPHENS = ("-", "–")


def find_parts(words: Words, marks: Marks) -> Parts:
    """Find the title between what is put in front of it and the year or the first tag."""
    parts = Parts(words.brackets() if words.has_brackets() else [])
    limit = skip_front(words, marks, parts)
    anchor = _anchor(words, marks, parts.first, limit)
    parts.year = _year(words, marks, parts, anchor)
    parts.last = min(parts.year, anchor) if parts.year > parts.first else anchor
    trim_end(words, marks, parts)
    if parts.first and not parts.lead and (mark := marks.at(parts.first)) and mark[1] == parts.last:
        parts.last = parts.first  # nothing in front of it but tags, and it is one too
    return parts


def _anchor(words: Words, marks: Marks, first: int, limit: int) -> int:
    """The first word behind the title's first that can be nothing but a tag."""
    if (certain := _certain(words, marks, first)) >= 0:
        return min(certain, limit)
    if marks.years:
        return limit
    may_stand_out = not words.name.isupper()
    for mark in marks:  # nothing is certain: a phrase, or a word that stands out, will do
        start, end, tag = mark
        if start > first and (
            (tag.trust is Trust.FIRM and tag.kind is SpanKind.EDITION and end - start > 1)
            or (
                tag.trust in _STANDING_OUT
                and tag.kind is not SpanKind.THREE_D
                and may_stand_out
                and words.raw(start).isupper()
            )
        ):
            return min(start, limit)
    return limit


def _certain(words: Words, marks: Marks, first: int) -> int:
    """The first sure tag, or PROPER or REPACK in capitals behind a title that is not; -1 for none."""
    loud = first
    for start, _, tag in marks:
        if start <= first:
            continue
        if tag.trust is Trust.STRONG:
            return start
        if tag.kind is SpanKind.REVISION and start > loud and words.raw(start).isupper():
            if not words.raw(loud, start).isupper():
                return start
            loud = start  # all up to here is in capitals, and not read again
    return -1


def _year(words: Words, marks: Marks, parts: Parts, anchor: int) -> int:
    """The word of the year; -1 for none. Of several the likeliest, of equals the last."""
    best, best_rank = -1, 0
    for year in marks.years:
        rank = _rank(words, parts, anchor, year)
        if rank and rank >= best_rank + (rank < _BEFORE_TAGS):
            best, best_rank = year, rank
    if best < 0 or (best - 1 not in marks.years and best + 1 not in marks.years):
        return best
    earlier = best - 1 if best - 1 in marks.years else best
    if words.gaps[earlier].strip() in _HYPHENS and earlier > parts.first:
        parts.is_pack = True
        return earlier
    return best


_BEFORE_TAGS = 4


def _rank(words: Words, parts: Parts, anchor: int, year: int) -> int:
    """How likely a word is the year: in brackets before plain, in front of the first tag before behind it."""
    bracket = parts.around(year)
    is_edge = bracket is not None and year in (bracket.first, bracket.last - 1)
    if bracket is None and year > parts.first and words.texts[year - 1] == "of":
        return 0  # no title ends with it: Class of 1984
    if year == parts.front < parts.first:
        return 1
    if year == parts.first and not (bracket and bracket.last - bracket.first == 1):
        return 0
    if parts.first < year <= anchor and is_edge:
        return _BEFORE_TAGS + 1
    if parts.first < year < anchor:
        return _BEFORE_TAGS
    if is_edge:
        return 3
    is_group = words.before(year) == "-" and year == words.count - 1
    return 2 if year >= anchor and not is_group else 0
