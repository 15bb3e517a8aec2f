"""Is it the right movie, and is it looked for now?"""

from __future__ import annotations

from datetime import timedelta

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.case import Case
from radarr_desktop.domain.decision.verdict import Check
from radarr_desktop.domain.matching import match_one
from radarr_desktop.domain.movie import Availability, home_release, is_available
from radarr_desktop.domain.quality import Source

_AVAILABLE = {
    Availability.ANNOUNCED: "announced",
    Availability.IN_CINEMAS: "in cinemas",
    Availability.RELEASED: "released",
}
_HOME = frozenset({Source.WEBDL, Source.WEBRIP, Source.BLURAY, Source.DVD})
"""What can only be copied once a movie can be had at home."""


def movie(case: Case) -> Check:
    """Is it a release of this movie?"""
    parsed, wanted = case.candidate.parsed, case.movie
    seen = f"{parsed.title} ({parsed.year})" if parsed.year else parsed.title or "no title"
    match, doubt = match_one(wanted, parsed, case.candidate.release), case.candidate.doubt
    if match.movie_id and not doubt:
        return Check.passed("movie", seen, wanted.title)
    sentence = doubt or match.doubt.value or f"The name says {seen}, the movie is {wanted.title}."
    if not parsed.title:
        sentence = f"The name does not say which movie it is; {wanted.title} is wanted."
    return Check.rejected("movie", seen, wanted.title, sentence)


def monitored(case: Case) -> Check:
    """Is the movie looked for?"""
    if case.movie.monitored:
        return Check.passed("monitored", "monitored", "monitored")
    return Check.rejected("monitored", "unmonitored", "monitored", f"{case.movie.info.title} is not monitored.")


def availability(case: Case) -> Check:
    """Has the movie come out? Earlier releases are fakes or camera copies."""
    delay = case.situation.policy.availability_delay
    wanted = _AVAILABLE[case.movie.minimum_availability]
    limit = f"{amounts.days(abs(delay))} {'after' if delay > 0 else 'before'} {wanted}" if delay else wanted
    if is_available(case.movie, case.situation.today, delay=delay):
        return Check.passed("availability", "out", limit)
    sentence = f"{case.movie.title} is not out yet: it is wanted once it is {wanted}."
    if delay:
        sentence = f"{case.movie.title} is not out yet: it is wanted from {limit} on."
    return Check.delayed("availability", "not out", limit, sentence)


def early(case: Case) -> Check:
    """Was it listed when there could not be such a copy yet?"""
    days = case.terms.early_days if case.terms and case.terms.early_days is not None else None
    days = case.situation.policy.early_days if days is None else days
    published, out = case.candidate.release.published, home_release(case.movie)
    if days is None:
        return Check.passed("early", "any day", "any day")
    limit = f"at most {amounts.days(days)} early"
    if published is None or out is None or case.candidate.parsed.quality.source not in _HOME:
        return Check.passed("early", "not told", limit)
    ahead = (out - published.date()).days
    seen = f"{amounts.days(ahead)} early" if ahead > 0 else "not early"
    if published.date() + timedelta(days=days) >= out:
        return Check.passed("early", seen, limit)
    sentence = f"It was listed {amounts.days(ahead)} before {case.movie.title} could be had at home."
    return Check.rejected("early", seen, limit, sentence)
