"""The release group, read from the right."""

from __future__ import annotations

from radarr_desktop.domain.parsing.address import is_address
from radarr_desktop.domain.parsing.lexicon import Trust, lexicon
from radarr_desktop.domain.parsing.marks import Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.parts import Parts
from radarr_desktop.domain.parsing.words import Bracket, Words

_LONGEST = 5
"""Words of a group behind its hyphen."""
_LONGEST_ODD = 3
_NOT_GROUPS = frozenset({SpanKind.CONTAINER, SpanKind.SUBTITLES})
_ALWAYS = (Trust.STRONG, Trust.FIRM, Trust.SOFT)
_SPOKEN_OR_WRITTEN = ("language", "subtitled")
_CODE = 3
_CODES = frozenset(["es", "en", "eng", "cat", "jap", "ger", "fra", "fre", "ita"])
"""Languages that people write behind a hyphen at the end."""

_FIRST_IDEOGRAPH = "\u2e80"
_BY = ("by", "от")
_SIZE = ("other", "size")

Range = tuple[int, int]


def find_group(words: Words, marks: Marks, parts: Parts, end: int) -> Range | None:
    """The group's words; ``end`` is the word behind the name's last (in front of the file's extension)."""
    behind: list[Bracket] = []
    while end > parts.last:
        bracket = parts.bracket_before(end)
        if bracket and bracket.first > parts.last:
            behind.append(bracket)
            end = bracket.first
        elif _is_suffix(words, parts, end) or _is_language_of_file(words, marks, parts, end - 1):
            end -= 1
        else:
            break
    found = (
        _collective(words, behind)
        or _behind_hyphen(words, marks, parts, end)
        or _last_word(words, marks, parts, end)
        or _leading(words, marks, parts)
        or next(filter(None, (_in_bracket(words, marks, parts, bracket) for bracket in behind)), None)
    )
    return found if found and not found[0] <= parts.year < found[1] else None


def _is_suffix(words: Words, parts: Parts, end: int) -> bool:
    """``-GROUP-xpost``: what posters hang behind the group. Behind no other hyphen it would be the group itself."""
    text = words.texts[end - 1]
    is_known = text in lexicon().suffixes or text.startswith("rakuv")
    first = max(parts.last, end - 1 - _LONGEST, 1)
    return is_known and words.gaps[end - 2] == "-" and any("-" in gap for gap in words.gaps[first - 1 : end - 2])


def _is_language_of_file(words: Words, marks: Marks, parts: Parts, word: int) -> bool:
    """``-GROUP-eng``, ``GROUP-eng``: the language of a file beside the movie's."""
    mark = marks.at(word)
    if mark is None or mark[2].facts[0][0] not in _SPOKEN_OR_WRITTEN or words.gaps[word - 1] != "-":
        return False
    return word - 1 > parts.last and not marks.over(word - 1) and word - 1 not in marks.years


def _behind_hyphen(words: Words, marks: Marks, parts: Parts, end: int) -> Range | None:
    gaps = words.gaps
    for first in range(end - 1, max(parts.last, parts.year, end - _LONGEST), -1):
        if gaps[first - 1].rstrip(" ").endswith("-"):
            break
    else:
        return None
    if _is_tag(marks, first, words.texts[first]) or (first in marks.years and first - 1 in marks.years):
        return None
    if end - first > 1:
        end = next((start for start, _, tag in marks.within(first + 1, end) if tag.trust in _ALWAYS), end)
        end = next((index for index in range(first + 1, end) if words.texts[index] == "www"), end)
        end = _before_prose(words, first, end)
        if not end:
            return None
    is_odd = " ".join(words.texts[first - 1 : end]) in lexicon().odd_groups
    is_double = gaps[first - 1] == gaps[first - 2] == "-" and first - 1 > parts.last and not marks.over(first - 1)
    return (first - 1 if is_odd or (is_double and marks.over(first - 2)) else first), end


