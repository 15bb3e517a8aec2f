"""Where the title is, which year counts, and what comes before the title."""

from __future__ import annotations

from radarr_desktop.domain.parsing.address import address_end, is_address
from radarr_desktop.domain.parsing.lexicon import Trust, lexicon
from radarr_desktop.domain.parsing.marks import FILM, Mark, Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.words import Bracket, Words
from radarr_desktop.domain.quality import Modifier

_STANDING_OUT = (Trust.LOUD, Trust.SOFT)
_LONGEST_NOTICE = 3
"""Words in front of a colon: ``New torrent: The.Title``."""
_DISC = ("modifier", Modifier.BRDISK)
_PACK = ("other", "pack")
_CODE = 3
"""Letters; a language's code, that may be any short word too."""
_PEELED_BEFORE_A_YEAR = frozenset({SpanKind.EDITION, SpanKind.LANGUAGE, SpanKind.SUBTITLES, SpanKind.REVISION})


class Outline:
    """The parts of a name by words: the title is ``first`` up to, not with, ``last``; all behind are tags."""

    __slots__ = ("asides", "brackets", "first", "front", "is_pack", "last", "lead", "whole", "year")

    def __init__(self, brackets: list[Bracket]) -> None:
        self.first = self.last = 0
        self.year = -1
        """The word that tells it; -1 for none."""
        self.is_pack = False
        """Two years, from and to: what is told is not one movie's."""
        self.front = 0
        """Where the title begins if what stands before ``first`` is part of it; ``first`` where there is no doubt."""
        self.whole = 0
        """Where the title ends if the language at its end is part of it; 0 where there is none."""
        self.lead: Bracket | None = None
        """A bracket in front of the title that holds neither tags nor an address: often the group."""
        self.asides: list[Bracket] = []
        """Brackets behind the title that hold no tags: often another title."""
        self.brackets = brackets

    def around(self, word: int) -> Bracket | None:
        """The bracket a word is in."""
        for bracket in self.brackets:
            if bracket.first <= word < bracket.last:
                return bracket
        return None


def find_outline(words: Words, marks: Marks) -> Outline:
    """Find the title between what is put in front of it and the year or the first tag."""
    found = Outline(words.brackets() if words.has_brackets() else [])
    limit = _skip_front(words, marks, found)
    anchor = _anchor(words, marks, found.first, limit)
    found.year = _year(words, marks, found, anchor)
    found.last = min(found.year, anchor) if found.year > found.first else anchor
    _trim(words, marks, found)
    if found.first and not found.lead and (mark := _starting(marks, found.first)) and mark[1] == found.last:
        found.last = found.first  # nothing in front of it but tags, and it is one too
    return found


def _skip_front(words: Words, marks: Marks, found: Outline) -> int:
    """Move ``first`` behind addresses, tags and a group in front; answers where the title ends at the latest."""
    starts = {bracket.first: bracket for bracket in found.brackets}
    untold: list[Bracket] = []
    while found.first < words.count:
        bracket = starts.get(found.first)
        if bracket:
            tells = _tells(words, marks, bracket)
            if bracket.is_round and not tells and not _is_copy(words, bracket):
                return words.count
            if not tells and not bracket.is_round:
                untold.append(bracket)
            found.first = bracket.last
        elif end := address_end(words, found.first):
            found.first = end
        elif (mark := _starting(marks, found.first)) and mark[2].trust is Trust.STRONG:
            found.first = mark[1]
        else:
            found.lead = untold[0] if untold else None
            found.front = found.first
            found.first = _behind_prefix(words, marks, found)
            return words.count
    if not untold:
        return words.count
    for bracket in found.brackets:  # a name inside a bracket of its own
        tags = [mark for mark in marks if bracket.first <= mark[0] < bracket.last and mark[2].trust is Trust.STRONG]
        if tags and bracket.first < tags[0][0] and not marks.over(bracket.first):
            found.first = found.front = bracket.first
            return bracket.last
    title = _titled(words, marks, untold)
    found.lead = untold[0] if untold[0] is not title else None
    found.first = found.front = title.first
    return title.last


def _is_copy(words: Words, bracket: Bracket) -> bool:
    """``(1)Title``: the number of a copied file."""
    return words.gaps[bracket.last - 1] == ")" and words.texts[bracket.first].isdecimal()


def _behind_prefix(words: Words, marks: Marks, found: Outline) -> int:
    """Behind what may stand right in front of a title: a year, a language, the group of a scene's file."""
    first, texts = found.first, words.texts
    if first + 1 >= words.count:
        return first
    for mark in marks:
        if mark[2] is FILM:
            return mark[1]
    for index in range(first, min(first + _LONGEST_NOTICE, words.count - 2)):
        if ": " in words.gaps[index] and words.gaps[index + 1] == ".":
            return index + 1
    said = _starting(marks, first)
    if said and said[2].kind is SpanKind.LANGUAGE and len(texts[first]) <= _CODE and words.gaps[first] == " - ":
        return said[1]
    if marks.years == [first] and f"{texts[first]} {texts[first + 1]}" not in lexicon().numbered:
        follows = _starting(marks, first + 1)
        is_alone = found.around(first + 1) or (follows and follows[2].trust in (Trust.STRONG, Trust.FIRM))
        return first if is_alone else first + 1
    if words.gaps[first] == "-" and not first and _is_file_of_scene(words, marks):
        return (_starting(marks, 1) or (0, 1))[1]
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


def _tells(words: Words, marks: Marks, bracket: Bracket) -> bool:
    """It holds a year, tags or an address, and so no title."""
    if bracket.last - bracket.first == 1 and bracket.first in marks.years:
        return True
    if is_address(words, bracket.first, bracket.last):
        return True
    inside = [mark for mark in marks if bracket.first <= mark[0] < bracket.last]
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


