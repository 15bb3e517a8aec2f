"""What a changed profile would have done with the stored releases, in the words and numbers of the panel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.decision.replay import Difference as Replayed
from radarr_desktop.engine.decisions.whatif import WEAK, WhatIfAnswer
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.times import number


class Turn(StrEnum):
    """What would be different for a movie."""

    GRAB = "grab"
    DROP = "drop"
    UPGRADE = "upgrade"
    LOOP = "loop"
    SWAP = "swap"


LOOKS: dict[Turn, tuple[str, str]] = {
    Turn.GRAB: ("plus", "ok"),
    Turn.DROP: ("minus", "miss"),
    Turn.UPGRADE: ("chevrons-up", "upgrade"),
    Turn.LOOP: ("repeat", "err"),
    Turn.SWAP: ("refresh-cw", "info"),
}


@dataclass(frozen=True)
class Difference:
    """One movie for which the change matters."""

    turn: Turn
    movie_id: int
    title: str
    reason: str
    """"WEB-2160p, 23.1 GB, KITE", "23.9 GB now fits"."""
    change: int = 0
    """Bytes more, or fewer, on the disk."""
    why: str = ""
    """What stood in the way, or does then."""


@dataclass(frozen=True)
class Forecast:
    """A replay's outcome."""

    releases: int
    days: int
    seconds: float
    differences: tuple[Difference, ...]
    free_space: int | None = None

    def of(self, turn: Turn) -> tuple[Difference, ...]:
        """The differences of one kind."""
        return tuple(one for one in self.differences if one.turn is turn)

    def change(self, *turns: Turn) -> int:
        """Bytes more, or fewer, by these kinds; by all when none is named."""
        return sum(one.change for one in self.differences if not turns or one.turn in turns)

    @property
    def is_weak(self) -> bool:
        """Whether so few releases are stored that it tells little."""
        return self.releases < WEAK


def forecast_of(answer: WhatIfAnswer, free_space: int | None = None) -> Forecast:
    """The replay's answer, each difference as the panel shows it."""
    differences = [
        *(_taken(Turn.GRAB, one) for one in answer.grabs),
        *(_dropped(one) for one in answer.drops),
        *(_taken(Turn.UPGRADE, one) for one in answer.upgrades),
        *(_taken(Turn.SWAP, one) for one in answer.swaps),
        *(Difference(Turn.LOOP, one.movie_id, one.movie, " → ".join(one.titles)) for one in answer.loops),
    ]
    return Forecast(answer.releases, answer.days, answer.seconds, tuple(differences), free_space)


def _taken(turn: Turn, one: Replayed) -> Difference:
    after, before = one.after, one.before
    facts = [after.quality, amounts.size(after.size) if after.size else ""] if after else []
    words = ", ".join(fact for fact in facts if fact)
    if turn is Turn.SWAP and before is not None and after is not None:
        words = _say("{quality} instead of {other}").format(quality=after.quality, other=before.quality)
    change = (after.size if after else 0) - (before.size if before else 0)
    return Difference(turn, one.movie_id, one.movie, words, change, one.reason)


def _dropped(one: Replayed) -> Difference:
    before = one.before
    quality = before.quality if before else ""
    words = _say("{quality} not taken any more").format(quality=quality).strip()
    return Difference(Turn.DROP, one.movie_id, one.movie, words, -before.size if before else 0, one.reason)


def signed_size(change: int) -> str:
    """ "+23.1 GB", "−11.9 GB"."""
    return amounts.isolated(f"{'−' if change < 0 else '+'}{amounts.size(abs(change))}")


def space_sentence(forecast: Forecast) -> str:
    """What it means for the disk."""
    change, free = forecast.change(), forecast.free_space
    if not forecast.differences:
        return ""
    if change < 0:
        return _say("It would take {size} less space.").format(size=amounts.size(-change))
    if not change:
        return _say("It would take no more space.")
    if free is None:
        return _say("It needs {size}.").format(size=amounts.size(change))
    if change > free:
        words = _say("It needs {size}, and only {free} are free. Make room first, or set a lower size cap.")
        return words.format(size=amounts.size(change), free=amounts.size(free))
    words = _say("It needs {size} of the {free} that are free.")
    return words.format(size=amounts.size(change), free=amounts.size(free))


def summary(forecast: Forecast) -> str:
    """ "6 movies, +65.6 GB": for where there is no room for more."""
    count = len({one.movie_id for one in forecast.differences})
    if not count:
        return _say("Nothing would change")
    movies = _say("1 movie") if count == 1 else _say("{count} movies").format(count=number(count))
    return f"{movies}, {signed_size(forecast.change())}"


def basis_sentence(releases: int, days: int) -> str:
    """What the numbers come from."""
    words = _say(
        "Your changes, run on the {count} releases seen in the last {days} days. Nothing is searched or downloaded."
    )
    return words.format(count=number(releases), days=days)


def _say(words: str) -> str:
    return QCoreApplication.translate("Forecast", words)
