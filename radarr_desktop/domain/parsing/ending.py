"""What stands at a title's end and is none of it: tags, brackets, numbers of volumes."""

from __future__ import annotations

from radarr_desktop.domain.parsing.front import tells
from radarr_desktop.domain.parsing.lexicon import Trust, lexicon
from radarr_desktop.domain.parsing.marks import Mark, Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.parts import Parts
from radarr_desktop.domain.parsing.words import Words
from radarr_desktop.domain.quality import Modifier

_MOST = 16
"""Tags and brackets that are taken off; nobody writes more in front of a year."""
_LONGEST = 6
"""Words of a tag."""
_DISC = ("modifier", Modifier.BRDISK)
_OF_LANGUAGES = ("sub", "near")
_JOINING = ("or", "and", "oder", "ou", "und", "et")
_PACK = ("other", "pack")
_CODE = 3
"""Letters; a language's code, that may be any short word too."""
_APART = (" - ", ") - ", "] - ")
_OFTEN_ALONE = (Trust.FIRM, Trust.SOFT)
_PEELED_OFF_A_BARE_TITLE = (SpanKind.LANGUAGE, SpanKind.SUBTITLES, SpanKind.EDITION)
_PEELED_BEFORE_A_TAG = (SpanKind.SOURCE, SpanKind.REVISION, SpanKind.THREE_D, SpanKind.SUBTITLES, SpanKind.PART)
_PEELED_BEFORE_A_YEAR = frozenset({"edition", "language", "sub", "subtitled", "hc"})


def trim_end(words: Words, marks: Marks, parts: Parts) -> None:
    """Take off the title's end what is no title: brackets, tags, the number of an episode or volume."""
    first, last = parts.first, parts.last
    bracket = parts.around(last) if last < words.count else None
    if bracket and bracket.first > first:
        last = bracket.first
    if last - first > 1 and words.texts[last - 1].isdecimal():
        if parts.lead and words.before(last - 1) == " - ":
            last -= 1
        elif parts.year < 0 and last - first > 2 and words.raw(last - 2) == "vol" and not words.name.islower():
            parts.whole, last = last, last - 2
    if parts.is_pack:
        last = next((mark[0] for mark in marks if first < mark[0] < last and mark[2].facts[0] == _PACK), last)
    for _ in range(_MOST):
        bracket = parts.bracket_before(last)
        if bracket and words.texts[bracket.first - 1] in _JOINING:
            break
        if bracket:
            if not tells(words, marks, bracket) and not _is_of_director(words, parts, bracket.last):
                parts.asides.append(bracket)
            last = bracket.first
            continue
        shorter = _without_tag(words, marks, parts, last)
        if shorter == last:
            break
        last = shorter
    parts.last = last


def _is_of_director(words: Words, parts: Parts, behind: int) -> bool:
    """``Title (Director) [1997, drama, DVDRip]``, as Russian trackers write it."""
    return behind == parts.year and words.gaps[behind].startswith(",")


def _without_tag(words: Words, marks: Marks, parts: Parts, last: int) -> int:
    if marks.over(last - 1) is None:
        return last
    for start, end, tag in reversed(marks.within(last - _LONGEST, last)):
        if end != last or start <= parts.first or not _is_peeled(words, marks, parts, (start, end, tag)):
            continue
        if tag.kind in (SpanKind.LANGUAGE, SpanKind.THREE_D) and not parts.whole:
            parts.whole = last
        return start
    return last


def _is_peeled(words: Words, marks: Marks, parts: Parts, mark: Mark) -> bool:
    """Whether a word at the title's end is a tag, and not the title's last word."""
    start, end, tag = mark
    stands_out = _stands_out(words, parts.first, start)
    if tag.facts[0][0] == "language" and not _is_peeled_language(words, marks, parts, mark, stands_out):
        return False
    if words.texts[start - 1] in lexicon().articles and end - start == 1 and not stands_out:
        return tag.kind is SpanKind.EDITION and words.texts[start - 1] not in ("the", "a")
    if tag.trust not in _OFTEN_ALONE:
        return tag.kind is SpanKind.LANGUAGE or (tag.trust is Trust.LOUD and words.is_loud(start))
    is_loud = stands_out and tag.kind is not SpanKind.THREE_D  # 3D is written so in titles too
    return is_loud or _is_peeled_small(words, marks, parts, mark)


def _is_peeled_small(words: Words, marks: Marks, parts: Parts, mark: Mark) -> bool:
    """The same of a word that is written like the title's others."""
    start, end, tag = mark
    if parts.year == parts.last:
        is_disc = tag.kind is SpanKind.THREE_D and any(_DISC in one[2].facts for one in marks)
        return is_disc or (tag.trust is Trust.FIRM and tag.facts[0][0] in _PEELED_BEFORE_A_YEAR)
    if parts.last == words.count:  # a bare title
        is_phrase = end - start > 1 and tag.kind is not SpanKind.THREE_D
        return is_phrase or (tag.trust is Trust.FIRM and tag.kind in _PEELED_OFF_A_BARE_TITLE)
    if tag.source and _has_sure_source(marks):
        return False
    return tag.trust is Trust.FIRM or tag.kind in _PEELED_BEFORE_A_TAG or words.name == words.lower


def _has_sure_source(marks: Marks) -> bool:
    """``Charlottes.Web.BluRay``: with the source told, a word that may be one is none."""
    return any(tag.source and tag.trust is Trust.STRONG for _, _, tag in marks)


def _stands_out(words: Words, first: int, start: int) -> bool:
    """In capitals, or as iTALiAN and LiMiTED, behind a title that is not."""
    raw = words.raw(start)
    return raw != raw.capitalize() and not raw.islower() and not words.raw(first, start).isupper()


def _is_peeled_language(words: Words, marks: Marks, parts: Parts, mark: Mark, stands_out: bool) -> bool:
    """Not one that is told again behind the title; a mere code only if it stands out or is one of several."""
    start, end, tag = mark
    behind = marks.at(end)
    if behind and behind[2].facts[0] == _OF_LANGUAGES:
        return True
    if tag.trust is Trust.LOUD and words.before(start) in _APART and words.is_loud(start):
        return True
    if tag.trust is not Trust.FIRM or any(one[0] >= parts.last and one[2].facts == tag.facts for one in marks):
        return False
    if end - start > 1 or len(words.texts[start]) > _CODE or stands_out:
        return True
    before = marks.over(start - 1)
    return any(one is not None and one[2].kind is SpanKind.LANGUAGE for one in (before, behind))
