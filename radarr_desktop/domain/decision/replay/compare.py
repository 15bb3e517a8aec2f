"""What another profile or other custom formats would have made of the releases that were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from radarr_desktop.domain.custom_formats import CustomFormat
from radarr_desktop.domain.decision.replay.formats import BothFormats, Dossier, Matched
from radarr_desktop.domain.decision.replay.side import BY_NO_PROFILE, Ranked, Side, passes
from radarr_desktop.domain.decision.verdict import Verdict
from radarr_desktop.domain.profiles import QualityProfile


@dataclass(frozen=True, slots=True)
class Basis:
    """What decides: a profile for each profile that slots have, by id, and the custom formats."""

    profiles: Mapping[int, QualityProfile]
    formats: tuple[CustomFormat, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A release that would be taken."""

    release_id: int
    title: str
    size: int
    quality: str
    score: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot that would get another release, or one more, or none."""

    movie_id: int
    slot_id: int
    movie: str
    has_file: bool
    before: Choice | None
    after: Choice | None
    reason: str
    """Why the one is not chosen by the other rules."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Releases each of which would replace the one before, and the first one the last."""

    movie_id: int
    movie: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of some dossiers."""

    releases: int = 0
    differences: tuple[Difference, ...] = ()
    loops: tuple[Loop, ...] = ()

    def __add__(self, other: Compared) -> Compared:
        return Compared(self.releases + other.releases, self.differences + other.differences, self.loops + other.loops)


class Replay:
    """Compares two bases; what both have in common is worked out once."""

    def __init__(self, before: Basis, after: Basis) -> None:
        self._before = before
        self._after = after
        self._formats = BothFormats(before.formats, after.formats)

    def compare(self, dossier: Dossier) -> Compared:
        """One slot by both."""
        formats = Matched(self._formats, dossier)
        old = Side(dossier, self._before.profiles[dossier.slot.profile_id], formats.before)
        new = Side(dossier, self._after.profiles[dossier.slot.profile_id], formats.after)
        for candidate in dossier.candidates:
            wanted = [(side, case) for side in (old, new) if (case := side.wanted(candidate))]
            if wanted and passes(wanted[0][1], BY_NO_PROFILE):
                for side, case in wanted:
                    side.offer(case)
        difference, loop = _difference(dossier, old, new), new.loop()
        return Compared(
            releases=len(dossier.candidates),
            differences=(difference,) if difference else (),
            loops=(Loop(dossier.movie.id, dossier.movie.title, loop),) if loop else (),
        )


def _difference(dossier: Dossier, old: Side, new: Side) -> Difference | None:
    before, after = old.best, new.best
    if (before and before[0].release_id) == (after and after[0].release_id):
        return None
    reason = ""
    if before is not None:
        reason = _against(new.verdict(before[0])) or _outranked(new.verdict(before[0]), after)
    elif after is not None:
        reason = _against(old.verdict(after[0]))
    slot, movie = dossier.slot, dossier.movie
    return Difference(movie.id, slot.id, movie.title, slot.file is not None, _choice(before), _choice(after), reason)


def _against(verdict: Verdict) -> str:
    """What speaks against it first."""
    return next(iter(verdict.rejections), "")


def _outranked(ours: Verdict, best: Ranked | None) -> str:
    theirs = best[1].parts if best else ()
    part = next((one for one, other in zip(ours.parts, theirs, strict=False) if one.points != other.points), None)
    return f"Another one has more points for {part.name}." if part else "Another one comes first by its name."


def _choice(best: Ranked | None) -> Choice | None:
    if best is None:
        return None
    candidate, verdict = best
    release, quality = candidate.release, candidate.parsed.quality
    return Choice(candidate.release_id, release.title, release.size, quality.name, verdict.score)
