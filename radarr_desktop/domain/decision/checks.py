"""The questions asked of a release, one small function each."""

from __future__ import annotations

from collections.abc import Callable

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.verdict import Candidate, Check, Outcome, Situation
from radarr_desktop.domain.matching import is_of
from radarr_desktop.domain.movie import Availability, Movie, Slot, is_available
from radarr_desktop.domain.naming import quality_title
from radarr_desktop.domain.profiles import QualityProfile

MB = 1024 * 1024
"""What a limit in MB per minute counts in, as everywhere in this field; people are told in steps of 1000."""
_NBSP = "\N{NO-BREAK SPACE}"
ASSUMED_RUNTIME = 110
"""Minutes, where nobody knows the movie's."""

CheckFunction = Callable[[Candidate, Movie, Slot, QualityProfile, Situation], Check]


def _check(name: str, observed: str, limit: str, passed: bool, sentence: str, *, later: bool = False) -> Check:
    if passed:
        return Check(name, observed, limit, Outcome.ACCEPTED)
    return Check(name, observed, limit, Outcome.DELAYED if later else Outcome.REJECTED, sentence)


def right_movie(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Check:
    """Is it a release of this movie?"""
    parsed = candidate.parsed
    seen = f"{parsed.title} ({parsed.year})" if parsed.year else parsed.title or "no title"
    sentence = f"The name says {seen}, the movie is {movie.title}."
    if not parsed.title:
        sentence = f"The name does not say which movie it is; {movie.title} is wanted."
    return _check("movie", seen, movie.title, is_of(movie, parsed, candidate.release), sentence)


def monitored(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Check:
    """Is the movie looked for?"""
    seen = "monitored" if movie.monitored else "unmonitored"
    passed = movie.monitored or situation.asked_by_user
    return _check("monitored", seen, "monitored", passed, f"{movie.info.title} is not monitored.")


def availability(
    candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation
) -> Check:
    """Has the movie come out? Earlier releases are fakes or camera copies."""
    out = is_available(movie, situation.today)
    wanted = _AVAILABLE[movie.minimum_availability]
    sentence = f"{movie.title} is not out yet: it is wanted once it is {wanted}."
    passed = out or situation.asked_by_user
    return _check("availability", "out" if out else "not out", wanted, passed, sentence, later=True)


def quality_wanted(
    candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation
) -> Check:
    """Does the profile allow the quality?"""
    quality = candidate.parsed.quality
    limit = ", ".join(profile.allowed_titles)
    sentence = f"{quality.name} is not wanted in profile {profile.name}."
    return _check("quality", quality.name, limit, profile.allows(quality), sentence)


def size(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Check:
    """Is the size plausible for the quality and the runtime?"""
    quality, bytes_ = candidate.parsed.quality, candidate.release.size
    limits = {id: (least, most) for id, least, most in situation.size_limits}
    least, most = limits.get(quality.id, (quality.min_size, quality.max_size))
    minutes = movie.info.runtime or ASSUMED_RUNTIME
    low, high = least * minutes * MB, None if most is None else most * minutes * MB
    limit = _range(low, high)
    if bytes_ == 0:
        return _check("size", "not told", limit, True, "")
    seen, fits = amounts.size(bytes_), low <= bytes_ and (high is None or bytes_ <= high)
    how, plausible = (
        ("small", f"at least {amounts.size(low)}") if bytes_ < low else ("big", f"at most {amounts.size(high or 0)}")
    )
    length = f"{minutes}{_NBSP}min"
    sentence = f"{seen} is too {how} for {length} of {quality.name}: {plausible} is plausible."
    return _check("size", seen, limit, fits, sentence)


def seeders(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Check:
    """Is there anybody to download from?"""
    count, least = candidate.release.seeders, situation.minimum_seeders
    limit = f"at least {least}"
    if count is None:
        return _check("seeders", "not told", limit, True, "")
    sentence = f"Not enough seeders: {count}, at least {least} needed."
    return _check("seeders", str(count), limit, count >= least, sentence)


def blocklist(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Check:
    """Has it been blocked before?"""
    release = candidate.release
    by_hash = bool(release.info_hash) and release.info_hash in situation.blocked_hashes
    by_title = not release.info_hash and release.title.casefold() in situation.blocked_titles
    blocked = by_hash or by_title
    sentence = "The release is on the blocklist."
    return _check("blocklist", "blocked" if blocked else "not blocked", "not blocked", not blocked, sentence)


def already_queued(
    candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation
) -> Check:
    """Is a release of this movie already on its way?"""
    titles = situation.queued_titles
    seen = titles[0] if titles else "nothing"
    same = bool(candidate.release.info_hash) and candidate.release.info_hash in situation.queued_hashes
    sentence = "This release is already in the queue." if same else f"Already in the queue: {seen}."
    return _check("queue", seen, "nothing", not titles and not same, sentence)


def upgrade(candidate: Candidate, movie: Movie, slot: Slot, profile: QualityProfile, situation: Situation) -> Check:
    """Is it better than the file that is there?"""
    new, file = candidate.parsed, slot.file
    if file is None:
        return _check("upgrade", "no file yet", "better than the file", True, "")
    better = profile.is_upgrade((file.quality, file.revision), (new.quality, new.revision))
    seen, there = quality_title(new.quality, new.revision), quality_title(file.quality, file.revision)
    if profile.rank(new.quality) <= profile.rank(file.quality):
        sentence = f"{seen} is no better than the file, which is {there}."
    elif not profile.upgrades:
        sentence = f"There is a file ({there}), and profile {profile.name} does not upgrade."
    else:
        sentence = f"The file is {there}, which is good enough for profile {profile.name}."
    return _check("upgrade", seen, f"better than {there}", better, sentence)


CHECKS: tuple[CheckFunction, ...] = (
    right_movie,
    monitored,
    availability,
    quality_wanted,
    size,
    seeders,
    blocklist,
    already_queued,
    upgrade,
)
"""All of them, in the order they are shown."""


_AVAILABLE = {
    Availability.ANNOUNCED: "announced",
    Availability.IN_CINEMAS: "in cinemas",
    Availability.RELEASED: "released",
}


def _range(low: float, high: float | None) -> str:
    if high is None:
        return f"at least {amounts.size(low)}" if low else "any size"
    return f"{amounts.size(low)} to {amounts.size(high)}" if low else f"up to {amounts.size(high)}"
