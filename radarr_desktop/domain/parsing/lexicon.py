"""The words of release names and what they mean, from the dictionaries among the resources."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import product

import radarr_desktop_resources
from radarr_desktop.domain.parsing.parsed import AudioCodec, Codec, Hdr, ObjectAudio, SpanKind, ThreeD
from radarr_desktop.domain.quality import Modifier, Source

Fact = tuple[str, object]


class Trust(StrEnum):
    """When a word counts; the resources' README says what each means."""

    STRONG = "strong"
    FIRM = "firm"
    SOFT = "soft"
    BEHIND = "behind"
    LOUD = "loud"
    LISTED = "listed"
    WEB = "web"


class Tag:
    """A meaning: facts, the kind of span they make, and when they count."""

    __slots__ = ("facts", "is_rip", "kind", "modifier", "source", "trust")

    def __init__(self, facts: tuple[Fact, ...], kind: SpanKind, trust: Trust) -> None:
        self.facts, self.kind, self.trust = facts, kind, trust
        self.source = next((value for _, value in facts if isinstance(value, Source)), None)
        self.modifier = next((value for _, value in facts if isinstance(value, Modifier)), None)
        self.is_rip = ("rip", "yes") in facts


class Node:
    """What one word means, and which words may go on from it."""

    __slots__ = ("following", "tags")

    def __init__(self) -> None:
        self.tags: tuple[Tag, ...] = ()
        self.following: dict[str, Node] | None = None


_KINDS = {
    "resolution": SpanKind.RESOLUTION,
    "uhd": SpanKind.RESOLUTION,
    "source": SpanKind.SOURCE,
    "modifier": SpanKind.SOURCE,
    "rip": SpanKind.SOURCE,
    "service": SpanKind.SERVICE,
    "codec": SpanKind.VIDEO,
    "depth": SpanKind.VIDEO,
    "hdr": SpanKind.HDR,
    "hybrid": SpanKind.HDR,
    "3d": SpanKind.THREE_D,
    "audio": SpanKind.AUDIO,
    "object": SpanKind.AUDIO,
    "channels": SpanKind.AUDIO,
    "edition": SpanKind.EDITION,
    "language": SpanKind.LANGUAGE,
    "multi": SpanKind.LANGUAGE,
    "dual": SpanKind.LANGUAGE,
    "sub": SpanKind.SUBTITLES,
    "subtitled": SpanKind.SUBTITLES,
    "hc": SpanKind.SUBTITLES,
    "version": SpanKind.REVISION,
    "repack": SpanKind.REVISION,
    "real": SpanKind.REVISION,
    "part": SpanKind.PART,
    "container": SpanKind.CONTAINER,
    "sample": SpanKind.OTHER,
    "other": SpanKind.OTHER,
}
_VALUES: dict[str, type] = {
    "resolution": int,
    "depth": int,
    "version": int,
    "part": int,
    "source": Source,
    "modifier": Modifier,
    "codec": Codec,
    "hdr": Hdr,
    "audio": AudioCodec,
    "object": ObjectAudio,
    "3d": ThreeD,
}


def _text(path: str) -> str:
    """A dictionary; through the package's loader, which costs no import."""
    loader = radarr_desktop_resources.__loader__
    folder = radarr_desktop_resources.__path__[0]
    return bytes(loader.get_data(f"{folder}/{path}.txt")).decode()  # type: ignore[union-attr]


def lines(path: str) -> Iterator[tuple[str, str]]:
    """Section and line of each line that says something, of a dictionary among the resources."""
    section = ""
    for line in _text(path).splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line


def _facts(text: str) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for fact in text.split(" + "):
        field, _, value = fact.partition(" ")
        facts.append((field, _VALUES[field](value) if field in _VALUES else value))
    return tuple(facts)


def _variants(phrase: str) -> Iterator[str]:
    if phrase.endswith("~"):
        yield phrase[:-1]
        for noun in ("audio", "dub", "dubbed", "language", "version"):
            yield f"{phrase[:-1]} {noun}"
        return
    if not phrase.endswith("…"):
        yield phrase
        return
    stem = phrase[:-1]
    yield stem
    for noun in ("cut", "edition", "editions", "version"):
        yield f"{stem} {noun}"
        yield f"the {stem} {noun}"


def _add(level: dict[str, Node], phrase: str, tag: Tag) -> None:
    words = phrase.split(" ")
    node = level.setdefault(words[0], Node())
    for word in words[1:]:
        if node.following is None:
            node.following = {}
        node = node.following.setdefault(word, Node())
    needs_company = tag.trust in (Trust.LISTED, Trust.WEB)
    node.tags = (tag, *node.tags) if needs_company else (*node.tags, tag)


def _read() -> dict[str, Node]:
    found: dict[str, Node] = {}
    for name in ("picture", "source", "sound", "edition", "language", "other"):
        for section, line in lines(f"parsing/{name}"):
            left, _, right = line.partition(": ")
            facts, phrases = _facts(left), right.split(", ")
            tag = Tag(facts, _KINDS[facts[0][0]], Trust(section))
            for phrase in phrases:
                for variant in _variants(phrase):
                    _add(found, variant, tag)
    for channels, times in product(("2 0", "5 1", "7 1"), "234"):
        tag = Tag((("channels", channels.replace(" ", ".")),), SpanKind.AUDIO, Trust.FIRM)
        _add(found, f"{channels}x{times}", tag)
    return found


class Lexicon:
    """All dictionaries."""

    __slots__ = (
        "articles",
        "containers",
        "domains",
        "hyphenated",
        "numbered",
        "odd_groups",
        "suffixes",
        "trackers",
        "words",
    )

    def __init__(self) -> None:
        self.words = _read()
        """By first word."""
        names: dict[str, list[str]] = {}
        for section, line in lines("parsing/groups"):
            names.setdefault(section, []).extend(line.split(", "))
        self.articles = frozenset(names["articles"])
        self.containers = frozenset(names["containers"])
        self.domains = frozenset(names["domains"])
        self.hyphenated = frozenset(names["hyphenated"])
        self.numbered = frozenset(names["numbered"])
        self.odd_groups = frozenset(names["odd"])
        self.suffixes = frozenset(names["suffixes"])
        self.trackers = frozenset(names["trackers"])


@cache
def lexicon() -> Lexicon:
    """The dictionaries, read when the first name is."""
    return Lexicon()
