"""The one sentence that says what stands between a movie and its file, and one that adds to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from radarr_desktop.domain.decision import Outcome
from radarr_desktop.domain.decision.nearness import distance, failed, is_near, nearness, reason
from radarr_desktop.domain.movie import Movie, MovieFile, is_available
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import Grab, GrabState, StoredRelease

MOST_REASONS = 4

_RUNNING = {
    GrabState.SENDING: "{title} waits to be sent to the download client.",
    GrabState.DOWNLOADING: "{title} is being downloaded.",
    GrabState.COMPLETED: "{title} is downloaded and about to be imported.",
    GrabState.BLOCKED: "{title} is downloaded, but its import needs you.",
}


def explain(
    movie: Movie, profile: QualityProfile | None, seen: Sequence[StoredRelease], taken: Sequence[Grab], today: date
) -> tuple[str, str]:
    """Sentence and detail; ``seen`` is sorted by ``rank``."""
    title = movie.info.title
    running = next((grab for grab in taken if grab.state in _RUNNING), None)
    if running is not None:
        return _RUNNING[running.state].format(title=title), running.problem or running.title
    if movie.file is not None:
        if movie.monitored and profile is not None and not _is_enough(movie.file, profile):
            return _waiting_for_better(title, movie.file, profile, seen)
        came_as = movie.file.release_title or movie.file.path
        return f"{title} is in your library as {movie.file.quality.name}.", f"It came as {came_as}."
    if not movie.monitored:
        return f"{title} is not looked for: it is not monitored.", ""
    if not seen:
        why = "" if is_available(movie, today) else "It is not out yet. "
        return f"No release of {title} has been seen yet.", why + _searched(movie)
    trouble = next((grab.problem for grab in taken if grab.problem), "")
    return _undecided(movie, seen, trouble) or _all_rejected(movie, seen, trouble)


def rank(stored: StoredRelease) -> tuple[int, tuple[bool, int, bool, tuple[int, ...]], str]:
    """Sort key: what would be taken, what waits, then the rejected ones, the nearest first."""
    verdict = stored.verdict
    if verdict is None:
        return (3, (True, 0, True, ()), stored.release.title)
    return (_ORDER.index(verdict.outcome), nearness(verdict), stored.release.title)


_ORDER = (Outcome.ACCEPTED, Outcome.DELAYED, Outcome.REJECTED)


def _undecided(movie: Movie, seen: Sequence[StoredRelease], trouble: str) -> tuple[str, str] | None:
    """What would be taken, or will be in a while."""
    outcomes = Counter(one.verdict.outcome for one in seen if one.verdict)
    title, good, waiting = movie.info.title, outcomes[Outcome.ACCEPTED], outcomes[Outcome.DELAYED]
    if good:
        return f"{_releases(good)} of {title} would be good enough.", trouble or _searched(movie)
    if not waiting:
        return None
    reasons = next((one.verdict.rejections for one in seen if one.verdict and not one.verdict.accepted), [])
    return f"{_releases(waiting)} of {title} cannot be taken yet.", trouble or " ".join(reasons)


def _all_rejected(movie: Movie, seen: Sequence[StoredRelease], trouble: str) -> tuple[str, str]:
    reasons = Counter(reason(failed(one.verdict)[0]) for one in seen if one.verdict and failed(one.verdict))
    listed = ", ".join(f"{count} {words}" for words, count in reasons.most_common(MOST_REASONS))
    others = len(reasons) - MOST_REASONS
    counted = f"{listed}, and {others} more {'reason' if others == 1 else 'reasons'}" if others > 0 else listed
    sentence, best = _nearest(movie.info.title, seen)
    if len(seen) == 1:
        counted = ""
    return sentence, " ".join(part for part in (trouble, best, f"Of all: {counted}." if counted else "") if part)


def _nearest(title: str, seen: Sequence[StoredRelease]) -> tuple[str, str]:
    """How many there were, and what the best of them missed by."""
    best = seen[0]
    counted = f"{_releases(len(seen))} of {title} seen"
    if best.verdict is None or not failed(best.verdict):
        return f"{counted}, not judged yet.", ""
    check = failed(best.verdict)[0]
    missed = distance(check) if is_near(best.verdict) else ""
    if not missed:
        none = "none good enough" if len(seen) > 1 else "not good enough"
        name = f"The nearest, {best.release.title}: " if len(seen) > 1 else f"{best.release.title}: "
        return f"{counted}, {none}.", name + " ".join(best.verdict.rejections)
    if len(seen) == 1:
        return f"{counted}, {missed}.", f"{best.release.title}. {check.sentence}"
    return f"{counted}, the best was {missed}.", f"{best.release.title}: {check.sentence}"


def _is_enough(file: MovieFile, profile: QualityProfile) -> bool:
    return not profile.upgrades or profile.cutoff_met(file.quality)


def _waiting_for_better(
    title: str, file: MovieFile, profile: QualityProfile, seen: Sequence[StoredRelease]
) -> tuple[str, str]:
    wanted = profile.items[profile.cutoff_rank].title
    detail = f"You have {file.quality.name}. Profile {profile.name} wants {wanted}."
    others = [one for one in seen if one.release.title != file.release_title]
    if not others:
        return f"{title} is in your library as {file.quality.name}; a better copy is looked for.", detail
    best = others[0]
    waiting = f"Waiting for a better copy of {title}: {_releases(len(others)).lower()} seen"
    if best.verdict is not None and best.verdict.accepted:
        return f"{waiting}, {best.release.title} would be better.", detail
    missed = distance(failed(best.verdict)[0]) if best.verdict is not None and is_near(best.verdict) else ""
    return f"{waiting}, the best one is {missed}." if missed else f"{waiting}, none good enough.", detail


def _releases(count: int) -> str:
    return f"{count:,} releases" if count > 1 else "One release"


def _searched(movie: Movie) -> str:
    if movie.last_search is None:
        return "It has not been searched yet."
    return f"Last searched {movie.last_search.astimezone():%d %b %H:%M}."
