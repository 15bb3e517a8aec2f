"""One pass over the words: which of them mean something, and which are years."""

from __future__ import annotations

from bisect import bisect_left, insort

from radarr_desktop.domain.parsing.glued import lines_of, read_glued, read_sound
from radarr_desktop.domain.parsing.lexicon import Tag, Trust, lexicon
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.words import Words

Mark = tuple[int, int, Tag]
"""First word, the word behind the last, meaning."""

FIRST_YEAR, LAST_YEAR = 1880, 2039
_YEAR = 4
"""Digits."""
_JOINTS = frozenset(
    {".", " ", "-", "_", "'", "’", "", ". ", "`", "/", " - ", "..", "+", "-.", ".-", "  ", "._", ".-.", "·", "´", "&"}
)
"""Signs that may stand inside a phrase."""
_MINOR = ("0", "1", "2")
"""What the second number of channels begins with."""
_TIMES = frozenset("*×x")
_OF_YEARS = ("г", "год", "year")
_HEXADECIMAL = "0123456789abcdef"
_HASH = 8
"""Digits."""
_LONGEST_ID = 9
_TMDB = ("tmdb", "tmdbid")

TMDB = Tag((("tmdb", True),), SpanKind.ID, Trust.STRONG)
HASH = Tag((("hash", True),), SpanKind.HASH, Trust.STRONG)
BONUS = Tag((("other", "bonus"),), SpanKind.OTHER, Trust.STRONG)
"""``-x02-``: bonus material; the title is in front of it."""


class Marks(list[Mark]):
    """All marks in order, whether or not they will count; and the words that could be years."""

    __slots__ = ("film", "years")

    def __init__(self) -> None:
        super().__init__()
        self.years: dict[int, None] = {}
        """In order, as the marks are."""
        self.film = -1
        """The word ``f03`` in ``Series-f03-Title``; -1 for none."""

    def at(self, word: int) -> Mark | None:
        """The mark that begins with a word."""
        place = bisect_left(self, (word,))
        return self[place] if place < len(self) and self[place][0] == word else None

    def over(self, word: int) -> Mark | None:
        """The mark a word is part of."""
        place = bisect_left(self, (word + 1,)) - 1
        return self[place] if place >= 0 and word < self[place][1] else None

    def within(self, first: int, last: int) -> list[Mark]:
        """Those that begin with a word from ``first`` up to, not with, ``last``."""
        return self[bisect_left(self, (first,)) : bisect_left(self, (last,))]


def read_marks(words: Words) -> Marks:
    """Look every word up, longest phrase first."""
    marks = Marks()
    texts, gaps, count, lookup = words.texts, words.gaps, words.count, lexicon().words.get
    index = 0
    while index < count:
        text = texts[index]
        node = lookup(text)
        if node is None:
            if text.isalpha():
                index += 1
            elif len(text) == _YEAR and text.isdecimal():
                if _is_year(text):
                    marks.years[index] = None
                index += 1
            else:
                index = _read_odd(words, index, marks)
            continue
        tags, end, ahead, following = node.tags, index + 1, index + 1, node.following
        while following is not None and ahead < count and gaps[ahead - 1] in _JOINTS:
            node = following.get(texts[ahead])
            if node is None:
                break
            ahead += 1
            if node.tags:
                tags, end = node.tags, ahead
            following = node.following
        if text.isdecimal() and gaps[index].strip() in _TIMES:
            index = _read_odd(words, index, marks)
            continue
        for tag in tags:
            marks.append((index, end, tag))
        index = end
    if "tmdb" in words.lower:
        _add_tmdb(words, marks)
    return marks


def _add_tmdb(words: Words, marks: Marks) -> None:
    """``tmdb-12345``, ``tmdbid=12345``: the only mark that is a word and any number."""
    for index in range(words.count - 1):
        number = words.texts[index + 1]
        is_id = words.texts[index] in _TMDB and number.isdecimal() and len(number) <= _LONGEST_ID
        if is_id and not marks.over(index + 1):
            insort(marks, (index, index + 2, TMDB))
            marks.years.pop(index + 1, None)


def year_at(words: Words, index: int) -> int:
    """The year a word tells."""
    return int(words.texts[index][:4])


def _is_year(text: str) -> bool:
    return text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR


def _read_odd(words: Words, index: int, marks: Marks) -> int:
    """A word with a digit in it that is in no dictionary; answers where to go on."""
    text, behind = words.texts[index], words.gaps[index]
    following = words.texts[index + 1] if index + 1 < words.count else ""
    if text.isdecimal():
        if behind.strip() in _TIMES and 3 <= len(text) <= 4 and following.isdecimal() and len(following) <= 4:
            facts = (("resolution", lines_of(int(text), int(following))),)
            marks.append((index, index + 2, Tag(facts, SpanKind.RESOLUTION, Trust.STRONG)))
            return index + 2
        return index + 1
    if following[:1] in _MINOR and behind in _JOINTS and (tag := read_sound(text, following)):
        marks.append((index, index + 2, tag))
        return index + 2
    if tag := read_glued(text):
        first = index - (tag.kind is SpanKind.OTHER and _is_fraction(words, index, marks))
        marks.append((first, index + 1, tag))
    elif text[_YEAR:] in _OF_YEARS and _is_year(text[:_YEAR]):
        marks.years[index] = None
    elif words.before(index) == behind == "-" and text[1:].isdecimal() and len(text) <= len("f03"):
        if text[0] == "f":
            marks.film = index
        elif text[0] == "x":
            marks.append((index, index + 1, BONUS))
    elif len(text) == _HASH and words.before(index)[-1:] in ("[", "(") and not text.strip(_HEXADECIMAL):
        marks.append((index, index + 1, HASH))
    return index + 1


def _is_fraction(words: Words, index: int, marks: Marks) -> bool:
    """The number in front of a size belongs to it: ``1.4GB``."""
    if not index or (marks and marks[-1][1] >= index) or words.gaps[index - 1] not in _JOINTS:
        return False
    return words.texts[index - 1].isdecimal() and len(words.texts[index - 1]) < _YEAR
