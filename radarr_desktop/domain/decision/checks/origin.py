"""Where does it come from, and can it be had from there?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.case import Case
from radarr_desktop.domain.decision.verdict import Check


def protocol(case: Case) -> Check:
    """Are torrents wanted for this movie at all?"""
    delay = case.situation.delay
    if delay is None or delay.torrents:
        return Check.passed("protocol", "torrent", "torrent")
    return Check.rejected("protocol", "torrent", "none", "The movie's delay profile allows no torrents.")


def indexer(case: Case) -> Check:
    """Does the indexer answer at present?"""
    until = case.terms.away_until if case.terms else None
    if until is None or until <= case.situation.now:
        return Check.passed("indexer", "answers", "answers")
    wait = amounts.span(until - case.situation.now)
    sentence = f"{case.candidate.indexer} does not answer and is left alone for {wait}."
    return Check.delayed("indexer", "away", "answers", sentence)


def tags(case: Case) -> Check:
    """Is the indexer one for this movie?"""
    wanted = case.terms.tags if case.terms else ()
    if not wanted or set(wanted) & set(case.movie.tags):
        return Check.passed("tags", "for this movie", "for this movie")
    sentence = f"{case.candidate.indexer} is only for movies with one of its tags; {case.movie.info.title} has none."
    return Check.rejected("tags", "for other movies", "for this movie", sentence)


def flags(case: Case) -> Check:
    """Has it one of the flags that are asked of this indexer's releases?"""
    wanted = case.terms.required_flags if case.terms else frozenset()
    seen = _listed(flag.value for flag in case.candidate.release.flags) or "none"
    limit = _listed(flag.value for flag in wanted) or "any"
    if not wanted or wanted & case.candidate.release.flags:
        return Check.passed("flags", seen, limit)
    sentence = f"{case.candidate.indexer} does not list it as {_listed((flag.value for flag in wanted), ' or ')}."
    return Check.rejected("flags", seen, limit, sentence)


def seeders(case: Case) -> Check:
    """Is there anybody to download from?"""
    count, least = case.candidate.release.seeders, case.terms.minimum_seeders if case.terms else 0
    limit = f"at least {least}"
    if count is None:
        return Check.passed("seeders", "not told", limit)
    if count >= least:
        return Check.passed("seeders", str(count), limit)
    return Check.rejected("seeders", str(count), limit, f"Not enough seeders: {count}, at least {least} needed.")


def age(case: Case) -> Check:
    """Has it been out long enough for others to find what is wrong with it?"""
    least, old = timedelta(minutes=case.situation.policy.minimum_age), _age(case)
    limit = f"at least {amounts.span(least)}" if least else "any age"
    seen = "not told" if old is None else amounts.span(old)
    if not least or old is None or old >= least:
        return Check.passed("age", seen, limit)
    return Check.delayed("age", seen, limit, f"It came {seen} ago; the settings wait for {amounts.span(least)}.")


def retention(case: Case) -> Check:
    """Is it too old?"""
    most, old = timedelta(days=case.situation.policy.retention), _age(case)
    limit = f"at most {amounts.span(most)}" if most else "any age"
    seen = "not told" if old is None else amounts.span(old)
    if not most or old is None or old <= most:
        return Check.passed("retention", seen, limit)
    return Check.rejected(
        "retention", seen, limit, f"It is {seen} old, the settings want at most {amounts.span(most)}."
    )


def _age(case: Case) -> timedelta | None:
    published = case.candidate.release.published
    return None if published is None else max(timedelta(), case.situation.now - published)


def _listed(words: Iterable[object], joiner: str = ", ") -> str:
    return joiner.join(sorted(map(str, words)))
