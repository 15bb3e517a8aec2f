"""How far a search is: who was asked, who answered, who could not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class SearchStatus:
    """One search, from the question to the last answer."""

    is_running: bool = False
    asked: tuple[str, ...] = ()
    answers: Mapping[str, int] = field(default_factory=dict)
    """Releases found, by indexer."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """Why an indexer gave nothing, by its name; by no name, why none was asked."""
    is_stopped: bool = False

    def with_answer(self, indexer: str, releases: int, problem: str) -> SearchStatus:
        """An indexer answered, or could not."""
        answers = {**self.answers, indexer: releases}
        problems = {**self.problems, indexer: problem} if problem else self.problems
        asked = self.asked if indexer in self.asked else (*self.asked, indexer)
        return replace(self, asked=asked, answers=answers, problems=problems)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has not answered yet."""
        return tuple(name for name in self.asked if name not in self.answers)

    @property
    def sentence(self) -> str:
        """The status in one line."""
        if not self.asked:
            return _say("Asking the indexers…") if self.is_running else " ".join(self.problems.values())
        said = sum(name not in self.problems for name in self.answers)
        counted = _say("{answered} of {count} indexers answered").format(answered=said, count=len(self.asked))
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


def _say(words: str) -> str:
    return QCoreApplication.translate("SearchStatus", words)