def _before_prose(words: Words, first: int, end: int) -> int:
    """Where the group ends in a name with spaces: all of ``-Group Name``, of ``-GROUP by me`` the first word."""
    space = next((index for index in range(first, end - 1) if " " in words.gaps[index]), -1)
    if space < 0:
        return end
    if words.gaps[first - 1] != "-":
        return 0
    is_name = space == first == end - 2 and words.raw(first)[0].isupper() and words.raw(first + 1)[0].isupper()
    return end if is_name else space + 1


def _is_tag(marks: Marks, first: int, text: str) -> bool:
    """The word behind the last hyphen belongs to a tag: WEB-DL, x264-AC3, ITA-ENG."""
    mark = marks.over(first)
    if mark is None:
        return False
    start, _, tag = mark
    if start < first:
        return True
    if tag.trust is Trust.STRONG:
        is_told = any(one[0] < first and one[2].source and one[2].trust is Trust.STRONG for one in marks)
        return not (is_told and (tag.facts[0][0] == "source" or tag.kind is SpanKind.OTHER))
    before = marks.over(first - 1)
    if tag.kind is SpanKind.RESOLUTION:
        return before is None or before[2].kind is not SpanKind.VIDEO
    if tag.kind is SpanKind.LANGUAGE:
        is_listed = before is None or before[2].kind is SpanKind.LANGUAGE
        is_code = text in _CODES and (len(text) == _CODE or before is None or before[2].kind is not SpanKind.VIDEO)
        return is_listed or is_code or (tag.trust is Trust.FIRM and len(text) > _CODE)
    return tag.kind in _NOT_GROUPS or (tag.kind is SpanKind.OTHER and tag.facts[0] == _SIZE)


def _last_word(words: Words, marks: Marks, parts: Parts, end: int) -> Range | None:
    """Without a hyphen: the one word behind the last tag, or a group known to write itself in several."""
    if not any(tag.trust is Trust.STRONG and start >= parts.last for start, _, tag in marks):
        return None
    for length in range(min(_LONGEST_ODD, end - parts.last - 1), 1, -1):
        if " ".join(words.texts[end - length : end]) in lexicon().odd_groups:
            return end - length, end
    for index in range(max(parts.last, parts.year) + 1, end - 1):
        if words.texts[index] in _BY and not marks.over(index + 1):
            return index + 1, index + 2
    last = end - 1
    text = words.texts[last]
    if last <= max(parts.last, parts.year) or marks.over(last) or text.isdecimal() or text[0] >= _FIRST_IDEOGRAPH:
        return None
    is_behind_tag = marks.over(last - 1) is not None or last - 1 == parts.year
    return (last, end) if is_behind_tag or words.gaps[last - 1] == " | " else None


def _collective(words: Words, behind: list[Bracket]) -> Range | None:
    """``(… Encoder) [QxR]``: a group known by its bracket stands above who encoded for it."""
    if behind and " ".join(words.texts[behind[0].first : behind[0].last]) in lexicon().odd_groups:
        return behind[0].first, behind[0].last
    return None


def _in_bracket(words: Words, marks: Marks, parts: Parts, bracket: Bracket) -> Range | None:
    """``[NTb]``, or the last word of ``(1080p BluRay x265 Tigole)``."""
    first, last = bracket.first, bracket.last
    text = " ".join(words.texts[first:last])
    if text in lexicon().odd_groups:
        return first, last
    if text in lexicon().trackers or is_address(words, first, last) or parts.year in range(first, last):
        return None
    inside = marks.within(first, last)
    if not inside:
        is_name = last - first <= 3 and not any("," in gap for gap in words.gaps[first : last - 1])
        is_told = any(tag.trust is Trust.STRONG for _, _, tag in marks)
        return (first, last) if is_name and is_told and not text.isdecimal() else None
    if inside[-1][1] == last - 1 and not words.texts[last - 1].isdecimal() and len(inside) > 1:
        return last - 1, last
    return None


def _leading(words: Words, marks: Marks, parts: Parts) -> Range | None:
    """``[Group] Title``, or the scene's short file names: ``group-title.tags.mkv``."""
    lead = parts.lead
    if lead and lead.last - lead.first <= _LONGEST:
        return lead.first, lead.last
    is_file = parts.first and not parts.front and not marks.over(0) and words.gaps[0] == "-"
    return (0, 1) if is_file else None
