"""What every check gets: the candidate and all it is judged by, with what several checks need worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from radarr_desktop.domain.decision.situation import IndexerTerms, Situation, Standing
from radarr_desktop.domain.decision.verdict import Candidate
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.sizes import SizeLimits

MB = 1024 * 1024
"""What a limit in MB per minute counts in, as everywhere in this field; people are told in steps of 1000."""
ASSUMED_RUNTIME = 110
"""Minutes, where nobody knows the movie's."""


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate for one slot of one movie."""

    candidate: Candidate
    movie: Movie
    slot: Slot
    profile: QualityProfile
    situation: Situation
    rank: int
    """Of the candidate's quality in the profile."""
    format_score: int
    limits: SizeLimits
    terms: IndexerTerms | None
    """None: the release is of no indexer."""
    offered: Standing
    """What the candidate would put in place."""
    file: Standing | None
    """What is there now."""


def make_case(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Case:
    """Everything about one candidate."""
    quality = candidate.parsed.quality
    return Case(
        candidate=candidate,
        movie=movie,
        slot=slot,
        profile=profile,
        situation=situation,
        rank=profile.rank(quality),
        format_score=profile.format_score(candidate.formats),
        limits=profile.limits(quality),
        terms=situation.terms(candidate.indexer_id),
        offered=standing_of(candidate),
        file=standing_of_file(slot.file, situation.file_formats) if slot.file else None,
    )


def standing_of(candidate: Candidate) -> Standing:
    """A candidate as others are compared with it."""
    release, parsed = candidate.release, candidate.parsed
    return Standing(
        title=release.title,
        quality=parsed.quality,
        revision=parsed.revision,
        group=parsed.group,
        formats=candidate.formats,
        size=release.size,
        flags=release.flags,
        hashes=(release.info_hash,) if release.info_hash else (),
    )


def standing_of_file(file: MovieFile, formats: tuple[int, ...]) -> Standing:
    """A file of the library as it was when it was a release."""
    title = file.release_title or file.path
    size = file.release_size or file.size
    return Standing(title, file.quality, file.revision, file.group, formats, size, file.flags)
