"""Custom formats before and after a change, on all that was seen for a slot; each release is looked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat, Subject, subject_of
from radarr_desktop.domain.decision.case import standing_of_file
from radarr_desktop.domain.decision.situation import Situation
from radarr_desktop.domain.decision.verdict import Candidate
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that was seen for one slot, and what else is to be known."""

    movie: Movie
    slot: Slot
    situation: Situation
    candidates: tuple[Candidate, ...]


class BothFormats:
    """Two sets of custom formats as one: those that are in both are looked at once."""

    def __init__(self, before: Sequence[CustomFormat], after: Sequence[CustomFormat]) -> None:
        known = {one.id: one for one in before}
        changed = [one for one in after if known.get(one.id) != one]
        self._only_after = {-place: one.id for place, one in enumerate(changed, 1)}
        renamed = [replace(one, id=-place) for place, one in enumerate(changed, 1)]
        self._before = frozenset(known)
        self._after = frozenset(one.id for one in after if known.get(one.id) == one)
        self._compiled = CompiledFormats([*before, *renamed])

    def match(self, subject: Subject) -> tuple[Ids, Ids]:
        """Ids of the formats that match, before and after."""
        ids = self._compiled.match(subject)
        before = tuple(id for id in ids if id in self._before)
        kept = [id for id in ids if id in self._after]
        return before, (*kept, *(self._only_after[id] for id in ids if id < 0))


class Matched:
    """The formats of a dossier's releases, each looked at when it is first asked for."""

    def __init__(self, formats: BothFormats, dossier: Dossier) -> None:
        self._formats = formats
        self._dossier = dossier
        self._known: dict[int, tuple[Ids, Ids]] = {}

    def before(self, candidate: Candidate | None) -> Ids:
        """Of a release, or (None) of the file."""
        return self._match(candidate)[0]

    def after(self, candidate: Candidate | None) -> Ids:
        """The same with the other formats."""
        return self._match(candidate)[1]

    def _match(self, candidate: Candidate | None) -> tuple[Ids, Ids]:
        key = candidate.release_id if candidate else 0
        if key not in self._known:
            self._known[key] = self._of_release(candidate) if candidate else self._of_file()
        return self._known[key]

    def _of_release(self, candidate: Candidate) -> tuple[Ids, Ids]:
        release, movie = candidate.release, self._dossier.movie
        return self._formats.match(
            subject_of(candidate.parsed, size=release.size, flags=release.flags, movie=movie.info)
        )

    def _of_file(self) -> tuple[Ids, Ids]:
        """The slot's file, judged as the release it came as."""
        if self._dossier.slot.file is None:
            return (), ()
        file = standing_of_file(self._dossier.slot.file, ())
        parsed = parse_release(file.title)
        return self._formats.match(subject_of(parsed, size=file.size, flags=file.flags, movie=self._dossier.movie.info))
