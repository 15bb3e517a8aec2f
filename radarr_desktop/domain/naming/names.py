"""Names of folders and files in the library."""

from __future__ import annotations

from collections.abc import Iterable

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming.facts import NameFacts
from radarr_desktop.domain.naming.letters import MAX_NAME, MOST, clean, shorten
from radarr_desktop.domain.naming.pattern import Case, Group, Piece, Segment, Slot, Words, compiled, slots_in
from radarr_desktop.domain.naming.settings import Naming
from radarr_desktop.domain.naming.titles import cut

LONGEST_SUFFIX = 32
"""Bytes kept free behind a file's stem for ``.forced.zh-Hant.srt`` and the like."""

_UNNAMED = "{Original Title}"
_SEPARATORS = " -._"
_TRIES = 4
"""A title is cut again where its letters grow, as ß does in capitals."""


def check_naming(naming: Naming) -> None:
    """Raise ``NamingError`` for unknown tokens, stray braces, or nothing that tells movies apart."""
    compiled(naming.folder, "folder")
    compiled(naming.file, "file")


def folder_name(movie: Movie, naming: Naming) -> str:
    """The movie's folder below its root folder; ``/`` separates folders in folders."""
    facts = NameFacts(movie.info)
    return _path(compiled(naming.folder, "folder"), facts, naming, MAX_NAME, MAX_NAME)


def file_name(facts: NameFacts, extension: str, naming: Naming, *, limit: int = MAX_NAME) -> str:
    """The file below the movie's folder, no name longer than ``limit`` bytes; ``extension`` with its dot."""
    room = limit - LONGEST_SUFFIX - len(extension.encode())
    pattern = naming.file if naming.rename else _UNNAMED
    return _path(compiled(pattern, "file"), facts, naming, limit, room) + extension


def spare_for(endings: Iterable[str], extension: str) -> int:
    """Bytes by which a limit must be lower, where files beside it have endings longer than the usual room."""
    longest = max((len(ending.encode()) for ending in endings), default=0)
    return max(0, longest - LONGEST_SUFFIX - len(extension.encode()))


def _path(segments: Iterable[Segment], facts: NameFacts, naming: Naming, limit: int, last: int) -> str:
    """Names of at most ``limit`` bytes, ``last`` for the last one; those that come out empty are left out."""
    *folders, own = segments
    made = [_fitted(segment, facts, naming, limit) for segment in folders]
    return "/".join(filter(None, [*made, _fitted(own, facts, naming, last) or "Movie"]))


def _fitted(segment: Segment, facts: NameFacts, naming: Naming, limit: int) -> str:
    """What is too long loses the end of its title, not its year and quality."""
    name = _Filling(facts, naming).name(segment)
    if len(name.encode()) <= limit:
        return name
    titles, room = [slot for slot in slots_in(segment) if slot.token.is_title], 0
    for _ in range(_TRIES):
        excess = len(name.encode()) - limit
        if excess <= 0 or not titles or room == 1:
            break
        longest = room or max(len(_Filling(facts, naming).value(slot).encode()) for slot in titles)
        room = max(1, longest - -(-excess // len(titles)))
        name = _Filling(facts, naming, room).name(segment)
    return shorten(name, limit)


class _Filling:
    """Writes a name; ``room`` is how many bytes a title may have, 0 as many as it has."""

    def __init__(self, facts: NameFacts, naming: Naming, room: int = 0) -> None:
        self._facts = facts
        self._naming = naming
        self._room = room

    def name(self, segment: Segment) -> str:
        """One name, safe everywhere."""
        return self._clean(self._filled(segment)[0])

    def value(self, slot: Slot) -> str:
        """What a token tells, as its own letters ask for it."""
        text = slot.token.read(self._facts, slot.modifier)[:MOST]
        if slot.case is not Case.AS_IS:
            text = text.lower() if slot.case is Case.LOWER else text.upper()
        text = cut(self._clean(text), slot.modifier.length)
        if slot.token.is_title and self._room:
            text = shorten(text, self._room)
        if not text and not slot.lead and not slot.tail:
            text = slot.token.bare_default
        return text.replace(" ", slot.separator) if slot.separator else text

    def _filled(self, pieces: Iterable[Piece]) -> tuple[str, bool]:
        """The text, and whether any token told something. What an empty one leaves behind does not add up."""
        out, is_told, gap = "", False, False
        for piece in pieces:
            text, told = self._text(piece)
            is_told = is_told or told
            if not text:
                gap = True
            else:
                out = _closed(out, text) if gap else out + text
                gap = False
        return out.rstrip(_SEPARATORS) if gap else out, is_told

    def _text(self, piece: Piece) -> tuple[str, bool]:
        if isinstance(piece, Words):
            return piece.text, False
        if isinstance(piece, Group):
            inside, is_told = self._filled(piece.inside)
            return (f"{piece.before}{inside}{piece.after}", True) if is_told else ("", False)
        text = self.value(piece)
        return (f"{piece.lead}{text}{piece.tail}", True) if text else ("", False)

    def _clean(self, text: str) -> str:
        return clean(text, colon=self._naming.colon, replace_illegal=self._naming.replace_illegal)


def _closed(before: str, after: str) -> str:
    """Two texts with nothing between them any more: of the separators that meet, the longer ones stay."""
    left, right = before.rstrip(_SEPARATORS), after.lstrip(_SEPARATORS)
    ends, begins = before[len(left) :], after[: len(after) - len(right)]
    if not left:
        return right
    return left + (ends if len(ends) > len(begins) else begins) + right
