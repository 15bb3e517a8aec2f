"""Read one release name."""

from __future__ import annotations

from radarr_desktop.domain.parsing.facts import Facts, collect, counting
from radarr_desktop.domain.parsing.group import find_group
from radarr_desktop.domain.parsing.lexicon import lexicon
from radarr_desktop.domain.parsing.marks import Mark, read_marks, year_at
from radarr_desktop.domain.parsing.origin import find_origin, find_sound
from radarr_desktop.domain.parsing.outline import find_parts
from radarr_desktop.domain.parsing.parsed import ParsedRelease, Refusal, Span, SpanKind
from radarr_desktop.domain.parsing.parts import Parts
from radarr_desktop.domain.parsing.refusal import refusal
from radarr_desktop.domain.parsing.subtitles import SUBTITLE_FILES, read_language_of_file
from radarr_desktop.domain.parsing.telling import tell
from radarr_desktop.domain.parsing.title import titles
from radarr_desktop.domain.parsing.words import Words

_NO_GROUP = (0, 0)
_TAIL = "!?)]}’'%…！？"


def parse_release(name: str) -> ParsedRelease:
    """The facts of a release name; never raises, and refuses what tells nothing."""
    container = _container(name)
    stem = name[: -len(container) - 1] if container else name
    if refused := refusal(name, stem):
        return ParsedRelease(name, container=container, refused=refused)
    words = Words(stem)
    marks = read_marks(words)
    if container in SUBTITLE_FILES:
        read_language_of_file(words, marks)
    parts = find_parts(words, marks)
    group = find_group(words, marks, parts, words.count) or _NO_GROUP
    counted = counting(words, marks, (parts.first, parts.last), group)
    return _release(name, container, words, parts, group, counted)


def _container(name: str) -> str:
    """The extension of a file's name, in lower case."""
    dot = name.rfind(".", -9)
    extension = name[dot + 1 :].lower() if dot > 0 else ""
    return extension if extension in lexicon().containers else ""


def _release(
    name: str, container: str, words: Words, parts: Parts, group: tuple[int, int], marks: list[Mark]
) -> ParsedRelease:
    facts = collect(words, marks)
    quality, source, lines, modifier = find_origin(facts, container)
    told: dict[str, object] = {
        "name": name,
        "titles": _titles(words, parts),
        "quality": quality,
        "source": source,
        "resolution": lines,
        "modifier": modifier,
        "audio": find_sound(facts, source),
        "is_scene": _is_scene(words, facts, group),
        "spans": _spans(name, words, parts, group, marks),
    }
    if container and container != "torrent":
        told["container"] = container
    if parts.year >= 0 and not parts.is_pack:
        told["year"] = year_at(words, parts.year)
    if group[1]:
        told["group"] = words.raw(*group)
    tell(facts, told)
    if "episode" in facts or not told["titles"]:
        told["titles"], told["refused"] = (), Refusal.EPISODE if "episode" in facts else Refusal.EMPTY
    return ParsedRelease.of(told)


def _titles(words: Words, parts: Parts) -> tuple[str, ...]:
    first, last = parts.first, parts.last
    if last <= first:
        return ()
    name = words.name
    start = words.start(first)
    around = parts.around(first)
    if around and around.first == first and around.last < last:
        start -= 1
    end = words.end(last - 1)
    if words.gaps[last - 1][:1] in _TAIL:
        gap = words.gaps[last - 1]
        end += len(gap) - len(gap.lstrip(_TAIL))
    asides = [words.raw(one.first, one.last) for one in reversed(parts.asides)]
    found = titles(name[start:end], asides)
    if found and (parts.whole or parts.front < first):
        whole = titles(name[words.start(parts.front) : words.end((parts.whole or last) - 1)], [])
        found += whole[:1]
    return found


def _is_scene(words: Words, facts: Facts, group: tuple[int, int]) -> bool:
    """As the scene writes names: no spaces or brackets, a source, and at the end a hyphen and the group."""
    return (
        group[1] == words.count > 0
        and words.before(group[0]) == "-"
        and group[1] - group[0] == 1
        and "source" in facts
        and " " not in words.name
        and not words.has_brackets()
    )


def _spans(name: str, words: Words, parts: Parts, group: tuple[int, int], marks: list[Mark]) -> tuple[Span, ...]:
    edges = words.edges
    read = [(edges[2 * start], edges[2 * end - 1], tag.kind) for start, end, tag in marks]
    if parts.last > parts.first:
        read.append((edges[2 * parts.first], edges[2 * parts.last - 1], SpanKind.TITLE))
    if parts.year >= 0:
        read.append((edges[2 * parts.year], edges[2 * parts.year] + 4, SpanKind.YEAR))
    if group[1]:
        read.append((edges[2 * group[0]], edges[2 * group[1] - 1], SpanKind.GROUP))
    if len(words.name) < len(name):
        read.append((len(words.name) + 1, len(name), SpanKind.CONTAINER))
    read.sort()
    return tuple([Span(kind, start, end) for start, end, kind in read])