def _starting(marks: Marks, word: int) -> Mark | None:
    for mark in marks:
        if mark[0] >= word:
            return mark if mark[0] == word else None
    return None


def _anchor(words: Words, marks: Marks, first: int, limit: int) -> int:
    """The first word behind the title's first that can be nothing but a tag."""
    for mark in marks:
        if mark[2].trust is Trust.STRONG and mark[0] > first:
            return min(mark[0], limit)
    if marks.years:
        return limit
    for mark in marks:  # nothing is certain: a phrase, or a word that stands out, will do
        start, end, tag = mark
        if start > first and (
            (tag.trust is Trust.FIRM and tag.kind is SpanKind.EDITION and end - start > 1)
            or (tag.trust in _STANDING_OUT and words.raw(start).isupper() and not words.name.isupper())
        ):
            return min(start, limit)
    return limit


def _year(words: Words, marks: Marks, found: Outline, anchor: int) -> int:
    """In brackets before plain, before the first tag before behind it; the last of equals."""
    best, best_rank = -1, 0
    for year in marks.years:
        bracket = found.around(year)
        is_edge = bracket is not None and year in (bracket.first, bracket.last - 1)
        if year == found.front < found.first:
            rank = 1
        elif year == found.first and not (bracket and bracket.last - bracket.first == 1):
            rank = 0
        elif is_edge and found.first < year <= anchor:
            rank = 5
        elif found.first < year < anchor:
            rank = 4
        elif is_edge:
            rank = 3
        elif year > anchor and not (words.before(year) == "-" and year == words.count - 1):
            rank = 2
        else:
            rank = 0
        if rank and rank >= best_rank + (rank < 4):
            best, best_rank = year, rank
    if best >= 0 and (best - 1 in marks.years or best + 1 in marks.years):
        earlier = best - 1 if best - 1 in marks.years else best
        if words.gaps[earlier].strip() in ("-", "–") and earlier > found.first:
            found.is_pack = True
            return earlier
    return best


def _trim(words: Words, marks: Marks, found: Outline) -> None:
    """Take off the title's end what is no title: brackets, tags, the number of an episode or volume."""
    first, last = found.first, found.last
    bracket = found.around(last) if last < words.count else None
    if bracket and bracket.first > first:
        last = bracket.first
    if last - first > 1 and words.texts[last - 1].isdecimal():
        if found.lead and words.before(last - 1) == " - ":
            last -= 1
        elif found.year < 0 and last - first > 2 and words.raw(last - 2) == "vol" and not words.name.islower():
            found.whole, last = last, last - 2
    if found.is_pack:
        last = next((mark[0] for mark in marks if first < mark[0] < last and mark[2].facts[0] == _PACK), last)
    while last > first:
        shorter = _without_bracket(words, marks, found, last)
        if shorter == last:
            shorter = _without_tag(words, marks, found, last)
        if shorter == last or shorter <= first:
            break
        last = shorter
    found.last = last


def _without_bracket(words: Words, marks: Marks, found: Outline, last: int) -> int:
    for bracket in found.brackets:
        if bracket.last == last and bracket.first > found.first:
            if not _tells(words, marks, bracket):
                found.asides.append(bracket)
            return bracket.first
    return last


def _without_tag(words: Words, marks: Marks, found: Outline, last: int) -> int:
    for start, end, tag in reversed(marks):
        if end < last:
            break
        if end != last or start <= found.first or not _is_peeled(words, marks, found, (start, end, tag)):
            continue
        if tag.kind in (SpanKind.LANGUAGE, SpanKind.THREE_D) and not found.whole:
            found.whole = last
        return start
    return last


def _is_peeled(words: Words, marks: Marks, found: Outline, mark: Mark) -> bool:
    """Whether a word at the title's end is a tag, and not the title's last word."""
    start, end, tag = mark
    before_year = found.year == found.last
    stands_out = _stands_out(words, found.first, start)
    if tag.kind is SpanKind.LANGUAGE and not _is_peeled_language(words, marks, found, mark, stands_out):
        return False
    if words.texts[start - 1] in lexicon().articles and end - start == 1 and not stands_out:
        return tag.kind is SpanKind.EDITION and words.texts[start - 1] not in ("the", "a")
    if tag.trust is Trust.FIRM:
        return not before_year or tag.kind in _PEELED_BEFORE_A_YEAR or stands_out
    if tag.trust is Trust.SOFT:
        is_disc = tag.kind is SpanKind.THREE_D and any(_DISC in one[2].facts for one in marks)
        return not before_year or is_disc or (stands_out and tag.kind is not SpanKind.THREE_D)
    return tag.trust is Trust.LOUD and words.is_loud(start)


def _stands_out(words: Words, first: int, start: int) -> bool:
    """In capitals, or as iTALiAN, behind a title that is not."""
    raw = words.raw(start)
    return (raw.isupper() or (raw[0].islower() and not raw.islower())) and not words.raw(first, start).isupper()


def _is_peeled_language(words: Words, marks: Marks, found: Outline, mark: Mark, stands_out: bool) -> bool:
    """Not one that is told again behind the title; a mere code only if it stands out or is one of several."""
    start, end, tag = mark
    if tag.trust is not Trust.FIRM or any(one[0] >= found.last and one[2].facts == tag.facts for one in marks):
        return False
    if end - start > 1 or len(words.texts[start]) > _CODE or stands_out:
        return True
    before, behind = marks.over(start - 1), marks.over(end)
    return any(one is not None and one[2].kind is SpanKind.LANGUAGE for one in (before, behind))
