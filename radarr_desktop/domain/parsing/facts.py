"""Which marks count, and what they add up to."""

from __future__ import annotations

from radarr_desktop.domain.parsing.lexicon import Tag, Trust
from radarr_desktop.domain.parsing.marks import Mark, Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.words import Words
from radarr_desktop.domain.quality import Source

_ALWAYS = frozenset({Trust.STRONG, Trust.FIRM, Trust.SOFT, Trust.BEHIND})
_WEB_SOURCES = frozenset({Source.WEBDL, Source.WEBRIP})
_EXTENDS_LISTS = frozenset({Trust.FIRM, Trust.LOUD})
_NEAR = 3
"""Marks, or words, to either side."""
_ENOUGH = 2
_SPOKEN = SpanKind.LANGUAGE
_OF_LANGUAGES = ("sub", "near")
_TOLD_BY_THE_WORD = frozenset({"hc", "hash", "imdb", "tmdb"})

TYPE_CHECKING = False  # importing typing takes longer than all of this folder
if TYPE_CHECKING:
    from typing import Any

Facts = dict[str, "list[Any]"]


def counting(words: Words, marks: Marks, title: tuple[int, int], group: tuple[int, int]) -> list[Mark]:
    """The marks outside title and group whose words mean in this place what they can mean."""
    kept: list[Mark] = []
    (title_first, title_last), (group_first, group_last) = title, group
    done = -1
    for place, mark in enumerate(marks):
        start, end, _ = mark
        if (start < title_last and end > title_first) or (start < group_last and end > group_first) or start == done:
            continue
        trust = mark[2].trust
        if trust in _ALWAYS or _counts(words, marks, place):
            kept.append(mark)
            done = start
    return kept


def _counts(words: Words, marks: Marks, place: int) -> bool:
    start, end, tag = marks[place]
    if tag.trust is Trust.WEB:
        return words.raw(start) != words.texts[start] and _is_before_web(marks, place, end)
    if tag.kind is SpanKind.LANGUAGE and _is_listed(marks, place):
        return True
    return tag.trust is Trust.LOUD and words.is_loud(start)


def _is_before_web(marks: Marks, place: int, end: int) -> bool:
    for start, _, tag in marks[place + 1 : place + 4]:
        if start >= end:
            return start == end and tag.facts[0][1] in _WEB_SOURCES
    return False


def _is_listed(marks: Marks, place: int) -> bool:
    """Beside a word that is a language beyond doubt or one for subtitles, or one of three that may be languages."""
    before = _chain(marks[max(0, place - _NEAR) : place + 1][::-1])
    behind = _chain(marks[place : place + _NEAR + 1])
    if any(tag.facts[0] == _OF_LANGUAGES or tag.trust in _EXTENDS_LISTS for tag in (*before[:1], *behind[:1])):
        return True
    return len(before) + len(behind) >= _ENOUGH


def _chain(marks: list[Mark]) -> list[Tag]:
    """The languages, and the word for subtitles, that follow the first mark without a gap, in either direction."""
    found: list[Tag] = []
    start, end, _ = marks[0]
    for other_start, other_end, tag in marks[1:]:
        if other_start == start:
            continue
        if (other_end != start and other_start != end) or (tag.kind is not _SPOKEN and tag.facts[0] != _OF_LANGUAGES):
            break
        found.append(tag)
        start, end = other_start, other_end
    return found


def collect(words: Words, marks: list[Mark]) -> Facts:
    """All values by field, in order, without repeats; of sources the tags, since source and modifier go together."""
    facts: Facts = {}
    subtitles = _subtitles(words, marks)
    for place, (start, end, tag) in enumerate(marks):
        if tag.source or tag.modifier or tag.is_rip:
            sources = "sources" if tag.trust is Trust.STRONG else "likely sources"
            facts.setdefault(sources, []).append(tag)
        for field, value in tag.facts:
            if field == "language" and place in subtitles:
                field = "subtitled"
            elif field in _TOLD_BY_THE_WORD:
                value = words.raw(start, end)
            values = facts.setdefault(field, [])
            if value not in values:
                values.append(value)
    return facts


def _subtitles(words: Words, marks: list[Mark]) -> set[int]:
    """The languages in a row right behind a word for subtitles, or else right in front of one."""
    found: set[int] = set()
    for place, mark in enumerate(marks):
        if mark[2].facts[0] != _OF_LANGUAGES:
            continue
        first = last = place
        while _touches(words, marks, last) and marks[last + 1][2].kind is _SPOKEN:
            last += 1
        if last == place and "+" not in words.before(mark[0]):  # English+Subs: and subtitles
            while first and _touches(words, marks, first - 1) and marks[first - 1][2].kind is _SPOKEN:
                first -= 1
        found.update(range(first, last + 1))
    return found


def _touches(words: Words, marks: list[Mark], place: int) -> bool:
    """The next mark begins where this one ends, in the same bracket."""
    if place + 1 == len(marks) or marks[place][1] != marks[place + 1][0]:
        return False
    gap = words.gaps[marks[place][1] - 1]
    return "]" not in gap and ")" not in gap
