"""What is put in front of a title: addresses, tags, the group, a year."""

from __future__ import annotations

from radarr_desktop.domain.parsing.address import address_end, is_address
from radarr_desktop.domain.parsing.lexicon import Trust, lexicon
from radarr_desktop.domain.parsing.marks import Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.parts import Parts
from radarr_desktop.domain.parsing.words import Bracket, Words

_LONGEST_NOTICE = 3
"""Words in front of a colon: ``New torrent: The.Title``."""
_CODE = 3
"""Letters of a language's code at most."""


def skip_front(words: Words, marks: Marks, parts: Parts) -> int:
    """Move ``first`` behind addresses, tags and a group in front; answers where the title ends at the latest."""
    starts = {bracket.first: bracket for bracket in parts.brackets} if parts.brackets else {}
    untold: list[Bracket] = []
    while parts.first < words.count:
        bracket = starts.get(parts.first)
        if untold and _is_year(marks, starts, parts.first):
            break
        if bracket:
            is_told = tells(words, marks, bracket)
            if bracket.is_round and not is_told and not _is_copy(words, bracket):
                return words.count
            if not is_told and not bracket.is_round:
                untold.append(bracket)
            parts.first = bracket.last
        elif end := address_end(words, parts.first):
            parts.first = end
        elif (mark := marks.at(parts.first)) and mark[2].trust is Trust.STRONG:
            if untold:
                break
            if _is_year(marks, starts, mark[1]):
                return words.count
            if parts.first and parts.first - 1 in marks.years:
                parts.first = words.count  # a year, and then tags: the title is not told
            else:
                parts.first = mark[1]
        elif parts.first == words.count - 1 and _is_behind_tag(marks, parts.first):
            parts.first = words.count  # nothing but tags, and a group behind them
        else:
            _begin(words, marks, parts, untold)
            return words.count
    return _within_brackets(words, marks, parts, untold) if untold else words.count


def _is_behind_tag(marks: Marks, word: int) -> bool:
    mark = marks.over(word - 1)
    return mark is not None and mark[2].trust is Trust.STRONG and mark[2].kind is not SpanKind.OTHER


def _is_year(marks: Marks, starts: dict[int, Bracket], word: int) -> bool:
    """A year, plain or in a bracket of its own: what is in front of it is the title."""
    return word in marks.years and (word not in starts or starts[word].last == word + 1)


def _begin(words: Words, marks: Marks, parts: Parts, untold: list[Bracket]) -> None:
    """Here the title begins; unless it is but a number, which goes with the bracket in front: ``[REC] 2``."""
    if untold and words.texts[parts.first].isdecimal() and parts.first + 1 in marks.years:
        parts.first = parts.front = untold[-1].first
        return
    parts.lead = untold[0] if untold else None
    parts.front = parts.first
    parts.first = _behind_prefix(words, marks, parts)


def _within_brackets(words: Words, marks: Marks, parts: Parts, untold: list[Bracket]) -> int:
    """The title is in a bracket itself."""
    for bracket in parts.brackets:  # a whole name inside a bracket of its own
        tags = [mark for mark in marks.within(bracket.first, bracket.last) if mark[2].trust is Trust.STRONG]
        if tags and bracket.first < tags[0][0] and not marks.over(bracket.first):
            parts.first = parts.front = bracket.first
            return bracket.last
    title = _titled(words, marks, untold)
    parts.lead = untold[0] if untold[0] is not title else None
    parts.first = parts.front = title.first
    return title.last


def _is_copy(words: Words, bracket: Bracket) -> bool:
    """``(1)Title``: the number of a copied file."""
    return words.gaps[bracket.last - 1] == ")" and words.texts[bracket.first].isdecimal()


def _behind_prefix(words: Words, marks: Marks, parts: Parts) -> int:
    """Behind what may stand right in front of a title: a year, a language, the group of a scene's file."""
    first, texts = parts.first, words.texts
    if first + 1 >= words.count:
        return first
    if marks.film >= first:
        return marks.film + 1
    if ": " in words.name:
        for index in range(first, min(first + _LONGEST_NOTICE, words.count - 2)):
            if ": " in words.gaps[index] and words.gaps[index + 1] == ".":
                return index + 1
    said = marks.at(first)
    if said and said[2].kind is SpanKind.LANGUAGE and len(texts[first]) <= _CODE and words.gaps[first] == " - ":
        return said[1]
    if list(marks.years) == [first] and f"{texts[first]} {texts[first + 1]}" not in lexicon().numbered:
        follows = marks.at(first + 1)
        is_alone = parts.around(first + 1) or (follows and follows[2].trust in (Trust.STRONG, Trust.FIRM))
        return first if is_alone else first + 1
    if words.gaps[first] == "-" and not first and _is_file_of_scene(words, marks):
        return (marks.at(1) or (0, 1))[1]
    return first


def _is_file_of_scene(words: Words, marks: Marks) -> bool:
    """``group-title.tags``: all small, no spaces, no other group at the end."""
    return (
        words.name == words.lower
        and " " not in words.name
        and words.texts[0] not in lexicon().hyphenated
        and words.texts[0] not in lexicon().articles
        and words.before(words.count - 1) == "."
        and any(mark[2].trust is Trust.STRONG for mark in marks)
    )


def tells(words: Words, marks: Marks, bracket: Bracket) -> bool:
    """It holds a year, tags or an address, and so no title."""
    if bracket.last - bracket.first == 1 and bracket.first in marks.years:
        return True
    if is_address(words, bracket.first, bracket.last):
        return True
    inside = marks.within(bracket.first, bracket.last)
    return (
        any(mark[2].trust is Trust.STRONG for mark in inside)
        or sum(mark[1] - mark[0] for mark in inside) >= bracket.last - bracket.first
    )


def _titled(words: Words, marks: Marks, brackets: list[Bracket]) -> Bracket:
    """Of a name that is all brackets the one with the title: the first behind the group."""
    if len(brackets) == 1 or any(brackets[0].first < year < brackets[0].last for year in marks.years):
        return brackets[0]
    latin = [
        bracket
        for bracket in brackets[1:]
        if any(text.isascii() and text.isalpha() for text in words.texts[bracket.first : bracket.last])
    ]
    return (latin or brackets[1:])[0]
