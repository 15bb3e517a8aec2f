"""How far a search is: who was asked, who answered, who could not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from radarr_desktop.ui.models import times
from radarr_desktop.ui.theme import State


@dataclass(frozen=True)
class Part:
    """One indexer's part of a search, in words."""

    name: str
    words: str
    icon: str
    tone: State
    needs_room: bool = False
    """A reason that is a whole sentence."""


@dataclass(frozen=True)
class SearchStatus:
    """One search, from the question to the last answer."""

    is_running: bool = False
    asked: tuple[str, ...] = ()
    answers: Mapping[str, int] = field(default_factory=dict)
    """Releases found, by indexer."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """Why an indexer gave nothing, by its name; by no name, why none was asked."""
    again: Mapping[str, datetime] = field(default_factory=dict)
    """When an indexer that is left alone is asked again, by its name."""
    late: Mapping[str, int] = field(default_factory=dict)
    """What came after the search had ended, by indexer."""
    is_stopped: bool = False

    def with_answer(self, indexer: str, releases: int, problem: str, again: datetime | None = None) -> SearchStatus:
        """An indexer answered, or could not."""
        answers = {**self.answers, indexer: releases}
        problems = {**self.problems, indexer: problem} if problem else self.problems
        waits = {**self.again, indexer: again} if again else self.again
        asked = self.asked if indexer in self.asked else (*self.asked, indexer)
        return replace(self, asked=asked, answers=answers, problems=problems, again=waits)

    def with_late(self, indexer: str, releases: int) -> SearchStatus:
        """An indexer answered whom nobody waited for any more."""
        return replace(self, late={**self.late, indexer: releases})

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has not answered yet."""
        return tuple(name for name in self.asked if name not in self.answers)

    @property
    def counted(self) -> str:
        """How many have answered."""
        said = sum(name not in self.problems for name in self.answers)
        return _say("{answered} of {count} indexers answered").format(answered=said, count=len(self.asked))

    @property
    def parts(self) -> list[Part]:
        """A line for each indexer; none where all have answered and there is nothing to say."""
        if not self.is_running and not self.waiting and not any(name in self.problems for name in self.asked):
            return []
        return [self._part(name) for name in self.asked]

    @property
    def sentence(self) -> str:
        """The status in one line."""
        if not self.asked:
            return _say("Asking the indexers…") if self.is_running else " ".join(self.problems.values())
        said = sum(name not in self.problems for name in self.answers)
        counted = self.counted
        if len(self.asked) == 1:
            counted = _say("{name} answered").format(name=self.asked[0]) if said else ""
        parts = [counted if said or not self.problems else "", *self.problems.values()]
        if self.is_running and self.waiting:
            rest = ", ".join(self.waiting)
            parts.insert(1 if counted else 0, _say("{names} still searching").format(names=rest))
            if not self.answers:
                parts[0] = ""
        elif self.is_stopped and self.waiting:
            parts.append(_say("stopped before {names} answered").format(names=", ".join(self.waiting)))
        return ", ".join(part.rstrip(".") for part in parts if part)

    def _part(self, name: str) -> Part:
        if name in self.late:
            late = _say("answered too late, with {count} releases. Search again to see them.")
            return Part(name, late.format(count=times.number(self.late[name])), "clock", "miss", needs_room=True)
        if name in self.problems:
            again = self.again.get(name)
            words = self.problems[name]
            if again is None:
                return Part(name, words, "triangle-alert", "err", needs_room=True)
            until = _say("{problem} Asked again at {time}.").format(problem=words, time=times.clock(again))
            return Part(name, until if times.clock(again) not in words else words, "clock", "wait", needs_room=True)
        if name in self.answers:
            count = self.answers[name]
            words = _say("{count} releases").format(count=times.number(count)) if count != 1 else _say("1 release")
            return Part(name, words if count else _say("nothing"), "circle-check", "ok" if count else "off")
        if self.is_running:
            return Part(name, _say("searching…"), "loader-circle", "info")
        return Part(name, _say("stopped before it answered"), "circle-minus", "off")


def _say(words: str) -> str:
    return QCoreApplication.translate("SearchStatus", words)
