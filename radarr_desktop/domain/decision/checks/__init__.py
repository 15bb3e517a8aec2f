"""The questions asked of a release, one small function each, in the order they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from radarr_desktop.domain.decision.case import Case
from radarr_desktop.domain.decision.checks import kind, known, later, origin, replacing, wanted
from radarr_desktop.domain.decision.situation import Purpose
from radarr_desktop.domain.decision.verdict import Check

_FEEDS = frozenset({Purpose.RECENT, Purpose.PUSH})
_AUTOMATIC = _FEEDS | {Purpose.SEARCH}
_TAKING = _AUTOMATIC | {Purpose.USER}
_KEEPING = _TAKING | {Purpose.RECHECK}
_REPLACING = _TAKING | {Purpose.IMPORT}


@dataclass(frozen=True, slots=True)
class Question:
    """One check, and what it is asked for."""

    ask: Callable[[Case], Check]
    purposes: frozenset[Purpose]


QUESTIONS: tuple[Question, ...] = (
    Question(wanted.movie, _TAKING),
    Question(wanted.monitored, _AUTOMATIC),
    Question(wanted.availability, _AUTOMATIC),
    Question(wanted.early, _TAKING),
    Question(kind.quality, _KEEPING),
    Question(kind.size, _KEEPING),
    Question(kind.cap, _KEEPING),
    Question(kind.language, _KEEPING),
    Question(kind.formats, _KEEPING),
    Question(kind.words, _KEEPING),
    Question(kind.subtitles, _KEEPING),
    Question(kind.disc, _KEEPING),
    Question(kind.sample, _KEEPING),
    Question(origin.protocol, _TAKING),
    Question(origin.indexer, _AUTOMATIC),
    Question(origin.tags, _FEEDS),
    Question(origin.flags, _TAKING),
    Question(origin.seeders, _TAKING),
    Question(origin.age, _AUTOMATIC),
    Question(origin.retention, _TAKING),
    Question(known.blocklist, _TAKING),
    Question(known.queue, _TAKING),
    Question(known.imported, _TAKING),
    Question(known.history, _FEEDS),
    Question(replacing.proper, _FEEDS),
    Question(replacing.repack, _TAKING),
    Question(replacing.upgrade, _REPLACING),
    Question(later.delay, _AUTOMATIC),
    Question(later.space, _TAKING),
)

ASKED: dict[Purpose, tuple[Callable[[Case], Check], ...]] = {
    purpose: tuple(question.ask for question in QUESTIONS if purpose in question.purposes) for purpose in Purpose
}
"""The checks of each purpose."""
