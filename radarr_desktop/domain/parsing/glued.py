"""Words with digits that no dictionary can list: ``bd1080p``, ``ddp5``, ``flacx3``, ``1280x720``, ``3GB``."""

from __future__ import annotations

import re
from functools import lru_cache

from radarr_desktop.domain.parsing.lexicon import Fact, Tag, Trust, lexicon
from radarr_desktop.domain.parsing.parsed import AudioCodec, SpanKind

_REMEMBERED = 4096
"""Words."""
_LONGEST = 24
"""Characters; what is longer is no tag."""

# Compiled when the first such word comes; what a word means is remembered.
_LINES = (
    r"(?P<before>[a-z]{0,8}?)(?P<lines>4320|2160|1440|1080|720|576|540|480|360)[pi]"
    r"(?P<rate>\d\d)?(?P<behind>[a-z]{0,8})"
)
_FRAME = r"(\d{3,4})[x×](\d{3,4})[pi]?"
_SIZE = r"(?:\d+)?(?:[kmgt]i?b|[km]bps|kbs)|\d+fps"
_TIMES = r"(?:(?P<word>[a-z][a-z0-9]*?)[x×]?\d|\dx?(?P<behind>[a-z]+))"
_SINGLE = (
    (r"tt\d{7,9}", Tag((("imdb", True),), SpanKind.ID, Trust.STRONG)),
    (r"s\d{1,3}e\d{1,4}(?:e\d{1,4})?", Tag((("episode", True),), SpanKind.OTHER, Trust.STRONG)),
    (r"vol\d{1,4}", Tag((("other", "volume"),), SpanKind.PART, Trust.FIRM)),
    (_SIZE, Tag((("other", "size"),), SpanKind.OTHER, Trust.FIRM)),
)
_MINOR = r"[012](?:ch|x\d)?"

_CHANNELS = frozenset({"10", "20", "21", "51", "61", "71"})
"""Without the dot: ``dd51``."""
_MAJOR = "1234567"


@lru_cache(_REMEMBERED)
def read_glued(text: str) -> Tag | None:
    """The tag of a word that is in no dictionary but has a digit in it. Remembered: names repeat their tags."""
    return _read(text) if len(text) <= _LONGEST else None


@lru_cache(_REMEMBERED)
def read_sound(text: str, following: str) -> Tag | None:
    """A codec with the first number of its channels glued on, the second one being the next word: ``ddp5 1``."""
    if len(text) > _LONGEST or text[-1] not in _MAJOR or not re.fullmatch(_MINOR, following):
        return None
    channels = ("channels", f"{text[-1]}.{following[0]}")
    if text[:-1] == "ma":  # of DTS-HD
        return Tag((("audio", AudioCodec.DTS_HD_MA), channels), SpanKind.AUDIO, Trust.STRONG)
    codec = _single(text[:-1])
    if codec is None or codec.kind is not SpanKind.AUDIO:
        return None
    return Tag((*codec.facts, channels), SpanKind.AUDIO, Trust.STRONG)


def lines_of(width: int, height: int) -> int:
    """The usual count of lines for a picture of any shape."""
    for lines, least_width, least_height in _SHAPES:
        if width >= least_width or height >= least_height:
            return lines
    return 480


_SHAPES = ((2160, 3000, 1600), (1080, 1800, 1000), (720, 1200, 700), (576, 10_000, 570))


def _read(text: str) -> Tag | None:
    if match := re.fullmatch(_LINES, text):
        return _with_lines(match)
    if text[-2:] in _CHANNELS and (codec := _single(text[:-2])) and codec.kind is SpanKind.AUDIO:
        return Tag((*codec.facts, ("channels", f"{text[-2]}.{text[-1]}")), SpanKind.AUDIO, Trust.STRONG)
    if match := re.fullmatch(_FRAME, text):
        return Tag((("resolution", lines_of(int(match[1]), int(match[2]))),), SpanKind.RESOLUTION, Trust.STRONG)
    if tag := next((tag for pattern, tag in _SINGLE if re.fullmatch(pattern, text)), None):
        return tag
    if (match := re.fullmatch(_TIMES, text)) and (tag := _single(match["word"] or match["behind"])):
        is_sound = tag.kind is SpanKind.AUDIO and tag.facts[0][0] == "audio"
        return tag if is_sound or (tag.kind is SpanKind.LANGUAGE and "x" in text) or "dvd" in text else None
    return None


def _single(word: str) -> Tag | None:
    node = lexicon().words.get(word)
    return node.tags[0] if node and node.tags else None


def _with_lines(match: re.Match[str]) -> Tag | None:
    """A resolution with its frame rate, and perhaps a source in front: ``tc1080p``, ``m1080p``, ``1080p24``."""
    facts: list[Fact] = [("resolution", int(match["lines"]))]
    for word in (match["before"], match["behind"]):
        if tag := _single(word):
            facts += tag.facts
        elif word not in ("", "m", "hd", "p", "x"):
            return None
    return Tag(tuple(facts), SpanKind.RESOLUTION, Trust.STRONG)
