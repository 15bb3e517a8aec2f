"""Custom formats before and after a change, on all that was seen for a slot; each release is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat, Subject, subject_of
from radarr_desktop.domain.decision.rating import subject_of_file
from radarr_desktop.domain.decision.situation import Situation
from radarr_desktop.domain.decision.verdict import Candidate
from radarr_desktop.domain.movie import Movie, Slot

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that was seen for one slot, and what else is to be known."""

    movie: Movie
    slot: Slot
    situation: Situation
    candidates: tuple[Candidate, ...]
    known: Mapping[int, Ids] = field(default_factory=dict)
    """By release id the formats, as they are before the change, that are known to match it."""


class BothFormats:
    """Custom formats before and after a change: what is in both is matched once."""

    def __init__(self, before: Sequence[CustomFormat], after: Sequence[CustomFormat]) -> None:
        old = {one.id: one for one in before}
        self._before = before
        self._kept = frozenset(one.id for one in after if old.get(one.id) == one)
        self._changed = CompiledFormats(one for one in after if old.get(one.id) != one)

    @cached_property
    def _old(self) -> CompiledFormats:
        return CompiledFormats(self._before)

    def before(self, subject: Subject) -> Ids:
        """Ids of the formats that match as they are."""
        return self._old.match(subject)

    def after(self, subject: Callable[[], Subject], before: Ids) -> Ids:
        """And as they would be."""
        changed = self._changed.match(subject()) if self._changed.formats else ()
        return (*(id for id in before if id in self._kept), *changed)


class Matched:
    """The formats of a dossier's releases, each looked at when it is first asked for."""

    def __init__(self, formats: BothFormats, dossier: Dossier) -> None:
        self._formats = formats
        self._dossier = dossier
        self._before = dict(dossier.known)
        self._after: dict[int, Ids] = {}

    def before(self, candidate: Candidate | None) -> Ids:
        """Of a release, or (None) of the file."""
        key = candidate.release_id if candidate else 0
        if key not in self._before:
            self._before[key] = self._formats.before(self._subject(candidate)) if self._is_there(candidate) else ()
        return self._before[key]

    def after(self, candidate: Candidate | None) -> Ids:
        """The same with the other formats."""
        key = candidate.release_id if candidate else 0
        if key not in self._after:
            before = self.before(candidate)
            subject = partial(self._subject, candidate)
            self._after[key] = self._formats.after(subject, before) if self._is_there(candidate) else ()
        return self._after[key]

    def _is_there(self, candidate: Candidate | None) -> bool:
        return candidate is not None or self._dossier.slot.file is not None

    def _subject(self, candidate: Candidate | None) -> Subject:
        """A release, or the slot's file judged as the release it came as."""
        movie, file = self._dossier.movie.info, self._dossier.slot.file
        if candidate is not None:
            release = candidate.release
            return subject_of(candidate.parsed, size=release.size, flags=release.flags, movie=movie)
        assert file is not None
        return subject_of_file(file, movie)
