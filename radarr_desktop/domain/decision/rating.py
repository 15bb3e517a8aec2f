"""Custom formats, laid on a candidate and on all it is compared with, before it is evaluated."""

from __future__ import annotations

from dataclasses import replace

from radarr_desktop.domain.custom_formats import CompiledFormats, Subject, subject_of
from radarr_desktop.domain.decision.case import standing_of_file
from radarr_desktop.domain.decision.situation import Situation, Standing
from radarr_desktop.domain.decision.verdict import Candidate
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.plugin_api import MovieInfo


def rate(candidate: Candidate, movie: Movie, formats: CompiledFormats) -> Candidate:
    """The candidate with the custom formats that match it."""
    release = candidate.release
    subject = subject_of(candidate.parsed, size=release.size, flags=release.flags, movie=movie.info)
    matched = formats.match(subject)
    return replace(candidate, formats=matched, formats_of=matched_by(formats.version, movie.info))


def matched_by(version: str, movie: MovieInfo) -> str:
    """All besides the release that a match depends on: as long as it is the same, so is the match."""
    return f"{version}/{movie.original_language}/{movie.year}"


def rate_situation(situation: Situation, movie: Movie, slot: Slot, formats: CompiledFormats) -> Situation:
    """The same for the slot's file, what is queued and what was taken last: all as the releases they were.

    Judged by the same words as the candidates, a release can never look better than the file it became.
    """
    file, last = slot.file, situation.last_grab
    return replace(
        situation,
        file_formats=formats.match(subject_of_file(file, movie.info)) if file else (),
        queued=tuple(_rated(standing, movie, formats) for standing in situation.queued),
        last_grab=_rated(last, movie, formats) if last else None,
    )


def subject_of_file(file: MovieFile, movie: MovieInfo) -> Subject:
    """A file of the library as the release it came as."""
    came = standing_of_file(file, ())
    return subject_of(file.as_told(parse_release(came.title)), size=came.size, flags=came.flags, movie=movie)


def _rated(standing: Standing, movie: Movie, formats: CompiledFormats) -> Standing:
    parsed = parse_release(standing.title)
    subject = subject_of(parsed, size=standing.size, flags=standing.flags, movie=movie.info)
    return replace(standing, formats=formats.match(subject))
