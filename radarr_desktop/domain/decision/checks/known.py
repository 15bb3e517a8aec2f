"""Is it known already: blocked, on its way, or had before?"""

from __future__ import annotations

from datetime import timedelta

from radarr_desktop.domain import amounts
from radarr_desktop.domain.decision.better import hindrance, is_revision_upgrade
from radarr_desktop.domain.decision.case import Case
from radarr_desktop.domain.decision.policy import Propers
from radarr_desktop.domain.decision.verdict import Check

RECENTLY = timedelta(hours=12)
"""For so long nothing equal is taken after a grab, even if the client has lost it."""


def blocklist(case: Case) -> Check:
    """Is it blocked: it, its torrent, its group, or a word in its name?"""
    candidate, release = case.candidate, case.candidate.release
    sentence = case.situation.blocked.hit(release.title, release.info_hash, candidate.parsed.group, candidate.indexer)
    if not sentence:
        return Check.passed("blocklist", "not blocked", "not blocked")
    return Check.rejected("blocklist", "blocked", "not blocked", sentence)


def queue(case: Case) -> Check:
    """Is one as good already on its way?"""
    queued, digest = case.situation.queued, case.candidate.release.info_hash
    seen = queued[0].title if queued else "nothing"
    if digest and any(digest in each.hashes for each in queued):
        return Check.rejected("queue", seen, "nothing as good", "This release is already in the queue.")
    propers = case.situation.policy.propers
    as_good = next((each for each in queued if hindrance(case.profile, each, case.offered, propers)), None)
    if as_good is not None:
        return Check.rejected("queue", as_good.title, "nothing as good", f"Already in the queue: {as_good.title}.")
    wrong = next((each for each in queued if is_revision_upgrade(each, case.offered)), None)
    if wrong is not None and propers is Propers.NO_UPGRADE:
        sentence = f"It is a proper of {wrong.title}, which is in the queue, and the settings want none."
        return Check.rejected("queue", wrong.title, "nothing as good", sentence)
    return Check.passed("queue", seen, "nothing as good")


def imported(case: Case) -> Check:
    """Did the file come from it, or from one that was replaced since?"""
    release, situation = case.candidate.release, case.situation
    title = release.title.casefold()
    same = release.info_hash in situation.imported_hashes if release.info_hash else title in situation.imported_titles
    if not same or case.file is None:
        return Check.passed("imported", "never", "never")
    return Check.rejected("imported", "imported before", "never", "This release has been imported before.")


def history(case: Case) -> Check:
    """Was one as good taken a short while ago?"""
    last, at, now = case.situation.last_grab, case.situation.last_grab_at, case.situation.now
    if last is None or at is None or now - at > RECENTLY:
        return Check.passed("history", "nothing taken recently", "nothing as good")
    if not hindrance(case.profile, last, case.offered, case.situation.policy.propers):
        return Check.passed("history", last.title, "nothing as good")
    sentence = f"Taken {amounts.span(now - at)} ago: {last.title}."
    return Check.rejected("history", last.title, "nothing as good", sentence)
