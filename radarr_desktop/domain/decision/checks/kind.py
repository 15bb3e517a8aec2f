"""Is it the kind of release the profile and the settings want? Asked of releases and of files in the library."""

from __future__ import annotations

import re

from radarr_desktop.domain import amounts, terms
from radarr_desktop.domain.decision.case import ASSUMED_RUNTIME, MB, Case
from radarr_desktop.domain.decision.verdict import Check
from radarr_desktop.domain.languages import ANY, ORIGINAL, UNKNOWN, language_by_code, spoken
from radarr_desktop.domain.quality import Modifier, Source

_NBSP = "\N{NO-BREAK SPACE}"
_LARGEST_SAMPLE = 70 * MB
_DISC_CONTAINERS = frozenset({"vob", "iso", "m2ts", "img"})
_DISC = re.compile(
    r"\bdis[ck][ ._-]?\d+[ ._-]+blu-?ray\b|\bfull[ ._-]blu-?ray\b|(?<![^\W_])m?dvd-?(?:5|9|r)(?![^\W_])", re.IGNORECASE
)


def quality(case: Case) -> Check:
    """Does the profile allow the quality?"""
    name = case.candidate.parsed.quality.name
    limit = ", ".join(case.profile.allowed_titles)
    if case.profile.allows(case.candidate.parsed.quality):
        return Check.passed("quality", name, limit)
    return Check.rejected("quality", name, limit, f"{name} is not wanted in profile {case.profile.name}.")


def size(case: Case) -> Check:
    """Is the size plausible for the quality and the runtime?"""
    bytes_, limits = case.candidate.release.size, case.limits
    minutes = case.movie.info.runtime or ASSUMED_RUNTIME
    low, high = limits.least * minutes * MB, limits.most * minutes * MB if limits.most else None
    limit = _range(low, high)
    if bytes_ == 0:
        return Check.passed("size", "not told", limit)
    seen = amounts.size(bytes_)
    if low <= bytes_ and (high is None or bytes_ <= high):
        return Check.passed("size", seen, limit)
    how, plausible = (
        ("small", f"at least {amounts.size(low)}") if bytes_ < low else ("big", f"at most {amounts.size(high or 0)}")
    )
    what = f"{minutes}{_NBSP}min of {case.candidate.parsed.quality.name}"
    return Check.rejected("size", seen, limit, f"{seen} is too {how} for {what}: {plausible} is plausible.")


def cap(case: Case) -> Check:
    """Is it under the largest size of the profile, and of the settings?"""
    bytes_, ours = case.candidate.release.size, case.limits.cap or 0
    general = case.situation.policy.maximum_size * MB
    most = min((each for each in (ours, general) if each), default=0)
    limit = f"at most {amounts.size(most)}" if most else "any size"
    if not most or bytes_ <= most:
        return Check.passed("cap", amounts.size(bytes_) if bytes_ else "not told", limit)
    whose = f"the size cap of {case.profile.name}" if most == ours else "the largest size in the settings"
    sentence = f"{amounts.size(bytes_ - most)} over {whose}, which is {amounts.size(most)}."
    return Check.rejected("cap", amounts.size(bytes_), limit, sentence)


def language(case: Case) -> Check:
    """Is it in the profile's language?"""
    wanted, parsed, code = case.profile.language, case.candidate.parsed, case.movie.info.original_language
    heard, original = spoken(parsed, code), language_by_code(code)
    seen = ", ".join(each.name for each in heard)
    if parsed.is_multi:
        seen = f"several, {seen}" if parsed.languages else "several"
    if wanted == ANY:
        return Check.passed("language", seen, "any")
    if wanted == ORIGINAL and original is None:
        return Check.passed("language", seen, "the original, which is not known")
    limit = original if wanted == ORIGINAL and original else wanted
    by_itself = parsed.is_multi and limit == original
    if limit in heard or by_itself or heard == (UNKNOWN,):
        return Check.passed("language", seen, limit.name)
    sentence = f"{seen} only, profile {case.profile.name} wants {limit.name}."
    return Check.rejected("language", seen, limit.name, sentence)


def formats(case: Case) -> Check:
    """Do its custom formats score enough?"""
    score, least = case.format_score, case.profile.min_format_score
    if score >= least:
        return Check.passed("formats", f"{score:,}", f"at least {least:,}")
    sentence = f"Its custom formats score {score:,}, profile {case.profile.name} wants at least {least:,}."
    return Check.rejected("formats", f"{score:,}", f"at least {least:,}", sentence)


def words(case: Case) -> Check:
    """Has the name the words it must have, and none it must not have?"""
    name = case.candidate.release.title
    profiles = [one for one in case.situation.words if one.indexer_id in (0, case.candidate.indexer_id)]
    limit = "the release profiles" if profiles else "no release profile"
    for profile in profiles:
        if profile.required and not any(terms.found(term, name) for term in profile.required):
            listed = ", ".join(profile.required)
            return Check.rejected("words", "a word is missing", limit, f"The name has none of the words {listed}.")
        present = [term for term in profile.ignored if terms.found(term, name)]
        if present:
            listed = ", ".join(present)
            return Check.rejected("words", listed, limit, f"The name has {listed}, which is not wanted.")
    return Check.passed("words", "nothing against it", limit)


def subtitles(case: Case) -> Check:
    """Are subtitles burnt into the picture?"""
    word, policy = case.candidate.parsed.hardcoded_subs, case.situation.policy
    seen = word or "none in the picture"
    limit = "any" if policy.hardcoded_subs else ", ".join(policy.known_subs) or "none in the picture"
    known = any(each.casefold() in case.candidate.release.title.casefold() for each in policy.known_subs)
    if not word or policy.hardcoded_subs or known:
        return Check.passed("subtitles", seen, limit)
    return Check.rejected("subtitles", seen, limit, f"Subtitles are burnt into the picture ({word}).")


def disc(case: Case) -> Check:
    """Is it the copy of a whole disc? Players want a single file."""
    parsed = case.candidate.parsed
    is_copy = parsed.quality.modifier is Modifier.BRDISK or _is_dvd_copy(case)
    if is_copy and case.profile.allows(parsed.quality):
        return Check.passed("disc", parsed.quality.name, "wanted by the profile")
    found = _DISC.search(case.candidate.release.title)
    seen = parsed.container if parsed.container in _DISC_CONTAINERS else found[0] if found else ""
    if not seen:
        return Check.passed("disc", "a file", "a file")
    return Check.rejected("disc", seen, "a file", f"It is the copy of a whole disc ({seen}).")


def sample(case: Case) -> Check:
    """Is it only a sample?"""
    bytes_, name = case.candidate.release.size, case.candidate.release.title
    if "sample" not in name.casefold() or bytes_ >= _LARGEST_SAMPLE or not bytes_:
        return Check.passed("sample", "a whole movie", "a whole movie")
    sentence = f"It is called a sample, and with {amounts.size(bytes_)} it is one."
    return Check.rejected("sample", amounts.size(bytes_), "a whole movie", sentence)


def _is_dvd_copy(case: Case) -> bool:
    found = case.candidate.parsed.quality
    return found.source is Source.DVD and found.modifier is Modifier.REMUX


def _range(low: float, high: float | None) -> str:
    if high is None:
        return f"at least {amounts.size(low)}" if low else "any size"
    return f"{amounts.size(low)} to {amounts.size(high)}" if low else f"up to {amounts.size(high)}"
