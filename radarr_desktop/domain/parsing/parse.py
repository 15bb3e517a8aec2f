"""Read one release name."""

from __future__ import annotations

import re

from radarr_desktop.domain.parsing.facts import Facts, collect, counting
from radarr_desktop.domain.parsing.group import find_group
from radarr_desktop.domain.parsing.lexicon import CONTAINERS
from radarr_desktop.domain.parsing.marks import Mark, read_marks, year_at
from radarr_desktop.domain.parsing.origin import find_origin, find_sound
from radarr_desktop.domain.parsing.outline import Outline, find_outline
from radarr_desktop.domain.parsing.parsed import Codec, ParsedRelease, Refusal, Span, SpanKind, ThreeD
from radarr_desktop.domain.parsing.refusal import refusal
from radarr_desktop.domain.parsing.title import titles
from radarr_desktop.domain.parsing.words import Words
from radarr_desktop.domain.quality import Revision

_NO_GROUP = (0, 0)
_TMDB = re.compile(r"tmdb(?:id)?[-=: ](\d{1,9})")
_TAIL = re.compile(r"[!?)\]}’'%…！？]*")
_SIGNS = re.compile(r"[ \[\](){}]")


def parse_release(name: str) -> ParsedRelease:
    """The facts of a release name; never raises, and refuses what tells nothing."""
    container = _container(name)
    stem = name[: -len(container) - 1] if container else name
    if refused := refusal(name, stem):
        return ParsedRelease(name, refused=refused)
    words = Words(stem)
    marks = read_marks(words)
    outline = find_outline(words, marks)
    group = find_group(words, marks, outline, words.count) or _NO_GROUP
    counted = counting(words, marks, (outline.first, outline.last), group)
    return _release(name, container, words, outline, group, counted)


def _container(name: str) -> str:
    """The extension of a file's name, in lower case."""
    dot = name.rfind(".", -9)
    extension = name[dot + 1 :].lower() if dot > 0 else ""
    return extension if extension in CONTAINERS else ""


def _release(
    name: str, container: str, words: Words, outline: Outline, group: tuple[int, int], marks: list[Mark]
) -> ParsedRelease:
    facts = collect(words, marks)
    read = facts.get
    quality, source, lines, modifier = find_origin(facts, container)
    version = max(read("version", (1,)))
    if container == "torrent" or not container:
        container = read("container", ("",))[0]
    found = _titles(words, outline)
    is_refused = "episode" in facts or not found
    return ParsedRelease(
        name=name,
        titles=() if is_refused else found,
        year=year_at(words, outline.year) if outline.year >= 0 and not outline.is_pack else 0,
        imdb_id=read("imdb", ("",))[0].lower(),
        tmdb_id=_tmdb(words),
        quality=quality,
        source=source,
        resolution=lines,
        modifier=modifier,
        revision=Revision(len(read("real", ())), version),
        is_repack="repack" in facts,
        group=words.raw(*group) if group[1] else "",
        editions=tuple(read("edition", ())),
        codec=read("codec", (Codec.UNKNOWN,))[0],
        bit_depth=read("depth", (0,))[0],
        hdr=tuple(read("hdr", ())),
        is_hybrid="hybrid" in facts,
        audio=find_sound(facts, source),
        object_audio=tuple(read("object", ())),
        channels=read("channels", ("",))[0],
        three_d=read("3d", (ThreeD.NONE,))[-1],
        languages=tuple(read("language", ())),
        is_multi="multi" in facts,
        is_dual="dual" in facts,
        subtitles=tuple(read("subtitled", ())),
        hardcoded_subs=read("hc", ("",))[0],
        service=read("service", ("",))[0],
        container=container,
        is_scene=_is_scene(words, facts, group),
        is_sample="sample" in facts,
        part=read("part", (0,))[0],
        hash=read("hash", ("",))[0].upper(),
        refused=Refusal.NONE if not is_refused else Refusal.EPISODE if "episode" in facts else Refusal.EMPTY,
        spans=_spans(words, outline, group, marks),
    )


def _titles(words: Words, outline: Outline) -> tuple[str, ...]:
    first, last = outline.first, outline.last
    if last <= first:
        return ()
    name = words.name
    start = words.start(first)
    lead = words.before(first)
    if lead and lead[-1] in "([{" and not outline.around(first - 1):
        start -= 1
    end = words.end(last - 1)
    end += len(_TAIL.match(words.gaps[last - 1])[0])  # type: ignore[index]
    asides = [words.raw(one.first, one.last) for one in reversed(outline.asides)]
    found = titles(name[start:end], asides)
    if found and (outline.whole or outline.front < first):
        whole = titles(name[words.start(outline.front) : words.end((outline.whole or last) - 1)], [])
        found += whole[:1]
    return found


def _tmdb(words: Words) -> int:
    if "tmdb" not in words.lower:
        return 0
    match = _TMDB.search(words.lower)
    return int(match[1]) if match else 0


def _is_scene(words: Words, facts: Facts, group: tuple[int, int]) -> bool:
    """As the scene writes names: no spaces or brackets, a source, and at the end a hyphen and the group."""
    return (
        group[1] == words.count > 0
        and words.before(group[0]) == "-"
        and group[1] - group[0] == 1
        and "source" in facts
        and _SIGNS.search(words.name) is None
    )


def _spans(words: Words, outline: Outline, group: tuple[int, int], marks: list[Mark]) -> tuple[Span, ...]:
    edges = words.edges
    spans = [Span(tag.kind, edges[2 * start], edges[2 * end - 1]) for start, end, tag in marks]
    if outline.last > outline.first:
        spans.append(Span(SpanKind.TITLE, edges[2 * outline.first], edges[2 * outline.last - 1]))
    if outline.year >= 0:
        spans.append(Span(SpanKind.YEAR, edges[2 * outline.year], edges[2 * outline.year] + 4))
    if group[1]:
        spans.append(Span(SpanKind.GROUP, edges[2 * group[0]], edges[2 * group[1] - 1]))
    spans.sort(key=_start)
    return tuple(spans)


def _start(span: Span) -> int:
    return span.start
