"""What the spellings of one title have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from radarr_desktop.domain.matching import words as w

LONGEST = 500
"""Characters; nothing longer is a title, and sorting its accents could take for ever."""

_ASCII = str.maketrans({chr(n): " " for n in range(128) if not chr(n).isalnum()} | {"'": "", "&": " & ", "+": " + "})
_ELIDED = re.compile(r"\bl['’](?=\w)")
_MOVED = re.compile(rf"^(.+), ({'|'.join(sorted(w.MOVED_ARTICLES))})['’]?$", re.DOTALL)
_APOSTROPHES = frozenset("'’‘`´ʼʻ＇")
_NUMERAL_MARKS = frozenset(w.ROMAN) | w.PART_WORDS
_ANDS = w.MAYBE_AND | {"and"}
_SMALL_WORDS = _ANDS.union(w.SPOKEN)


@dataclass(frozen=True, slots=True)
class Keys:
    """``exact``: the same title in another spelling. ``loose``: perhaps the same one, to be told by more than this."""

    exact: tuple[str, ...]
    loose: tuple[str, ...]


def title_key(title: str) -> str:
    """A title without case, accents, English article and punctuation, numbers written one way."""
    words = next(_spellings(title), None)
    return "".join(_plain(words)) if words else ""


def title_keys(title: str, languages: Collection[str] = ()) -> Keys:
    """All keys of a title; ``languages`` (ISO 639-1), when known, say which words are its articles."""
    exact: dict[str, None] = {}
    loose: dict[str, None] = {}
    for spelling in _spellings(title):
        words = _plain(spelling)
        exact["".join(words)] = None
        if not w.MAYBE_AND.isdisjoint(words[1:-1]):
            inner = ["and" if word in w.MAYBE_AND else word for word in words[1:-1]]
            exact["".join([words[0], *inner, words[-1]])] = None
        loose["".join(_bare(words, languages))] = None
    return Keys(tuple(exact), tuple(loose))


def _spellings(title: str) -> Iterator[list[str]]:
    """The title's words, and once more with umlauts in two letters."""
    if len(title) > LONGEST:
        return
    text = title.casefold()
    if "," in text and (moved := _MOVED.match(text.strip())):
        text = f"{moved[2]} {moved[1]}"
    if "l" in text:
        text = _ELIDED.sub("l ", text)
    if text.isascii():
        if words := text.translate(_ASCII).split():
            yield words
        return
    text = unicodedata.normalize("NFC", text)
    spelt = text.translate(w.UMLAUTS)
    for each in (text,) if spelt == text else (text, spelt):
        folded = unicodedata.normalize("NFKD", each.translate(w.LETTERS)).casefold()
        if words := unicodedata.normalize("NFC", folded.translate(_FOLDING)).split():
            yield words


class _Folding(dict[int, str | None]):
    """What becomes of each character, found out when it is first seen."""

    def __missing__(self, code: int) -> str | None:
        kept = _fold(chr(code))
        if len(self) < 10_000:
            self[code] = kept
        return kept


def _fold(char: str) -> str | None:
    kind = unicodedata.category(char)
    if char in _APOSTROPHES or kind == "Cf" or "\u0300" <= char <= "\u036f":
        return None
    if kind == "Nd":
        return str(unicodedata.digit(char))
    if char in "&+":
        return f" {char} "
    return char if kind[0] in "LNM" else " "


_FOLDING = _Folding()


def _plain(words: list[str]) -> list[str]:
    """Initials joined, one word for `and`, numbers as digits, no English article."""
    if len(words) == 1:
        return words
    words = _initials(words)
    if not w.AND.isdisjoint(words):
        last = len(words) - 1
        words = ["and" if word in w.AND and 0 < n < last else word for n, word in enumerate(words)]
        words = [word for word in words if word not in {"&", "+"}] or words
    if not _NUMERAL_MARKS.isdisjoint(words[1:]):
        words = _numbered(words)
    if len(words) > 1 and words[0] in w.ENGLISH_ARTICLES:
        return words[1:]
    return words[:-1] if len(words) > 1 and words[-1] == "the" else words


def _initials(words: list[str]) -> list[str]:
    """``A.I. Rising``, ``E.T.``: letters in a row at the beginning are one word, and no article."""
    if len(words[0]) > 1 or len(words[1]) > 1:
        return words
    count = 0
    while count < len(words) and len(words[count]) == 1 and words[count].isalpha():
        count += 1
    return words if count < 2 else ["".join(words[:count]), *words[count:]]


def _numbered(words: list[str]) -> list[str]:
    """``Part II``, ``Part Two``, ``II`` and ``2`` alike; the first word is never a number of something."""
    done = [words[0]]
    after_part = False
    for place, word in enumerate(words[1:], start=1):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in w.PART_WORDS and (following in w.ROMAN or following in w.SPOKEN or _is_number(following)):
            after_part = True
            continue
        number = w.SPOKEN.get(word) if after_part else None
        if number is None and (word != "i" or after_part or not following):
            number = w.ROMAN.get(word)
        done.append(number or word)
        after_part = False
    return done


def _is_number(word: str) -> bool:
    return len(word) <= 2 and word.isdecimal()


def _bare(words: list[str], languages: Collection[str]) -> list[str]:
    """Without articles, `and`, and the number of a first part; numbers never as words."""
    if len(words) == 1:
        return [w.SPOKEN.get(words[0], words[0])]
    articles = w.SURE_ARTICLES
    if languages:
        articles = articles.union(*(w.ARTICLES.get(code, ()) for code in languages))
    if words[0] in articles:
        words = words[1:]
    if len(words) > 1 and words[-1] in articles and words[-1] not in w.ROMAN:
        words = words[:-1]
    last = len(words) - 1
    if last > 0 and words[last] == "1":
        words = words[:last]
        last -= 1
    if _SMALL_WORDS.isdisjoint(words):
        return words
    return [w.SPOKEN.get(word, word) for n, word in enumerate(words) if not (word in _ANDS and 0 < n < last)]
