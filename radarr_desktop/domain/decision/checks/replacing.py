"""Is it better than the file that is there?"""

from __future__ import annotations

from datetime import timedelta

from radarr_desktop.domain.decision.better import Hindrance, hindrance, is_revision_upgrade
from radarr_desktop.domain.decision.case import Case
from radarr_desktop.domain.decision.policy import Propers
from radarr_desktop.domain.decision.situation import Standing
from radarr_desktop.domain.decision.verdict import Check
from radarr_desktop.domain.naming import quality_title

SETTLED = timedelta(days=7)
"""A file that has been there for so long is not replaced by a mere proper."""


def proper(case: Case) -> Check:
    """May a proper of the file be taken without being searched for?"""
    policy, file = case.situation.policy.propers, case.slot.file
    if file is None or policy is Propers.IGNORE or not _puts_right(case):
        return Check.passed("proper", "no proper of the file", "any")
    if policy is Propers.NO_UPGRADE:
        sentence = "It is a proper of the file, and the settings do not replace files by propers."
        return Check.rejected("proper", "a proper of the file", "no propers", sentence)
    days = (case.situation.now - file.added).days
    if case.situation.now - file.added <= SETTLED:
        return Check.passed("proper", "a proper of the file", f"within {SETTLED.days} days")
    sentence = f"It is a proper of a file that has been there for {days} days: after {SETTLED.days} days it stays."
    return Check.rejected("proper", f"after {days} days", f"within {SETTLED.days} days", sentence)


def repack(case: Case) -> Check:
    """Is a repack one of the file's own group?"""
    policy, file = case.situation.policy.propers, case.file
    if file is None or not case.candidate.parsed.is_repack or policy is Propers.IGNORE or not _puts_right(case):
        return Check.passed("repack", "no repack of the file", "of the file's group")
    ours, theirs = file.group, case.offered.group
    seen, limit = theirs or "unknown group", ours or "unknown group"
    if policy is Propers.NO_UPGRADE:
        sentence = "It is a repack of the file, and the settings do not replace files by repacks."
        return Check.rejected("repack", seen, "no repacks", sentence)
    if ours and ours.casefold() == theirs.casefold():
        return Check.passed("repack", seen, limit)
    sentence = f"It is a repack by {theirs or 'an unknown group'}, the file is by {ours or 'an unknown group'}."
    return Check.rejected("repack", seen, limit, sentence)


def upgrade(case: Case) -> Check:
    """Is it better than the file that is there?"""
    file = case.file
    if file is None:
        return Check.passed("upgrade", "no file yet", "better than the file")
    seen, there = _told(case.offered), _told(file)
    why = hindrance(case.profile, file, case.offered, case.situation.policy.propers)
    if why is None:
        return Check.passed("upgrade", seen, f"better than {there}")
    return Check.rejected("upgrade", seen, f"better than {there}", _sentence(case, file, why))


def _puts_right(case: Case) -> bool:
    return case.file is not None and is_revision_upgrade(case.file, case.offered)


def _told(standing: Standing) -> str:
    return quality_title(standing.quality, standing.revision)


def _sentence(case: Case, file: Standing, why: Hindrance) -> str:
    seen, there, name = _told(case.offered), _told(file), case.profile.name
    old, new = case.profile.format_score(file.formats), case.format_score
    step, enough = case.profile.min_upgrade_format_score, case.profile.cutoff_format_score
    if why is Hindrance.NO_UPGRADES:
        return f"There is a file ({there}), and profile {name} does not upgrade."
    if why is Hindrance.CUTOFF:
        return f"The file is {there}, which is good enough for profile {name}."
    if why is Hindrance.SCORE_CUTOFF:
        return f"The file's custom formats score {old:,}; {enough:,} is good enough for profile {name}."
    if why is Hindrance.STEP:
        return f"Its custom formats score {new:,}, the file's {old:,}; profile {name} wants {step:,} more at least."
    if why is Hindrance.SCORE and old != new:
        return f"Its custom formats score {new:,}, the file's {old:,}."
    return f"{seen} is no better than the file, which is {there}."
