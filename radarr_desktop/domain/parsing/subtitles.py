"""Names of subtitle files: the language stands at their end, however short it is written."""

from __future__ import annotations

from radarr_desktop.domain.parsing.lexicon import Tag, Trust
from radarr_desktop.domain.parsing.marks import Marks
from radarr_desktop.domain.parsing.parsed import SpanKind
from radarr_desktop.domain.parsing.words import Words

SUBTITLE_FILES = frozenset({"srt", "sub", "idx", "ass", "ssa", "sup", "vtt"})
_KINDS = frozenset({"forced", "sdh", "cc", "hi", "foreign", "default", "full", "sub", "subs"})
"""Words that may stand behind the language."""


def read_language_of_file(words: Words, marks: Marks) -> None:
    """Take the last word but those for it to be the language of the subtitles, beyond doubt."""
    last = words.count
    while last and words.texts[last - 1] in _KINDS:
        last -= 1
    for place in range(len(marks) - 1, -1, -1):
        start, end, tag = marks[place]
        if end == last and tag.kind is SpanKind.LANGUAGE and tag.facts[0][0] == "language":
            facts = (("subtitled", tag.facts[0][1]),)
            marks[place] = (start, end, Tag(facts, SpanKind.SUBTITLES, Trust.STRONG))
            return
        if end < last:
            return
